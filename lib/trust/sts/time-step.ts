import type { WebIdentityCall } from "./call";
import { member } from "./read-object";
import { fail, pass, skipped, type Step } from "./step";

/** Seconds by which clocks may differ. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html */
export const CLOCK_SKEW = 300;

const CLAIMS = ["exp", "nbf", "iat"] as const;
type TimeClaim = (typeof CLAIMS)[number];

/**
 * Is the token valid at the time of the call? A claim that is missing is not judged.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
 */
export function timeStep({ token: { claims }, at }: WebIdentityCall): Step {
  const missing = CLAIMS.filter((name) => member(claims, name) === undefined);
  const given = CLAIMS.filter((name) => !missing.includes(name));
  const odd = given.find((name) => !isTime(member(claims, name)));
  if (odd) return fail("time", "InvalidIdentityToken", `the claim ${odd} is not a time in seconds since 1970`);
  const wrong = given.map((name) => problem(name, Number(member(claims, name)), at)).find((each) => each !== undefined);
  if (wrong) return fail("time", "ExpiredTokenException", wrong);
  if (given.length === 0) return skipped("time", "the claims have no exp, nbf or iat");
  const rest = missing.length > 0 ? `; without ${missing.join(" and ")}, which is not judged` : "";
  return pass("time", `${given.join(", ")} agree with ${format(at)}${rest}`);
}

/** Up to the end of what a `Date` can show. */
const isTime = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 8_640_000_000_000;

function problem(name: TimeClaim, seconds: number, at: number): string | undefined {
  if (name === "exp")
    return at > seconds + CLOCK_SKEW ? `the token expired at ${format(seconds)}, and it is ${format(at)}` : undefined;
  const is = name === "nbf" ? "is valid" : "was issued";
  return at < seconds - CLOCK_SKEW
    ? `the token ${is} only ${name === "nbf" ? "from" : "at"} ${format(seconds)} (${name}), and it is ${format(at)}`
    : undefined;
}

const format = (seconds: number): string => new Date(seconds * 1_000).toISOString().replace(/\.[0-9]+Z$/, "Z");
