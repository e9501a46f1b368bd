import { stepRule } from "../rule";

/** The session's name is not one that STS takes. */
export const sessionName = stepRule("session-name", "session-name", () => ({
  message: "The session's name is not one that STS takes.",
  fix: 'Set "role-session-name" to 2 to 64 letters, digits and "+=,.@_-".',
}));
