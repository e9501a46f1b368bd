import { stepRule } from "../rule";

/** STS does not accept the session's name. */
export const sessionName = stepRule("session-name", "session-name", () => ({
  message: "STS does not accept the session's name.",
  fix: 'Set "role-session-name" to 2 to 64 letters, digits and "+=,.@_-".',
}));
