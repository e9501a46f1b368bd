/** Texts, patterns and formulas in the language of SMT-LIB. @see https://smt-lib.org/theories-UnicodeStrings.shtml */

export type Formula = string;

export const and = (formulas: readonly Formula[]): Formula => {
  const some = [...new Set(formulas)].filter((each) => each !== "true");
  if (some.includes("false")) return "false";
  return some.length < 2 ? (some[0] ?? "true") : `(and ${some.join(" ")})`;
};

export const or = (formulas: readonly Formula[]): Formula => {
  const some = [...new Set(formulas)].filter((each) => each !== "false");
  if (some.includes("true")) return "true";
  return some.length < 2 ? (some[0] ?? "false") : `(or ${some.join(" ")})`;
};

export const not = (formula: Formula): Formula => {
  if (formula === "true") return "false";
  return formula === "false" ? "true" : `(not ${formula})`;
};

export const constant = (holds: boolean): Formula => String(holds);

/** Every printable character of ASCII. Z3 is much quicker with this than with `re.allchar`. */
export const CHARACTER = '(re.range " " "~")';

/** What is not plain, or would begin an escape, is written by its code. */
const written = (character: string): string =>
  /[^ -~]|["\\]/.test(character) ? `\\u{${character.codePointAt(0)?.toString(16)}}` : character;

export const literal = (text: string): string => `"${[...text].map(written).join("")}"`;

/** A part of a pattern of IAM's: a character, any one (`?`), or any number of them (`*`). */
export type GlobPart = { readonly character: string } | "one" | "any";

/** Takes a value apart. Where an operator knows no wildcards, `*` and `?` are characters. */
export const globOf = (value: string, hasWildcards: boolean): GlobPart[] =>
  [...value].map((character) => {
    if (hasWildcards && character === "*") return "any";
    return hasWildcards && character === "?" ? "one" : { character };
  });

/** The regular expression of one text. */
export const textExpression = (text: string): string => `(str.to_re ${literal(text)})`;

/** The regular expression of a part of a pattern. */
export function expressionOf(glob: readonly GlobPart[], ignoresCase: boolean): string {
  const pieces: string[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") pieces.push(textExpression(text));
    text = "";
  };
  for (const part of glob) {
    if (typeof part !== "string" && (!ignoresCase || lettersOf(part.character).length === 1)) {
      text += part.character;
      continue;
    }
    flush();
    if (typeof part !== "string") pieces.push(union(lettersOf(part.character).map(textExpression)));
    else pieces.push(part === "one" ? CHARACTER : star(CHARACTER));
  }
  flush();
  return concat(pieces);
}

export const star = (expression: string): string => `(re.* ${expression})`;
export const union = (some: readonly string[]): string =>
  some.length < 2 ? (some[0] ?? "re.none") : `(re.union ${some.join(" ")})`;
export const concat = (pieces: readonly string[]): string =>
  pieces.length < 2 ? (pieces[0] ?? '(str.to_re "")') : `(re.++ ${pieces.join(" ")})`;

/** A letter in both its cases. */
export const lettersOf = (character: string): string[] => [
  ...new Set([character.toLowerCase(), character.toUpperCase()]),
];
