import { type AssumeCall, callsOfActions, callsOfPrincipal } from "../../aws/policy/assume-calls";
import { parseOperatorName, wantsKey } from "../../aws/policy/condition-operator-name";
import { isGithubIssuer, splitKey } from "../admitted/github-provider";
import { isAbsentFrom, isGithubKey } from "./caller-keys";
import type { StatementModel } from "../trust-model";
import { isKnown, partsOf, type Text } from "../text";

type PrincipalModel = StatementModel["principals"][number];

/**
 * The calls of a statement by which a principal comes that is no job of GitHub's. Of one that is not all known, those
 * that it may make. A call whose requests lack the key of a condition lets nobody in.
 */
export function callsBesideJobs(principal: PrincipalModel, statement: StatementModel): AssumeCall[] {
  const { kind, value } = principal;
  const own = callsOfPrincipal(kind, knownOf(value), isKnown(value));
  const wanted = statement.conditions.filter(({ operator }) => wants(operator)).map(({ key }) => key);
  const isPossible = (call: AssumeCall): boolean =>
    own.includes(call) && !wanted.some((key) => isAbsentFrom(call, key));
  return callsOfActions(statement.actions, statement.notAction).filter(
    (call) => isPossible(call) && isBesideJobs(call, principal, statement, wanted),
  );
}

/** Whether tokens may be of another issuer than GitHub's. @param wanted keys that a request must have */
function isBesideJobs(
  call: AssumeCall,
  { kind, value }: PrincipalModel,
  statement: StatementModel,
  wanted: readonly string[],
): boolean {
  if (call !== "sts:AssumeRoleWithWebIdentity") return true;
  // No other token has a claim of GitHub's.
  if (value === "*") return !wanted.some(isGithubKey);
  return kind !== "Federated" || isOtherFederation(value, statement);
}

function wants(operator: string): boolean {
  const name = parseOperatorName(operator);
  return name !== undefined && wantsKey(name);
}

/** Whether a federated principal is surely not GitHub's: it brings identities of somebody else. */
export function isOtherFederation(value: Text, statement: StatementModel): boolean {
  if (isKnown(value)) return value !== "*" && !isGithubIssuer(/:oidc-provider\/(.+)$/s.exec(value)?.[1] ?? "");
  const known = knownOf(value);
  if (known.includes(":saml-provider/")) return true;
  const named = /:oidc-provider\/(.+)$/s.exec(known)?.[1];
  const asked = statement.conditions.flatMap(({ key }) => splitKey(key)?.issuer ?? []);
  const issuers = named === undefined ? asked : [named];
  return issuers.length > 0 && !issuers.some(isGithubIssuer);
}

/** What is known of a text, without the rest. */
const knownOf = (value: Text): string =>
  partsOf(value)
    .map((part) => (typeof part === "string" ? part : ""))
    .join("");
