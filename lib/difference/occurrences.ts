import { addTo } from "../model/add-to";

/**
 * Items of two lists that have the same key, beside each other: the first with the first, the second with the second.
 * One that has no other stands alone, and one that is the very same object in both lists is left out: nothing of it
 * changes. In the order of the later list, those that are gone last.
 */
export function occurrences<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): (readonly [before: T | undefined, after: T | undefined])[] {
  const [earlier, later] = [new Set(before), new Set(after)];
  const left = new Map<string, T[]>();
  for (const item of before) {
    if (!later.has(item)) addTo(left, keyOf(item), item);
  }
  const pairs = after
    .filter((item) => !earlier.has(item))
    .map((item) => [left.get(keyOf(item))?.shift(), item] as const);
  return [...pairs, ...[...left.values()].flat().map((item) => [item, undefined] as const)];
}
