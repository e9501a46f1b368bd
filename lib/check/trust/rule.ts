import type { Rule } from "../rule";

/** A rule over a trust policy alone. */
export type TrustRule = Rule<"trustPolicy">;

/** The claims by which AWS makes sure that a policy is not open to all of GitHub. */
export const TENANCY_CLAIMS = ["sub", "job_workflow_ref"] as const;

/** Claims of a token by which a statement may be bound to an owner, whatever the subject says. */
export const OWNER_CLAIMS = ["repository_id", "repository_owner_id", "repository", "enterprise_id"] as const;
