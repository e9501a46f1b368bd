import { verify } from "node:crypto";
import { quoted } from "../../aws/policy/position";
import type { WebIdentityCall } from "./call";
import type { KeySet } from "./jwks";
import type { SignedToken } from "./jwt";
import { fail, pass, skipped, type Step } from "./step";

/**
 * Did the issuer sign it? GitHub signs with RS256, and nothing else is taken here. A token without a
 * signature, or with one that everybody can make, is refused also where the issuer's keys are not known.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function signatureStep({ token: { signed }, keys }: WebIdentityCall): Step {
  if (!signed) return skipped("signature", "bare claims have none");
  const wrong = forgeable(signed);
  if (wrong) return refuse(wrong);
  if (!keys) return skipped("signature", "not verified: the issuer's keys are not known, see --jwks");
  return judge(signed, keys);
}

function forgeable({ alg, signature }: SignedToken): string | undefined {
  if (typeof alg !== "string" || alg.toLowerCase() === "none") return "the token says that it is not signed";
  if (/^HS/i.test(alg)) return "the token is signed with a shared secret (HS…), and GitHub signs with RS256";
  return signature.length === 0 ? "the signature has been cut off" : undefined;
}

function judge({ alg, kid, critical, signed, signature }: SignedToken, keys: KeySet): Step {
  if (alg !== "RS256") return refuse("the token is not signed with RS256, as GitHub's are");
  if (critical) return refuse("the token's header asks for an extension that nobody has to know");
  const key = typeof kid === "string" ? keys.get(kid) : undefined;
  if (!key)
    return refuse(
      `Couldn't retrieve verification key from your identity provider: ${typeof kid === "string" ? `the key ${quoted(kid)} is not in the JWKS file` : "the token does not say which key"}`,
    );
  return verify("RSA-SHA256", Buffer.from(signed), key, signature)
    ? pass("signature", "RS256, by a key of the JWKS file")
    : refuse("the signature is not of this token: it was changed, or signed by somebody else");
}

const refuse = (detail: string): Step => fail("signature", "InvalidIdentityToken", detail);
