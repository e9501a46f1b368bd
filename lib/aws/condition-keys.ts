/**
 * The claims of a GitHub token that AWS makes into condition keys, beside `aud` and `sub`. A condition
 * on any other key never holds, and AWS says only "Not authorized".
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export const GITHUB_CLAIM_KEYS = [
  "actor",
  "actor_id",
  "enterprise_id",
  "environment",
  "job_workflow_ref",
  "ref",
  "repository",
  "repository_id",
  "repository_owner_id",
  "workflow",
] as const;

/** The claims of any OIDC token that AWS makes into condition keys; GitHub mints only `aud` and `sub` of them. */
export const OIDC_CLAIM_KEYS = ["amr", "aud", "email", "oaud", "sub"] as const;

/** Those that are certain for an issuer of which AWS's list says nothing. */
export const CERTAIN_CLAIM_KEYS = ["amr", "aud", "sub"] as const;

/**
 * The condition key of the name that a caller gives to the session: what CloudTrail calls the session by.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
 */
export const SESSION_NAME_KEY = "sts:RoleSessionName";

export type GithubClaimKey = (typeof GITHUB_CLAIM_KEYS)[number];

/** What to use in place of a claim that GitHub mints and AWS does not know. */
const INSTEAD = new Map([
  ["repository_owner", 'use "repository_owner_id"'],
  ["enterprise", 'use "enterprise_id"'],
  ["event_name", 'use "pullRequest", "branch" or "tag" of the entry'],
  ["ref_type", 'use "branch" or "tag" of the entry'],
  ["workflow_ref", 'use "job_workflow_ref"'],
  ["workflow_sha", 'use "job_workflow_ref" of a workflow that is called at a commit'],
  ["job_workflow_sha", 'use "job_workflow_ref" of a workflow that is called at a commit'],
]);
const TEMPLATE = 'only a subject template can hold it, and "subject" of the entry then writes the subject out';

/** Other claims that GitHub mints, of which AWS has nothing the like. @see https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims */
const MINTED_ALONE =
  /^(?:runner_environment|repository_visibility|base_ref|head_ref|sha|run_id|run_number|run_attempt|check_run_id|repo_property_\w+)$/;

/**
 * Says why a claim cannot stand in a condition, or `undefined` for one that AWS knows.
 *
 * @param meant the known claim that a misspelt one is nearest to.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function claimKeyRule(claim: string, meant?: string): string | undefined {
  if ((GITHUB_CLAIM_KEYS as readonly string[]).includes(claim)) return undefined;
  if (claim === "aud") return 'the audience is always in the condition: set "audiences" of the account';
  if (claim === "sub")
    return 'the subject is always in the condition: use "branch", "environment" or "subject" of the entry';
  const instead = INSTEAD.get(claim) ?? (MINTED_ALONE.test(claim) ? TEMPLATE : undefined);
  if (instead !== undefined)
    return `GitHub mints this claim, but AWS has no condition key for it and the condition would never hold: ${instead}`;
  return `AWS has no condition key for it: ${meant === undefined ? `AWS knows ${GITHUB_CLAIM_KEYS.join(", ")}` : `did you mean "${meant}"?`}`;
}

/**
 * Whether AWS makes GitHub's own claims into condition keys there. Known for github.com's issuer in
 * the commercial partition; elsewhere only `aud` and `sub` are certain.
 */
export const knowsGithubClaims = (issuer: string, partition: string): boolean =>
  partition === "aws" && issuer === "token.actions.githubusercontent.com";
