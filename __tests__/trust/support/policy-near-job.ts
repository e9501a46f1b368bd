import fc from "fast-check";
import { GITHUB_CLAIM_KEYS, SESSION_NAME_KEY } from "../../../lib/aws/condition-keys";
import type { TokenClaims } from "../../../lib/github/claims";
import type { GithubJob } from "../../../lib/github/job";
import { mintClaims } from "../../../lib/github/token";
import { QUANTIFIERS, STRING_OPERATORS } from "./any-trust-policy";
import { type ConditionEntry, keyOfClaim, type PolicyJson, PROVIDER, WEB_IDENTITY, withEntries } from "./policy-json";

const CLAIMS = ["sub", "sub", "sub", "sub", "aud", ...GITHUB_CLAIM_KEYS] as const;

/** A value that a text matches, or nearly: with wildcards in the place of some of it, or as it is. */
const valueNear = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom("", "*", "?", "??", "\u0000"), fc.nat(80), fc.nat(20), fc.boolean())
    .map(([wildcard, at, length, isShort]) => {
      if (wildcard === "\u0000") return text.toUpperCase();
      if (wildcard === "") return text;
      const from = at % (text.length + 1);
      const left = wildcard === "*" ? length : wildcard.length;
      return `${text.slice(0, from)}${wildcard}${isShort && wildcard === "*" ? "" : text.slice(from + left)}`;
    });

const entryNear = (claims: TokenClaims, sessionName: string): fc.Arbitrary<ConditionEntry> =>
  fc
    .tuple(
      fc.constantFrom(...CLAIMS, "session" as const),
      fc.constantFrom("", "", "", ...QUANTIFIERS),
      fc.constantFrom("StringLike", "StringLike", "StringEquals", ...STRING_OPERATORS, "Null"),
      fc.constantFrom("", "", "IfExists"),
    )
    .chain(([claim, quantifier, base, ifExists]): fc.Arbitrary<ConditionEntry> => {
      const text = claim === "session" ? sessionName : String(claims[claim] ?? "x");
      const key = claim === "session" ? SESSION_NAME_KEY : keyOfClaim(claim);
      if (base === "Null") return fc.boolean().map((values) => ({ operator: "Null", key, values }));
      return fc
        .array(valueNear(text), { minLength: 1, maxLength: 2 })
        .map((values) => ({ operator: `${quantifier}${base}${ifExists}`, key, values }));
    });

/** A policy whose conditions are about a job, or about that and another one. */
export const policyNear = (job: GithubJob, other: GithubJob, sessionName: string): fc.Arbitrary<PolicyJson> => {
  const statement = (effect: "Allow" | "Deny", of: GithubJob): fc.Arbitrary<PolicyJson["Statement"][number]> =>
    fc
      .array(entryNear(mintClaims(of), sessionName), { minLength: 1, maxLength: 3 })
      .map((entries) =>
        withEntries({ Effect: effect, Principal: { Federated: PROVIDER }, Action: WEB_IDENTITY }, entries),
      );
  return fc
    .tuple(
      fc.array(statement("Allow", job), { minLength: 1, maxLength: 2 }),
      fc.array(statement("Allow", other), { maxLength: 1 }),
      fc.array(fc.oneof(statement("Deny", other), statement("Deny", job)), { maxLength: 2 }),
    )
    .map(([allowed, more, denied]) => ({ Version: "2012-10-17", Statement: [...allowed, ...more, ...denied] }));
};
