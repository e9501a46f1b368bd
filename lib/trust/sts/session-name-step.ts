import { quoted } from "../../aws/policy/position";
import type { WebIdentityCall } from "./call";
import { fail, pass, type Step } from "./step";

/** What aws-actions/configure-aws-credentials calls a session. */
const DEFAULT = "GitHubActions";

export const sessionNameOf = ({ sessionName }: WebIdentityCall): string => sessionName ?? DEFAULT;

/** Is the session's name well formed? @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export function sessionNameStep(call: WebIdentityCall): Step {
  const name = sessionNameOf(call);
  if (name.length < 2 || name.length > 64)
    return fail("session-name", "ValidationError", `${quoted(name)} has ${name.length} characters: use 2 to 64`);
  if (!/^[\w+=,.@-]+$/.test(name))
    return fail("session-name", "ValidationError", `${quoted(name)}: use letters, digits and "+=,.@_-"`);
  return pass("session-name", call.sessionName === undefined ? `${name}, as configure-aws-credentials calls it` : name);
}
