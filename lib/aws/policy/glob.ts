/** `*`: any number of characters, none included, `/` and `:` among them. */
export const ANY = Symbol("*");
/** `?`: exactly one character. */
export const ONE = Symbol("?");

/** A part of a pattern: text that stands for itself, or a wildcard. */
export type PatternPart = string | typeof ANY | typeof ONE;

/** Counts comparisons of characters, for tests that bound them. */
export interface Meter {
  steps: number;
}

/** Says whether a text matches, from its first character to its last. */
export type TextTest = (text: string, meter?: Meter) => boolean;

/** What stands between two `*`: characters, of which those at `wild` are `?`. */
interface Segment {
  readonly text: string;
  /** Whether the character there is `?`; `undefined` when none is. */
  readonly wild: readonly boolean[] | undefined;
  /** Of each prefix the longest border, as Knuth, Morris and Pratt use it; `undefined` beside `?`. */
  readonly borders: readonly number[] | undefined;
}

/**
 * Makes a matcher of a pattern. Between the first and the last `*` each segment is sought once, leftmost,
 * and never again: so there is nothing to go back to, whatever the pattern. A search takes at most twice
 * as many steps as there are characters, and for a segment with `?` as many as the product of both lengths.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export function compilePattern(parts: readonly PatternPart[]): TextTest {
  const segments = segmentsOf(parts);
  const first = segments[0] ?? segment([]);
  if (segments.length === 1)
    return first.wild
      ? (text, meter) => text.length === first.text.length && standsAt(first, text, 0, meter)
      : (text) => text === first.text;
  const last = segments[segments.length - 1] ?? first;
  const middle = segments.slice(1, -1).filter((each) => each.text.length > 0);
  const atLeast = first.text.length + last.text.length;
  if (!first.wild && !last.wild && middle.length === 0 && last.text === "") return prefixTest(first);
  return (text, meter) => {
    if (text.length < atLeast || !standsAt(first, text, 0, meter)) return false;
    const end = text.length - last.text.length;
    if (!standsAt(last, text, end, meter)) return false;
    let from = first.text.length;
    for (const each of middle) {
      const at = indexOf(each, text, from, end, meter);
      if (at < 0) return false;
      from = at + each.text.length;
    }
    return true;
  };
}

/** `repo:octo-org/web-shop:*`: the pattern that is met most. */
const prefixTest =
  (segment: Segment): TextTest =>
  (text, meter) =>
    standsAt(segment, text, 0, meter);

function segmentsOf(parts: readonly PatternPart[]): Segment[] {
  const segments: PatternPart[][] = [[]];
  for (const part of parts) {
    if (part === ANY) segments.push([]);
    else segments[segments.length - 1]?.push(part);
  }
  return segments.map(segment);
}

function segment(parts: readonly PatternPart[]): Segment {
  const text = parts.map((part) => (typeof part === "string" ? part : "?")).join("");
  const wild = parts.includes(ONE)
    ? parts.flatMap((part) => (typeof part === "string" ? Array.from({ length: part.length }, () => false) : [true]))
    : undefined;
  return { text, wild, borders: wild ? undefined : bordersOf(text) };
}

function bordersOf(text: string): number[] {
  const borders = [0];
  for (let at = 1, border = 0; at < text.length; at += 1) {
    while (border > 0 && text[at] !== text[border]) border = borders[border - 1] ?? 0;
    if (text[at] === text[border]) border += 1;
    borders.push(border);
  }
  return borders;
}

function standsAt(segment: Segment, text: string, from: number, meter?: Meter): boolean {
  if (!segment.wild && !meter) return text.startsWith(segment.text, from);
  for (let at = 0; at < segment.text.length; at += 1) {
    if (meter) meter.steps += 1;
    if (!segment.wild?.[at] && segment.text.charCodeAt(at) !== text.charCodeAt(from + at)) return false;
  }
  return true;
}

/** Where the segment stands first between `from` and `end`, or -1. */
function indexOf(segment: Segment, text: string, from: number, end: number, meter?: Meter): number {
  const { borders } = segment;
  if (borders) return indexOfText(segment.text, borders, text, from, end, meter);
  for (let at = from; at + segment.text.length <= end; at += 1) if (standsAt(segment, text, at, meter)) return at;
  return -1;
}

function indexOfText(
  wanted: string,
  borders: readonly number[],
  text: string,
  from: number,
  end: number,
  meter?: Meter,
): number {
  let matched = 0;
  for (let at = from; at < end; at += 1) {
    while (matched > 0 && text.charCodeAt(at) !== wanted.charCodeAt(matched)) {
      if (meter) meter.steps += 1;
      matched = borders[matched - 1] ?? 0;
    }
    if (meter) meter.steps += 1;
    if (text.charCodeAt(at) === wanted.charCodeAt(matched)) matched += 1;
    if (matched === wanted.length) return at - matched + 1;
  }
  return -1;
}
