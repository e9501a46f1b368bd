import { identityPolicyProblems, policyLength } from "../../lib/aws/policy-document";

const READ = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" };
const document = (...statements: unknown[]): unknown => ({ Version: "2012-10-17", Statement: statements });
const where = (value: unknown): string[] => identityPolicyProblems(value).map((problem) => problem.where);

describe("a permissions policy", () => {
  test.each<[string, unknown]>([
    ["one statement in a list", document(READ)],
    ["one statement by itself", { Version: "2012-10-17", Statement: READ }],
    ["the older version", { Version: "2008-10-17", Statement: READ }],
    ["no version", { Statement: READ }],
    ["an id and a Sid", { Version: "2012-10-17", Id: "x", Statement: [{ Sid: "Read", ...READ }] }],
    [
      "lists of actions and resources",
      document({ Effect: "Deny", Action: ["s3:Get*", "kms:Decrypt"], Resource: ["*", "arn:aws:s3:::b"] }),
    ],
    ["every action", document({ Effect: "Allow", Action: "*", Resource: "*" })],
    ["what it does not reach", document({ Effect: "Deny", NotAction: "iam:*", NotResource: "arn:aws:s3:::b" })],
    ["a condition", document({ ...READ, Condition: { StringEquals: { "aws:ResourceTag/team": "web" } } })],
    ["a policy variable as resource", document({ ...READ, Resource: "${aws:PrincipalTag/bucket}" })],
    ["an action whose service has a hyphen", document({ ...READ, Action: "execute-api:Invoke" })],
  ])("may have %s", (_what, value) => {
    expect(identityPolicyProblems(value)).toEqual([]);
  });

  test.each<[string, unknown, string, string]>([
    ["no object", "text", "", "a policy is a JSON object"],
    ["a list", [READ], "", "a policy is a JSON object"],
    ["nothing", null, "", "a policy is a JSON object"],
    ["another version", { Version: "2012-10-18", Statement: READ }, "Version", '"2012-10-18": use "2012-10-17"'],
    ["a version that YAML made a date of", { Version: 2012, Statement: READ }, "Version", "2012: use"],
    ["no statement", { Version: "2012-10-17" }, "Statement", "at least one statement"],
    ["an empty list of statements", document(), "Statement", "at least one statement"],
    ["a misspelt element", { Statements: [READ], Statement: READ }, "", 'unknown element "Statements"'],
    ["a statement that is text", document("Allow"), "Statement[0]", "a statement is a JSON object"],
    ["a principal", document({ ...READ, Principal: "*" }), "Statement[0]", 'leave "Principal" out'],
    ["a principal by negation", document({ ...READ, NotPrincipal: "*" }), "Statement[0]", 'leave "Principal" out'],
    ["no effect", document({ Action: "s3:GetObject", Resource: "*" }), "Statement[0].Effect", "nothing: use"],
    [
      "an effect in lower case",
      document({ ...READ, Effect: "allow" }),
      "Statement[0].Effect",
      '"allow": use "Allow" or "Deny"',
    ],
    ["no action", document({ Effect: "Allow", Resource: "*" }), "Statement[0]", 'give one of "Action" and "NotAction"'],
    [
      "both kinds of action",
      document({ ...READ, NotAction: "iam:*" }),
      "Statement[0]",
      'give one of "Action" and "NotAction"',
    ],
    [
      "no resource",
      document({ Effect: "Allow", Action: "s3:GetObject" }),
      "Statement[0]",
      'give one of "Resource" and "NotResource"',
    ],
    ["an empty list of actions", document({ ...READ, Action: [] }), "Statement[0].Action", "an empty list"],
    [
      "an action without its service",
      document({ ...READ, Action: "GetObject" }),
      "Statement[0].Action",
      'write an action as "service:Action"',
    ],
    ["an action that is a number", document({ ...READ, Action: [1] }), "Statement[0].Action", "1: use a string"],
    ["an empty action", document({ ...READ, Action: "" }), "Statement[0].Action", '"": use a string'],
    [
      "a resource that is only a name",
      document({ ...READ, Resource: "bucket" }),
      "Statement[0].Resource",
      'write a resource as an ARN or "*"',
    ],
    [
      "a condition that is text",
      document({ ...READ, Condition: "x" }),
      "Statement[0].Condition",
      "a condition is a JSON object",
    ],
    [
      "a misspelt element of a statement",
      document({ ...READ, Resources: "*" }),
      "Statement[0]",
      'unknown element "Resources"',
    ],
    ["a mistake in a statement by itself", { Statement: { ...READ, Effect: "x" } }, "Statement.Effect", '"x": use'],
  ])("may not have %s", (_what, value, place, message) => {
    expect(identityPolicyProblems(value)).toEqual([
      { where: place, message: expect.stringContaining(message) as string },
    ]);
  });

  test("is told everything that is wrong with it, statement by statement", () => {
    expect(
      where(document({ Effect: "x", Action: "y", Resource: "z" }, READ, { Effect: "x", Action: "*", Resource: "*" })),
    ).toEqual(["Statement[0].Effect", "Statement[0].Action", "Statement[0].Resource", "Statement[2].Effect"]);
  });
});

describe("the length of a policy", () => {
  test.each([
    ["", 0],
    ['{"a":"b"}', 9],
    ['{\n  "a": "b"\r\n\t}', 9],
    ["   ", 0],
    ["a b", 2],
  ])("of %j is %i: AWS does not count white space", (text, length) => {
    expect(policyLength(text)).toBe(length);
  });

  test("does not depend on how the JSON is laid out", () => {
    const policy = document(READ, READ);
    expect(policyLength(JSON.stringify(policy, null, 4))).toBe(policyLength(JSON.stringify(policy)));
  });
});
