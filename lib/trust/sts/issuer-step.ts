import { quoted } from "../../aws/policy/position";
import type { WebIdentityCall } from "./call";
import { type ProviderLookup, UNKNOWN_ACCOUNT } from "./provider";
import { fail, pass, skipped, type Step } from "./step";
import { textClaim } from "./token";

/**
 * Has the account a provider for the token's issuer? Host and path count, and with them an enterprise's
 * slug.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function issuerStep({ token, role }: WebIdentityCall, { provider, named }: ProviderLookup): Step {
  const iss = textClaim(token, "iss");
  const where = role?.arn && `account ${role.arn.account}`;
  if (named.length > 0 && where !== undefined && !named.some(({ account }) => account === role?.arn?.account))
    return fail(
      "issuer",
      "InvalidIdentityToken",
      `${notFound(iss ?? `https://${named[0]?.issuer}`)}: the role is in ${where}, and the policy names a provider of account ${named[0]?.account}`,
    );
  if (iss === undefined)
    return skipped(
      "issuer",
      provider
        ? `the claims have no iss: taken for a token of https://${provider.issuer}`
        : "the claims have no iss, and the policy names no OIDC provider",
    );
  if (!iss.startsWith("https://"))
    return fail("issuer", "InvalidIdentityToken", `the issuer ${quoted(iss)} is no https URL`);
  if (provider)
    return pass(
      "issuer",
      `${provider.issuer} in ${provider.account === UNKNOWN_ACCOUNT ? "the role's account, whichever that is" : `account ${provider.account}`}`,
    );
  if (named.length === 0)
    return skipped("issuer", "the policy names no OIDC provider, so nothing is known of the account's");
  return fail(
    "issuer",
    "InvalidIdentityToken",
    `${notFound(iss)}: the policy names ${named.map(({ issuer }) => `https://${issuer}`).join(", ")}`,
  );
}

/** AWS's own words. */
const notFound = (url: string): string =>
  `No OpenIDConnect provider found in your account for ${quoted(url).slice(1, -1)}`;
