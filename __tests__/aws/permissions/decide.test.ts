import { permits } from "../../../lib/aws/permissions/decide";
import { readPermissions } from "../../../lib/aws/permissions/read-policy";
import { conditionKeys } from "../../../lib/aws/policy/evaluate";

const STATE = "arn:aws:s3:::octo/network/main.tfstate";

/** Whether statements let an action on the state through. */
function allows(
  statements: readonly object[],
  action = "s3:GetObject",
  keys: Record<string, string> = {},
  resource = STATE,
): boolean {
  const reading = readPermissions(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if ("refused" in reading) throw new Error(reading.refused);
  return permits(reading.statements, { action, resource, keys: conditionKeys(keys) });
}

const allow = (statement: object): object => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: STATE,
  ...statement,
});
const deny = (statement: object): object => ({ Effect: "Deny", Action: "s3:GetObject", Resource: STATE, ...statement });

describe("a role's own policies", () => {
  test.each<[string, object[], boolean]>([
    ["allow what a statement names", [allow({})], true],
    ["deny another action", [allow({ Action: "s3:PutObject" })], false],
    ["take an action's case for nothing", [allow({ Action: "S3:getobject" })], true],
    ["take wildcards in actions", [allow({ Action: "s3:Get*" })], true],
    ["take wildcards in resources", [allow({ Resource: "arn:aws:s3:::octo/network/*" })], true],
    ["regard a resource's case", [allow({ Resource: STATE.toUpperCase() })], false],
    ["deny another resource", [allow({ Resource: `${STATE}.tflock` })], false],
    ["deny what one statement denies, though another allows it", [allow({}), deny({})], false],
    ["deny what is denied wherever the deny stands", [deny({}), allow({})], false],
    ["allow what a deny does not reach", [allow({}), deny({ Resource: "arn:aws:s3:::octo/billing/*" })], true],
    [
      "allow all but what NotResource names",
      [allow({ Resource: undefined, NotResource: "arn:aws:s3:::octo/billing/*" })],
      true,
    ],
    ["do not allow what NotResource names", [allow({ Resource: undefined, NotResource: STATE })], false],
    ["allow all but what NotAction names", [allow({ Action: undefined, NotAction: "s3:PutObject" })], true],
  ])("%s", (_, statements, expected) => expect(allows(statements)).toBe(expected));

  test.each<[string, Record<string, string>, boolean]>([
    ["hold where the request has the value", { "s3:prefix": "network/" }, true],
    ["fail on another value", { "s3:prefix": "billing/" }, false],
    ["fail where the request has no such key", {}, false],
  ])("with a condition %s", (_, keys, expected) => {
    expect(
      allows(
        [allow({ Action: "s3:ListBucket", Condition: { StringEquals: { "s3:prefix": "network/" } } })],
        "s3:ListBucket",
        keys,
      ),
    ).toBe(expected);
  });

  test("fill variables in resources from the request, and match nothing where it lacks them", () => {
    const ofTeam = allow({ Resource: "arn:aws:s3:::octo/${aws:PrincipalTag/team}/*" });
    expect(allows([ofTeam], "s3:GetObject", { "aws:PrincipalTag/team": "network" })).toBe(true);
    expect(allows([ofTeam], "s3:GetObject", { "aws:PrincipalTag/team": "billing" })).toBe(false);
    expect(allows([ofTeam])).toBe(false);
  });

  test("with an operator that IAM does not know are no policies", () => {
    expect(() => allows([allow({ Condition: { StringSimilar: { "s3:prefix": "x" } } })])).toThrow(
      new RangeError('"StringSimilar" is no operator of IAM'),
    );
  });
});
