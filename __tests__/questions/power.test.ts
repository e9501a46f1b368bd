import type { RoleModel } from "../../lib/model/model";
import { powerOf } from "../../lib/questions/power";
import { unknownText, type Text } from "../../lib/trust/text";
import { allow, deny, policyText, type Written } from "../aws/permissions/policies";

const ACCOUNT = "111122223333";
const aws = (name: string): { arn: Text; document: Text | null } => ({
  arn: `arn:aws:iam::aws:policy/${name}`,
  document: null,
});
const own = (name: string, statements: readonly Written[]): { arn: Text; document: Text | null } => ({
  arn: `arn:aws:iam::${ACCOUNT}:policy/ci/${name}`,
  document: policyText(statements),
});
const inline = (name: string, ...statements: readonly Written[]): { name: Text; document: Text } => ({
  name,
  document: policyText(statements),
});

/** A role without permissions, but for those given. */
const role = (given: Partial<RoleModel>): RoleModel => ({
  name: "deploy",
  arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
  path: "/",
  sessionSeconds: 3_600,
  permissionsBoundary: null,
  boundaryDocument: null,
  trust: { unknown: "of no matter here" },
  managedPolicies: [],
  inlinePolicies: [],
  location: null,
  ...given,
});

const reads = inline("look", allow("s3:GetObject"));
const writes = inline("ship", allow("s3:PutObject"));
const boundary = (name: string): Text => `arn:aws:iam::aws:policy/${name}`;
const limit = (...statements: readonly Written[]): Partial<RoleModel> => ({
  permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/limit`,
  boundaryDocument: policyText(statements),
});

describe("what a role can do", () => {
  test.each<[string, Partial<RoleModel>, ReturnType<typeof powerOf>]>([
    ["no policy", {}, { level: "nothing", because: ["no policy allows it anything"] }],
    [
      "a policy of AWS that reads",
      { managedPolicies: [aws("ReadOnlyAccess")] },
      { level: "reads", because: ['"ReadOnlyAccess" reads'] },
    ],
    [
      "a policy of AWS with a path",
      { managedPolicies: [aws("job-function/ViewOnlyAccess")] },
      { level: "reads", because: ['"ViewOnlyAccess" reads'] },
    ],
    [
      "a policy of AWS in another partition",
      { managedPolicies: [{ arn: "arn:aws-cn:iam::aws:policy/AdministratorAccess", document: null }] },
      { level: "administrator", because: ['"AdministratorAccess" allows * on *'] },
    ],
    [
      "a policy of AWS that the list lacks",
      { managedPolicies: [aws("NewServiceFullAccess")] },
      {
        level: "unknown",
        because: [
          expect.stringMatching(/^AWS's list of 20[0-9-]{8} does not have policy "NewServiceFullAccess"$/) as string,
        ],
      },
    ],
    [
      "a policy of AWS without its path",
      { managedPolicies: [aws("ViewOnlyAccess")] },
      { level: "unknown", because: [expect.stringContaining('does not have policy "ViewOnlyAccess"') as string] },
    ],
    [
      "a policy of its account",
      { managedPolicies: [own("ship", [allow("s3:PutObject")])] },
      { level: "writes", because: ['"ship" allows s3:PutObject'] },
    ],
    [
      "a policy of its account that only its ARN is known of",
      { managedPolicies: [{ arn: `arn:aws:iam::${ACCOUNT}:policy/ship`, document: null }] },
      { level: "unknown", because: ['the document of policy "ship" is not known'] },
    ],
    [
      "a policy of which the ARN is not known",
      { managedPolicies: [{ arn: unknownText("var.policy"), document: null }] },
      { level: "unknown", because: ['the document of policy "{?var.policy}" is not known'] },
    ],
    [
      "a policy of which part is not known",
      { inlinePolicies: [{ name: "ship", document: ["{", { unknown: "var.x" }, "}"] }] },
      { level: "unknown", because: ['the document of policy "ship" is not all known'] },
    ],
    [
      "a policy that is none",
      { inlinePolicies: [{ name: "ship", document: "{}" }] },
      {
        level: "unknown",
        because: [
          expect.stringMatching(/^the document of policy "ship" is no permissions policy: Statement/) as string,
        ],
      },
    ],
    [
      "policies that are not known",
      { managedPolicies: { unknown: "managed_policy_arns" }, inlinePolicies: { unknown: "inline_policy" } },
      {
        level: "unknown",
        because: [
          "its managed policies are not known: managed_policy_arns",
          "its inline policies are not known: inline_policy",
        ],
      },
    ],
    [
      "reading, and more that is not known",
      { inlinePolicies: [reads], managedPolicies: { unknown: "x" } },
      { level: "unknown", because: ['"look" allows s3:GetObject', "its managed policies are not known: x"] },
    ],
    [
      "writing, and more that is not known",
      { inlinePolicies: [reads, writes], managedPolicies: { unknown: "x" } },
      { level: "writes", because: ['"ship" allows s3:PutObject', "its managed policies are not known: x"] },
    ],
    [
      "all, and more that is not known",
      { inlinePolicies: [inline("all", allow("*"))], managedPolicies: { unknown: "x" } },
      { level: "administrator", because: ['"all" allows * on *'] },
    ],
    [
      "writing that another policy denies",
      { inlinePolicies: [writes, inline("stop", deny("s3:Put*"))] },
      { level: "nothing", because: ["no policy allows it anything"] },
    ],
    [
      "what two policies make together",
      {
        inlinePolicies: [inline("pass", allow("iam:PassRole"))],
        managedPolicies: [own("run", [allow("ec2:RunInstances")])],
      },
      { level: "administrator", because: ['"pass" allows iam:PassRole on *, "run" allows ec2:RunInstances'] },
    ],
    [
      "what it makes with a policy of AWS",
      {
        inlinePolicies: [inline("run", allow("lambda:CreateFunction"))],
        managedPolicies: [
          aws("IAMFullAccess"),
          own("stop", [deny(["iam:Put*", "iam:Attach*", "iam:Add*", "iam:Update*", "iam:Set*", "iam:Create*"])]),
        ],
      },
      {
        level: "administrator",
        because: ['"IAMFullAccess" allows iam:PassRole on *, "run" allows lambda:CreateFunction'],
      },
    ],
    [
      "changing itself",
      { inlinePolicies: [inline("self", allow("iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/deploy`))] },
      { level: "administrator", because: [`"self" allows iam:PutRolePolicy on arn:aws:iam::${ACCOUNT}:role/deploy`] },
    ],
    [
      "changing another role",
      { inlinePolicies: [inline("self", allow("iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/deploy2`))] },
      { level: "writes", because: ['"self" allows iam:PutRolePolicy'] },
    ],
    [
      "changing its own policy",
      { managedPolicies: [own("self", [allow("iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/ci/*`)])] },
      {
        level: "administrator",
        because: [`"self" allows iam:CreatePolicyVersion on arn:aws:iam::${ACCOUNT}:policy/ci/*`],
      },
    ],
    [
      "an action on roles, allowed on its own policy",
      { managedPolicies: [own("self", [allow("iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:policy/ci/*`)])] },
      { level: "writes", because: ['"self" allows iam:PutRolePolicy'] },
    ],
    [
      "changing another policy",
      { managedPolicies: [own("self", [allow("iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/app/*`)])] },
      { level: "writes", because: ['"self" allows iam:CreatePolicyVersion'] },
    ],
  ])("with %s", (_, given, expected) => expect(powerOf(role(given))).toEqual(expected));
});

describe("a permissions boundary", () => {
  test.each<[string, Partial<RoleModel>, ReturnType<typeof powerOf>]>([
    [
      "caps an administrator",
      { permissionsBoundary: boundary("PowerUserAccess"), managedPolicies: [aws("AdministratorAccess")] },
      {
        level: "writes",
        because: ['"AdministratorAccess" writes', 'permissions boundary "PowerUserAccess" allows no more'],
      },
    ],
    [
      "caps writing",
      { permissionsBoundary: boundary("ReadOnlyAccess"), inlinePolicies: [writes] },
      { level: "reads", because: ['"ship" reads', 'permissions boundary "ReadOnlyAccess" allows no more'] },
    ],
    [
      "caps everything",
      { permissionsBoundary: boundary("AWSDenyAll"), inlinePolicies: [writes] },
      {
        level: "nothing",
        because: ["no policy allows it anything", 'permissions boundary "AWSDenyAll" allows no more'],
      },
    ],
    [
      "caps what is not known",
      { permissionsBoundary: boundary("ReadOnlyAccess"), inlinePolicies: { unknown: "x" } },
      {
        level: "reads",
        because: ["its inline policies are not known: x", 'permissions boundary "ReadOnlyAccess" allows no more'],
      },
    ],
    [
      "changes nothing where it allows as much",
      { permissionsBoundary: boundary("AdministratorAccess"), managedPolicies: [aws("AdministratorAccess")] },
      { level: "administrator", because: ['"AdministratorAccess" allows * on *'] },
    ],
    [
      "allows nothing by itself",
      { permissionsBoundary: boundary("AdministratorAccess"), inlinePolicies: [reads] },
      { level: "reads", because: ['"look" allows s3:GetObject'] },
    ],
    [
      "that is not AWS's is told",
      { permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/limit`, inlinePolicies: [writes] },
      {
        level: "writes",
        because: [
          '"ship" allows s3:PutObject',
          `permissions boundary "arn:aws:iam::${ACCOUNT}:policy/limit" may allow less: its document is not known`,
        ],
      },
    ],
    [
      "that AWS's list lacks is told",
      { permissionsBoundary: boundary("NewAccess"), inlinePolicies: [writes] },
      {
        level: "writes",
        because: [
          '"ship" allows s3:PutObject',
          'permissions boundary "arn:aws:iam::aws:policy/NewAccess" may allow less: its document is not known',
        ],
      },
    ],
    [
      "of the account caps an administrator where its document is known",
      { ...limit(allow(["s3:*", "iam:Get*"])), managedPolicies: [aws("AdministratorAccess")] },
      { level: "writes", because: ['"AdministratorAccess" writes', 'permissions boundary "limit" allows no more'] },
    ],
    [
      "of the account counts what it denies",
      { ...limit(allow("*"), deny("iam:*")), inlinePolicies: [inline("self", allow("iam:PutRolePolicy"))] },
      { level: "writes", because: ['"self" allows iam:PutRolePolicy', 'permissions boundary "limit" allows no more'] },
    ],
    [
      "of the account leaves a way to administrator that it allows",
      { ...limit(allow("iam:PutRolePolicy")), managedPolicies: [aws("AdministratorAccess")] },
      { level: "administrator", because: ['"AdministratorAccess" allows * on *'] },
    ],
    [
      "of the account that is not all known is told",
      { ...limit(), boundaryDocument: unknownText("x"), inlinePolicies: [writes] },
      {
        level: "writes",
        because: [
          '"ship" allows s3:PutObject',
          `permissions boundary "arn:aws:iam::${ACCOUNT}:policy/limit" may allow less: its document is not known`,
        ],
      },
    ],
  ])("%s", (_, given, expected) => expect(powerOf(role(given))).toEqual(expected));
});
