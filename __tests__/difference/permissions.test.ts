import { permissionChanges } from "../../lib/difference/permissions";
import type { PermissionChange } from "../../lib/difference/schema";
import type { RoleModel, Text } from "../../lib/model/model";
import { unknownText } from "../../lib/trust/text";
import { allow, allowAllBut, deny, denyAllBut, type Written } from "../aws/permissions/policies";
import { ACCOUNT, aws, inline, own, ownArn, pairsOf, role } from "./role-pairs";

const changes = (before: Partial<RoleModel>, after: Partial<RoleModel>): PermissionChange[] =>
  permissionChanges(pairsOf([role(before)], [role(after)]));

type Line = [change: PermissionChange["change"], what: string, direction: PermissionChange["direction"]];

const line = ({ change, what, direction }: PermissionChange): Line => [change, what, direction];

const SWAPPED: Record<PermissionChange["change"], PermissionChange["change"]> = {
  "policy attached": "policy detached",
  "policy detached": "policy attached",
  "statement added": "statement removed",
  "statement removed": "statement added",
  "boundary added": "boundary removed",
  "boundary removed": "boundary added",
  "boundary changed": "boundary changed",
  "session longer": "session shorter",
  "session shorter": "session longer",
  "not known": "not known",
};
const OPPOSITE = { more: "less", less: "more", changed: "changed" } as const;

/** Both ways round: whatever is more there is less back. */
function expectLines(before: Partial<RoleModel>, after: Partial<RoleModel>, expected: readonly Line[]): void {
  const [there, back] = [changes(before, after), changes(after, before)];
  expect(there.map(line)).toEqual(expected);
  const direct = ([change, , direction]: Line) => JSON.stringify([change, direction]);
  expect(back.map(line).map(direct).sort()).toEqual(
    expected
      .map(([change, what, direction]): Line => [SWAPPED[change], what, OPPOSITE[direction]])
      .map(direct)
      .sort(),
  );
  expect(back.map((each) => [each.after, each.before])).toEqual(there.map((each) => [each.before, each.after]));
  expect(changes(after, structuredClone(after))).toEqual([]);
}

const X = "arn:aws:s3:::x/*";
const Y = "arn:aws:s3:::y/*";
const when = (operator: string, key: string, ...values: string[]): Written => ({
  Condition: { [operator]: { [key]: values } },
});
const eu = when("StringEquals", "aws:RequestedRegion", "eu-west-1");
const us = when("StringEquals", "aws:RequestedRegion", "us-east-1");
const all = (...values: string[]): Written => when("ForAllValues:StringEquals", "aws:TagKeys", ...values);
const both = when("StringEquals", "aws:RequestedRegion", "us-east-1", "eu-west-1");

describe("statements that say the same are no change", () => {
  test.each<[string, Written[], Written[]]>([
    [
      "in another order",
      [allow("s3:GetObject", X), allow("s3:PutObject", Y)],
      [allow("s3:PutObject", Y), allow("s3:GetObject", X)],
    ],
    [
      "split by action",
      [allow(["s3:GetObject", "s3:PutObject"], X)],
      [allow("s3:GetObject", X), allow("s3:PutObject", X)],
    ],
    ["split by resource", [allow("s3:GetObject", [X, Y])], [allow("s3:GetObject", X), allow("s3:GetObject", Y)]],
    [
      "split by a value that is asked for",
      [allow("s3:GetObject", X, both)],
      [allow("s3:GetObject", X, eu), allow("s3:GetObject", X, us)],
    ],
    ["with one value in a list", [allow("s3:GetObject", X)], [allow(["s3:GetObject"], [X])]],
    ["with an action in another case", [allow("s3:GetObject", X)], [allow("S3:getobject", X)]],
    ["with a Sid", [allow("s3:GetObject", X)], [allow("s3:GetObject", X, { Sid: "Read" })]],
    ["with an action that a pattern holds already", [allow("s3:Get*", X)], [allow(["s3:Get*", "s3:GetObject"], X)]],
    [
      "with a resource that a pattern holds already",
      [allow("s3:GetObject", X)],
      [allow("s3:GetObject", [X, "arn:aws:s3:::x/a"])],
    ],
    [
      "with a statement that two others hold together",
      [allow("s3:GetObject", X), allow("s3:GetObject", Y)],
      [allow("s3:GetObject", [X, Y]), allow("s3:GetObject", [X, Y], eu)],
    ],
    ["with every action in other words", [allow("*", X)], [allow("*:*", X)]],
    [
      "with conditions in another order and case",
      [allow("s3:GetObject", X, both)],
      [allow("s3:GetObject", X, when("StringEquals", "AWS:requestedregion", "eu-west-1", "us-east-1"))],
    ],
    [
      "with a pattern without wildcards",
      [allow("s3:GetObject", X, eu)],
      [allow("s3:GetObject", X, when("StringLike", "aws:RequestedRegion", "eu-west-1"))],
    ],
    [
      "with the other operator of ARNs",
      [allow("s3:GetObject", X, when("ArnEquals", "aws:SourceArn", "arn:aws:sns:*:*:a"))],
      [allow("s3:GetObject", X, when("ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:a"))],
    ],
    [
      "with a truth value as text",
      [allow("s3:GetObject", X, { Condition: { Bool: { "aws:SecureTransport": true } } })],
      [allow("s3:GetObject", X, when("Bool", "aws:SecureTransport", "True"))],
    ],
    [
      "with a statement under one condition more",
      [allow("s3:GetObject", X)],
      [allow("s3:GetObject", X), allow("s3:GetObject", X, eu)],
    ],
    [
      "with an Allow that is denied anyway",
      [deny("s3:*", X), allow("s3:Get*", Y)],
      [deny("s3:*", X), allow("s3:Get*", [X, Y])],
    ],
    [
      "with all actions but some, in another order",
      [allowAllBut(["iam:*", "sts:*"])],
      [allowAllBut(["sts:*", "IAM:*"])],
    ],
    [
      "with actions that are not among those left out",
      [allowAllBut("iam:*")],
      [allowAllBut("iam:*"), allow("s3:*", X)],
    ],
    [
      "with all but some resources, and some that are not among them",
      [{ Effect: "Allow", Action: "s3:*", NotResource: X }],
      [{ Effect: "Allow", Action: "s3:*", NotResource: X }, allow("s3:GetObject", Y)],
    ],
    [
      "with the same variable",
      [allow("s3:*", "arn:aws:s3:::${aws:PrincipalTag/team}/*")],
      [allow("s3:*", ["arn:aws:s3:::${aws:PrincipalTag/team}/*", "arn:aws:s3:::${aws:PrincipalTag/team}/a"])],
    ],
    [
      "with a Deny split by action",
      [deny(["s3:GetObject", "s3:PutObject"], X)],
      [deny("s3:GetObject", X), deny("s3:PutObject", X)],
    ],
  ])("%s", (_, before, after) => {
    expect(
      changes({ inlinePolicies: [inline("deploy", ...before)] }, { inlinePolicies: [inline("deploy", ...after)] }),
    ).toEqual([]);
    expect(
      changes({ inlinePolicies: [inline("deploy", ...after)] }, { managedPolicies: [own("deploy", ...before)] }),
    ).toEqual([]);
  });
});

describe("a statement", () => {
  const deploy = (...statements: readonly Written[]): Partial<RoleModel> => ({
    inlinePolicies: statements.length === 0 ? [] : [inline("deploy", ...statements)],
  });
  test.each<[string, Written[], Written[], Line[]]>([
    [
      "that is added gives more",
      [],
      [allow("s3:PutObject", X)],
      [["statement added", `s3:PutObject on ${X} (policy deploy)`, "more"]],
    ],
    [
      "is told with the actions that are new together",
      [allow("s3:GetObject", X)],
      [allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], X)],
      [["statement added", `s3:PutObject, s3:DeleteObject on ${X} (policy deploy)`, "more"]],
    ],
    [
      "is told by what is new on which resource",
      [allow("s3:GetObject", X)],
      [allow(["s3:GetObject", "s3:PutObject"], [X, Y])],
      [
        ["statement added", `s3:GetObject on ${Y} (policy deploy)`, "more"],
        ["statement added", `s3:PutObject on ${X}, ${Y} (policy deploy)`, "more"],
      ],
    ],
    [
      "with a wider pattern gives more",
      [allow("s3:GetObject", X)],
      [allow("s3:Get*", X)],
      [["statement added", `s3:Get* on ${X} (policy deploy)`, "more"]],
    ],
    [
      "with another resource gives more and less",
      [allow("s3:GetObject", X)],
      [allow("s3:GetObject", Y)],
      [
        ["statement added", `s3:GetObject on ${Y} (policy deploy)`, "more"],
        ["statement removed", `s3:GetObject on ${X} (policy deploy)`, "less"],
      ],
    ],
    [
      "of everything is named as that",
      [],
      [allow("*")],
      [["statement added", "every action on every resource (policy deploy)", "more"]],
    ],
    [
      "of everything but some is named as that, as NotAction is a word that deceives",
      [],
      [allowAllBut(["iam:*", "sts:*"])],
      [["statement added", "every action but iam:*, sts:* on every resource (policy deploy)", "more"]],
    ],
    [
      "of all but some resources is named as that",
      [],
      [{ Effect: "Allow", Action: "s3:*", NotResource: X }],
      [["statement added", `s3:* on every resource but ${X} (policy deploy)`, "more"]],
    ],
    [
      "that leaves out less gives more",
      [allowAllBut(["iam:*", "sts:*"])],
      [allowAllBut("iam:*")],
      [["statement added", "every action but iam:* on every resource (policy deploy)", "more"]],
    ],
    [
      "with a condition less gives more",
      [allow("s3:GetObject", X, eu)],
      [allow("s3:GetObject", X)],
      [["statement added", `s3:GetObject on ${X} (policy deploy)`, "more"]],
    ],
    [
      "with a value more that suffices gives more",
      [allow("s3:GetObject", X, eu)],
      [allow("s3:GetObject", X, both)],
      [
        [
          "statement added",
          `s3:GetObject on ${X}, if aws:RequestedRegion StringEquals us-east-1 or eu-west-1 (policy deploy)`,
          "more",
        ],
      ],
    ],
    [
      "with a value more that is excluded gives less",
      [allow("s3:GetObject", X, when("StringNotEquals", "aws:RequestedRegion", "a"))],
      [allow("s3:GetObject", X, when("StringNotEquals", "aws:RequestedRegion", "a", "b"))],
      [["statement removed", `s3:GetObject on ${X}, if aws:RequestedRegion StringNotEquals a (policy deploy)`, "less"]],
    ],
    [
      "with a wider pattern of a value gives more",
      [allow("s3:GetObject", X, eu)],
      [allow("s3:GetObject", X, when("StringLike", "aws:RequestedRegion", "eu-*"))],
      [["statement added", `s3:GetObject on ${X}, if aws:RequestedRegion StringLike eu-* (policy deploy)`, "more"]],
    ],
    [
      "with a condition that a missing key fulfils gives more",
      [allow("s3:GetObject", X, eu)],
      [allow("s3:GetObject", X, when("StringEqualsIfExists", "aws:RequestedRegion", "eu-west-1"))],
      [
        [
          "statement added",
          `s3:GetObject on ${X}, if aws:RequestedRegion StringEqualsIfExists eu-west-1 (policy deploy)`,
          "more",
        ],
      ],
    ],
    [
      "that excludes a name in place of a pattern gives more",
      [allow("s3:GetObject", X, when("StringNotLike", "aws:RequestedRegion", "eu-*"))],
      [allow("s3:GetObject", X, when("StringNotEquals", "aws:RequestedRegion", "eu-west-1"))],
      [
        [
          "statement added",
          `s3:GetObject on ${X}, if aws:RequestedRegion StringNotEquals eu-west-1 (policy deploy)`,
          "more",
        ],
      ],
    ],
    [
      "that asks all values to be among two gives more than two that ask for one each",
      [allow("s3:GetObject", X, all("a")), allow("s3:GetObject", X, all("b"))],
      [allow("s3:GetObject", X, all("a", "b"))],
      [
        [
          "statement added",
          `s3:GetObject on ${X}, if aws:TagKeys ForAllValues:StringEquals a or b (policy deploy)`,
          "more",
        ],
      ],
    ],
    [
      "on what a variable may leave out is changed",
      [{ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::${aws:PrincipalTag/team}/*" }],
      [
        { Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::${aws:PrincipalTag/team}/*" },
        allow("s3:GetObject", X),
      ],
      [["statement added", `s3:GetObject on ${X} (policy deploy)`, "changed"]],
    ],
    [
      "with a condition that cannot be compared is changed",
      [allow("s3:GetObject", X, when("IpAddress", "aws:SourceIp", "10.0.0.0/8"))],
      [allow("s3:GetObject", X, when("IpAddress", "aws:SourceIp", "10.1.0.0/16"))],
      [
        ["statement added", `s3:GetObject on ${X}, if aws:SourceIp IpAddress 10.1.0.0/16 (policy deploy)`, "changed"],
        ["statement removed", `s3:GetObject on ${X}, if aws:SourceIp IpAddress 10.0.0.0/8 (policy deploy)`, "changed"],
      ],
    ],
    [
      "with a condition on another key is changed",
      [allow("s3:GetObject", X, eu)],
      [allow("s3:GetObject", X, when("Bool", "aws:SecureTransport", "true"))],
      [
        ["statement added", `s3:GetObject on ${X}, if aws:SecureTransport Bool true (policy deploy)`, "changed"],
        [
          "statement removed",
          `s3:GetObject on ${X}, if aws:RequestedRegion StringEquals eu-west-1 (policy deploy)`,
          "changed",
        ],
      ],
    ],
    [
      "with a variable in place of a name is changed one way",
      [allow("s3:GetObject", "arn:aws:s3:::x")],
      [allow("s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/team}")],
      [
        ["statement added", "s3:GetObject on arn:aws:s3:::${aws:PrincipalTag/team} (policy deploy)", "changed"],
        ["statement removed", "s3:GetObject on arn:aws:s3:::x (policy deploy)", "less"],
      ],
    ],
    [
      "that denies takes away",
      [allow("s3:*", X)],
      [allow("s3:*", X), deny("s3:Put*", X)],
      [["statement added", `denial of s3:Put* on ${X} (policy deploy)`, "less"]],
    ],
    [
      "that denies less gives more",
      [deny("s3:Put*", [X, Y])],
      [deny("s3:Put*", X)],
      [["statement removed", `denial of s3:Put* on ${Y} (policy deploy)`, "more"]],
    ],
    [
      "that denies under a condition denies less",
      [deny("s3:Put*", X)],
      [deny("s3:Put*", X, eu)],
      [["statement removed", `denial of s3:Put* on ${X} (policy deploy)`, "more"]],
    ],
    [
      "that denies all but some is named as that",
      [],
      [denyAllBut("s3:*", X)],
      [["statement added", `denial of every action but s3:* on ${X} (policy deploy)`, "less"]],
    ],
    [
      "with many actions says how many it leaves out",
      [],
      [
        allow(
          ["a", "b", "c", "d", "e", "f", "g", "h"].map((each) => `s3:${each}`),
          X,
        ),
      ],
      [["statement added", `s3:a, s3:b, s3:c, s3:d, s3:e, s3:f and 2 more on ${X} (policy deploy)`, "more"]],
    ],
  ])("%s", (_, before, after, expected) => expectLines(deploy(...before), deploy(...after), expected));

  test.each(Array.from({ length: 120 }, (_, index) => index))(
    "on names of %d characters does not hold one with a variable",
    (length) => {
      const [names, variable] = [`arn:aws:s3:::${"?".repeat(length)}`, "arn:aws:s3:::${aws:PrincipalTag/team}"];
      expect(
        changes(deploy(allow("s3:GetObject", names)), deploy(allow("s3:GetObject", [names, variable]))),
      ).toMatchObject([{ change: "statement added", direction: "changed" }]);
    },
  );

  test("of the older language has no variables", () => {
    const written = (Version: string): Partial<RoleModel> => ({
      inlinePolicies: [
        {
          name: "deploy",
          document: JSON.stringify({
            Version,
            Statement: [allow("s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/team}/*")],
          }),
        },
      ],
    });
    expect(
      changes(written("2008-10-17"), written("2012-10-17")).map(({ change, direction }) => [change, direction]),
    ).toEqual([
      ["statement added", "changed"],
      ["statement removed", "less"],
    ]);
  });

  describe("of the older language has no variables", () => {
    const document = (Version: string): string =>
      JSON.stringify({ Version, Statement: [allow("s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/team}/*")] });

    test.each(["\\u0024{", "$\\u007b", "\\u0024\\u007B"])("where JSON writes %s", (escaped) => {
      const written = (Version: string): Partial<RoleModel> => ({
        inlinePolicies: [{ name: "deploy", document: document(Version).replace("${", () => escaped) }],
      });
      expect(changes(written("2008-10-17"), written("2012-10-17"))).toHaveLength(2);
      expect(changes(written("2012-10-17"), written("2012-10-17"))).toEqual([]);
    });

    test("in a permissions boundary", () => {
      const written = (Version: string): Partial<RoleModel> => ({
        permissionsBoundary: ownArn("limit"),
        boundaryDocument: document(Version),
      });
      expect(changes(written("2008-10-17"), written("2012-10-17"))).toMatchObject([{ change: "boundary changed" }]);
      expect(changes(written("2008-10-17"), written("2008-10-17"))).toEqual([]);
    });
  });
});

const unknownDocument: Text = ["{", { unknown: "aws_s3_bucket.x.arn" }, "}"];
const limit: Text = ownArn("limit");
const awsArn = (name: string): Text => `arn:aws:iam::aws:policy/${name}`;

describe("of a role", () => {
  test.each<[string, Partial<RoleModel>, Partial<RoleModel>, Line[]]>([
    [
      "a policy of AWS is attached",
      {},
      { managedPolicies: [aws("ReadOnlyAccess")] },
      [["policy attached", "ReadOnlyAccess", "more"]],
    ],
    [
      "one policy of AWS takes the place of another",
      { managedPolicies: [aws("ReadOnlyAccess")] },
      { managedPolicies: [aws("AdministratorAccess")] },
      [
        ["policy detached", "ReadOnlyAccess", "less"],
        ["policy attached", "AdministratorAccess", "more"],
      ],
    ],
    [
      "a policy of AWS that only denies is attached",
      {},
      { managedPolicies: [aws("AWSDenyAll")] },
      [["policy attached", "AWSDenyAll", "less"]],
    ],
    [
      "a policy that AWS's list lacks is attached",
      {},
      { managedPolicies: [aws("NewAccess")] },
      [["policy attached", "NewAccess: what it allows is not known", "changed"]],
    ],
    [
      "a policy of its account that is read elsewhere is attached",
      {},
      { managedPolicies: [{ arn: ownArn("ReadOnlyAccess"), document: null }] },
      [["policy attached", `${ownArn("ReadOnlyAccess")}: what it allows is not known`, "changed"]],
    ],
    [
      "policies are attached in another order",
      { managedPolicies: [aws("ReadOnlyAccess"), aws("PowerUserAccess")] },
      { managedPolicies: [aws("PowerUserAccess"), aws("ReadOnlyAccess")] },
      [],
    ],
    [
      "a policy is the same where its account is not known until apply",
      { managedPolicies: [{ arn: ownArn("x"), document: null }] },
      { managedPolicies: [{ arn: ["arn:aws:iam::", { unknown: "account" }, ":policy/x"], document: null }] },
      [],
    ],
    [
      "a policy is another one where its name differs and its account is not known",
      { managedPolicies: [{ arn: ownArn("x"), document: null }] },
      { managedPolicies: [{ arn: ["arn:aws:iam::", { unknown: "account" }, ":policy/y"], document: null }] },
      [
        ["policy detached", `${ownArn("x")}: what it allows is not known`, "changed"],
        ["policy attached", "arn:aws:iam::{?account}:policy/y: what it allows is not known", "changed"],
      ],
    ],
    [
      "a policy of which nothing is known is attached",
      {},
      { managedPolicies: [{ arn: unknownText("var.policy"), document: null }] },
      [["not known", "attached is a policy that is not known: {?var.policy}", "changed"]],
    ],
    [
      "the document of a policy is not known after the change",
      { inlinePolicies: [inline("deploy", allow("s3:GetObject", X))] },
      { inlinePolicies: [{ name: "deploy", document: unknownDocument }] },
      [
        [
          "not known",
          "policy deploy: its document is not known after: it is not all known: aws_s3_bucket.x.arn",
          "changed",
        ],
      ],
    ],
    [
      "a policy comes whose document is not known",
      {},
      { inlinePolicies: [{ name: "deploy", document: unknownDocument }] },
      [
        [
          "not known",
          "policy deploy: its document is not known after: it is not all known: aws_s3_bucket.x.arn",
          "changed",
        ],
      ],
    ],
    [
      "a policy is no policy any more",
      { inlinePolicies: [inline("deploy", allow("s3:GetObject", X))] },
      { inlinePolicies: [{ name: "deploy", document: "{}" }] },
      [
        [
          "not known",
          expect.stringMatching(
            /^policy deploy: its document is not known after: it is no permissions policy: Statement/,
          ) as string,
          "changed",
        ],
      ],
    ],
    [
      "the document of a managed policy is not known any more",
      { managedPolicies: [own("x", allow("s3:GetObject", X))] },
      { managedPolicies: [{ arn: ownArn("x"), document: null }] },
      [["not known", `policy ${ownArn("x")}: its document is not known after`, "changed"]],
    ],
    [
      "managed policies are not known",
      { managedPolicies: [aws("ReadOnlyAccess")] },
      { managedPolicies: { unknown: "managed_policy_arns" } },
      [["not known", "its managed policies are not known after: managed_policy_arns", "changed"]],
    ],
    [
      "inline policies are not known",
      { inlinePolicies: [inline("deploy", allow("s3:GetObject", X))] },
      { inlinePolicies: { unknown: "inline_policy" } },
      [["not known", "its inline policies are not known after: inline_policy", "changed"]],
    ],
    [
      "a statement moves to a policy whose ARN is not known yet",
      { inlinePolicies: [inline("deploy", allow("s3:GetObject", X))] },
      {
        managedPolicies: [
          { arn: unknownText("aws_iam_policy.x.arn"), document: inline("x", allow("s3:GetObject", X)).document },
        ],
      },
      [],
    ],
    ["sessions last longer", {}, { sessionSeconds: 7_200 }, [["session longer", "2 h instead of 1 h", "more"]]],
    [
      "sessions last one second less",
      {},
      { sessionSeconds: 3_599 },
      [["session shorter", "59 min 59 s instead of 1 h", "less"]],
    ],
    [
      "it is not known how long sessions last",
      {},
      { sessionSeconds: { unknown: "max_session_duration" } },
      [["not known", "its longest session: not known (max_session_duration) instead of 1 h", "changed"]],
    ],
    ["a boundary is added", {}, { permissionsBoundary: limit }, [["boundary added", limit, "less"]]],
    [
      "a boundary is another one",
      { permissionsBoundary: limit },
      { permissionsBoundary: awsArn("PowerUserAccess") },
      [["boundary changed", `PowerUserAccess instead of ${limit}`, "changed"]],
    ],
    [
      "a boundary is another one, which limits nothing",
      { permissionsBoundary: limit },
      { permissionsBoundary: awsArn("AdministratorAccess") },
      [["boundary changed", `AdministratorAccess instead of ${limit}`, "more"]],
    ],
    [
      "a boundary is added that limits nothing",
      {},
      { permissionsBoundary: awsArn("AdministratorAccess") },
      [["boundary added", "AdministratorAccess", "changed"]],
    ],
    [
      "a boundary is the same where its account is not known until apply",
      { permissionsBoundary: limit },
      { permissionsBoundary: ["arn:aws:iam::", { unknown: "account" }, ":policy/limit"] },
      [],
    ],
    [
      "a boundary is not known",
      { permissionsBoundary: limit },
      { permissionsBoundary: unknownText("var.boundary") },
      [["boundary changed", `{?var.boundary} instead of ${limit}`, "changed"]],
    ],
  ])("%s", (_, before, after, expected) => expectLines(before, after, expected));
});

describe("a boundary whose document is known", () => {
  const NAME = ownArn("limit");
  const bounded = (...statements: readonly Written[]): Partial<RoleModel> => ({
    permissionsBoundary: NAME,
    boundaryDocument: inline("limit", ...statements).document,
  });
  const as = (name: string, given: Partial<RoleModel>): Partial<RoleModel> => ({
    ...given,
    permissionsBoundary: ownArn(name),
  });
  const unread: Partial<RoleModel> = { permissionsBoundary: NAME, boundaryDocument: unknownDocument };
  const elsewhere: Partial<RoleModel> = { permissionsBoundary: NAME };
  const reads = allow("s3:Get*", X);

  test.each<[string, Partial<RoleModel>, Partial<RoleModel>, Line[]]>([
    ["says the same in another order", bounded(reads, allow("s3:Put*", Y)), bounded(allow("s3:Put*", Y), reads), []],
    ["says the same, split", bounded(allow(["s3:Get*", "s3:Put*"], X)), bounded(reads, allow("s3:Put*", X)), []],
    ["says the same under another name", bounded(reads), as("other", bounded(reads)), []],
    [
      "allows more",
      bounded(reads),
      bounded(allow("s3:*", X)),
      [["boundary changed", `${NAME}, now with s3:* on ${X}`, "more"]],
    ],
    [
      "allows everything",
      bounded(reads),
      bounded(allow("*")),
      [["boundary changed", `${NAME}, now with every action on every resource`, "more"]],
    ],
    [
      "denies less",
      bounded(allow("*"), deny("iam:*")),
      bounded(allow("*")),
      [["boundary changed", `${NAME}, no longer with denial of iam:* on every resource`, "more"]],
    ],
    [
      "allows under a condition less",
      bounded(allow("s3:Get*", X, eu)),
      bounded(reads),
      [["boundary changed", `${NAME}, now with s3:Get* on ${X}`, "more"]],
    ],
    [
      "allows more and less",
      bounded(reads),
      bounded(allow("s3:Get*", Y)),
      [["boundary changed", `${NAME}, now with s3:Get* on ${Y}, no longer with s3:Get* on ${X}`, "changed"]],
    ],
    [
      "allows more, and denies more",
      bounded(reads),
      bounded(allow("s3:*", X), deny("s3:Put*", X)),
      [["boundary changed", `${NAME}, now with s3:* on ${X}, now with denial of s3:Put* on ${X}`, "changed"]],
    ],
    [
      "changes in what cannot be compared",
      bounded(allow("s3:Get*", X, when("IpAddress", "aws:SourceIp", "10.0.0.0/8"))),
      bounded(allow("s3:Get*", X, when("IpAddress", "aws:SourceIp", "10.1.0.0/16"))),
      [["boundary changed", expect.stringContaining("10.1.0.0/16") as string, "changed"]],
    ],
    [
      "says how many changes it leaves out",
      bounded(reads),
      bounded(reads, ...["a", "b", "c", "d", "e"].map((each) => allow(`s3:${each}`, `arn:aws:s3:::${each}`))),
      [
        [
          "boundary changed",
          expect.stringMatching(/^arn:[^,]*, now with s3:a .* s3:d on arn:aws:s3:::d and 1 more$/) as string,
          "more",
        ],
      ],
    ],
    [
      "is another one that allows more",
      bounded(reads),
      as("wide", bounded(allow("s3:*", X))),
      [["boundary changed", `${ownArn("wide")} instead of ${NAME}, now with s3:* on ${X}`, "more"]],
    ],
    [
      "takes the place of AWS's",
      { permissionsBoundary: awsArn("PowerUserAccess") },
      bounded(reads),
      [["boundary changed", `${NAME} instead of PowerUserAccess`, "changed"]],
    ],
    [
      "takes the place of AWS's, and limits nothing",
      { permissionsBoundary: awsArn("PowerUserAccess") },
      bounded(allow("*")),
      [["boundary changed", `${NAME} instead of PowerUserAccess`, "more"]],
    ],
    ["is added", {}, bounded(reads), [["boundary added", NAME, "less"]]],
    ["is added, and limits nothing", {}, bounded(allow("*")), [["boundary added", NAME, "changed"]]],
    [
      "is added, and only a denial keeps it from allowing all",
      {},
      bounded(allow("*"), deny("iam:*")),
      [["boundary added", NAME, "less"]],
    ],
    [
      "is not known any more",
      bounded(reads),
      unread,
      [
        [
          "not known",
          `permissions boundary ${NAME}: its document is not known after: it is not all known: aws_s3_bucket.x.arn`,
          "changed",
        ],
      ],
    ],
    [
      "leaves the source",
      bounded(reads),
      elsewhere,
      [["not known", `permissions boundary ${NAME}: its document is not known after`, "changed"]],
    ],
    [
      "is no policy any more",
      bounded(reads),
      { ...elsewhere, boundaryDocument: "{}" },
      [
        [
          "not known",
          expect.stringMatching(/its document is not known after: it is no permissions policy/) as string,
          "changed",
        ],
      ],
    ],
    ["was not known and is not", unread, { ...unread }, []],
    [
      "is not known, and another part of it was not",
      unread,
      { ...unread, boundaryDocument: ["{", { unknown: "var.other" }, "}"] },
      [
        [
          "not known",
          `permissions boundary ${NAME}: its document is not known before and after: it is not all known: var.other`,
          "changed",
        ],
      ],
    ],
    ["was and is elsewhere", elsewhere, { ...elsewhere }, []],
  ])("%s", (_, before, after, expected) => expectLines(before, after, expected));

  test("tells what the role may do by it", () => {
    const admin = { managedPolicies: [aws("AdministratorAccess")] };
    expect(changes({ ...admin, ...bounded(reads) }, { ...admin, ...bounded(allow("*")) })).toMatchObject([
      {
        change: "boundary changed",
        direction: "more",
        before: "reads",
        after: "administrator",
        because: ['"AdministratorAccess" allows * on *'],
      },
    ]);
  });
});

describe("a change of permissions", () => {
  test("names the role, its account and what it could and can do, and why it can do more", () => {
    expect(changes({}, { managedPolicies: [aws("AdministratorAccess")] })).toEqual([
      {
        account: "production",
        accountId: ACCOUNT,
        role: "deploy",
        roleArn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
        location: { address: "aws_iam_role.deploy" },
        change: "policy attached",
        what: "AdministratorAccess",
        direction: "more",
        before: "nothing",
        after: "administrator",
        because: ['"AdministratorAccess" allows * on *'],
        admits: true,
      },
    ]);
  });

  test("says by which new way a role becomes administrator that was one already", () => {
    const was = inline("put", allow("iam:PutRolePolicy"));
    expect(
      changes({ inlinePolicies: [was] }, { inlinePolicies: [was, inline("attach", allow("iam:AttachRolePolicy"))] }),
    ).toMatchObject([
      { before: "administrator", after: "administrator", because: ['"attach" allows iam:AttachRolePolicy on *'] },
    ]);
  });

  test("gives no reason where a role can do less", () => {
    expect(changes({ managedPolicies: [aws("AdministratorAccess")] }, {})).toMatchObject([
      { direction: "less", before: "administrator", after: "nothing", because: [] },
    ]);
  });

  test("says whether jobs of GitHub's may assume the role, before or after, or whether that is not known", () => {
    const more = { managedPolicies: [aws("ReadOnlyAccess")] };
    const none: RoleModel["trust"] = { version: "2012-10-17", statements: [] };
    expect(changes({ trust: none }, { ...more, trust: none })).toMatchObject([{ admits: false }]);
    expect(changes({}, { ...more, trust: none })).toMatchObject([{ admits: true }]);
    expect(changes({ trust: none }, more)).toMatchObject([{ admits: true }]);
    expect(changes({ trust: none }, { ...more, trust: { unknown: "x" } })).toMatchObject([{ admits: true }]);
  });

  test("is told of no role that is created or deleted", () => {
    const admin = role({ managedPolicies: [aws("AdministratorAccess")] });
    expect(permissionChanges(pairsOf([], [admin]))).toEqual([]);
    expect(permissionChanges(pairsOf([admin], []))).toEqual([]);
  });

  test("is told of a role that is replaced", () => {
    expect(
      permissionChanges(
        pairsOf(
          [role()],
          [role({ arn: unknownText("aws_iam_role.deploy.arn"), managedPolicies: [aws("ReadOnlyAccess")] })],
        ),
      ),
    ).toMatchObject([{ roleArn: null, what: "ReadOnlyAccess" }]);
  });
});
