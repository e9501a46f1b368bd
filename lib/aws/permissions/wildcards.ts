import { includes, intersects, parsePattern, type Pattern } from "../pattern";

const patterns = new Map<string, Pattern>();

/** The pattern that a text with `*` and `?` is; of each distinct text made once. */
export function patternOf(text: string): Pattern {
  const known = patterns.get(text);
  if (known) return known;
  const pattern = parsePattern(text);
  patterns.set(text, pattern);
  return pattern;
}

export const hasWildcard = (text: string): boolean => /[*?]/.test(text);

/** Whether one text with wildcards stands for all that another one does. */
export const standsFor = (one: string, other: string): boolean =>
  one === "*" || one === other || (beginsAlike(one, other) && includes(patternOf(one), patternOf(other)));

/** Whether there is something that both stand for. */
export const meet = (one: string, other: string): boolean => intersects(patternOf(one), patternOf(other));

/** Whether one has a wildcard, and the other begins with what stands before it. Most differ here already. */
function beginsAlike(one: string, other: string): boolean {
  const wildcard = one.search(/[*?]/);
  return wildcard >= 0 && other.startsWith(one.slice(0, wildcard));
}
