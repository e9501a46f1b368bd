/**
 * Deployment environments: what protects them, and which of it GitHub grants on which plan.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 */

export const GITHUB_PLANS = ["free", "pro", "team", "enterprise"] as const;
export type GithubPlan = (typeof GITHUB_PLANS)[number];

export const VISIBILITIES = ["public", "private", "internal"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Most users and teams that an environment takes as reviewers, counted together. */
export const MAX_REVIEWERS = 6;
/** Longest wait timer, in minutes: 30 days. */
export const MAX_WAIT_TIMER = 43_200;
/** Most variables, and most secrets, of one environment. */
export const MAX_ENVIRONMENT_VALUES = 100;

/** Who may approve a deployment; one approval suffices. */
export interface Reviewers {
  /** Slugs of teams of the owner. @default none */
  readonly teams?: readonly string[];
  /** Logins. @default none */
  readonly users?: readonly string[];
}

/** Which refs may deploy: branches with a protection rule, or names that match a pattern. */
export type DeployFrom =
  "protectedBranches" | { readonly branches?: readonly string[]; readonly tags?: readonly string[] };

/** What stands between a job and the environment it names. */
export interface Protection {
  /** Who must approve. @default nobody */
  readonly reviewers?: Reviewers;
  /** Minutes a job waits before it starts, 0 to 43,200. @default 0 */
  readonly waitTimer?: number;
  /** Whoever started a deployment may not approve it. @default false */
  readonly preventSelfReview?: boolean;
  /** Administrators of the repository may skip the rules. @default false */
  readonly adminsCanBypass?: boolean;
  /** Refs that may deploy. @default every ref */
  readonly deployFrom?: DeployFrom;
}

/** A protection that GitHub would refuse, or silently ignore, on this plan. */
export interface PlanProblem {
  readonly key: keyof Protection | undefined;
  readonly message: string;
}

/** Whether the plan has the rules that need a person or a clock, for a repository of this visibility. */
export const grantsProtectionRules = (plan: GithubPlan | undefined, visibility: Visibility): boolean =>
  plan === undefined || plan === "enterprise" || visibility === "public";

/**
 * What of a protection the plan does not grant. An unknown plan grants all: GitHub has the last word.
 */
export function planProblems(
  protection: Protection,
  plan: GithubPlan | undefined,
  visibility: Visibility,
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (plan === undefined) return problems;
  if (plan === "free" && visibility !== "public")
    return [
      {
        key: undefined,
        message: `an environment in a ${visibility} repository needs GitHub Pro, Team or Enterprise, and "plan" is "free": on Free its protection and secrets are silently ignored`,
      },
    ];
  if (plan === "pro" && protection.reviewers?.teams?.length)
    problems.push({
      key: "reviewers",
      message:
        'teams as reviewers need an organization, and "plan" is "pro", a plan of single users: name users instead',
    });
  if (grantsProtectionRules(plan, visibility)) return problems;
  const refuse = (key: keyof Protection, what: string): void => {
    problems.push({
      key,
      message: `${what} in a ${visibility} repository needs GitHub Enterprise, and "plan" is "${plan}": leave it out, or make the repository public`,
    });
  };
  if (reviewerCount(protection.reviewers) > 0) refuse("reviewers", "required reviewers");
  if (protection.waitTimer) refuse("waitTimer", "a wait timer");
  if (protection.preventSelfReview) refuse("preventSelfReview", "preventing self-review");
  if (protection.adminsCanBypass === false) refuse("adminsCanBypass", "keeping administrators from bypassing");
  return problems;
}

/**
 * Why no branch of a repository can be protected on this plan. An unknown plan grants all.
 *
 * @see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
 */
export function branchProtectionProblem(plan: GithubPlan | undefined, visibility: Visibility): string | undefined {
  if (plan === "free" && visibility !== "public")
    return `protected branches of a ${visibility} repository need GitHub Pro, Team or Enterprise, and "plan" is "free": leave it out, or make the repository public`;
  if (plan === "pro")
    return 'the GitHub provider protects branches of organizations only, and "plan" is "pro", a plan of single users: protect them on GitHub\'s pages, and leave it out';
  return undefined;
}

export const reviewerCount = (reviewers: Reviewers | undefined): number =>
  (reviewers?.teams?.length ?? 0) + (reviewers?.users?.length ?? 0);
