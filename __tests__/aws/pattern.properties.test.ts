import fc from "fast-check";
import {
  cover,
  escape,
  exactText,
  example,
  formatPattern,
  includes,
  intersects,
  matches,
  meet,
  parsePattern,
  type Pattern,
} from "../../lib/aws/pattern";
import { globMatches } from "./trust-evaluator";
import { casesMet, runs } from "../support/runs";

/** All words over an alphabet, up to a length. */
const words = (alphabet: string, length: number): string[] =>
  length === 0
    ? [""]
    : ["", ...[...alphabet].flatMap((letter) => words(alphabet, length - 1).map((rest) => letter + rest))];

/** "c" is in no pattern: it stands for all other characters. */
const TEXTS = words("abc", 6);

/** Which of the texts a pattern admits, judged apart from the product, as bits. */
function language(pattern: string): Uint32Array {
  const bits = new Uint32Array(Math.ceil(TEXTS.length / 32));
  TEXTS.forEach((text, index) => {
    if (globMatches(pattern, text)) bits[index >> 5] = (bits[index >> 5] ?? 0) | (1 << (index & 31));
  });
  return bits;
}

interface Case {
  readonly pattern: Pattern;
  readonly text: string;
  readonly texts: Uint32Array;
}

/** All patterns up to a length, one for each normal form. */
function cases(length: number): Case[] {
  const byTokens = new Map(words("ab*?", length).map((text) => [parsePattern(text).tokens.join(), text]));
  return [...byTokens.values()].map((text) => ({ pattern: parsePattern(text), text, texts: language(text) }));
}

const UP_TO_3 = cases(3);
const UP_TO_4 = cases(4);
const UP_TO_5 = cases(5);

/**
 * What is wrong with an answer. "No" comes with a text that proves it; "yes" must hold for all short texts.
 */
function inclusionMistake(a: Case, b: Case): string | undefined {
  const text = escape(a.pattern, b.pattern);
  const wrong =
    text === undefined
      ? b.texts.some((bits, index) => (bits & ~(a.texts[index] ?? 0)) !== 0)
      : matches(a.pattern, text) || !matches(b.pattern, text);
  if (wrong) return `${a.text} includes ${b.text}: ${text ?? "yes"}`;
  // Whoever includes each other has one normal form.
  return text === undefined &&
    a !== b &&
    includes(b.pattern, a.pattern) &&
    a.pattern.tokens.join() !== b.pattern.tokens.join()
    ? `${a.text} is ${b.text}`
    : undefined;
}

function meetingMistake(a: Case, b: Case): string | undefined {
  const text = meet(a.pattern, b.pattern);
  const wrong =
    text === undefined
      ? b.texts.some((bits, index) => (bits & (a.texts[index] ?? 0)) !== 0)
      : !matches(a.pattern, text) || !matches(b.pattern, text);
  return wrong || intersects(a.pattern, b.pattern) !== (text !== undefined)
    ? `${a.text} meets ${b.text}: ${text}`
    : undefined;
}

const mistakes = (
  some: readonly Case[],
  others: readonly Case[],
  mistake: (a: Case, b: Case) => string | undefined,
): string[] => some.flatMap((a) => others.flatMap((b) => mistake(a, b) ?? []));

describe("by brute force on a small alphabet", () => {
  test("every match is right", () => {
    const wrong = UP_TO_5.flatMap(({ pattern, text, texts }) =>
      TEXTS.filter(
        (each, index) => matches(pattern, each) !== ((((texts[index >> 5] ?? 0) >>> (index & 31)) & 1) === 1),
      ).map((each) => `${text} ${each}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    ["four and four", UP_TO_4, UP_TO_4],
    ["five and three", UP_TO_5, UP_TO_3],
    ["three and five", UP_TO_3, UP_TO_5],
  ])("every inclusion and every meeting of patterns of %s is right", (_what, some, others) => {
    expect(mistakes(some, others, inclusionMistake)).toEqual([]);
    expect(mistakes(some, others, meetingMistake)).toEqual([]);
  });

  test("every inclusion of one pattern in two or three is right, and decided", () => {
    const pick = fc.constantFrom(...UP_TO_5);
    const seen = { yes: 0, no: 0, byNone: 0 };
    fc.assert(
      fc.property(fc.array(pick, { minLength: 2, maxLength: 3 }), pick, (list, b) => {
        const result = cover(
          list.map(({ pattern }) => pattern),
          b.pattern,
        );
        if (result.answer === "no") {
          seen.no += 1;
          expect(list.some(({ pattern }) => matches(pattern, result.escapes))).toBe(false);
          expect(matches(b.pattern, result.escapes)).toBe(true);
        } else {
          seen.yes += 1;
          if (!list.some(({ pattern }) => includes(pattern, b.pattern))) seen.byNone += 1;
          expect(result.answer).toBe("yes");
          expect(
            b.texts.every(
              (bits, index) => (bits & ~list.reduce((union, { texts }) => union | (texts[index] ?? 0), 0)) === 0,
            ),
          ).toBe(true);
        }
      }),
      { numRuns: runs(5_000), seed: 1 },
    );
    expect(seen.yes).toBeGreaterThan(casesMet(300));
    expect(seen.no).toBeGreaterThan(casesMet(300));
  });

  test("every pair that splits the lengths of a star is decided", () => {
    const rest = words("ab?", 3);
    const wrong = rest.flatMap((end) => {
      const [empty, longer, whole] = [`a${end}`, `a?*${end}`, `a*${end}`].map(parsePattern) as [
        Pattern,
        Pattern,
        Pattern,
      ];
      return cover([empty, longer], whole).answer === "yes" ? [] : [end];
    });
    expect(wrong).toEqual([]);
  });
});

const text = fc.string({
  unit: fc.constantFrom("a", "b", "/", ":", "é", "😀", "x", "*", "?", "$", "{", "}"),
  maxLength: 14,
});
const pattern = text.map(parsePattern);

describe("every pattern", () => {
  test("admits its example, includes itself and meets itself", () => {
    fc.assert(
      fc.property(pattern, (each) => {
        expect(matches(each, example(each))).toBe(true);
        expect(includes(each, each)).toBe(true);
        expect(meet(each, each)).toBeDefined();
        expect(exactText(each) === undefined || matches(each, exactText(each) ?? "")).toBe(true);
      }),
    );
  });

  test("is written so that its wildcards are read back", () => {
    const read = (written: string): Pattern => ({
      tokens: written
        .split(/(\$\{[*?$]\})/)
        .flatMap((part) => (/^\$\{.\}$/s.test(part) ? [part.codePointAt(2) ?? 0] : parsePattern(part).tokens)),
    });
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom("a", "$", "{", "*", "?"), { maxLength: 8 })
          .map((letters) => ({ tokens: letters.map((letter) => letter.codePointAt(0) ?? 0) })),
        (literal) => expect(read(formatPattern(literal))).toEqual(literal),
      ),
    );
  });

  test("that includes another admits all the other admits; that does not, leaves its witness out", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (a, b, sample) => {
        const left = escape(a, b);
        if (left !== undefined) expect([matches(a, left), matches(b, left)]).toEqual([false, true]);
        else if (matches(b, sample)) expect(matches(a, sample)).toBe(true);
      }),
      { numRuns: runs(3_000) },
    );
  });

  test("includes what is left of it when a wildcard is filled in", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "b", "?", "*"), { maxLength: 10 }),
        fc.array(fc.constantFrom("", "a", "?", "*", "b?", "*a*"), { minLength: 10, maxLength: 10 }),
        (letters, fillings) => {
          const narrower = letters
            .map((letter, index) => (letter === "*" ? fillings[index] : letter === "?" ? "a" : letter))
            .join("");
          expect(escape(parsePattern(letters.join("")), parsePattern(narrower))).toBeUndefined();
        },
      ),
      { numRuns: runs(2_000) },
    );
  });
});
