import { CERTAIN_CLAIM_KEYS, GITHUB_CLAIM_KEYS, knowsGithubClaims, OIDC_CLAIM_KEYS } from "../../../aws/condition-keys";
import { nearest } from "../../../github/nearest";
import { conditionRule, type Finding } from "../rule";
import { quote } from "../words";

/** What says nearly the same, of claims that GitHub mints and AWS makes no key of. */
const INSTEAD: Readonly<Record<string, string>> = {
  repository_owner: 'use "repository_owner_id", with the owner\'s numeric id',
  enterprise: 'use "enterprise_id"',
  workflow_ref: 'use "job_workflow_ref"',
  workflow_sha: 'use "job_workflow_ref" of a workflow that is called at a commit',
  job_workflow_sha: 'use "job_workflow_ref" of a workflow that is called at a commit',
  ref_type: 'the subject says it: "…:ref:refs/heads/NAME" is a branch, "…:ref:refs/tags/NAME" a tag',
  event_name: 'the subject says it: "…:pull_request" is a pull request, "…:ref:refs/heads/NAME" a branch',
  repository_visibility: 'name the repository in "sub"',
};

/**
 * The condition is on a key that AWS makes of no claim: it never holds.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export const unknownKey = conditionRule(
  "unknown-key",
  ({ record, prefix, claim }, { call, verdict: { lookup } }): Finding | undefined => {
    const { issuer, partition } = lookup;
    if (record.reason !== "keyMissing" || issuer === undefined || prefix.toLowerCase() !== issuer.toLowerCase())
      return undefined;
    const all = call.assertsClaimKeys === true || knowsGithubClaims(issuer, partition);
    const known: readonly string[] = all ? [...OIDC_CLAIM_KEYS, ...GITHUB_CLAIM_KEYS] : CERTAIN_CLAIM_KEYS;
    if (known.includes(claim)) return undefined;
    if (!all && GITHUB_CLAIM_KEYS.some((each) => each === claim))
      return {
        message: `AWS documents the key ${quote(record.key)} for github.com's own issuer in the commercial partition only: here the condition is assumed never to hold.`,
        fix: 'Remove the condition, and use the subject: a customised subject can hold any claim. If a test has shown that AWS compares it ("claimKeys: asserted" in an access file), this decision is too strict.',
      };
    const meant = nearest(claim, known);
    const instead = Object.hasOwn(INSTEAD, claim)
      ? INSTEAD[claim]
      : meant === undefined
        ? "only a customised subject can hold the claim"
        : `perhaps ${quote(`${issuer}:${meant}`)} was meant`;
    return {
      message: `AWS has no condition key ${quote(record.key)}: the condition never holds, whatever the token contains.`,
      fix: `Remove the condition; ${instead}.`,
    };
  },
);
