/**
 * Items of two lists that have the same key, beside each other: the first with the first, the second with the second.
 * One that has no other stands alone. In the order of the later list, those that are gone last.
 */
export function occurrences<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): (readonly [before: T | undefined, after: T | undefined])[] {
  const left = new Map<string, T[]>();
  for (const item of before) {
    const same = left.get(keyOf(item));
    if (same) same.push(item);
    else left.set(keyOf(item), [item]);
  }
  const pairs = after.map((item) => [left.get(keyOf(item))?.shift(), item] as const);
  return [...pairs, ...[...left.values()].flat().map((item) => [item, undefined] as const)];
}
