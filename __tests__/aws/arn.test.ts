import { accountIdRule, awsManagedPolicyArn, foreignArnProblem, oidcProviderArn, parseIamArn } from "../../lib/aws/arn";
import { testRule } from "../github/rule-table";

const ACCOUNT = "111122223333";

describe("an ARN of IAM", () => {
  test.each([
    [
      "a role",
      `arn:aws:iam::${ACCOUNT}:role/deploy`,
      { partition: "aws", account: ACCOUNT, type: "role", resource: "deploy" },
    ],
    [
      "a role with a path",
      `arn:aws:iam::${ACCOUNT}:role/github/deploy`,
      { partition: "aws", account: ACCOUNT, type: "role", resource: "github/deploy" },
    ],
    [
      "a policy of AWS's own",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      { partition: "aws", account: "aws", type: "policy", resource: "job-function/ViewOnlyAccess" },
    ],
    [
      "China",
      `arn:aws-cn:iam::${ACCOUNT}:policy/ci`,
      { partition: "aws-cn", account: ACCOUNT, type: "policy", resource: "ci" },
    ],
    [
      "a partition of two words",
      `arn:aws-us-gov:iam::${ACCOUNT}:policy/ci`,
      { partition: "aws-us-gov", account: ACCOUNT, type: "policy", resource: "ci" },
    ],
    [
      "a provider with a slug",
      `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com/octo`,
      {
        partition: "aws",
        account: ACCOUNT,
        type: "oidc-provider",
        resource: "token.actions.githubusercontent.com/octo",
      },
    ],
  ])("is taken apart for %s", (_what, text, expected) => {
    expect(parseIamArn(text)).toEqual(expected);
  });

  test.each([
    ["nothing", ""],
    ["another service", `arn:aws:s3:::bucket`],
    ["a region", `arn:aws:iam:eu-west-1:${ACCOUNT}:role/deploy`],
    ["an account of 11 digits", "arn:aws:iam::11112222333:role/deploy"],
    ["an account of 13 digits", "arn:aws:iam::1111222233334:role/deploy"],
    ["a type without a name", `arn:aws:iam::${ACCOUNT}:role/`],
    ["an account's root", `arn:aws:iam::${ACCOUNT}:root`],
    ["a space", `arn:aws:iam::${ACCOUNT}:role/my role`],
    ["a line break at the end", `arn:aws:iam::${ACCOUNT}:role/deploy\n`],
    ["another partition's syntax", `arn:azure:iam::${ACCOUNT}:role/deploy`],
    ["upper case", `ARN:aws:iam::${ACCOUNT}:role/deploy`],
  ])("is not %s", (_what, text) => {
    expect(parseIamArn(text)).toBeUndefined();
  });

  test("is written for the provider of an issuer, whose slug stands in it once", () => {
    const arn = oidcProviderArn("aws", ACCOUNT, "token.actions.githubusercontent.com/octo");
    expect(arn).toBe(`arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com/octo`);
    expect(parseIamArn(arn)).toMatchObject({
      type: "oidc-provider",
      resource: "token.actions.githubusercontent.com/octo",
    });
  });

  test("is written for a policy of AWS's own, in its partition", () => {
    expect(awsManagedPolicyArn("aws-cn", "job-function/ViewOnlyAccess")).toBe(
      "arn:aws-cn:iam::aws:policy/job-function/ViewOnlyAccess",
    );
  });
});

testRule("an account id", accountIdRule, {
  accepts: { "12 digits": ACCOUNT, "leading zeros": "000000000001" },
  refuses: {
    "11 digits": ["11112222333", "12 digits"],
    "13 digits": ["1111222233334", "12 digits"],
    hyphens: ["1111-2222-3333", "12 digits"],
    nothing: ["", "12 digits"],
    "a line break at the end": [`${ACCOUNT}\n`, "12 digits"],
  },
});

describe("an ARN that an account can use", () => {
  const problem = (text: string, allowAwsManaged = true): string | undefined =>
    foreignArnProblem(parseIamArn(text), "policy", ACCOUNT, "aws", allowAwsManaged);

  test("is one of its own", () => {
    expect(problem(`arn:aws:iam::${ACCOUNT}:policy/ci`)).toBeUndefined();
  });

  test("is one of AWS's, where those will do", () => {
    expect(problem("arn:aws:iam::aws:policy/ReadOnlyAccess")).toBeUndefined();
    expect(problem("arn:aws:iam::aws:policy/ReadOnlyAccess", false)).toBe(`use a policy of account ${ACCOUNT}`);
  });

  test.each([
    ["no ARN at all", "ReadOnlyAccess", "use the ARN of a policy"],
    ["an ARN of another type", `arn:aws:iam::${ACCOUNT}:role/deploy`, `as in "arn:aws:iam::${ACCOUNT}:policy/NAME"`],
    ["an ARN of another partition", `arn:aws-cn:iam::${ACCOUNT}:policy/ci`, 'partition "aws-cn"'],
    ["an ARN of AWS's in another partition", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess", 'partition "aws-cn"'],
    ["an ARN of another account", "arn:aws:iam::444455556666:policy/ci", "of account 444455556666"],
  ])("is not %s", (_what, text, message) => {
    expect(problem(text)).toContain(message);
  });
});
