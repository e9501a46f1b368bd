import { parseIamArn } from "../../aws/arn";
import type { Partition } from "../../aws/partition";
import type { TrustPrincipal } from "../../aws/policy/trust-document";

/** Where the tokens come from that a principal stands for. */
export interface TokenSource {
  /** The issuer without `https://`; `undefined` for a principal that is everybody. */
  readonly issuer: string | undefined;
  readonly partition: Partition;
  /** The principal in the policy. */
  readonly principal: TrustPrincipal;
}

export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/**
 * Whether an issuer is GitHub's: github.com and ghe.com, with an enterprise's slug or without, or a GitHub
 * Enterprise Server.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const isGithubIssuer = (issuer: string): boolean =>
  /^(?:token\.actions\.(?:githubusercontent\.com|[a-z0-9-]+\.ghe\.com)(?:\/[^/]+)?|[^/]+\/_services\/token)$/i.test(
    issuer,
  );

/** What a principal has to do with GitHub; `undefined` for one that no token of GitHub's comes from. */
export function tokenSource(principal: TrustPrincipal): TokenSource | undefined {
  const { kind, value } = principal;
  if (value === "*" && (kind === "*" || kind === "AWS" || kind === "Federated"))
    return { issuer: undefined, partition: "aws", principal };
  const arn = kind === "Federated" ? parseIamArn(value) : undefined;
  if (arn?.type !== "oidc-provider" || !isGithubIssuer(arn.resource)) return undefined;
  return { issuer: arn.resource, partition: arn.partition as Partition, principal };
}

/** A condition key of a web identity taken apart: `ISSUER:CLAIM`. Issuers may have paths, claims no colons. */
export function splitKey(key: string): { readonly issuer: string; readonly claim: string } | undefined {
  const colon = key.lastIndexOf(":");
  return colon <= 0 || /^(?:aws|sts)$/i.test(key.slice(0, colon)) || /^(?:aws|sts):/i.test(key)
    ? undefined
    : { issuer: key.slice(0, colon), claim: key.slice(colon + 1).toLowerCase() };
}
