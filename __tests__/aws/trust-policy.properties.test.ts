import fc from "fast-check";
import { trustPolicy, type TrustAlternative, type TrustPolicy, trustValueRule } from "../../lib/aws/trust-policy";
import { admits, type Claims } from "./trust-evaluator";
import { casesMet, runs } from "../support/runs";

const ISSUER = "token.actions.githubusercontent.com";

const build = (alternatives: readonly TrustAlternative[], audiences: readonly string[]): TrustPolicy =>
  trustPolicy({
    providerArn: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`,
    issuer: ISSUER,
    audiences,
    alternatives,
  });

/** Short, of few characters: values are often equal, or begin alike. */
const value = fc
  .string({ unit: fc.constantFrom("a", "b", ":", "/", "*", "?"), minLength: 1, maxLength: 4 })
  .filter((each) => trustValueRule(each) === undefined);
const values = fc.array(value, { minLength: 1, maxLength: 3 });
const alternative: fc.Arbitrary<TrustAlternative> = fc.record(
  { sub: values, ref: values, environment: values },
  { requiredKeys: ["sub"] },
);
const alternatives = fc.array(alternative, { minLength: 1, maxLength: 4 });
const audience = fc.constantFrom("sts.amazonaws.com", "sts", "https://github.com/octo-org");
const audiences = fc.array(audience, { minLength: 1, maxLength: 3 });

/** What a token that is nearly let in, or just so, says in place of a value. */
const near = (from: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom("", "a", "b:/a", "*", "aa"),
      fc.constantFrom("", "a", "/", "?", "bb"),
      fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4),
    )
    .map(([star, question, change]) => {
      const text = from.replaceAll("*", star).replaceAll("?", question);
      return [text, `${text}a`, text.slice(0, -1), `a${text}`, text.toUpperCase()][change] ?? text;
    });

/** A token for one of the alternatives, with a claim now and then of another one, or none. */
function tokenFor(admitted: readonly TrustAlternative[], trusted: readonly string[]): fc.Arbitrary<Claims> {
  const claim = (own: TrustAlternative, name: "sub" | "ref" | "environment"): fc.Arbitrary<string | undefined> => {
    const all = admitted.flatMap((each) => each[name] ?? []);
    const candidates = own[name] ?? all;
    const anywhere = all.length > 0 ? fc.constantFrom(...all).chain(near) : value;
    return fc.oneof(
      { weight: 14, arbitrary: candidates.length > 0 ? fc.constantFrom(...candidates).chain(near) : value },
      { weight: 1, arbitrary: anywhere },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
  };
  const aud = fc.oneof(
    { weight: 14, arbitrary: fc.constantFrom<string | undefined>(...trusted) },
    { weight: 1, arbitrary: audience },
    { weight: 1, arbitrary: fc.constantFrom(undefined, "", "STS", "*", "sts.amazonaws.com.cn") },
  );
  return fc
    .constantFrom(...admitted)
    .chain((own) =>
      fc.record({ sub: claim(own, "sub"), ref: claim(own, "ref"), environment: claim(own, "environment"), aud }),
    );
}

const scene = fc
  .tuple(alternatives, audiences)
  .chain(([admitted, trusted]) =>
    fc.record({ admitted: fc.constant(admitted), trusted: fc.constant(trusted), token: tokenFor(admitted, trusted) }),
  );

/** What a pattern means, said with a regular expression: not as the evaluator, nor as the builder. */
function holds(wanted: string, claim: string): boolean {
  if (!/[*?]/.test(wanted)) return wanted === claim;
  const source = [...wanted]
    .map((each) => (each === "*" ? "[^]*" : each === "?" ? "[^]" : each.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`).test(claim);
}

/** Who is meant to be let in: the definition that the policy is held to. */
const isMeant = (admitted: readonly TrustAlternative[], trusted: readonly string[], token: Claims): boolean =>
  token["aud"] !== undefined &&
  trusted.includes(token["aud"]) &&
  admitted.some((each) =>
    Object.entries(each).every(([name, wanted]) => {
      const claim = token[name];
      return claim !== undefined && wanted.some((one) => holds(one, claim));
    }),
  );

describe("the trust policy of any alternatives", () => {
  test("admits a token exactly when one of the alternatives does, and it is meant for one of the audiences", () => {
    const seen = { admitted: 0, refused: 0 };
    fc.assert(
      fc.property(scene, ({ admitted, trusted, token }) => {
        const expected = isMeant(admitted, trusted, token);
        seen[expected ? "admitted" : "refused"] += 1;
        expect(admits(build(admitted, trusted), ISSUER, token)).toBe(expected);
      }),
      { numRuns: runs(2_500) },
    );
    // Without both, the law would be kept by a builder that admits everybody or nobody.
    expect(seen.admitted).toBeGreaterThan(casesMet(200));
    expect(seen.refused).toBeGreaterThan(casesMet(200));
  });

  test("is the same text however alternatives, values, claims and audiences are ordered, and however often they are given", () => {
    const shuffledTwice = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
      fc.shuffledSubarray([...items, ...items], { minLength: items.length * 2, maxLength: items.length * 2 });
    const shuffled = (each: TrustAlternative): fc.Arbitrary<TrustAlternative> =>
      fc
        .tuple(
          ...Object.entries(each).map(([name, wanted]) =>
            shuffledTwice(wanted).map((other): [string, string[]] => [name, other]),
          ),
        )
        .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
        .map((entries) => Object.fromEntries(entries));
    const both = fc.tuple(alternatives, audiences).chain(([admitted, trusted]) =>
      fc.record({
        one: fc.constant({ admitted, trusted }),
        other: fc.record({
          admitted: fc.tuple(...admitted.map(shuffled)).chain((each) => shuffledTwice(each)),
          trusted: shuffledTwice(trusted),
        }),
      }),
    );
    fc.assert(
      fc.property(both, ({ one, other }) =>
        expect(JSON.stringify(build(other.admitted, other.trusted))).toBe(
          JSON.stringify(build(one.admitted, one.trusted)),
        ),
      ),
    );
  });

  test("is of one form: audience in every statement, wildcards only under StringLike, exact values only under StringEquals", () => {
    fc.assert(
      fc.property(alternatives, audiences, (admitted, trusted) => {
        const statements = build(admitted, trusted).Statement;
        for (const { Condition } of statements) {
          const {
            StringEquals,
            StringLike = {},
            ...others
          } = Condition as Record<string, Record<string, string | string[]>>;
          expect(others).toEqual({});
          expect([StringEquals?.[`${ISSUER}:aud`]].flat()).toEqual([...new Set(trusted)].sort());
          expect(
            Object.values(StringEquals ?? {})
              .flat()
              .filter((each) => /[*?]/.test(each)),
          ).toEqual([]);
          expect(
            Object.values(StringLike)
              .flat()
              .filter((each) => !/[*?]/.test(each)),
          ).toEqual([]);
          expect(Object.keys(StringLike).filter((key) => key in (StringEquals ?? {}))).toEqual([]);
          // What IAM asks for when it stores the policy of a GitHub role.
          expect(
            [StringEquals?.[`${ISSUER}:sub`] ?? StringLike[`${ISSUER}:sub`] ?? "*"]
              .flat()
              .filter((each) => /^[*?]*$/.test(each)),
          ).toEqual([]);
        }
        expect(new Set(statements.map((each) => JSON.stringify(each))).size).toBe(statements.length);
      }),
    );
  });

  test("admits no less for one alternative more", () => {
    fc.assert(
      fc.property(scene, alternative, ({ admitted, trusted, token }, more) => {
        if (admits(build(admitted, trusted), ISSUER, token))
          expect(admits(build([...admitted, more], trusted), ISSUER, token)).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });
});
