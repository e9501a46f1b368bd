import type { Difference, PermissionChange, ProtectionChange } from "../difference/schema";

/** How many changes there are, of whatever kind; none where there is no difference. */
export const changesIn = (difference: Difference | null): number =>
  difference === null ? 0 : Object.values(difference).reduce((sum, changes) => sum + changes.length, 0);

/** Places that are protected, each once whatever changes there. */
export const placesOf = (changes: readonly ProtectionChange[]): string[] => [
  ...new Set(
    changes.map(({ repository, environment, aspect }) =>
      JSON.stringify([repository?.toLowerCase(), environment?.toLowerCase(), environment === null ? aspect : null]),
    ),
  ),
];

/** Places that are weaker, or may be. */
export const weakerPlaces = (changes: readonly ProtectionChange[]): string[] =>
  placesOf(changes.filter(({ direction }) => direction !== "stronger"));

/** Places of which everything that changes is stronger. */
export function strongerPlaces(changes: readonly ProtectionChange[]): string[] {
  const weaker = new Set(weakerPlaces(changes));
  return placesOf(changes).filter((place) => !weaker.has(place));
}

type Direction = PermissionChange["direction"];

const WORST_FIRST: readonly Direction[] = ["more", "changed", "less"];

/** How many roles there are of which this is the worst that changes. */
export function rolesThat(permissions: readonly PermissionChange[], direction: Direction): number {
  const worst = new Map<string, number>();
  for (const { account, accountId, role, direction: each } of permissions) {
    const key = JSON.stringify([accountId ?? account, role]);
    worst.set(key, Math.min(worst.get(key) ?? WORST_FIRST.length, WORST_FIRST.indexOf(each)));
  }
  return [...worst.values()].filter((each) => WORST_FIRST[each] === direction).length;
}
