import { textClaim } from "../../sts/token";
import { first, stepRule } from "../rule";
import { quote } from "../words";
import { issuerSlug } from "./issuer-slug";
import { otherAccount } from "./other-account";

/** The token comes from another GitHub, or from something else. */
export const otherIssuer = stepRule("other-issuer", "issuer", (miss) => {
  const iss = textClaim(miss.call.token, "iss");
  const [provider] = miss.verdict.lookup.named;
  if (iss === undefined || !provider || first([issuerSlug, otherAccount], (rule) => rule.find(miss))) return undefined;
  return {
    message: `The token was issued by ${quote(iss)}, but the policy trusts ${quote(`https://${provider.issuer}`)}.`,
    fix: iss.startsWith("https://")
      ? `Create an OIDC provider for ${quote(iss)} and trust it, or use a token of the trusted issuer.`
      : "Use a token whose issuer is an https URL: AWS accepts no others.",
  };
});
