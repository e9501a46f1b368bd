import { readPermissions } from "../../../lib/aws/permissions/read-policy";

const text = (statement: unknown): string => JSON.stringify({ Version: "2012-10-17", Statement: statement });
const fine = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

describe("a permissions policy", () => {
  test.each<[string, string]>([
    ["one statement", text(fine)],
    ["a list of statements", text([fine, { ...fine, Sid: "other" }])],
    ["lists of actions and resources", text({ ...fine, Action: ["s3:Get*", "*:*"], Resource: ["*"] })],
    ["all but some", text({ Effect: "Deny", NotAction: "s3:*", NotResource: "arn:aws:s3:::a" })],
    [
      "conditions of one value, or several",
      text({
        ...fine,
        Condition: { Bool: { "aws:SecureTransport": true }, StringEquals: { "aws:PrincipalTag/a": ["b", "c"] } },
      }),
    ],
    ["no version", JSON.stringify({ Statement: fine })],
  ])("is read: %s", (_, document) => expect(readPermissions(document)).toHaveProperty("statements"));

  test.each<[string, string, string]>([
    ["no text", "", "it is empty"],
    ["no JSON", "{", "line 1, column 2"],
    ["another value", "null", "expected object"],
    ["no statement", "{}", "Statement"],
    ["an empty list", text([]), "Statement"],
    [
      "a key that stands twice",
      '{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}',
      "a second time",
    ],
    ["an effect in another case", text({ ...fine, Effect: "allow" }), "Statement"],
    ["no action", text({ Effect: "Allow", Resource: "*" }), '"Action"'],
    ["both kinds of actions", text({ ...fine, NotAction: "s3:*" }), '"NotAction"'],
    ["no resource", text({ Effect: "Allow", Action: "*" }), '"Resource"'],
    ["a principal, as in a policy of a resource", text({ ...fine, Principal: "*" }), "Principal"],
    ["an element in another case", text({ ...fine, condition: {} }), "condition"],
    ["another version", JSON.stringify({ Version: "2020-01-01", Statement: fine }), "Version"],
  ])("is refused: %s", (_, document, reason) =>
    expect(readPermissions(document)).toEqual({ refused: expect.stringContaining(reason) as unknown }),
  );
});
