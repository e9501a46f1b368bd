import type { Aspects } from "./aspects";
import type { Blocked, Miss } from "./miss";
import type { Pair } from "./pair";

/** What was found: the cause in a sentence, and the remedy in another. */
export interface Finding {
  readonly message: string;
  readonly fix: string;
}

/** A likely reason for a denial. */
export interface HintRule {
  readonly id: string;
  /** The reason, where it applies. */
  readonly find: (miss: Miss) => Finding | undefined;
}

export interface Hint extends Finding {
  readonly id: string;
}

/** A rule about a condition that stands in the way: the first one for which it has something to say. */
export const conditionRule = (id: string, find: (blocked: Blocked, miss: Miss) => Finding | undefined): HintRule => ({
  id,
  find: (miss) => first(miss.blocking, (blocked) => find(blocked, miss)),
});

/** A rule about the value that came nearest, of whichever condition. */
export const pairRule = (
  id: string,
  find: (pair: Pair, blocked: Blocked, miss: Miss) => Finding | undefined,
): HintRule =>
  conditionRule(id, (blocked, miss) => {
    const [pair] = blocked.pairs;
    return pair && find(pair, blocked, miss);
  });

/** A rule about which job is wanted, and which one has come. */
export const jobRule = (
  id: string,
  find: (
    wanted: NonNullable<Aspects["job"]>,
    actual: NonNullable<Aspects["job"]>,
    pair: Pair,
    miss: Miss,
  ) => Finding | undefined,
): HintRule =>
  pairRule(id, (pair, _, miss) =>
    pair.wants.job && pair.has.job ? find(pair.wants.job, pair.has.job, pair, miss) : undefined,
  );

/** A rule about a step that failed. */
export const stepRule = (
  id: string,
  name: Miss["verdict"]["steps"][number]["name"],
  find: (miss: Miss, detail: string) => Finding | undefined,
): HintRule => ({
  id,
  find: (miss) => {
    const step = miss.verdict.steps.find((each) => each.name === name && each.outcome === "fail");
    return step && find(miss, step.detail);
  },
});

export function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
