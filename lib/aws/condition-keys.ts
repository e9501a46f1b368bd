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
const INSTEAD: Readonly<Record<string, string>> = {
  repository_owner: 'use "repository_owner_id"',
  event_name: 'use "pullRequest", "branch" or "tag" of the entry',
  runner_environment: "there is nothing to put in its place",
  workflow_ref: 'use "job_workflow_ref"',
  repository_visibility: "there is nothing to put in its place",
  base_ref: "there is nothing to put in its place",
  head_ref: "there is nothing to put in its place",
  sha: "there is nothing to put in its place",
};

/** Says why a claim cannot stand in a condition, or `undefined` for one that AWS knows. */
export function claimKeyRule(claim: string): string | undefined {
  if ((GITHUB_CLAIM_KEYS as readonly string[]).includes(claim)) return undefined;
  if (claim === "aud") return 'the audience is always in the condition: set "audiences" of the account';
  if (claim === "sub") return 'the subject is always in the condition: use "branch", "environment" or "subject" of the entry';
  const known = `AWS knows ${GITHUB_CLAIM_KEYS.join(", ")}`;
  const instead = Object.hasOwn(INSTEAD, claim) ? INSTEAD[claim] : undefined;
  return instead === undefined ? `AWS has no condition key for it: ${known}` : `GitHub mints this claim, but AWS has no condition key for it and the condition would never hold: ${instead}`;
}

/**
 * Whether AWS makes GitHub's own claims into condition keys there. Known for github.com's issuer in
 * the commercial partition; elsewhere only `aud` and `sub` are certain.
 */
export const knowsGithubClaims = (issuer: string, partition: string): boolean => partition === "aws" && issuer === "token.actions.githubusercontent.com";
