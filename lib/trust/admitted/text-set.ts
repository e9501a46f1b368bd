import {
  ANY,
  concat,
  cover,
  example,
  exactText,
  includes,
  intersects,
  isUniversal,
  literalPattern,
  matches,
  meet,
  ONE,
  parsePattern,
  type Pattern,
} from "../../aws/pattern";

/** Texts that a value of a condition stands for. */
export interface TextPattern {
  readonly pattern: Pattern;
  /** `StringEqualsIgnoreCase`: every spelling of one text. */
  readonly anyCase: boolean;
}

/** Texts that every one of some patterns admits: mostly there is only one. */
export type Term = readonly TextPattern[];

/** A set of texts: those of any of its terms. Without terms it is empty. */
export interface TextSet {
  readonly terms: readonly Term[];
  /** Whether it holds these texts and no others; otherwise it may hold more than it should, never fewer. */
  readonly exact: boolean;
}

/** Whether one set holds all of another. `escapes` is a text that is in the other alone. */
export type SetInclusion =
  { readonly answer: "yes" } | { readonly answer: "no"; readonly escapes: string } | { readonly answer: "undecided" };

export const textSet = (terms: readonly Term[], exact = true): TextSet => ({ terms, exact });

/** Most pairs of terms that an intersection looks at: two lists that fill a policy have about as many. */
const MAX_PAIRS = 30_000;
/** Most terms that an intersection may come to, beyond those of the sets. */
const MAX_TERMS = 500;

/**
 * Texts in both sets. A pair that neither includes nor misses the other stays as it is, a term of two
 * patterns; where there are too many pairs the first set stands for the result, which is then not exact.
 */
export function intersect(a: TextSet, b: TextSet): TextSet {
  if (a.terms.length * b.terms.length > MAX_PAIRS) return textSet(a.terms, false);
  const terms = a.terms.flatMap((one) => b.terms.flatMap((other) => both(one, other)));
  return terms.length > a.terms.length + b.terms.length + MAX_TERMS
    ? textSet(a.terms, false)
    : textSet(terms, a.exact && b.exact);
}

function both(one: Term, other: Term): Term[] {
  if (other.every((pattern) => one.some((each) => patternIncludes(pattern, each)))) return [one];
  if (one.every((pattern) => other.some((each) => patternIncludes(pattern, each)))) return [other];
  const term = [...one, ...other];
  return term.some((each, index) => term.slice(index + 1).some((later) => !patternsMeet(each, later))) ? [] : [term];
}

export const setAdmits = ({ terms }: TextSet, text: string): boolean => terms.some((term) => termAdmits(term, text));

export const termAdmits = (term: Term, text: string): boolean =>
  term.every((each) =>
    each.anyCase ? matches(folded(each.pattern), text.toLowerCase()) : matches(each.pattern, text),
  );

/** A text of the term, or `undefined` when none was found. */
export function termExample(term: Term): string | undefined {
  return candidates(term).find((text) => termAdmits(term, text));
}

/** Does the list surely hold all texts of a term? */
export function covers(terms: readonly Term[], term: Term): SetInclusion {
  const plain = terms.flatMap((each) => (each.length === 1 && each[0] && !each[0].anyCase ? [each[0].pattern] : []));
  const answers = term.map((each) => cover(plain, spellings(each)));
  if (answers.some(({ answer }) => answer === "yes")) return { answer: "yes" };
  if (terms.some((wide) => wide.every((pattern) => term.some((each) => patternIncludes(pattern, each)))))
    return { answer: "yes" };
  const found = [...answers.flatMap((each) => (each.answer === "no" ? [each.escapes] : [])), ...candidates(term)];
  const escapes = found.find((text) => termAdmits(term, text) && !terms.some((each) => termAdmits(each, text)));
  return escapes === undefined ? { answer: "undecided" } : { answer: "no", escapes };
}

/** A text that both terms have; `undefined` when there is none, `null` when there may be one. */
export function termsMeet(one: Term, other: Term): string | undefined | null {
  const term = [...one, ...other];
  if (both(one, other).length === 0) return undefined;
  return termExample(term) ?? null;
}

/** Includes for certain: a pattern in every spelling is one text, so what it includes is one text too. */
function patternIncludes(wide: TextPattern, narrow: TextPattern): boolean {
  return wide.anyCase
    ? includes(folded(wide.pattern), folded(narrow.pattern))
    : includes(wide.pattern, spellings(narrow));
}

const patternsMeet = (one: TextPattern, other: TextPattern): boolean =>
  one.anyCase || other.anyCase
    ? intersects(folded(one.pattern), folded(other.pattern))
    : intersects(one.pattern, other.pattern);

/** A pattern that admits at least every spelling: a character with two cases becomes `?`. */
const spellings = ({ pattern, anyCase }: TextPattern): Pattern =>
  anyCase
    ? { tokens: pattern.tokens.map((token) => (token >= 0 && hasCases(String.fromCodePoint(token)) ? ONE : token)) }
    : pattern;

const hasCases = (character: string): boolean => character.toLowerCase() !== character.toUpperCase();

const folded = ({ tokens }: Pattern): Pattern =>
  concat(
    ...tokens.map((token) =>
      token < 0 ? { tokens: [token] } : literalPattern(String.fromCodePoint(token).toLowerCase()),
    ),
  );

/** Texts worth trying as an example of a term. */
function candidates(term: Term): string[] {
  const texts = term.flatMap(({ pattern, anyCase }) => {
    const text = exactText(pattern);
    if (text === undefined) return [example(pattern)];
    return anyCase ? [text, text.toLowerCase(), text.toUpperCase(), ...oneFlipped(text)] : [text];
  });
  const [first, second] = term;
  const shared = first && second ? meet(first.pattern, second.pattern) : undefined;
  return shared === undefined ? texts : [shared, ...texts];
}

/** The text with one character in its other case. */
const oneFlipped = (text: string): string[] =>
  [...text].flatMap((character, index) =>
    hasCases(character)
      ? [
          [...text]
            .map((each, at) =>
              at === index ? (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase()) : each,
            )
            .join(""),
        ]
      : [],
  );

/** Every text there is. */
export const ANY_TEXT: TextSet = textSet([[{ pattern: parsePattern("*"), anyCase: false }]]);

export const isAnyText = ({ terms }: TextSet): boolean =>
  terms.some((term) => term.every(({ pattern }) => isUniversal(pattern)));

/** The texts of a set that has only finitely many, each in one spelling; otherwise `undefined`. */
export function exactTexts({ terms }: TextSet): readonly string[] | undefined {
  const texts = terms.map(([only, ...more]) =>
    only && more.length === 0 && !only.anyCase ? exactText(only.pattern) : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Whether the pattern leaves anything open. */
export const isOpen = ({ pattern, anyCase }: TextPattern): boolean =>
  anyCase || pattern.tokens.some((token) => token === ANY || token === ONE);
