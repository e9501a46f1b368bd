import { quoted } from "../../aws/policy/position";
import type { WebIdentityCall } from "./call";
import { fail, pass, skipped, type Step } from "./step";
import { audiencesOf } from "./token";

/**
 * Is the token meant for one of the provider's client ids?
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function audienceStep({ token, clientIds }: WebIdentityCall): Step {
  const audiences = audiencesOf(token);
  if (audiences.length === 0 && !token.signed) return skipped("audience", "the claims have no aud");
  if (clientIds === undefined || clientIds.length === 0)
    return skipped("audience", "the provider's client ids are not known: see --client-id");
  const accepted = audiences.find((each) => clientIds.includes(each));
  if (accepted !== undefined) return pass("audience", `${quoted(accepted)} is a client id of the provider`);
  return fail(
    "audience",
    "InvalidIdentityToken",
    `Incorrect token audience: ${audiences.map(quoted).join(", ") || "none"}, and the provider's client ids are ${clientIds.map(quoted).join(", ")}`,
  );
}
