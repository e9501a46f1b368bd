import { explainCall, outputOf } from "../../lib/trust/near-miss/explained";
import { explainRole } from "../../lib/questions/role-call/explain-role";
import { ContradictoryClaims } from "../../lib/questions/role-call/token-repository";
import { InputError } from "../../lib/trust/sts/input-error";
import { readKeySet } from "../../lib/trust/sts/jwks";
import { type PresentedToken, readToken } from "../../lib/trust/sts/token";
import { colors } from "../../lib/report/colors";
import { renderExplanation } from "../../lib/report/explanation";
import { allow, CLAIMS, ISSUER, keys, policy, SUBJECT } from "../trust/calls";
import { LOOKUP, roleOf, subjects } from "../questions/role-call/roles";
import type { FuzzTarget } from "./harness";

const encode = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const AT = 1_795_000_000;
const PAYLOAD = { ...CLAIMS, exp: AT + 300, nbf: AT - 600, iat: AT, environment: "production" };
const SIGNATURE = encode("a signature that nobody made");
const token = (header: unknown, payload: unknown): string => `${encode(header)}.${encode(payload)}.${SIGNATURE}`;

/** A policy with each kind of condition that a near miss may be about. */
const POLICY = policy(
  allow({ StringEquals: keys({ aud: "sts.amazonaws.com", sub: SUBJECT, repository_id: "74" }) }),
  allow(
    {
      StringLike: keys({
        sub: ["repo:octo-org@65/web-shop@74:environment:*", "repo:octo-org/*"],
        job_workflow_ref: "octo-org/ci/.github/workflows/a.yml@*",
      }),
      StringNotEquals: keys({ actor: "hubot" }),
    },
    { Sid: "b" },
  ),
);
/** A role that lets the jobs of a branch in, of a repository whose prefix the plan looks up. */
const ROLE = roleOf([subjects([LOOKUP, ":ref:refs/heads/main"])]);
/** The issuer's key, of which no token of the fuzzer has a signature. */
const KEYS = readKeySet(
  JSON.stringify({
    keys: [
      {
        kty: "RSA",
        kid: "one",
        e: "AQAB",
        n: Buffer.from(
          Array.from({ length: 256 }, (_, index) => (index === 0 ? 0xc3 : (index * 37 + 11) & 0xff) | 1),
        ).toString("base64url"),
      },
    ],
  }),
);

/** The readers of claims, tokens and keys, the play of STS, and what is printed of it. */
export const tokenFuzz: FuzzTarget = {
  name: "claims and token",
  corpus: [
    JSON.stringify(PAYLOAD),
    JSON.stringify(PAYLOAD, undefined, 2),
    token({ alg: "RS256", kid: "one" }, PAYLOAD),
    token({ alg: "none" }, PAYLOAD),
    token({ alg: "HS256", kid: "one" }, { ...PAYLOAD, aud: ["a", "b"] }),
    JSON.stringify({ value: token({ alg: "RS256", kid: "one" }, PAYLOAD) }),
    JSON.stringify({ ...PAYLOAD, iss: `https://${ISSUER}/octo`, sub: "repo:octo-org@65/web-shop@74:pull_request" }),
    JSON.stringify({ ...PAYLOAD, sub: "repository_owner_id:65:event_name:push" }),
    '{"keys":[{"kty":"RSA","kid":"one","n":"AQAB","e":"AQAB"}]}',
    "{}",
    "",
  ],
  dictionary: [
    '"sub"',
    '"aud"',
    '"iss"',
    '"exp"',
    '"alg"',
    '"none"',
    '"RS256"',
    '"kid"',
    '"__proto__"',
    '"constructor"',
    "eyJ",
    ".",
    "repo:",
    ":environment:",
    ":ref:refs/tags/",
    "pull_request",
    "gh-readonly-queue/main/pr-1",
    "%3A",
    "@65",
    "https://",
    ISSUER,
    "*",
    "null",
    "1e999",
    "-1",
    "\\u0000",
    "\\ud800",
  ],
  run: (input) => check(typeof input === "string" ? input : new TextDecoder().decode(input)),
};

/** @throws Error when a reader breaks one of its laws. */
function check(text: string): void {
  tolerate(() => readKeySet(text), text);
  const read = tolerate(() => readToken(text), text);
  if (!read) return;
  checkLookup(read);
  for (const withKeys of read.signed ? [{}, { keys: KEYS }] : [{}]) {
    const explained = explainCall({
      token: read,
      policy: POLICY,
      at: AT,
      clientIds: ["sts.amazonaws.com"],
      ...withKeys,
    });
    const { decision, error, steps } = explained.verdict;
    if (
      (decision === "allow") !== steps.every(({ outcome }) => outcome !== "fail") ||
      (decision === "allow") !== (error === null)
    )
      throw new Error("the decision is not that of the steps");
    if (decision === "allow" && "keys" in withKeys) throw new Error("a signature that nobody made was taken");
    if ((decision === "deny") !== explained.hints.length > 0)
      throw new Error("a denial without a reason, or a reason without a denial");
    const printed = `${JSON.stringify(outputOf(explained))}\n${renderExplanation(explained, { colors: colors(false), width: 80 })}`;
    if (
      read.signed &&
      read.signed.signature.length > 8 &&
      printed.includes(read.signed.signature.toString("base64url"))
    )
      throw new Error("the signature is printed");
  }
}

/** Whatever a token says, it is of the repository, or kept out. */
function checkLookup(token: PresentedToken): void {
  const { sub } = token.claims;
  const isOwn =
    typeof sub === "string" && /^repo:octo-org(?:@[0-9]+)?\/web-shop(?:@[0-9]+)?:ref:refs\/heads\/main$/i.test(sub);
  try {
    const result = explainRole(ROLE, { token, at: AT });
    if ("explained" in result && result.explained.verdict.decision === "allow" && !isOwn)
      throw new Error("a token has chosen its way in");
  } catch (error) {
    if (!(error instanceof ContradictoryClaims)) throw error;
  }
}

/** Runs a reader; the one error that it may throw repeats nothing of a token. */
function tolerate<T>(read: () => T, text: string): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const part of text.split("."))
      if (part.length > 24 && error.message.includes(part.slice(0, 24)))
        throw new Error("an error repeats a part of the input", { cause: error });
    return undefined;
  }
}
