/** What STS looks at, in this order. */
export const STEP_NAMES = [
  "token",
  "issuer",
  "audience",
  "signature",
  "time",
  "trust-policy",
  "duration",
  "session-name",
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/**
 * Codes of the errors that STS answers with.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
 */
export const STS_ERRORS = ["InvalidIdentityToken", "ExpiredTokenException", "AccessDenied", "ValidationError"] as const;

export type StsError = (typeof STS_ERRORS)[number];

/** One thing that STS looks at. `skipped`: what is needed to judge it was not given. */
export interface Step {
  readonly name: StepName;
  readonly outcome: "pass" | "fail" | "skipped";
  /** What was found. Never holds a token, nor a part of one beside its claims. */
  readonly detail: string;
  /** Only of a step that fails. */
  readonly error?: StsError;
}

export const pass = (name: StepName, detail: string): Step => ({ name, outcome: "pass", detail });
export const fail = (name: StepName, error: StsError, detail: string): Step => ({
  name,
  outcome: "fail",
  detail,
  error,
});
export const skipped = (name: StepName, detail: string): Step => ({ name, outcome: "skipped", detail });
