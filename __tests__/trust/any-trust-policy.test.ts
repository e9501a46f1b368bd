import fc from "fast-check";
import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import { anyPolicyPair, mutatedPair, rewrittenPair } from "./support/any-policy-pair";
import { anyTrustPolicy, STRING_OPERATORS } from "./support/any-trust-policy";
import { entriesOf, type PolicyJson } from "./support/policy-json";
import { MUTATIONS } from "./support/policy-mutations";
import { REWRITES } from "./support/policy-rewrites";

/** A generator that has forgotten a part of the language makes laws hold that do not. */

const SEED = 20_261_201;
const sampleOf = <T>(generator: fc.Arbitrary<T>, numRuns = 2_000): T[] => fc.sample(generator, { numRuns, seed: SEED });
const lengthOf = (policy: PolicyJson): number => JSON.stringify(policy).length;

describe("policies of any kind", () => {
  const policies = sampleOf(anyTrustPolicy({ variables: true }));
  const texts = policies.map((policy) => JSON.stringify(policy));
  const entries = policies.flatMap(({ Statement: all }) => all.flatMap(({ Condition: block }) => entriesOf(block)));

  test("are such that AWS takes them", () => {
    expect(texts.flatMap((text) => parseTrustDocument(text).problems)).toEqual([]);
  });

  test("have every operator of texts with every quantifier, with and without IfExists", () => {
    const operators = new Set(entries.map(({ operator }) => operator));
    const wanted = ["", "ForAnyValue:", "ForAllValues:"].flatMap((quantifier) =>
      STRING_OPERATORS.flatMap((base) => ["", "IfExists"].map((ifExists) => `${quantifier}${base}${ifExists}`)),
    );
    const others = ["Null", "Bool", "NumericEquals", "DateLessThan", "IpAddress"];
    expect([...wanted, ...others].filter((each) => !operators.has(each))).toEqual([]);
  });

  test.each([
    ["no version", /^\{"Statement"/],
    ["the version of 2008", /"Version":"2008-10-17"/],
    ["the version of 2012", /"Version":"2012-10-17"/],
    ["a denial", /"Effect":"Deny"/],
    ["NotAction", /"NotAction"/],
    ["everybody", /"Principal":"\*"/],
    ["every principal of AWS", /"AWS":"\*"/],
    ["a provider of another account", /444455556666:oidc-provider/],
    ["a SAML provider", /saml-provider/],
    ["a service", /"Service"/],
    ["an empty value", /:environment":""/],
    ["a list of no values", /":\[\]/],
    ["a claim that AWS makes no key of", /:repository_owner"/],
    ["a key of another issuer", /gitlab\.com:sub/],
    ["a key in capitals", /TOKEN\.ACTIONS/],
    ["the name of the session", /sts:RoleSessionName/],
    ["the caller's address", /aws:SourceIp/],
    ["a policy variable", /\$\{token\.actions/],
  ])("have %s", (_, part) => {
    expect(texts.filter((text) => part.test(text)).length).toBeGreaterThan(3);
  });

  test("have one to six statements", () => {
    expect(new Set(policies.map(({ Statement: all }) => all.length))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  test("have no variables where they are not asked for", () => {
    expect(sampleOf(anyTrustPolicy()).filter((policy) => JSON.stringify(policy).includes("${"))).toEqual([]);
  });

  test("are nearly as long as AWS takes, or a little longer, where that is asked for", () => {
    const long = sampleOf(anyTrustPolicy({ long: true })).filter((policy) => lengthOf(policy) > 8_000);
    expect(long.some((policy) => lengthOf(policy) <= 8_192)).toBe(true);
    expect(long.some((policy) => lengthOf(policy) > 8_192)).toBe(true);
    expect(sampleOf(anyTrustPolicy()).filter((policy) => lengthOf(policy) > 8_000)).toEqual([]);
  });
});

describe("pairs of policies", () => {
  const pairs = sampleOf(anyPolicyPair(), 3_000);
  const numberOf = (made: RegExp): number => pairs.filter((pair) => made.test(pair.made)).length;

  test("are mutations in half of all cases", () => {
    expect(numberOf(/^mutation/)).toBeGreaterThan(1_500);
    expect(numberOf(/^independent/)).toBeGreaterThan(750);
    expect(numberOf(/^rewrite/)).toBeGreaterThan(150);
  });

  test("are mutated and rewritten in every way", () => {
    const ways = new Set([...sampleOf(mutatedPair()), ...sampleOf(rewrittenPair())].map(({ made }) => made));
    const named = (kind: string, all: object): string[] => Object.keys(all).map((each) => `${kind}: ${each}`);
    const wanted = [...named("mutation", MUTATIONS), ...named("rewrite", REWRITES)];
    expect(wanted.filter((each) => !ways.has(each))).toEqual([]);
  });

  test("differ in one statement, or in the version", () => {
    for (const { before, after } of sampleOf(mutatedPair(), 500)) {
      const [one, other] = [before, after].map(({ Statement: all }) => all.map((each) => JSON.stringify(each)));
      expect(one?.filter((each) => !other?.includes(each)).length).toBeLessThanOrEqual(1);
      expect(other?.filter((each) => !one?.includes(each)).length).toBeLessThanOrEqual(1);
    }
  });

  test("have denials with IfExists that are given a quantifier", () => {
    const denials = ({ Statement: all }: PolicyJson): string[] =>
      all
        .filter(({ Effect: effect }) => effect === "Deny")
        .flatMap(({ Condition: block }) => entriesOf(block).map(({ operator, key }) => `${operator} ${key}`));
    const isQuantified = (before: readonly string[], after: readonly string[]): boolean =>
      before
        .filter((each) => /^String\w+IfExists /.test(each))
        .map((each) => `ForAnyValue:${each}`)
        .some((each) => after.includes(each) && !before.includes(each));
    const quantified = pairs.filter(
      ({ before, after, made }) => made.startsWith("mutation") && isQuantified(denials(before), denials(after)),
    );
    expect(quantified.length).toBeGreaterThan(3);
  });
});
