import { Refusal } from "./refusal";

/** What the account pays for. */
export type Plan = "free" | "pro" | "team" | "enterprise";

export type RepositoryVisibility = "public" | "private" | "internal";

/** What decides whether a repository's environments may be protected. */
export interface Entitlement {
  readonly plan: Plan;
  readonly visibility: RepositoryVisibility;
}

/** Reviewers, wait timer, self-review and administrators' bypass: on public repositories, or with Enterprise. */
export const allowsProtectionRules = ({ plan, visibility }: Entitlement): boolean =>
  visibility === "public" || plan === "enterprise";

/** Branch and tag policies, environment variables and secrets: on public repositories, or with any paid plan. */
export const allowsPaidFeatures = ({ plan, visibility }: Entitlement): boolean =>
  visibility === "public" || plan !== "free";

/** GitHub's answer to a protection rule that the plan does not include. */
export const protectionRuleRefused = (): Refusal =>
  new Refusal(
    "invalid",
    "Failed to create the environment protection rule. Please ensure the billing plan supports the required reviewers protection rule.",
  );

/** GitHub's answer to a branch policy that the plan does not include. */
export const branchPolicyRefused = (): Refusal =>
  new Refusal("invalid", "Fail to create protected rule, please ensure billing plan include protected branch gate.");

/**
 * The answer to an environment's variable or secret that the plan does not include. GitHub's documentation says that
 * these need a paid plan, but not how the API refuses them: this is how it refuses other paid features.
 */
export const upgradeNeeded = (): Refusal =>
  new Refusal("plan", "Upgrade to GitHub Pro or make this repository public to enable this feature.");
