import type { WebIdentityCall } from "../sts/call";
import type { Verdict } from "../sts/play";
import { type Miss, missOf } from "./miss";
import type { Hint } from "./rule";
import { HINT_RULES } from "./rules";
import { plainDifference } from "./rules/plain-difference";

/** Most hints of one denial: who reads more has lost the thread. */
export const MOST_HINTS = 3;

/** Why a call was denied, and what to change. */
export interface NearMiss extends Pick<Miss, "statement" | "blocking"> {
  /** The likeliest first. */
  readonly hints: readonly Hint[];
}

/** Looks for what stood in the way of a call. For one that is allowed there is nothing to say. */
export function nearMiss(call: WebIdentityCall, verdict: Verdict): NearMiss {
  if (verdict.decision === "allow") return { statement: undefined, blocking: [], hints: [] };
  const miss = missOf(call, verdict);
  return { statement: miss.statement, blocking: miss.blocking, hints: hintsOf(miss) };
}

function hintsOf(miss: Miss): Hint[] {
  const hints = HINT_RULES.flatMap(({ id, find }) => {
    const found = find(miss);
    return found ? [{ id, ...found }] : [];
  });
  if (hints.length > 0) return hints.slice(0, MOST_HINTS);
  const plain = plainDifference.find(miss);
  return plain ? [{ id: plainDifference.id, ...plain }] : [];
}
