import { parseTrustDocument } from "../../../lib/aws/policy/trust-document";
import { ISSUER, policyText, problemsOf, PROVIDER, read, statement, WEB_IDENTITY, withoutPositions } from "./policies";

const SUB = `${ISSUER}:sub`;

describe("a trust policy that AWS takes", () => {
  test.each<[string, string]>([
    ["one statement without a list", policyText(statement())],
    ["several statements", policyText([statement(), statement({ Effect: "Deny", Principal: { AWS: "*" } })])],
    ["no version", JSON.stringify({ Statement: statement() })],
    ["the old version", policyText(statement(), { Version: "2008-10-17" })],
    ["an id", policyText(statement(), { Id: "any text: at all" })],
    ["an empty Sid, twice", policyText([statement({ Sid: "" }), statement({ Sid: "" })])],
    ["a bare star", policyText(statement({ Principal: "*" }))],
    ["every AWS principal", policyText(statement({ Principal: { AWS: "*" } }))],
    [
      "principals of every kind",
      policyText(
        statement({
          Principal: {
            AWS: ["111122223333", "arn:aws:iam::111122223333:role/ci", "AROAEXAMPLEID1234567"],
            Federated: ["accounts.google.com", PROVIDER],
            Service: "ec2.amazonaws.com",
            CanonicalUser: "79a59df900b949e55d96a1e698fbaced",
          },
        }),
      ),
    ],
    [
      "a list of actions",
      policyText(statement({ Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] })),
    ],
    ["actions with wildcards, in any case", policyText(statement({ Action: ["STS:assumerole*", "sts:*"] }))],
    ["every action but one", policyText(statement({ Action: undefined, NotAction: "sts:TagSession" }))],
    ["an empty condition block", policyText(statement({ Condition: {} }))],
    ["an operator without keys", policyText(statement({ Condition: { StringEquals: {} } }))],
    ["a key without values", policyText(statement({ Condition: { StringNotEquals: { [SUB]: [] } } }))],
    [
      "numbers and truth values",
      policyText(statement({ Condition: { NumericLessThan: { a: 5 }, Bool: { b: true, c: [false, "true"] } } })),
    ],
    [
      "an operator with quantifier and IfExists",
      policyText(statement({ Condition: { "ForAnyValue:StringLikeIfExists": { [SUB]: "a" } } })),
    ],
    [
      "dates of many forms",
      policyText(
        statement({
          Condition: {
            DateLessThan: {
              a: [
                "2016-12-13T21:20:37.593194+00:00",
                "2016-12-13t2:00:00.593194+23",
                "01T",
                "-292275054",
                "1577836800",
                "2020-04-01T00:00:00Z",
                "2020-04",
              ],
            },
          },
        }),
      ),
    ],
    [
      "8192 characters",
      policyText(statement({ Sid: "" }), {
        Id: "x".repeat(8_192 - policyText(statement({ Sid: "" }), { Id: "" }).replaceAll(/\s/g, "").length),
      }),
    ],
    ["white space beyond that", `${" ".repeat(20_000)}${policyText()}`],
    ["characters of Latin-1", policyText(statement({ Condition: { StringEquals: { a: "é\u00ff" } } }))],
    [
      "other characters as escapes",
      policyText(statement({ Condition: { StringEquals: { a: "X" } } })).replace('"X"', '"\\u4e2d"'),
    ],
  ])("%s", (_, text) => expect(problemsOf(text)).toEqual([]));

  test("is the same document inside what `get-role` prints", () => {
    const document = {
      Version: "2012-10-17",
      Statement: [statement({ Condition: { StringEquals: { [SUB]: "a b%20c+d" } } })],
    };
    const role = (policy: unknown): string =>
      JSON.stringify(
        { Role: { Path: "/", RoleName: "deploy", AssumeRolePolicyDocument: policy, MaxSessionDuration: 3600 } },
        undefined,
        4,
      );
    const text = JSON.stringify(document);
    const expected = withoutPositions(read(text));
    const forms = [
      role(document),
      role(text),
      role(encodeURIComponent(text)),
      JSON.stringify({ AssumeRolePolicyDocument: document }),
      encodeURIComponent(text),
      ` ${encodeURIComponent(text)}\n`,
      JSON.stringify(text),
      JSON.stringify(encodeURIComponent(text)),
    ];
    for (const form of forms) expect(withoutPositions(read(form))).toEqual(expected);
  });

  test("keeps where everything stands", () => {
    const text = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": {"Federated": "${PROVIDER}"},
    "Action": "${WEB_IDENTITY}",
    "Condition": {
      "StringLike": {
        "${SUB}": ["repo:a/b:*",
                   "repo:a/c:*"]
      }
    }
  }]
}`;
    const [found] = read(text).statements;
    expect(found?.position).toEqual({ line: 3, column: 17 });
    expect(found?.principals[0]?.position).toEqual({ line: 5, column: 32 });
    expect(found?.actions[0]?.position).toEqual({ line: 6, column: 15 });
    expect(found?.conditions[0]?.operatorPosition).toEqual({ line: 8, column: 7 });
    expect(found?.conditions[0]?.position).toEqual({ line: 9, column: 9 });
    expect(found?.conditions[0]?.values.map(({ position }) => position)).toEqual([
      { line: 9, column: 12 + SUB.length + 2 },
      { line: 10, column: 20 },
    ]);
  });

  test("counts positions in the decoded text, which it gives back", () => {
    const { text, problems } = parseTrustDocument(encodeURIComponent('{"Statement":\n[]}'));
    expect(text).toBe('{"Statement":\n[]}');
    expect(problems.map(({ position }) => position)).toEqual([{ line: 2, column: 1 }]);
  });
});

describe("a trust policy that AWS refuses", () => {
  test.each<[string, string, string]>([
    ["nothing", "", "1:1 This policy contains invalid Json: 1:1: it is empty"],
    [
      "no JSON",
      "Version: 2012-10-17",
      '1:1 This policy contains invalid Json: 1:1: a value belongs here, not "Version"',
    ],
    [
      "half a document",
      '{"Version": "2012-10-17",',
      "1:26 This policy contains invalid Json: 1:26: a key in double quotes belongs here, not the end",
    ],
    ["half an encoding", "%7B%2", "1:1 it begins as URL-encoded text does, and cannot be decoded"],
    ["a list", "[]", '1:1 a policy is a JSON object with "Version" and "Statement", and this is a list'],
    ["a number", "7", '1:1 a policy is a JSON object with "Version" and "Statement", and this is 7'],
    ["a role without a policy", '{"Role": {}}', "1:1 Could not parse the policy: Statement is empty!"],
    [
      "a key twice",
      '{"Statement": 1, "Statement": 2}',
      '1:18 the key "Statement" stands here a second time: use it once',
    ],
    [
      "an unknown element",
      policyText(statement(), { Statements: [] }),
      'unknown element "Statements": IAM knows Version, Id, Statement',
    ],
    [
      "an element in another case",
      policyText(statement({ Action: undefined, action: "sts:AssumeRole" })),
      'Syntax error in policy: unknown element "action": write "Action"',
    ],
    [
      "__proto__",
      policyText().replace('"Effect"', '"__proto__": {"Effect": "Allow"}, "Effect"'),
      'unknown element "__proto__"',
    ],
    [
      "another version",
      policyText(statement(), { Version: "2012-10-18" }),
      'The policy must contain a valid version string: use "2012-10-17", not "2012-10-18"',
    ],
    [
      "a version that is null",
      policyText(statement(), { Version: null }),
      "The policy must contain a valid version string",
    ],
    ["an id that is a number", policyText(statement(), { Id: 1 }), 'Syntax error in policy: "Id" is 1: use a string'],
    ["no statement", '{"Version": "2012-10-17"}', "Could not parse the policy: Statement is empty!"],
    ["an empty list of statements", policyText([]), "Could not parse the policy: Statement is empty!"],
    ["a statement that is text", policyText("x"), "a statement is a JSON object"],
    [
      "a Sid with a space",
      policyText(statement({ Sid: "My statement" })),
      'Statement IDs (SID) must be alpha-numeric: "My statement"',
    ],
    [
      "a Sid twice",
      policyText([statement({ Sid: "a" }), statement({ Sid: "a" })]),
      'The Statement Ids in the policy are not unique: "a"',
    ],
    ["no effect", policyText(statement({ Effect: undefined })), "Missing required field Effect"],
    [
      "an effect in another case",
      policyText(statement({ Effect: "allow" })),
      'Invalid effect: "allow": write "Allow" or "Deny"',
    ],
    ["no principal", policyText(statement({ Principal: undefined })), "Missing required field Principal"],
    [
      "an empty principal",
      policyText(statement({ Principal: {} })),
      "Missing required field Principal cannot be empty!",
    ],
    [
      "an empty list of principals",
      policyText(statement({ Principal: { AWS: [] } })),
      "Missing required field Principal cannot be empty!",
    ],
    ["a principal that is text", policyText(statement({ Principal: PROVIDER })), "Invalid principal in policy:"],
    [
      "an unknown kind of principal",
      policyText(statement({ Principal: { federated: PROVIDER } })),
      'Invalid principal in policy: "federated"',
    ],
    [
      "a part of a principal",
      policyText(statement({ Principal: { AWS: "arn:aws:iam::111122223333:role/*" } })),
      "a wildcard cannot stand for a part of a name",
    ],
    [
      "an account of eleven digits",
      policyText(statement({ Principal: { AWS: "11112222333" } })),
      'Invalid principal in policy: "AWS": "11112222333"',
    ],
    [
      "NotPrincipal that allows",
      policyText(statement({ Principal: undefined, NotPrincipal: { AWS: "*" } })),
      "Allow with NotPrincipal is not allowed.",
    ],
    [
      "NotPrincipal that denies",
      policyText(statement({ Effect: "Deny", Principal: undefined, NotPrincipal: { AWS: "*" } })),
      "AssumeRole policy must not contain NotPrincipal field.",
    ],
    ["no action", policyText(statement({ Action: undefined })), "Missing required field Action"],
    ["an empty list of actions", policyText(statement({ Action: [] })), "Missing required field Action"],
    [
      "both kinds of actions",
      policyText(statement({ NotAction: "sts:TagSession" })),
      '"Action" and "NotAction" cannot stand together',
    ],
    [
      "any action at all",
      policyText(statement({ Action: "*" })),
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [
      "an action of another service",
      policyText(statement({ Action: "s3:GetObject" })),
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [
      "an action of STS that is no assumption",
      policyText(statement({ Action: "sts:GetCallerIdentity" })),
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [
      "an action without a service",
      policyText(statement({ Action: "AssumeRole" })),
      "Actions/Conditions must be prefaced by a vendor",
    ],
    ["an action that is a number", policyText(statement({ Action: [1] })), "an action is a string"],
    ["a resource", policyText(statement({ Resource: "*" })), "Has prohibited field Resource"],
    ["all resources but one", policyText(statement({ NotResource: "*" })), "Has prohibited field NotResource"],
    ["a condition that is a list", policyText(statement({ Condition: [] })), '"Condition" is a list'],
    [
      "an unknown operator",
      policyText(statement({ Condition: { StringMatches: { a: "b" } } })),
      'Invalid Condition type "StringMatches": use one of',
    ],
    [
      "Null with IfExists",
      policyText(statement({ Condition: { NullIfExists: { a: "true" } } })),
      'Invalid Condition type "NullIfExists"',
    ],
    [
      "an unknown quantifier",
      policyText(statement({ Condition: { "ForNoValue:StringEquals": { a: "b" } } })),
      'Invalid Condition type "ForNoValue:StringEquals"',
    ],
    [
      "an operator in another case",
      policyText(statement({ Condition: { stringEquals: { c: "d" } } })),
      'Invalid Condition type "stringEquals": write "StringEquals"',
    ],
    [
      "an operator without the colon of its quantifier",
      policyText(statement({ Condition: { ForAllValuesStringEquals: { c: "d" } } })),
      'Invalid Condition type "ForAllValuesStringEquals": write "ForAllValues:StringEquals"',
    ],
    [
      "an operator whose keys are text",
      policyText(statement({ Condition: { StringEquals: "a" } })),
      "a condition operator has an object of keys and values",
    ],
    [
      "a value that is null",
      policyText(statement({ Condition: { StringEquals: { a: null } } })),
      "a condition compares with strings, and this is null",
    ],
    [
      "a value in two lists",
      policyText(statement({ Condition: { StringEquals: { a: [["b"]] } } })),
      "a condition compares with strings, and this is a list",
    ],
    [
      "a date that is none",
      policyText(statement({ Condition: { DateGreaterThan: { a: "sdfdsf" } } })),
      "The policy failed legacy parsing",
    ],
    [
      "a character that IAM does not take",
      policyText(statement({ Condition: { StringEquals: { a: "中" } } })),
      'The specified value for assumeRolePolicyDocument is invalid: IAM does not accept the character "中"',
    ],
    ["a byte order mark", `\ufeff${policyText()}`, 'IAM does not accept the character "\\ufeff"'],
    [
      "8193 characters",
      policyText(statement(), { Id: "x".repeat(8_193 - policyText(statement(), { Id: "" }).length) }),
      "1:1 Cannot exceed quota for ACLSizePerRole: 8192, and this has 8193 characters",
    ],
  ])("%s", (_, text, expected) => {
    const { document, problems } = parseTrustDocument(text);
    expect(document).toBeUndefined();
    expect(problemsOf(text).join("\n")).toContain(expected);
    for (const { message } of problems) expect(message).not.toBe("");
  });

  test("says everything at once, from top to bottom", () => {
    const text = policyText([
      statement({ Effect: "ALLOW", Resource: "*" }),
      statement({ Action: "iam:*", Condition: { Foo: {} } }),
    ]);
    const columns = parseTrustDocument(text).problems.map(({ position }) => position.column);
    expect(columns).toHaveLength(4);
    expect(columns).toEqual([...columns].sort((a, b) => a - b));
  });
});
