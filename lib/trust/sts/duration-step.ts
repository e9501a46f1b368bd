import { SESSION_SECONDS } from "../../aws/role-rules";
import type { WebIdentityCall } from "./call";
import { fail, pass, type Step } from "./step";

/** Shortest session that STS gives, in seconds. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const SHORTEST = 900;
const DEFAULT = 3_600;

/** Is the session that is asked for as long as STS and the role allow? */
export function durationStep({ durationSeconds, role }: WebIdentityCall): Step {
  const most = role?.maxSessionSeconds;
  if (durationSeconds === undefined) return pass("duration", `${DEFAULT} seconds, what STS gives who does not ask`);
  if (!Number.isInteger(durationSeconds) || durationSeconds < SHORTEST || durationSeconds > SESSION_SECONDS.max)
    return fail(
      "duration",
      "ValidationError",
      `${durationSeconds} seconds: STS gives ${SHORTEST} to ${SESSION_SECONDS.max}`,
    );
  if (most !== undefined && durationSeconds > most)
    return fail(
      "duration",
      "ValidationError",
      `The requested DurationSeconds exceeds the MaxSessionDuration set for this role: ${durationSeconds} seconds, and the role allows ${most}`,
    );
  // Every role allows an hour at least.
  const unknown =
    most === undefined && durationSeconds > SESSION_SECONDS.min ? "; the role's maximum is not known" : "";
  return pass("duration", `${durationSeconds} seconds${unknown}`);
}
