import fc from "fast-check";
import { isEmptyDifference } from "../../lib/difference/difference";
import type { RequestContext } from "../../lib/aws/policy/evaluate";
import type { RequestPrincipal } from "../../lib/aws/policy/principal";
import { request } from "../aws/policy/policies";
import { between, blockOf, directionsIn, expectTold, UNLIKE } from "./versions";
import { valuesWith, VERSIONS, withConditionLess, withoutVariables, written } from "./versions";
import { casesMet, runs } from "../support/runs";

const ROLE = "arn:aws:iam::444455556666:role/ci";
const EC2 = "ec2.amazonaws.com";
const ARN = "aws:PrincipalArn";
const TAG = "aws:PrincipalTag/team";
const TEAM = `\${${TAG}}`;
const OF_TEAM = { StringEquals: { "sts:ExternalId": TEAM } };

const allow = (Principal: object | string, Condition: object = {}, otherwise: object = {}): object => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal,
  Condition,
  ...otherwise,
});
const deny = (Principal: object | string, Condition: object = {}): object =>
  allow(Principal, Condition, { Effect: "Deny" });

const SAML = { Federated: "arn:aws:iam::111122223333:saml-provider/idp" };
const GITLAB = { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" };
const byProvider = (provider: object, call: string, key: string): object =>
  allow(provider, { StringNotEquals: { [key]: TEAM } }, { Action: `sts:AssumeRoleWith${call}` });

describe("a policy that changes its version alone", () => {
  test.each<[string, readonly object[]]>([
    ["a negated condition", [allow({ AWS: "*" }, { StringNotLike: { [ARN]: `arn:aws:iam::*:role/${TEAM}-*` } })]],
    ["a condition on who it is", [allow({ AWS: "*" }, { ArnLike: { [ARN]: `arn:aws:iam::*:role/${TEAM}` } })]],
    ["a condition that holds without the key", [allow("*", { StringEqualsIfExists: { "sts:ExternalId": TEAM } })]],
    ["a condition of one account", [allow({ AWS: "444455556666" }, { StringNotEquals: { "sts:ExternalId": TEAM } })]],
    ["a condition of a service", [allow({ Service: EC2 }, { StringNotEquals: { "aws:SourceArn": TEAM } })]],
    ["a condition of who signs in by SAML", [byProvider(SAML, "SAML", "SAML:sub")]],
    ["a condition of another identity provider", [byProvider(GITLAB, "WebIdentity", "gitlab.com:sub")]],
    ["a denial to everybody", [allow({ AWS: "444455556666" }), deny("*", OF_TEAM)]],
    ["a denial to one role of everybody", [allow("*"), deny({ AWS: ROLE }, OF_TEAM)]],
    ["a denial to one service of everybody", [allow("*"), deny({ Service: EC2 }, OF_TEAM)]],
  ])("with a variable in %s is told of, there and back", (_, statements) => {
    for (const [before, after] of UNLIKE)
      expect(directionsIn(between(written(before, ...statements), written(after, ...statements)))).toEqual([
        "widened, perhaps",
        "narrowed, perhaps",
      ]);
    const older = written("2008-10-17", ...statements);
    expect(isEmptyDifference(between(older, written(undefined, ...statements)))).toBe(true);
  });

  test.each<[string, readonly object[]]>([
    ["without a variable", [allow("*", { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/$x-*" } })]],
    ["with a variable where none is read", [allow("*", { NumericNotEquals: { "aws:EpochTime": TEAM } })]],
  ])("%s is no change", (_, statements) => {
    for (const before of VERSIONS)
      for (const after of VERSIONS)
        expect(isEmptyDifference(between(written(before, ...statements), written(after, ...statements)))).toBe(true);
  });
});

test("what is plain text is told to be", () => {
  const all = [allow({ AWS: "*" }, { StringNotEquals: { "sts:ExternalId": TEAM } })];
  const { widened } = between(written("2012-10-17", ...all), written(undefined, ...all));
  expect(widened.flatMap(({ who }) => who.map(({ conditions }) => conditions))).toEqual([
    { "sts:ExternalId (StringNotEquals)": [`${TEAM} (plain text: version 2008-10-17 has no variables)`] },
  ]);
});

test("a denial to a service that is lifted is told of where everybody is let in, and not where a role is", () => {
  const of = (...statements: readonly object[]): string => written("2012-10-17", ...statements);
  expect(directionsIn(between(of(allow("*"), deny({ Service: EC2 })), of(allow("*"))))).toEqual(["widened, perhaps"]);
  const other = allow({ AWS: ROLE });
  expect(isEmptyDifference(between(of(other, deny({ Service: EC2 })), of(other)))).toBe(true);
});

test("what changes beside a variable that stays is certain", () => {
  const variable = { StringLike: { "aws:PrincipalTag/a": TEAM } };
  const of = (...blocks: readonly object[]): string => written("2012-10-17", allow("*", Object.assign({}, ...blocks)));
  const before = of({ StringEquals: { "sts:ExternalId": "x" } }, variable);
  expect(directionsIn(between(before, of(variable)))).toEqual(["widened"]);
});

describe("of policies with variables everywhere", () => {
  const OTHER_TAG = "aws:PrincipalTag/role";
  const VALUES: Readonly<Record<string, readonly string[]>> = {
    [ARN]: [ROLE, ...["*", `\${${TAG}, 'ci'}`, "${*}"].map((name) => `arn:aws:iam::*:role/${name}`)],
    [TAG]: ["ci", "x*"],
    [OTHER_TAG]: ["ci"],
    "sts:ExternalId": ["x", ""],
  };
  const valuesOf = Object.fromEntries(
    Object.entries(VALUES).map(([key, values]) => [key, [...values, ...valuesWith(TAG, OTHER_TAG, "sts:ExternalId")]]),
  );
  const named = fc.constantFrom<(object | string)[]>(
    "*",
    { AWS: "*" },
    { AWS: "444455556666" },
    { AWS: ROLE },
    { AWS: ["777788889999", ROLE] },
    { Service: EC2 },
  );
  const block = fc.oneof(blockOf(valuesOf, {}), fc.constant({}));
  const statements = fc
    .tuple(
      fc.array(fc.tuple(named, block), { minLength: 1, maxLength: 2 }),
      fc.array(fc.tuple(named, block), { maxLength: 1 }),
    )
    .map(([allowed, denied]) => [...allowed.map((each) => allow(...each)), ...denied.map((each) => deny(...each))]);

  const principal = fc.constantFrom<RequestPrincipal[]>(
    { kind: "AWS", value: ROLE },
    { kind: "AWS", value: "arn:aws:iam::777788889999:role/x" },
    { kind: "Service", value: EC2 },
  );
  const value = fc.constantFrom(undefined, "", "ci", "x", ...valuesWith(TAG));
  const call = fc.tuple(principal, value, value, value).map(([who, team, other, id]): RequestContext => {
    const arn = who.kind === "AWS" ? who.value : undefined;
    const keys = { [ARN]: arn, [TAG]: team, [OTHER_TAG]: other, "sts:ExternalId": id };
    return request(keys, { action: "sts:AssumeRole", principal: who });
  });
  const calls = fc.array(call, { minLength: 12, maxLength: 12 });
  const version = fc.constantFrom(...VERSIONS);

  test("whoever is let in under one version alone is told of", () => {
    let seen = 0;
    fc.assert(
      fc.property(statements, fc.constantFrom(...UNLIKE), calls, (all, [before, after], each) => {
        seen += expectTold(written(before, ...all), written(after, ...all), each);
      }),
      { numRuns: runs(250) },
    );
    expect(seen).toBeGreaterThan(casesMet(50));
  });

  test("whoever one of two policies of any versions lets in alone is told of", () => {
    let seen = 0;
    fc.assert(
      fc.property(statements, statements, version, version, calls, (one, other, before, after, each) => {
        seen += expectTold(written(before, ...one), written(after, ...other), each);
      }),
      { numRuns: runs(200) },
    );
    expect(seen).toBeGreaterThan(casesMet(50));
  });

  test("whoever is let in by one condition less is told of", () => {
    let seen = 0;
    fc.assert(
      fc.property(statements, version, fc.nat(), fc.boolean(), calls, (all, of, pick, isBack, each) => {
        const [one, other] = [written(of, ...all), written(of, ...withConditionLess(all, pick))];
        seen += expectTold(isBack ? other : one, isBack ? one : other, each);
      }),
      { numRuns: runs(250) },
    );
    expect(seen).toBeGreaterThan(casesMet(50));
  });

  test("nothing is told without a variable", () => {
    fc.assert(
      fc.property(statements.map(withoutVariables), version, version, (all, before, after) => {
        expect(isEmptyDifference(between(written(before, ...all), written(after, ...all)))).toBe(true);
      }),
      { numRuns: runs(100) },
    );
  });
});
