/**
 * Patterns of IAM as values: `*` stands for any characters, none included, `?` for exactly one, and
 * everything else for itself. Case counts, and no character is special: `*` crosses "/" and ":".
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

/** The wildcard `*`. */
export const ANY = -1;
/** The wildcard `?`. */
export const ONE = -2;

/** What stands at one place of a pattern: a character, by its code point, or a wildcard. */
export type Token = number;

/**
 * A pattern in normal form: every run of wildcards is written as `?…?*`, with at most one `*`. Two
 * patterns that admit the same texts have the same tokens.
 */
export interface Pattern {
  readonly tokens: readonly Token[];
}

/**
 * Reads a text in which `*` and `?` are wildcards. The escapes `${*}`, `${?}` and `${$}` are not known
 * here: whoever reads a policy joins such a text from its parts with `literalPattern` and `concat`.
 */
export const parsePattern = (text: string): Pattern => ({
  tokens: normalized(
    Array.from(text, (character) => (character === "*" ? ANY : character === "?" ? ONE : codePoint(character))),
  ),
});

/** The pattern that admits one text and no other: wildcards in it stand for themselves. */
export function literalPattern(text: string): Pattern {
  const tokens: Token[] = [];
  // Every subject of every role comes by here: an iterator would take several times as long.
  for (let at = 0; at < text.length; at += width(tokens[tokens.length - 1])) tokens.push(text.codePointAt(at) ?? 0);
  return { tokens };
}

/** What the first admits, followed by what the second admits, and so on. */
export function concat(...parts: readonly Pattern[]): Pattern {
  const [only, ...others] = parts;
  return only && others.length === 0 ? only : { tokens: normalized(parts.flatMap(({ tokens }) => tokens)) };
}

/** Writes a pattern as IAM reads it: a `*`, `?` or `$` that stands for itself is escaped where it has to be. */
export function formatPattern({ tokens }: Pattern): string {
  let text = "";
  tokens.forEach((token, index) => {
    if (token === ANY || token === ONE) text += token === ANY ? "*" : "?";
    else
      text += isSpecial(token, tokens[index + 1]) ? `\${${String.fromCodePoint(token)}}` : String.fromCodePoint(token);
  });
  return text;
}

const [STAR, QUESTION_MARK, DOLLAR, BRACE] = ["*", "?", "$", "{"].map(codePoint);
const isSpecial = (token: Token, next: Token | undefined): boolean =>
  token === STAR || token === QUESTION_MARK || (token === DOLLAR && next === BRACE);

/** Whether the pattern admits every text, the empty one included. */
export const isUniversal = ({ tokens }: Pattern): boolean => tokens.length === 1 && tokens[0] === ANY;

/** The one text that the pattern admits, or `undefined` when it has wildcards. */
export function exactText({ tokens }: Pattern): string | undefined {
  let text = "";
  for (const token of tokens) {
    if (token < 0) return undefined;
    text += String.fromCodePoint(token);
  }
  return text;
}

/** A short text that the pattern admits: `repo:octo-org/*` gives `repo:octo-org/x`. */
export const example = (pattern: Pattern): string => fill(pattern, codePoint("x"), 1);

/** A text that the pattern admits, with `filler` for each `?` and `length` of them for each `*`. */
export function fill({ tokens }: Pattern, filler: number, length: number | ((star: number) => number)): string {
  const character = String.fromCodePoint(filler);
  return tokens
    .map((token, index) =>
      token === ANY
        ? character.repeat(typeof length === "number" ? length : length(index))
        : token === ONE
          ? character
          : String.fromCodePoint(token),
    )
    .join("");
}

/**
 * A character that stands in none of the patterns, so that only wildcards admit it: a letter if one is
 * left. There are more characters than a policy has room for.
 */
export function unmentioned(patterns: readonly Pattern[]): number {
  const isFree = (character: number): boolean => !patterns.some(({ tokens }) => tokens.includes(character));
  const letter = FILLERS.find(isFree);
  if (letter !== undefined) return letter;
  let other = 0xa1;
  while (!isFree(other)) other += 1;
  return other;
}

/** Fewest characters of a text that the pattern admits. */
export const shortest = ({ tokens }: Pattern): number => tokens.filter((token) => token !== ANY).length;

/** Whether the text is of the pattern. Never more than (pattern × text) steps, and mostly as many as the text is long. */
export function matches({ tokens }: Pattern, text: string): boolean {
  let token = 0;
  let index = 0;
  // Where the last `*` stands, and where what follows it is tried: an earlier `*` need never take more.
  let star = -1;
  let retry = 0;
  while (index < text.length) {
    const wanted = tokens[token];
    if (wanted === ANY) {
      star = token;
      token += 1;
      if (token === tokens.length) return true;
      retry = index;
      continue;
    }
    const character = text.codePointAt(index);
    if (wanted === character || wanted === ONE) {
      token += 1;
      index += width(character);
      continue;
    }
    if (star < 0) return false;
    token = star + 1;
    retry += width(text.codePointAt(retry));
    index = retry;
  }
  if (tokens[token] === ANY) token += 1;
  return token === tokens.length;
}

/** Puts the wildcards of each run into the one order, and merges its stars. */
function normalized(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  for (const token of tokens) {
    if (token === ANY && result.at(-1) === ANY) continue;
    if (token === ONE && result.at(-1) === ANY) result.splice(-1, 0, ONE);
    else result.push(token);
  }
  return result;
}

/** What a reader takes for "anything": the first is what examples are made of. */
const FILLERS: readonly number[] = Array.from("xyzqjkwvabcdefghilmnoprstuXYZ0123456789", (character) =>
  codePoint(character),
);

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

const width = (character: number | undefined): number => (character !== undefined && character > 0xffff ? 2 : 1);
