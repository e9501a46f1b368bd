import { prepare, type RequestContext } from "../../../lib/aws/policy/evaluate";
import { decideEvery, ISSUER, policyText, PROVIDER, read, request, statement } from "./policies";

const decision = (statements: unknown, context: RequestContext): string =>
  decideEvery(prepare(read(policyText(statements))), context).decision;

const SUB = `${ISSUER}:sub`;
const main = request({ [SUB]: "repo:octo-org/web:ref:refs/heads/main" });
const onMain = { StringEquals: { [SUB]: "repo:octo-org/web:ref:refs/heads/main" } };

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
describe("a decision", () => {
  test("is an implicit deny unless something allows", () => {
    expect(decision(statement({ Condition: onMain }), request({}))).toBe("implicitDeny");
    expect(decision(statement({ Effect: "Deny", Condition: onMain }), request({}))).toBe("implicitDeny");
  });

  test("is an allow when any one statement allows", () =>
    expect(
      decision([statement({ Condition: { StringEquals: { x: "y" } } }), statement({ Condition: onMain })], main),
    ).toBe("allow"));

  test("is an explicit deny when any statement denies, wherever it stands", () => {
    const deny = statement({ Effect: "Deny", Principal: "*", Condition: onMain });
    expect(decision([statement(), deny], main)).toBe("explicitDeny");
    expect(decision([deny, statement()], main)).toBe("explicitDeny");
  });

  test.each<[string, unknown, boolean]>([
    ["the provider", { Federated: PROVIDER }, true],
    ["one of several", { Federated: ["accounts.google.com", PROVIDER] }, true],
    ["another provider", { Federated: `${PROVIDER}/octo` }, false],
    ["the provider in another case", { Federated: PROVIDER.toUpperCase() }, false],
    ["an account", { AWS: "111122223333" }, false],
    ["a service", { Service: "ec2.amazonaws.com" }, false],
    ["everybody", "*", true],
    ["everybody, as AWS", { AWS: "*" }, true],
    ["everybody, as Federated", { Federated: "*" }, true],
  ])("looks at the principal: %s", (_, principal, expected) =>
    expect(decision(statement({ Principal: principal }), main)).toBe(expected ? "allow" : "implicitDeny"),
  );

  test.each<[unknown, string, boolean]>([
    [{ AWS: "111122223333" }, "arn:aws:iam::111122223333:role/ci", true],
    [{ AWS: "arn:aws:iam::111122223333:root" }, "arn:aws:sts::111122223333:assumed-role/ci/x", true],
    [{ AWS: "arn:aws:iam::111122223333:role/ci" }, "arn:aws:iam::111122223333:role/ci2", false],
    [{ AWS: "111122223333" }, "arn:aws:iam::444455556666:role/ci", false],
    [{ Federated: "*" }, "arn:aws:iam::444455556666:role/ci", false],
  ])("takes an account for everybody in it: %j and %s", (principal, value, expected) =>
    expect(
      decision(
        statement({ Principal: principal, Action: "sts:AssumeRole" }),
        request({}, { action: "sts:AssumeRole", principal: { kind: "AWS", value } }),
      ),
    ).toBe(expected ? "allow" : "implicitDeny"),
  );

  test.each<[object, boolean]>([
    [{ Action: "sts:AssumeRole" }, false],
    [{ Action: "STS:ASSUMEROLEWITHWEBIDENTITY" }, true],
    [{ Action: ["sts:AssumeRole", "sts:AssumeRoleWith*"] }, true],
    [{ Action: undefined, NotAction: "sts:TagSession" }, true],
    [{ Action: undefined, NotAction: "sts:assume*" }, false],
  ])("looks at the action: %j", (action, expected) =>
    expect(decision(statement(action), main)).toBe(expected ? "allow" : "implicitDeny"),
  );
});

describe("an explanation", () => {
  const explain = (condition: object, keys: Parameters<typeof request>[0]): unknown =>
    decideEvery(
      prepare(read(policyText(statement({ Condition: condition })))),
      request(keys),
    ).statements[0]?.conditions.map(({ operator, key, wanted, actual, matches, holds, reason }) => ({
      operator,
      key,
      wanted,
      actual,
      matches,
      holds,
      reason,
    }))[0];

  test("says which value matched", () => {
    expect(explain({ StringLike: { [SUB]: ["repo:a/*", "repo:b/*"] } }, { [SUB]: "repo:b/c" })).toEqual({
      operator: "StringLike",
      key: SUB,
      wanted: ["repo:a/*", "repo:b/*"],
      actual: ["repo:b/c"],
      matches: [1],
      holds: true,
      reason: "matched",
    });
  });

  test("of several values says so for each", () => {
    expect(explain({ "ForAllValues:StringEquals": { a: ["x", "y"] } }, { a: ["y", "z"] })).toMatchObject({
      matches: [1, -1],
      holds: false,
      reason: "notMatched",
    });
  });

  test.each<[object, Parameters<typeof request>[0], boolean, string]>([
    [{ StringEquals: { a: "x" } }, { a: "X" }, false, "notMatched"],
    [{ StringEquals: { a: "x" } }, {}, false, "keyMissing"],
    [{ StringEqualsIfExists: { a: "x" } }, {}, true, "keyMissingIfExists"],
    [{ StringNotEquals: { a: "x" } }, {}, true, "keyMissingNegated"],
    [{ StringNotEqualsIfExists: { a: "x" } }, {}, true, "keyMissingIfExists"],
    [{ "ForAllValues:StringEquals": { a: "x" } }, {}, true, "keyMissingForAllValues"],
    [{ "ForAnyValue:StringNotEquals": { a: "x" } }, {}, false, "keyMissing"],
    [{ "ForAnyValue:StringEqualsIfExists": { a: "x" } }, {}, false, "keyMissing"],
    [{ StringNotEquals: { a: "x" } }, { a: "x" }, false, "excluded"],
    [{ StringNotEquals: { a: "x" } }, { a: "y" }, true, "notExcluded"],
    [{ Null: { a: "true" } }, {}, true, "keyAbsent"],
    [{ Null: { a: "true" } }, { a: "x" }, false, "keyPresent"],
  ])("of %j with %j says why", (condition, keys, holds, reason) =>
    expect(explain(condition, keys)).toMatchObject({ holds, reason }),
  );

  test("speaks of every statement and every condition, also behind the first that fails", () => {
    const { statements } = decideEvery(
      prepare(
        read(
          policyText([
            statement({ Action: "sts:TagSession" }),
            statement({ Condition: { StringEquals: { a: "x", b: "y" } } }),
          ]),
        ),
      ),
      request({ b: "y" }),
    );
    expect(
      statements.map(({ principalMatches, actionMatches, applies, conditions }) => [
        principalMatches,
        actionMatches,
        applies,
        conditions.map(({ holds }) => holds),
      ]),
    ).toEqual([
      [true, false, false, []],
      [true, true, false, [false, true]],
    ]);
  });
});
