import fc from "fast-check";
import { isEmptyDifference } from "../../lib/difference/difference";
import type { RequestContext } from "../../lib/aws/policy/evaluate";
import { conditionKeys } from "../../lib/aws/token-keys";
import { mintClaims } from "../../lib/github/token";
import { ISSUER, PROVIDER, statement, WEB_IDENTITY } from "../aws/policy/policies";
import { job } from "../trust/policies-of-jobs";
import { between, blockOf, escaped, expectTold, UNLIKE, valuesWith } from "./versions";
import { VERSIONS, withConditionLess, withoutVariables, written } from "./versions";
import { casesMet, runs } from "../support/runs";

const OF = "repo:octo-org/web-shop";
const REPOSITORY = `${ISSUER}:repository`;

const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  sub: [
    `${OF}:*`,
    `${OF}:ref:refs/heads/main`,
    `repo:\${${REPOSITORY}}:*`,
    `repo:\${${REPOSITORY}}:pull_request`,
    `repo:octo-org/\${no:key, 'web-shop'}:*`,
  ],
  repository: ["octo-org/web-shop"],
  ref: ["refs/heads/main", "refs/heads/*"],
  environment: ["production"],
  workflow: [""],
  actor: ["octocat"],
  job_workflow_ref: [`\${${REPOSITORY}}/*`, "octo-org/*"],
};

const valuesOf = Object.fromEntries(
  Object.entries(CLAIMS)
    .map(([claim, values]) => [`${ISSUER}:${claim}`, values] as const)
    .map(([key, values]) => [key, [...values, ...valuesWith(key, REPOSITORY, `${ISSUER}:ref`, `${ISSUER}:workflow`)]]),
);

const provider = { Federated: PROVIDER };
const principal = fc.constantFrom<(object | string)[]>(provider, provider, provider, { Federated: "*" }, "*");
const audience = { StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" } };
const subjects = (pattern: string) => ({ ...audience, StringLike: { [`${ISSUER}:sub`]: pattern } });

const allowed = fc
  .tuple(principal, blockOf(valuesOf, subjects("repo:octo-org*")))
  .map(([Principal, Condition]) => statement({ Principal, Condition }));
const denied = fc
  .tuple(principal, blockOf(valuesOf, {}))
  .map(([Principal, Condition]) => statement({ Effect: "Deny", Principal, Condition }));
const allowedPlainly = fc.constant(statement({ Condition: subjects(`${OF}:*`) }));

const statements = fc.oneof(
  fc.array(allowed, { minLength: 1, maxLength: 2 }),
  fc.tuple(fc.oneof(allowed, allowedPlainly), denied).map((both): object[] => [...both]),
);

/** What a claim may be that whoever runs a job names as they like. */
const odd = fc.record({
  claim: fc.constantFrom("environment", "ref", "workflow", "actor", "job_workflow_ref"),
  value: fc.constantFrom("", ...valuesWith(`${ISSUER}:ref`, REPOSITORY)),
  inSubject: fc.boolean(),
});

const token = fc.tuple(job, fc.option(odd, { nil: undefined })).map(([each, other]) => ({
  ...mintClaims(each),
  ...(other ? { [other.claim]: other.value } : {}),
  ...(other?.inSubject ? { sub: `${OF}:environment:${other.value}` } : {}),
}));

const call = token.map((claims): RequestContext => ({
  action: WEB_IDENTITY,
  principal: { kind: "Federated", value: PROVIDER },
  keys: conditionKeys(claims, { issuer: ISSUER, partition: "aws" }),
}));
const calls = fc.array(call, { minLength: 12, maxLength: 12 });

const version = fc.constantFrom(...VERSIONS);

test("a job that is let in under one version alone is told of, or the role is not known", () => {
  let seen = 0;
  fc.assert(
    fc.property(statements, fc.constantFrom(...UNLIKE), calls, (all, [before, after], jobs) => {
      seen += expectTold(written(before, ...all), written(after, ...all), jobs);
    }),
    { numRuns: runs(1200) },
  );
  expect(seen).toBeGreaterThan(casesMet(20));
});

test("a job that one of two policies of any versions lets in alone is told of, or the role is not known", () => {
  let seen = 0;
  fc.assert(
    fc.property(statements, statements, version, version, calls, (one, other, before, after, jobs) => {
      seen += expectTold(written(before, ...one), written(after, ...other), jobs);
    }),
    { numRuns: runs(100) },
  );
  expect(seen).toBeGreaterThan(casesMet(20));
});

test("a job that is let in by one condition less is told of, or the role is not known", () => {
  let seen = 0;
  fc.assert(
    fc.property(statements, version, fc.nat(), fc.boolean(), calls, (all, of, pick, isBack, jobs) => {
      const [one, other] = [written(of, ...all), written(of, ...withConditionLess(all, pick))];
      seen += expectTold(isBack ? other : one, isBack ? one : other, jobs);
    }),
    { numRuns: runs(1200) },
  );
  expect(seen).toBeGreaterThan(casesMet(20));
});

test("without a variable all versions say the same", () => {
  fc.assert(
    fc.property(statements.map(withoutVariables), version, version, (all, before, after) => {
      const policy = written(before, ...all);
      expect(between(policy, written(after, ...all))).toEqual(between(policy, policy));
    }),
    { numRuns: runs(100) },
  );
});

test("what the older version says is the same in the newer one, where each `${` is escaped", () => {
  fc.assert(
    fc.property(statements, fc.constantFrom(undefined, "2008-10-17" as const), (all, before) => {
      const [older, newer] = [written(before, ...all), written("2012-10-17", ...escaped(all))];
      expect([older, isEmptyDifference(between(older, newer))]).toEqual([older, true]);
    }),
    { numRuns: runs(100) },
  );
});
