import fc from "fast-check";
import { anyPolicyPair, type PolicyPair } from "./support/any-policy-pair";
import {
  type ConditionJson,
  keyOfClaim,
  type PolicyJson,
  PROVIDER,
  type StatementJson,
  type ValueJson,
  WEB_IDENTITY,
} from "./support/policy-json";
import { type Comparison, evaluatorOf, isAdmitted, reviewVerdict } from "./support/product-opinion";
import { ask } from "./support/second-opinion";
import { SecondOpinion } from "./support/z3-opinion";
import { Z3Process } from "./support/z3-process";

/** The short form of `npm run opinion`: a reading of IAM's semantics beside the product's, which must agree. */

const SEED = 20_261_201;

let z3: Z3Process;
let second: SecondOpinion;
beforeAll(async () => {
  z3 = await Z3Process.start();
  // Steps and no time: what is undecided is so on every machine.
  second = new SecondOpinion(z3, { steps: 1_000_000 });
});
afterAll(() => z3.stop());

const allow = (condition: ConditionJson, otherwise: Partial<StatementJson> = {}): StatementJson => ({
  Effect: "Allow",
  Principal: { Federated: PROVIDER },
  Action: WEB_IDENTITY,
  Condition: condition,
  ...otherwise,
});
const policy = (...statements: readonly StatementJson[]): PolicyJson => ({
  Version: "2012-10-17",
  Statement: statements,
});
const on = (operator: string, claim: string, value: ValueJson): ConditionJson => ({
  [operator]: { [keyOfClaim(claim)]: value },
});

const only = (...condition: Parameters<typeof on>): PolicyJson => policy(allow(on(...condition)));
const notAction = (pattern: string): PolicyJson =>
  policy({ Effect: "Allow", Principal: { Federated: PROVIDER }, NotAction: pattern });
const trusting = (principal: StatementJson["Principal"]): PolicyJson => policy(allow({}, { Principal: principal }));

const SHOP = only("StringLike", "sub", "repo:octo-org/web-shop:*");
const MAIN = only("StringEquals", "sub", "repo:octo-org/web-shop:ref:refs/heads/main");
const NOBODY = only("Null", "sub", "true");

/** The shop, but for what such a condition denies. */
const shopWithout = (operator: string): PolicyJson =>
  policy(...SHOP.Statement, allow(on(operator, "environment", "dev"), { Effect: "Deny" }));
const DOLLAR: PolicyJson = { Statement: [allow(on("StringLike", "ref", "${x}"))] };
const OTHER_ACCOUNT = { Federated: PROVIDER.replace("111122223333", "444455556666") };

const CASES: readonly [words: string, before: PolicyJson, after: PolicyJson, answer: "sat" | "unsat"][] = [
  ["a wider pattern", MAIN, SHOP, "sat"],
  ["a narrower pattern", SHOP, MAIN, "unsat"],
  [
    "a denial with IfExists that is given ForAnyValue",
    shopWithout("StringEqualsIfExists"),
    shopWithout("ForAnyValue:StringEqualsIfExists"),
    "sat",
  ],
  ["the way back", shopWithout("ForAnyValue:StringEqualsIfExists"), shopWithout("StringEqualsIfExists"), "unsat"],
  [
    "ForAnyValue that is given IfExists",
    only("ForAnyValue:StringLike", "environment", "*"),
    only("ForAnyValue:StringLikeIfExists", "environment", "*"),
    "unsat",
  ],
  [
    "ForAllValues, which a missing claim meets",
    only("StringEquals", "environment", "dev"),
    only("ForAllValues:StringEquals", "environment", "dev"),
    "sat",
  ],
  [
    "a claim that every token has, with IfExists",
    only("StringEquals", "ref", "x"),
    only("StringEqualsIfExists", "ref", "x"),
    "unsat",
  ],
  [
    "an empty claim, which no quantifier takes for a value",
    only("ForAnyValue:StringEquals", "ref", ""),
    only("StringEquals", "ref", ""),
    "sat",
  ],
  ["the way back of that", only("StringEquals", "ref", ""), only("ForAnyValue:StringEquals", "ref", ""), "unsat"],
  ["a claim that AWS makes no key of", NOBODY, only("StringLike", "repository_owner", "*"), "unsat"],
  ["the negation of one", NOBODY, only("StringNotLike", "repository_owner", "*"), "sat"],
  ["Null of a claim that may be absent", NOBODY, only("Null", "environment", "true"), "sat"],
  ["Null of a claim that is always there", NOBODY, only("Null", "ref", true), "unsat"],
  ["letter case", only("StringEquals", "ref", "main"), only("StringEqualsIgnoreCase", "ref", "MAIN"), "sat"],
  ["a wildcard that is a character", NOBODY, only("StringEquals", "repository", "octo-org/*"), "sat"],
  ["NotAction of another action", NOBODY, notAction("sts:TagSession"), "sat"],
  ["NotAction with a pattern of the action", NOBODY, notAction("sts:assumerole*"), "unsat"],
  ["every principal of AWS", NOBODY, trusting({ AWS: "*" }), "sat"],
  ["a provider of another account", NOBODY, trusting(OTHER_ACCOUNT), "unsat"],
  ["a dollar sign under the version of 2008", NOBODY, DOLLAR, "sat"],
];

describe("what Z3 says of plain texts", () => {
  test.each(CASES)("%s", async (_, before, after, answer) => {
    const opinion = await second.about(before, after, "plain");
    expect(opinion.answer).toBe(answer);
    if (opinion.answer !== "sat") return;
    const [was, is] = [before, after].map((each) => {
      const evaluator = evaluatorOf(each);
      return evaluator && isAdmitted(evaluator, opinion.witness);
    });
    expect([was, is]).toEqual([false, true]);
  });

  test("a policy variable is undecided, and never taken for text", async () => {
    const opinion = await second.about(NOBODY, only("StringLike", "ref", "${token}"), "plain");
    expect(opinion).toEqual({ answer: "undecided", reason: "not asked: policy variables" });
  });

  test("what would take too many questions is undecided", async () => {
    const hurried = new SecondOpinion(z3, { steps: 1_000_000, questions: 1 });
    expect(await hurried.about(MAIN, SHOP, "plain")).toEqual({ answer: "undecided", reason: "more than 1 questions" });
  });
});

describe("what Z3 says of tokens that GitHub mints", () => {
  const like = (claims: Readonly<Record<string, string>>): PolicyJson => {
    const keys = Object.entries(claims).map(([claim, value]) => [keyOfClaim(claim), value]);
    return policy(allow({ StringLike: Object.fromEntries(keys) as Record<string, string> }));
  };

  test.each([
    ["a subject that agrees with the repository", { sub: "repo:o/r:pull_request", repository: "o/r" }, "sat"],
    ["a subject that does not", { sub: "repo:o/r:pull_request", repository: "o/s" }, "unsat"],
    ["a subject with ids that agree", { sub: "repo:o@65/*", repository_owner_id: "6?" }, "sat"],
    ["a subject with other ids", { sub: "repo:o@65/*", repository_owner_id: "7?" }, "unsat"],
    ["a branch beside an environment claim", { sub: "repo:o/r:ref:*", environment: "*" }, "unsat"],
    ["a branch whose subject names the environment", { sub: "repo:o/r:environment:p*", ref: "refs/heads/main" }, "sat"],
    ["a colon as GitHub encodes it", { sub: "repo:o/r:environment:a%3Ab", environment: "a:b" }, "sat"],
    ["a colon as it is", { sub: "repo:o/r:environment:a:b" }, "unsat"],
    ["a subject without its first word", { sub: "o/r:*" }, "unsat"],
    ["an empty subject", { sub: "" }, "unsat"],
  ] as const)("%s", async (_, claims, answer) => {
    expect((await second.about(NOBODY, like(claims), "github")).answer).toBe(answer);
    expect((await second.about(NOBODY, like(claims), "plain")).answer).toBe("sat");
  });
});

describe("pairs of policies of any kind", () => {
  const pairs = fc.sample(anyPolicyPair(), { numRuns: 60, seed: SEED });

  test("the evaluator agrees with Z3, and a policy in other words is no other policy", async () => {
    const seen = { sat: 0, unsat: 0, undecided: 0 };
    for (const pair of pairs) {
      const { plain, disagreements } = await ask(second, pair, { requests: 60, seed: SEED });
      expect(disagreements).toEqual([]);
      expect(plain).not.toBe("refused");
      if (plain !== "refused") seen[plain.answer] += 1;
    }
    expect(seen.sat).toBeGreaterThan(10);
    expect(seen.unsat).toBeGreaterThan(30);
    expect(seen.undecided).toBeLessThan(3);
  }, 60_000);

  test("a comparison that never says anything is caught, and one that is always certain", async () => {
    type Two = Pick<PolicyPair, "before" | "after">;
    const faultsOf = async (comparison: Comparison, two: Two): Promise<string[]> => {
      const pair = { ...two, made: "by hand", sameMeaning: false };
      const { disagreements } = await ask(second, pair, { requests: 1, seed: SEED, comparison });
      return disagreements.map(({ fault }) => fault);
    };
    const [wider, narrower] = [
      { before: MAIN, after: SHOP },
      { before: SHOP, after: MAIN },
    ] as const;
    expect(await faultsOf(() => "nothing", wider)).toEqual(["comparison: silent"]);
    expect(await faultsOf(() => "nothing", narrower)).toEqual([]);
    expect(await faultsOf(() => "certain", wider)).toEqual([]);
    expect(await faultsOf(() => "certain", narrower)).toEqual(["comparison: certain of nobody"]);
    expect(await faultsOf(() => "not known", wider)).toEqual([]);
  });
});

// The comparison is being rebuilt on sets that decide: until it is, it contradicts Z3 in these, and in what
// `npm run opinion` finds. Then these become tests like any other.
describe("the comparison behind review", () => {
  const everybody = (key: string): PolicyJson =>
    policy(allow({ StringLike: { [key]: "repo:octo-org/web-shop:*" } }, { Principal: "*" }));

  test.failing("tells of a key of another issuer that becomes GitHub's where everybody is trusted", () => {
    expect(reviewVerdict(everybody("gitlab.com:sub"), everybody(keyOfClaim("sub")))).not.toBe("nothing");
  });

  test.failing("is not certain of jobs that lack a claim which every token has", () => {
    expect(reviewVerdict(MAIN, only("Null", "ref", "true"))).not.toBe("certain");
  });

  test("tells of a denial with IfExists that is given ForAnyValue", () => {
    const [alone, quantified] = [shopWithout("StringEqualsIfExists"), shopWithout("ForAnyValue:StringEqualsIfExists")];
    expect(reviewVerdict(alone, quantified)).not.toBe("nothing");
  });

  test.failing("tells nothing of the way back, which lets in nobody", () => {
    const [quantified, alone] = [shopWithout("ForAnyValue:StringEqualsIfExists"), shopWithout("StringEqualsIfExists")];
    expect(reviewVerdict(quantified, alone)).toBe("nothing");
  });
});
