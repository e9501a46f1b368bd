import { textClaim } from "../../sts/token";
import { stepRule } from "../rule";
import { quote } from "../words";

/**
 * The enterprise's slug is in the token's issuer and not in the provider's, or the reverse.
 *
 * @see https://docs.github.com/en/enterprise-cloud@latest/actions/reference/security/oidc
 */
export const issuerSlug = stepRule("issuer-slug", "issuer", ({ call, verdict: { lookup } }) => {
  const issuer = textClaim(call.token, "iss")?.replace(/^https:\/\//, "");
  const near = lookup.named.find(
    (each) =>
      issuer !== undefined && each.issuer.replace(/\/$/, "") !== issuer && hostOf(each.issuer) === hostOf(issuer),
  );
  if (issuer === undefined || !near) return undefined;
  return {
    message: `The token's issuer is ${quote(`https://${issuer}`)}, but the policy trusts ${quote(`https://${near.issuer}`)}: ${near.issuer.includes("/") === issuer.includes("/") ? "the paths differ" : `only ${issuer.includes("/") ? "the token's" : "the policy's"} has an enterprise's slug`}.`,
    fix: `Create an OIDC provider for ${quote(`https://${issuer}`)}, and name it in the principal and in front of every condition key: ${quote(`${issuer}:sub`)}.`,
  };
});

const hostOf = (issuer: string): string => issuer.split("/")[0] ?? "";
