import { checkLength, InputError } from "./input-error";
import { parseJwt, type SignedToken } from "./jwt";
import { member, type PlainObject, readObject } from "./read-object";

/** Most characters of a token. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const TOKEN_LENGTH = 20_000;

/** What a job presents to STS: a token, or what one says. */
export interface PresentedToken {
  readonly claims: PlainObject;
  /** Characters of the token; of bare claims the fewest that a token with them has. */
  readonly length: number;
  /** `undefined` for bare claims. */
  readonly signed: SignedToken | undefined;
}

/** Some of the claims that a GitHub token has: without any of them an object is something else. */
const USUAL_CLAIMS = [
  "sub",
  "iss",
  "aud",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "ref",
  "environment",
  "job_workflow_ref",
];

/**
 * Reads a JSON Web Token, bare claims as JSON, or the answer of GitHub's token service, which has the
 * token as its `value`.
 *
 * @throws InputError for everything else; it repeats nothing of the text.
 * @see https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export function readToken(text: string): PresentedToken {
  checkLength(text);
  const trimmed = text.trim();
  if (!/^[[{"]/.test(trimmed)) return presented(trimmed);
  const object = readObject(text);
  const value = member(object, "value");
  if (typeof value === "string" && member(object, "sub") === undefined) return presented(value.trim());
  if (member(object, "Statement") !== undefined)
    throw new InputError("it is a policy, and the claims of a token are wanted");
  if (!USUAL_CLAIMS.some((claim) => member(object, claim) !== undefined))
    throw new InputError(
      `it is JSON without a claim of GitHub's tokens: none of ${USUAL_CLAIMS.slice(0, 4).join(", ")} is there`,
    );
  return bareClaims(object);
}

function presented(jwt: string): PresentedToken {
  const signed = parseJwt(jwt);
  return { claims: signed.claims, length: jwt.length, signed };
}

/** A claim given by a caller in code instead of a file. */
export const bareClaims = (claims: object): PresentedToken => ({
  claims: claims as PlainObject,
  length: Math.ceil((Buffer.byteLength(JSON.stringify(claims)) * 4) / 3),
  signed: undefined,
});

/** A claim that is a string, or `undefined`. */
export function textClaim({ claims }: PresentedToken, name: string): string | undefined {
  const value = member(claims, name);
  return typeof value === "string" ? value : undefined;
}

/** The audiences of a token: it may have several. */
export function audiencesOf({ claims }: PresentedToken): readonly string[] {
  const aud = member(claims, "aud");
  if (typeof aud === "string") return [aud];
  return Array.isArray(aud) ? aud.filter((each): each is string => typeof each === "string") : [];
}
