import { textClaim } from "../../sts/token";
import { stepRule } from "../rule";
import { quote } from "../words";

/**
 * The provider was created with a slash behind its URL: its ARN ends in it, and no token has such an issuer.
 *
 * @see https://github.com/aws-actions/configure-aws-credentials/issues/1043
 */
export const issuerSlash = stepRule("issuer-slash", "issuer", ({ call, verdict: { lookup } }) => {
  const issuer = textClaim(call.token, "iss")?.replace(/^https:\/\//, "");
  const near = lookup.named.find((each) => issuer !== undefined && each.issuer === `${issuer}/`);
  if (issuer === undefined || !near) return undefined;
  return {
    message: `The policy trusts ${quote(`https://${near.issuer}`)}: a slash stands behind the issuer, and no token has it.`,
    fix: `Create the OIDC provider again with the URL ${quote(`https://${issuer}`)}, and remove the slash from the principal and from every condition key: ${quote(`${issuer}:sub`)}.`,
  };
});
