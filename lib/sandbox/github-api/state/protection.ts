import { MAX_REVIEWERS, MAX_WAIT_TIMER } from "./limits";
import { invalid } from "./refusal";

/** Somebody who may approve deployments, by numeric id. */
export interface Reviewer {
  readonly type: "User" | "Team";
  readonly id: number;
}

/** Which refs may deploy: any, those with branch protection, or those that match the environment's patterns. */
export type DeployableRefs = "any" | "protected" | "patterns";

/** How an environment is protected. */
export interface Protection {
  /** In minutes; 0 is no timer. */
  readonly waitTimer: number;
  readonly reviewers: readonly Reviewer[];
  readonly preventSelfReview: boolean;
  readonly canAdminsBypass: boolean;
  readonly deployableRefs: DeployableRefs;
}

/** What an environment starts with. */
export const UNPROTECTED: Protection = {
  waitTimer: 0,
  reviewers: [],
  preventSelfReview: false,
  canAdminsBypass: true,
  deployableRefs: "any",
};

/** Applies a change. What is left out stays as it was: only an explicit zero, false or empty list removes a rule. */
export function changeProtection(before: Protection, change: Partial<Protection>): Protection {
  checkNumbers(change);
  const after = { ...before, ...change, reviewers: change.reviewers ?? before.reviewers };
  if (change.preventSelfReview && after.reviewers.length === 0)
    throw invalid(
      "Failed to create or update the environment protection rule. Required reviewers must have at least one reviewer to set prevent_self_review.",
    );
  // The setting belongs to the reviewers' rule and goes with it.
  return after.reviewers.length === 0 ? { ...after, preventSelfReview: false } : after;
}

function checkNumbers({ waitTimer = 0, reviewers = [] }: Partial<Protection>): void {
  if (waitTimer < 0) throw invalid(`Invalid request.\n\n${waitTimer} must be greater than or equal to 0.`);
  if (waitTimer > MAX_WAIT_TIMER)
    throw invalid(`Invalid request.\n\n${waitTimer} must be less than or equal to ${MAX_WAIT_TIMER}.`);
  if (reviewers.length > MAX_REVIEWERS)
    throw invalid(
      `Invalid request.\n\nNo more than ${MAX_REVIEWERS} items are allowed; ${reviewers.length} were supplied.`,
    );
}
