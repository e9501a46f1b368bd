import type { Level } from "../../../lib/aws/permissions/level";
import { allow, allowAllBut, deny, denyAllBut, power, type Written } from "./policies";

const ROLE = "arn:aws:iam::111122223333:role/deploy";
const NAMED = "arn:aws:iam::111122223333:role/app";
const ALL_ROLES = "arn:aws:iam::111122223333:role/*";
const BUCKET = "arn:aws:s3:::web-shop/*";
const mfa = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

describe("what a policy amounts to", () => {
  test.each<[string, readonly Written[], Level, readonly string[]]>([
    ["all on all", [allow("*")], "administrator", ['"deploy" allows * on *']],
    ["all of every service on all", [allow("*:*")], "administrator", ['"deploy" allows * on *']],
    [
      "all on all, under a condition",
      [allow("*", "*", mfa)],
      "administrator",
      ['"deploy" allows * on * (under a condition on aws:MultiFactorAuthPresent)'],
    ],
    [
      "all on all and, besides, under a condition",
      [allow("*", "*", mfa), allow("*")],
      "administrator",
      ['"deploy" allows * on *'],
    ],
    ["all on one bucket", [allow("*", BUCKET)], "writes", ['"deploy" allows *']],
    [
      "all on all resources of AWS's partition",
      [allow("*", "arn:aws:*")],
      "administrator",
      [
        '"deploy" allows iam:PutRolePolicy on arn:aws:*',
        '"deploy" allows iam:AttachRolePolicy on arn:aws:*',
        '"deploy" allows iam:CreatePolicyVersion on arn:aws:*',
        "36 more ways to become administrator",
      ],
    ],
    ["all of a service", [allow("s3:*")], "writes", ['"deploy" allows s3:*']],
    ["one action that writes", [allow("s3:PutObject", BUCKET)], "writes", ['"deploy" allows s3:PutObject']],
    [
      "actions that write and read",
      [allow(["s3:GetObject", "s3:PutObject"], BUCKET)],
      "writes",
      ['"deploy" allows s3:PutObject'],
    ],
    [
      "more actions than reasons name",
      [allow(["s3:PutObject", "s3:DeleteObject", "sqs:SendMessage", "sns:Publish", "sns:Publish"])],
      "writes",
      ['"deploy" allows s3:PutObject, s3:DeleteObject, sqs:SendMessage and 1 more'],
    ],
    ["an action that reads", [allow("s3:GetObject", BUCKET)], "reads", ['"deploy" allows s3:GetObject']],
    [
      "what reads secrets",
      [allow(["secretsmanager:GetSecretValue", "ssm:GetParameter*", "kms:Decrypt"])],
      "reads",
      ['"deploy" allows secretsmanager:GetSecretValue, ssm:GetParameter*, kms:Decrypt'],
    ],
    [
      "patterns that read, of every service",
      [allow(["*:Describe*", "*:List*"])],
      "reads",
      ['"deploy" allows *:Describe*, *:List*'],
    ],
    ["nothing but a denial", [deny("*")], "nothing", ["no policy allows it anything"]],
    [
      "an action that is denied as well",
      [allow("s3:GetObject"), deny("s3:*")],
      "nothing",
      ["no policy allows it anything"],
    ],
    ["all on all, denied as well", [allow("*"), deny("*")], "nothing", ["no policy allows it anything"]],
    ["everything but everything", [allowAllBut("*")], "nothing", ["no policy allows it anything"]],
    [
      "writing that is denied as well",
      [allow(["s3:GetObject", "s3:PutObject"]), deny("s3:Put*")],
      "reads",
      ['"deploy" allows s3:GetObject'],
    ],
    [
      "writing that is denied in another case",
      [allow(["s3:GetObject", "s3:PutObject"]), deny("S3:PUT*")],
      "reads",
      ['"deploy" allows s3:GetObject'],
    ],
    [
      "writing that is denied under a condition",
      [allow("s3:PutObject"), deny("s3:Put*", "*", mfa)],
      "writes",
      ['"deploy" allows s3:PutObject'],
    ],
    [
      "writing that is denied on some resources",
      [allow("s3:PutObject"), deny("s3:PutObject", BUCKET)],
      "writes",
      ['"deploy" allows s3:PutObject'],
    ],
    [
      "writing that is denied on all its resources",
      [allow("s3:PutObject", BUCKET), deny("s3:PutObject", "arn:aws:s3:::*")],
      "nothing",
      ["no policy allows it anything"],
    ],
    [
      "writing that is denied on one of its resources",
      [allow("s3:PutObject", [BUCKET, "arn:aws:s3:::other/*"]), deny("s3:PutObject", BUCKET)],
      "writes",
      ['"deploy" allows s3:PutObject'],
    ],
    [
      "writing that is denied on a resource with a variable",
      [allow("s3:PutObject", BUCKET), deny("s3:PutObject", "arn:aws:s3:::web-shop/${aws:PrincipalTag/team}*")],
      "writes",
      ['"deploy" allows s3:PutObject'],
    ],
    [
      "writing that is denied on all resources but some",
      [allow("s3:PutObject", BUCKET), { Effect: "Deny", Action: "s3:*", NotResource: "arn:aws:s3:::other/*" }],
      "writes",
      ['"deploy" allows s3:PutObject'],
    ],
    [
      "writing that is denied on all resources but its own",
      [allow("s3:PutObject", BUCKET), { Effect: "Deny", Action: "s3:*", NotResource: BUCKET }],
      "writes",
      ['"deploy" allows s3:PutObject'],
    ],
    ["writing that is denied in part", [allow("s3:*"), deny("s3:Put*")], "writes", ['"deploy" allows s3:*']],
    [
      "all, of which all but reading is denied",
      [allow("*"), denyAllBut(["s3:Get*", "s3:List*"])],
      "reads",
      ['"deploy" allows s3:Get*, s3:List*'],
    ],
    [
      "reading, of which all but some is denied",
      [allow(["s3:GetObject", "sqs:ReceiveMessage"]), denyAllBut("s3:*")],
      "reads",
      ['"deploy" allows s3:GetObject'],
    ],
    [
      "all, of which all but reading is denied under a condition",
      [allow("*"), denyAllBut("s3:Get*", "*", mfa)],
      "administrator",
      ['"deploy" allows * on *'],
    ],
    ["everything but some", [allowAllBut("s3:*", BUCKET)], "writes", ['"deploy" allows *']],
    [
      "all resources but some",
      [{ Effect: "Allow", Action: "s3:PutObject", NotResource: BUCKET }],
      "writes",
      ['"deploy" allows s3:PutObject'],
    ],
    [
      "changing every role but some",
      [{ Effect: "Allow", Action: "iam:PutRolePolicy", NotResource: NAMED }],
      "administrator",
      ['"deploy" allows iam:PutRolePolicy on *'],
    ],
    [
      "a session that only reads",
      [allow("s3express:CreateSession", "*", { Condition: { StringEquals: { "s3express:SessionMode": "ReadOnly" } } })],
      "reads",
      ['"deploy" allows s3express:CreateSession'],
    ],
    [
      "a session that does more than read",
      [
        allow("s3express:CreateSession", "*", {
          Condition: { StringNotEquals: { "s3express:SessionMode": "ReadOnly" } },
        }),
      ],
      "writes",
      ['"deploy" allows s3express:CreateSession'],
    ],
    [
      "a session that may write",
      [allow("s3express:CreateSession")],
      "writes",
      ['"deploy" allows s3express:CreateSession'],
    ],
    [
      "a pattern in which one action is AWS's exception",
      [allow("redshift:Get*")],
      "writes",
      ['"deploy" allows redshift:GetClusterCredentials'],
    ],
    [
      "that pattern without the exceptions",
      [allow("redshift:Get*"), deny("redshift:GetClusterCredentials*")],
      "reads",
      ['"deploy" allows redshift:Get*'],
    ],
    [
      "all but IAM, a power user",
      [allowAllBut(["iam:*", "organizations:*", "account:*"])],
      "writes",
      ['"deploy" allows *'],
    ],
    [
      "all, and IAM denied: the same",
      [allow("*"), deny(["iam:*", "organizations:*", "account:*"])],
      "writes",
      ['"deploy" allows *'],
    ],
    [
      "all, and creating users denied",
      [allow("*"), deny("iam:CreateUser")],
      "administrator",
      [
        '"deploy" allows iam:PutRolePolicy on *',
        '"deploy" allows iam:AttachRolePolicy on *',
        '"deploy" allows iam:CreatePolicyVersion on *',
        "36 more ways to become administrator",
      ],
    ],
    [
      "all of IAM",
      [allow("iam:*")],
      "administrator",
      [
        '"deploy" allows iam:PutRolePolicy on *',
        '"deploy" allows iam:AttachRolePolicy on *',
        '"deploy" allows iam:CreatePolicyVersion on *',
        "10 more ways to become administrator",
      ],
    ],
    [
      "changing all roles",
      [allow("iam:PutRolePolicy", ALL_ROLES)],
      "administrator",
      [`"deploy" allows iam:PutRolePolicy on ${ALL_ROLES}`],
    ],
    [
      "changing all roles of any account",
      [allow("iam:PutRolePolicy", "arn:aws:iam::*:role/*")],
      "administrator",
      ['"deploy" allows iam:PutRolePolicy on arn:aws:iam::*:role/*'],
    ],
    [
      "changing all roles of its own account",
      [allow("iam:PutRolePolicy", "arn:aws:iam::${aws:PrincipalAccount}:role/*")],
      "administrator",
      ['"deploy" allows iam:PutRolePolicy on arn:aws:iam::${aws:PrincipalAccount}:role/*'],
    ],
    [
      "changing roles under a path",
      [allow("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/app/*")],
      "writes",
      ['"deploy" allows iam:PutRolePolicy'],
    ],
    ["changing a named role", [allow("iam:PutRolePolicy", NAMED)], "writes", ['"deploy" allows iam:PutRolePolicy']],
    [
      "changing the role itself",
      [allow("iam:PutRolePolicy", ROLE)],
      "administrator",
      [`"deploy" allows iam:PutRolePolicy on ${ROLE}`],
    ],
    [
      "changing roles that the role itself is among",
      [allow("iam:AttachRolePolicy", "arn:aws:iam::*:role/dep*")],
      "administrator",
      ['"deploy" allows iam:AttachRolePolicy on arn:aws:iam::*:role/dep*'],
    ],
    [
      "changing roles, and the role itself denied",
      [allow("iam:AttachRolePolicy", "arn:aws:iam::*:role/dep*"), deny("iam:*", ROLE)],
      "writes",
      ['"deploy" allows iam:AttachRolePolicy'],
    ],
    [
      "changing all roles, and the role itself denied",
      [allow("iam:AttachRolePolicy"), deny("iam:*", ROLE)],
      "administrator",
      ['"deploy" allows iam:AttachRolePolicy on *'],
    ],
    [
      "changing all roles, and all roles denied",
      [allow("iam:AttachRolePolicy"), deny("iam:*", "arn:aws:iam::*:role/*")],
      "writes",
      ['"deploy" allows iam:AttachRolePolicy'],
    ],
    [
      "changing all roles, and all roles but some denied",
      [allow("iam:AttachRolePolicy"), deny("iam:*", "arn:aws:iam::*:role/app-*")],
      "administrator",
      ['"deploy" allows iam:AttachRolePolicy on *'],
    ],
    [
      "changing all roles, under a condition",
      [
        allow("iam:AttachRolePolicy", "*", {
          Condition: { ArnEquals: { "iam:PolicyARN": ["arn:aws:iam::aws:policy/ReadOnlyAccess"] } },
        }),
      ],
      "administrator",
      ['"deploy" allows iam:AttachRolePolicy on * (under a condition on iam:PolicyARN)'],
    ],
    [
      "changing a role by its tag",
      [allow("iam:PutRolePolicy", "arn:aws:iam::*:role/${aws:PrincipalTag/team}")],
      "writes",
      ['"deploy" allows iam:PutRolePolicy'],
    ],
    [
      "its own keys, as users have it",
      [allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}")],
      "writes",
      ['"deploy" allows iam:CreateAccessKey'],
    ],
    [
      "passing all roles, and nothing that takes them",
      [allow("iam:PassRole")],
      "writes",
      ['"deploy" allows iam:PassRole'],
    ],
    [
      "passing a named role",
      [allow("iam:PassRole", NAMED), allow("lambda:CreateFunction")],
      "writes",
      ['"deploy" allows iam:PassRole, lambda:CreateFunction'],
    ],
    [
      "passing all roles to the service",
      [
        allow("iam:PassRole", "*", passedTo("lambda.amazonaws.com")),
        allow("lambda:CreateFunction", "arn:aws:lambda:*:*:function:app"),
      ],
      "administrator",
      ['"deploy" allows iam:PassRole on * and lambda:CreateFunction'],
    ],
    [
      "passing all roles to the service in China",
      [allow("iam:PassRole", "*", passedTo("ec2.amazonaws.com.cn")), allow("ec2:RunInstances")],
      "administrator",
      ['"deploy" allows iam:PassRole on * and ec2:RunInstances'],
    ],
    [
      "passing all roles to services by pattern",
      [
        allow("iam:PassRole", "*", { Condition: { StringLike: { "iam:PassedToService": "lambda.*" } } }),
        allow("lambda:CreateFunction"),
      ],
      "administrator",
      ['"deploy" allows iam:PassRole on * and lambda:CreateFunction'],
    ],
    [
      "passing all roles to another service",
      [allow("iam:PassRole", "*", passedTo("rds.amazonaws.com", "ec2.amazonaws.com")), allow("lambda:CreateFunction")],
      "writes",
      ['"deploy" allows iam:PassRole, lambda:CreateFunction'],
    ],
    [
      "passing all roles to any but a service",
      [
        allow("iam:PassRole", "*", {
          Condition: { StringNotEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
        }),
        allow("lambda:CreateFunction"),
      ],
      "administrator",
      ['"deploy" allows iam:PassRole on * and lambda:CreateFunction'],
    ],
    ["assuming any role", [allow("sts:AssumeRole")], "administrator", ['"deploy" allows sts:AssumeRole on *']],
    [
      "assuming any role of another account",
      [allow("sts:AssumeRole", "arn:aws:iam::444455556666:role/*")],
      "administrator",
      ['"deploy" allows sts:AssumeRole on arn:aws:iam::444455556666:role/*'],
    ],
    ["assuming a named role", [allow("sts:AssumeRole", NAMED)], "writes", ['"deploy" allows sts:AssumeRole']],
    [
      "assuming roles by a prefix",
      [allow("sts:AssumeRole", "arn:aws:iam::*:role/cdk-*")],
      "writes",
      ['"deploy" allows sts:AssumeRole'],
    ],
    [
      "the code of any function",
      [allow("lambda:*", "arn:aws:lambda:eu-west-1:111122223333:function:*")],
      "administrator",
      [functions("UpdateFunctionCode"), functions("UpdateFunctionConfiguration")],
    ],
    [
      "the code of a function",
      [allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111122223333:function:app")],
      "writes",
      ['"deploy" allows lambda:UpdateFunctionCode'],
    ],
    [
      "the code of functions, denied in one region",
      [allow("lambda:UpdateFunctionCode"), deny("lambda:*", "arn:aws:lambda:us-east-1:*:function:*")],
      "administrator",
      ['"deploy" allows lambda:UpdateFunctionCode on *'],
    ],
    [
      "the code of functions, denied in every region",
      [allow("lambda:UpdateFunctionCode"), deny("lambda:*", "arn:aws:lambda:*:*:function:*")],
      "writes",
      ['"deploy" allows lambda:UpdateFunctionCode'],
    ],
  ])("%s", (_, statements, level, because) => expect(power(statements, [ROLE])).toEqual({ level, because }));
});

function passedTo(...services: readonly string[]): Written {
  return { Condition: { StringEquals: { "iam:PassedToService": services } } };
}

function functions(action: string): string {
  return `"deploy" allows lambda:${action} on arn:aws:lambda:eu-west-1:111122223333:function:*`;
}
