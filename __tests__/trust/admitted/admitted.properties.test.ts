import fc from "fast-check";
import { admits, type Breadth, compareBreadth, reachOf } from "../../../lib/trust/admitted";
import { matches, parsePattern } from "../../../lib/aws/pattern";
import { allows, prepare } from "../../../lib/aws/policy/evaluate";
import { conditionKeys } from "../../../lib/aws/token-keys";
import { type GithubJob } from "../../../lib/github/job";
import { mintClaims } from "../../../lib/github/token";
import { ISSUER, policyText, PROVIDER, read, statement, WEB_IDENTITY } from "../../aws/policy/policies";
import { job, loosePolicy, ourPolicy } from "../policies-of-jobs";
import { casesMet, runs } from "../../support/runs";

const keysOf = (each: GithubJob) => conditionKeys(mintClaims(each), { issuer: ISSUER, partition: "aws" });

test.each([
  ["the toolkit's own policies", ourPolicy, true],
  ["loose policies of every kind", loosePolicy, false],
])(
  "%s: a job that the evaluator allows is in the set, and no other where the set is exact",
  (_, policies, alwaysExact) => {
    const seen = { allowed: 0, exact: 0, kept: 0 };
    fc.assert(
      fc.property(policies, fc.array(job, { minLength: 10, maxLength: 10 }), (text, jobs) => {
        const document = read(text);
        const [policy, set] = [prepare(document), admits(document)];
        if (alwaysExact) expect(set.exact).toBe(true);
        for (const each of jobs) {
          const keys = keysOf(each);
          const isAllowed = allows(policy, {
            action: WEB_IDENTITY,
            principal: { kind: "Federated", value: PROVIDER },
            keys,
          });
          const isIn = set.admits(ISSUER, keys);
          if (isAllowed) seen.allowed += 1;
          if (isIn && !isAllowed) seen.kept += 1;
          if (set.exact) seen.exact += 1;
          if (isAllowed || set.exact)
            expect([isIn, text, mintClaims(each).sub]).toEqual([isAllowed, text, mintClaims(each).sub]);
        }
      }),
      { numRuns: runs(400) },
    );
    expect(seen.allowed).toBeGreaterThan(casesMet(100));
    expect(seen.exact).toBeGreaterThan(casesMet(400));
    if (!alwaysExact) expect(seen.kept).toBeGreaterThan(casesMet(10));
  },
);

test("to include is to admit whatever the other one admits, and an example of what is not is one", () => {
  const answers = { yes: 0, no: 0, undecided: 0 };
  fc.assert(
    fc.property(
      fc.oneof(ourPolicy, loosePolicy),
      fc.oneof(ourPolicy, loosePolicy),
      fc.array(job, { minLength: 10, maxLength: 10 }),
      (one, other, jobs) => {
        const [a, b] = [read(one), read(other)];
        const [policyA, policyB] = [prepare(a), prepare(b)];
        const result = admits(a).includes(admits(b));
        answers[result.answer] += 1;
        const isAllowed = (policy: typeof policyA, keys: ReturnType<typeof keysOf>): boolean =>
          allows(policy, { action: WEB_IDENTITY, principal: { kind: "Federated", value: PROVIDER }, keys });
        const mustMeet = jobs.map(keysOf).filter((keys) => isAllowed(policyB, keys));
        if (result.answer === "yes") expect(mustMeet.filter((keys) => !isAllowed(policyA, keys))).toEqual([]);
        if (mustMeet.some((keys) => isAllowed(policyA, keys))) expect(admits(a).meets(admits(b))).toBeDefined();
        if (result.answer === "no" && !other.includes("/octo") && !one.includes("/octo")) {
          const keys = new Map(Object.entries(result.example).map(([claim, value]) => [`${ISSUER}:${claim}`, [value]]));
          expect([isAllowed(policyA, keys), isAllowed(policyB, keys), one, other, result.example]).toEqual([
            false,
            true,
            one,
            other,
            result.example,
          ]);
        }
      },
    ),
    { numRuns: runs(600) },
  );
  expect(answers.yes).toBeGreaterThan(casesMet(15));
  expect(answers.no).toBeGreaterThan(casesMet(100));
});

describe("on a small world", () => {
  const short = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 4 });
  const world = [""];
  for (const text of world) if (text.length < 6) world.push(`${text}a`, `${text}b`, `${text}x`);
  const subjects = (...lists: string[][]): string =>
    policyText(
      statement({
        Condition: Object.fromEntries(
          lists.map((list, index) => [["StringLike", "ForAnyValue:StringLike"][index], { [`${ISSUER}:sub`]: list }]),
        ),
      }),
    );

  test("includes and meets agree with looking at every text", () => {
    fc.assert(
      fc.property(
        fc.array(short, { minLength: 1, maxLength: 3 }),
        fc.array(short, { minLength: 1, maxLength: 2 }),
        fc.option(fc.array(short, { minLength: 1, maxLength: 2 }), { nil: undefined }),
        (one, other, also) => {
          const isIn = (text: string, ...lists: string[][]): boolean =>
            lists.every((list) => list.some((pattern) => matches(parsePattern(pattern), text)));
          const [a, b] = [[one], also ? [other, also] : [other]];
          const [setA, setB] = [admits(read(subjects(...a))), admits(read(subjects(...b)))];
          const result = setA.includes(setB);
          const escaping = world.find((text) => isIn(text, ...b) && !isIn(text, ...a));
          if (result.answer === "yes") expect(escaping).toBeUndefined();
          if (result.answer === "no")
            expect([isIn(result.example["sub"] ?? "", ...b), isIn(result.example["sub"] ?? "", ...a)]).toEqual([
              true,
              false,
            ]);
          if (!also) expect(result.answer).toBe(escaping === undefined ? "yes" : "no");
          if (world.some((text) => isIn(text, ...a) && isIn(text, ...b))) expect(setA.meets(setB)).toBeDefined();
          else if (!also) expect(setA.meets(setB)).toBeUndefined();
        },
      ),
      { numRuns: runs(500) },
    );
  });
});

describe("what a pattern reaches", () => {
  const pattern = fc
    .array(
      fc.constantFrom(
        "repo:",
        "o",
        "octo",
        "/",
        "r",
        "@",
        "1",
        ":",
        "ref:refs/heads/",
        "main",
        "environment:",
        "pull_request",
        "*",
        "*",
        "?",
      ),
      { minLength: 1, maxLength: 7 },
    )
    .map((parts) => parts.join(""));
  const prefixes = ["o/r", "octo/r", "o@1/r@1", "oo/rr", "o-evil/r", "o/r-evil", "octo@12/r@1"];
  const contexts = {
    environment: ["environment:main", "environment:pull_request"],
    branch: ["ref:refs/heads/main", "ref:refs/heads/main2"],
    tag: ["ref:refs/tags/main"],
    pullRequest: ["pull_request"],
  } as const;

  test("every kind of subject that it admits", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          pattern,
          pattern.map((text) => `repo:o/r${text}`),
          pattern.map((text) => `repo:${text}`),
        ),
        (text) => {
          const { kinds } = reachOf(parsePattern(text));
          for (const [kind, said] of Object.entries(contexts))
            for (const subject of prefixes.flatMap((prefix) => said.map((context) => `repo:${prefix}:${context}`)))
              if (matches(parsePattern(text), subject))
                expect([text, subject, [...kinds]]).toEqual([text, subject, expect.arrayContaining([kind])]);
        },
      ),
      { numRuns: runs(1500) },
    );
  });

  test("admitting two owners is admitting anyone, and two repositories of one the organization", () => {
    const breadth = (text: string): Breadth =>
      admits(read(policyText(statement({ Condition: { StringLike: { [`${ISSUER}:sub`]: text } } })))).breadth ??
      "exact";
    fc.assert(
      fc.property(
        fc.oneof(
          pattern.map((text) => `repo:o${text}`),
          pattern.map((text) => `repo:o/r${text}`),
        ),
        (text) => {
          const admitted = prefixes
            .filter((prefix) =>
              Object.values(contexts).some((said) =>
                said.some((context) => matches(parsePattern(text), `repo:${prefix}:${context}`)),
              ),
            )
            .map((prefix) => prefix.replaceAll(/@[0-9]+/g, ""));
          const owners = new Set(admitted.map((prefix) => prefix.split("/")[0]));
          const least: Breadth = owners.size > 1 ? "anyone" : new Set(admitted).size > 1 ? "organization" : "exact";
          expect([text, compareBreadth(breadth(text), least) >= 0]).toEqual([text, true]);
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});
