import { isGithubIssuer, splitKey } from "../admitted";
import type { StatementModel } from "../model";
import { isKnown, partsOf, type Text } from "../text";

/** Whether a federated principal is surely not GitHub's: it brings identities of somebody else. */
export function isOtherFederation(value: Text, statement: StatementModel): boolean {
  if (isKnown(value)) return value !== "*" && !isGithubIssuer(/:oidc-provider\/(.+)$/.exec(value)?.[1] ?? "");
  const known = partsOf(value).map((part) => (typeof part === "string" ? part : "")).join("");
  if (known.includes(":saml-provider/")) return true;
  const named = /:oidc-provider\/(.+)$/.exec(known)?.[1];
  const issuers = named === undefined ? statement.conditions.flatMap(({ key }) => splitKey(key)?.issuer ?? []) : [named];
  return issuers.length > 0 && !issuers.some(isGithubIssuer);
}
