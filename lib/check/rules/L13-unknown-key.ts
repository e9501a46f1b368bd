import { binds, isKnown } from "../../trust/admitted";
import { CERTAIN_CLAIM_KEYS, GITHUB_CLAIM_KEYS, knowsGithubClaims } from "../../aws/condition-keys";
import { passesWithoutKey } from "../../aws/policy/condition-operator-name";
import { quoted } from "../../aws/policy/position";
import { conditions, MAIN } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { type ClaimCondition, claimConditions, isBound } from "../trust/values";

/** Claims that AWS makes keys of for any issuer, and that no token of GitHub's has. */
const NEVER_MINTED: readonly string[] = ["email", "oaud", "amr"];

export const unknownKey: TrustRule = {
  id: "L13",
  title: "A claim without a condition key",
  severity: "error",
  explanation:
    "AWS has condition keys for only some of GitHub's claims: repository_owner, event_name and runner_environment are in every token, but in no request. A condition on one never holds, and AWS says only \"Not authorized\"; with IfExists it guards nothing, which is a note where the subject is limited too. For issuers other than github.com's, and in other partitions, AWS does not document the keys: there, a condition that must hold is a note.",
  remedy: `Use a claim that has a condition key: ${GITHUB_CLAIM_KEYS.join(", ")}.`,
  source: SOURCES.conditionKeys,
  appliesTo: "trustPolicy",
  compliant: [conditions("the owner's id", { StringEquals: { sub: MAIN, repository_owner_id: "65" } })],
  nonCompliant: [
    conditions("the owner's name", { StringEquals: { sub: MAIN, repository_owner: "octo-org" } }),
    conditions("the event", { StringEquals: { sub: MAIN, event_name: "push" } }),
    conditions("a typo", {
      StringEquals: { sub: MAIN, job_workfow_ref: "octo-org/ci/.github/workflows/a.yml@refs/heads/main" },
    }),
    conditions("a guard that is always absent", {
      StringEquals: { sub: MAIN },
      StringEqualsIfExists: { runner_environment: "github-hosted" },
    }),
  ],
  check: (policy) =>
    claimConditions(policy).flatMap((each) => {
      const problem = problemOf(each);
      return problem ? [{ position: each.condition.position, ...problem }] : [];
    }),
};

function problemOf({
  admission,
  condition,
  claim,
}: ClaimCondition): { message: string; fix: string; severity?: "warning" | "note" } | undefined {
  const { issuer, source } = admission;
  const severity = isIdle(condition.operator) && isBound(admission, "sub") ? { severity: "note" as const } : {};
  if (!isKnown(claim, issuer, source))
    return {
      ...severity,
      message: `${quoted(condition.key)}: AWS has no condition key for this claim, ${resultOf(condition.operator)}`,
      fix: claim === "repository_owner" ? 'use "repository_owner_id"' : `use one of ${GITHUB_CLAIM_KEYS.join(", ")}`,
    };
  if (NEVER_MINTED.includes(claim))
    return {
      ...severity,
      message: `${quoted(condition.key)}: no GitHub token has this claim, ${resultOf(condition.operator)}`,
      fix: "remove the condition",
    };
  const isCertain = (CERTAIN_CLAIM_KEYS as readonly string[]).includes(claim);
  if (source.issuer === undefined || isCertain || knowsGithubClaims(issuer, source.partition)) return undefined;
  const place = source.partition === "aws" ? issuer : `the partition ${source.partition}`;
  const message = `${quoted(condition.key)}: AWS does not document a condition key for this claim for ${place}`;
  // Where there is no key, a condition that must hold shuts out: that is seen at once, and nobody gets in.
  if (binds(condition))
    return {
      severity: "note",
      message: `${message}; if there is none, nobody can assume the role`,
      fix: 'test with a real token that the condition holds (an access file vouches for it with "claimKeys: asserted"), or add the claim to the subject by a template',
    };
  return {
    severity: "warning",
    message: `${message}; if there is none, the condition guards nothing`,
    fix: 'use conditions on "sub" and "aud" only',
  };
}

/** Whether it holds without the key, and so takes nothing away. */
const isIdle = (operator: ClaimCondition["condition"]["operator"]): boolean =>
  passesWithoutKey(operator) || operator.quantifier === "ForAllValues";

const resultOf = (operator: ClaimCondition["condition"]["operator"]): string =>
  isIdle(operator) ? "so the condition guards nothing" : "so the condition never holds";
