import { enterpriseSlugRule } from "./names";

/** Where tokens come from and where the API is. */
export interface GithubInstance {
  /** Host as people type it: `github.com`, `SUB.ghe.com` or that of a GitHub Enterprise Server. */
  readonly host: string;
  readonly kind: "github.com" | "ghe.com" | "server";
  /** `iss` of the tokens; also the URL of the IAM OIDC provider. No trailing slash. */
  readonly issuerUrl: string;
  /** The issuer without `https://`: prefix of IAM's condition keys and end of the provider's ARN. */
  readonly issuer: string;
  /** Base address of the REST API, or `undefined` for github.com, the default of every client. */
  readonly apiUrl: string | undefined;
}

/** The host that everyone means who names none. */
export const DEFAULT_HOST = "github.com";

/**
 * Says what is wrong with a host name, or `undefined`. A host, not an address: no scheme, port or path.
 */
export function hostRule(host: string): string | undefined {
  if (/^https?:/i.test(host) || host.includes("/"))
    return `write the host alone, as in "${host.replace(/^https?:\/*/i, "").split("/")[0]}"`;
  if (host.includes(":")) return "leave out the port: an IAM OIDC provider accepts none";
  const labels = host.split(".");
  if (
    host.length > 253 ||
    labels.length < 2 ||
    !labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  )
    return 'use a host name in lower case, as in "github.com", "octo.ghe.com" or "github.example.com"';
  if (
    (/(^|\.)(github|githubusercontent)\.com$/.test(host) && host !== DEFAULT_HOST) ||
    host === "ghe.com" ||
    (host.split(".").length > 3 && host.endsWith(".ghe.com"))
  )
    return 'use "github.com", or "SUB.ghe.com" for an enterprise with data residency';
  return undefined;
}

/**
 * The issuer and the API of a GitHub instance.
 *
 * @param host `github.com`, `SUB.ghe.com` or the host of a GitHub Enterprise Server. @default github.com
 * @param enterpriseSlug the slug, when the enterprise has put it into its issuer. @default none
 * @throws RangeError for a host or slug that is not well formed, and for a slug on GitHub Enterprise
 *   Server, whose issuer has no place for one.
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function githubInstance(host: string = DEFAULT_HOST, enterpriseSlug?: string): GithubInstance {
  const wrong = hostRule(host) ?? (enterpriseSlug === undefined ? undefined : enterpriseSlugRule(enterpriseSlug));
  if (wrong)
    throw new RangeError(
      `GitHub host "${host}"${enterpriseSlug === undefined ? "" : ` with slug "${enterpriseSlug}"`}: ${wrong}`,
    );
  const slug = enterpriseSlug === undefined ? "" : `/${enterpriseSlug}`;
  const instance = (kind: GithubInstance["kind"], issuer: string, apiUrl: string | undefined): GithubInstance => ({
    host,
    kind,
    issuer,
    issuerUrl: `https://${issuer}`,
    apiUrl,
  });
  if (host === DEFAULT_HOST) return instance("github.com", `token.actions.githubusercontent.com${slug}`, undefined);
  if (host.endsWith(".ghe.com")) return instance("ghe.com", `token.actions.${host}${slug}`, `https://api.${host}/`);
  if (slug)
    throw new RangeError(
      `GitHub Enterprise Server "${host}" has no enterprise slug in its issuer: leave "${enterpriseSlug}" out`,
    );
  return instance("server", `${host}/_services/token`, `https://${host}/`);
}
