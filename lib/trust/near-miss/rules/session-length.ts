import { stepRule } from "../rule";

/** The session is longer, or shorter, than STS and the role allow. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const sessionLength = stepRule("session-length", "duration", ({ call: { role, durationSeconds } }) => ({
  message: `The call requests a session of ${durationSeconds} seconds, which STS does not grant.`,
  fix: `Set "role-duration-seconds" to 900 to ${role?.maxSessionSeconds ?? 43_200}${role?.maxSessionSeconds === undefined ? ", and no more than the role's maximum" : ", or raise the role's maximum, to 43200 at most"}.`,
}));
