import type { WebIdentityCall } from "./call";
import { member } from "./read-object";
import { fail, pass, type Step } from "./step";
import { TOKEN_LENGTH } from "./token";

/** Without these STS takes no token. Of bare claims each may be missing: what needs it is skipped. */
const REQUIRED = ["iss", "sub", "aud", "exp"];

/**
 * Is it a token, and not too long?
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function tokenStep({ token }: WebIdentityCall): Step {
  const number = Object.keys(token.claims).length;
  const what = token.signed
    ? `a token of ${token.length} characters, ${claims(number)}`
    : `bare claims, ${number} of them`;
  if (token.length > TOKEN_LENGTH)
    return fail(
      "token",
      "ValidationError",
      `${token.signed ? "the token has" : "a token with these claims has at least"} ${token.length} characters, and STS takes ${TOKEN_LENGTH}`,
    );
  const missing = token.signed && REQUIRED.find((name) => member(token.claims, name) === undefined);
  return missing === undefined
    ? pass("token", what)
    : fail("token", "InvalidIdentityToken", `Missing a required claim: ${missing}`);
}

const claims = (number: number): string => (number === 1 ? "1 claim" : `${number} claims`);
