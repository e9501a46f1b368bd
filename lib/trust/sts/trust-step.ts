import { explain, type Explanation, prepare, type StatementRecord } from "../../aws/policy/evaluate";
import { conditionKeys } from "../../aws/token-keys";
import type { WebIdentityCall } from "./call";
import type { ProviderLookup } from "./provider";
import { sessionNameOf } from "./session-name-step";
import { fail, pass, type Step } from "./step";

/** What a call of AssumeRoleWithWebIdentity needs to be allowed. */
export const WEB_IDENTITY_ACTION = "sts:AssumeRoleWithWebIdentity";

/** Evaluates the trust policy with the keys that AWS makes of the token. */
export function evaluateTrust(call: WebIdentityCall, { issuer, principal, partition }: ProviderLookup): Explanation {
  const keys = conditionKeys(call.token.claims, {
    issuer: issuer ?? "",
    partition,
    assertsClaimKeys: call.assertsClaimKeys,
    roleSessionName: sessionNameOf(call),
    at: Math.floor(call.at),
  });
  return explain(prepare(call.policy), {
    action: WEB_IDENTITY_ACTION,
    principal: { kind: "Federated", value: principal },
    keys,
  });
}

/**
 * Does the trust policy let the token in? An explicit deny wins.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function trustStep({ assumptions = [] }: WebIdentityCall, { decision, statements }: Explanation): Step {
  const detail = (decided: string): string => [decided, ...assumptions].join("; ");
  if (decision === "allow")
    return pass("trust-policy", detail(`${nameOf(statements.find(({ applies }) => applies))} lets the token in`));
  const denial = statements.find(({ applies, statement }) => applies && statement.effect === "Deny");
  return fail(
    "trust-policy",
    "AccessDenied",
    detail(`Not authorized to perform ${WEB_IDENTITY_ACTION}${denial ? `: ${nameOf(denial)} denies it` : ""}`),
  );
}

/** `statement 2 (Deploy)`: counted from 1, as people do. */
export const nameOf = (record: Pick<StatementRecord, "index" | "statement"> | undefined): string =>
  record ? `statement ${record.index + 1}${record.statement.sid ? ` (${record.statement.sid})` : ""}` : "no statement";
