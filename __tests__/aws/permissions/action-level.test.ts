import { writingAction } from "../../../lib/aws/permissions/action-level";

describe("an action only reads", () => {
  test.each([
    "s3:GetObject",
    "S3:getobject",
    "s3:List*",
    "ec2:Describe*",
    "*:Describe*",
    "*:List*",
    "dynamodb:BatchGetItem",
    "sts:GetCallerIdentity",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetAuthorizationToken",
    "logs:StartQuery",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter*",
    "kms:Decrypt",
    "cognito-idp:AdminGet*",
    "cognito-idp:AdminGetU*",
    "codedeploy:Batch*",
    "glue:Get*",
    "iot:ListSubscriptions",
    "new-service:GetSomething",
  ])("%s", (action) => expect(writingAction(action)).toBeUndefined());
});

describe("an action writes", () => {
  test.each<[action: string, named: string]>([
    ["s3:PutObject", "s3:PutObject"],
    ["*", "*"],
    ["s3:*", "s3:*"],
    ["s3:*Object", "s3:*Object"],
    ["ec2:D*", "ec2:D*"],
    ["s3:?etObject", "s3:?etObject"],
    ["*Get*", "*Get*"],
    ["kms:Dec*", "kms:Dec*"],
    ["ec2:CreateTags", "ec2:CreateTags"],
    ["iam:PassRole", "iam:PassRole"],
    ["sts:GetFederationToken", "sts:GetFederationToken"],
    ["STS:getfederationtoken", "sts:GetFederationToken"],
    ["sts:Get*", "sts:GetDelegatedAccessToken"],
    ["*:GetClusterCred*", "redshift:GetClusterCredentials"],
    ["dynamodb:Batch*", "dynamodb:Batch*"],
    ["new-service:DoSomething", "new-service:DoSomething"],
  ])("%s, for %s", (action, named) => expect(writingAction(action)).toBe(named));
});

test("what is excepted of a pattern does not count", () => {
  expect(writingAction("redshift:Get*", ["redshift:getclustercredentials"])).toBe(
    "redshift:GetClusterCredentialsWithIAM",
  );
  expect(writingAction("redshift:Get*", ["redshift:getclustercredentials*"])).toBeUndefined();
});
