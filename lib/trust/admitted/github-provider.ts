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
  const provider = kind === "Federated" ? oidcProvider(value) : undefined;
  if (!provider || !isGithubIssuer(provider.issuer)) return undefined;
  return { issuer: provider.issuer, partition: provider.partition as Partition, principal };
}

interface OidcProvider {
  readonly partition: string;
  /** Twelve digits, or what stands for them in a file that is to be filled in. */
  readonly account: string;
  readonly issuer: string;
}

/** An OIDC provider by its ARN; the account may be a placeholder, as in README files and templates. */
function oidcProvider(arn: string): OidcProvider | undefined {
  const [, partition = "", account = "", issuer = ""] =
    /^arn:(aws(?:-[a-z]+)*):iam::([^:/]*|\$\{[^}]*\}):oidc-provider\/([\u0021-\u007e]+)$/.exec(arn) ?? [];
  return issuer === "" ? undefined : { partition, account, issuer };
}

/** Why a provider is not quite GitHub's, and the issuer that is meant; or what stands for its account. */
export type AlmostGithub = { readonly reason: string; readonly meant: string } | { readonly placeholder: string };

/** The host of the beta: no token has had it since 2021. */
const BETA_HOST = "vstoken.actions.githubusercontent.com";

/** Whether a provider is meant to be GitHub's, and is not, or not yet; `undefined` for one that is, and for others. */
export function providerAlmostOfGithub({ kind, value }: TrustPrincipal): AlmostGithub | undefined {
  const provider = kind === "Federated" ? oidcProvider(value) : undefined;
  if (!provider) return undefined;
  const { account, issuer } = provider;
  if (isGithubIssuer(issuer)) return /^[0-9]{12}$/.test(account) ? undefined : { placeholder: account };
  const bare = issuer.replace(/^https?:\/\//i, "").replace(/\/$/, "");
  if (bare === BETA_HOST) return { reason: "this is the issuer of the beta, which no token has", meant: GITHUB_ISSUER };
  if (!isGithubIssuer(bare)) return undefined;
  const reason = issuer.endsWith("/") ? "a slash stands behind the issuer" : "an address stands in place of the issuer";
  return { reason: `${reason}, and no token has it`, meant: bare };
}

/** A condition key of a web identity taken apart: `ISSUER:CLAIM`. Issuers may have paths, claims no colons. */
export function splitKey(key: string): { readonly issuer: string; readonly claim: string } | undefined {
  const colon = key.lastIndexOf(":");
  return colon <= 0 || /^(?:aws|sts)$/i.test(key.slice(0, colon)) || /^(?:aws|sts):/i.test(key)
    ? undefined
    : { issuer: key.slice(0, colon), claim: key.slice(colon + 1).toLowerCase() };
}
