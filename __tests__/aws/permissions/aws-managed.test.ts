import { statSync } from "node:fs";
import path from "node:path";
import {
  awsManagedGrant,
  awsManagedPolicies,
  awsManagedPoliciesDate,
  isAwsManagedPolicy,
} from "../../../lib/aws/permissions/aws-managed";
import actionLevels from "../../../lib/aws/permissions/data/action-levels.json";
import list from "../../../lib/aws/permissions/data/aws-managed-policies.json";
import { NEEDS } from "../../../lib/aws/permissions/escalation";
import { combinedPower } from "../../../lib/aws/permissions/power";
import { allow, allowAllBut, deny, grant, statementsOf, type Written } from "./policies";

const DATA = path.join(__dirname, "../../../lib/aws/permissions/data");

const powerOf = (name: string, denies: readonly Written[] = []) => {
  const given = awsManagedGrant(name, denies.length === 0 ? [] : statementsOf(denies));
  if (!given) throw new Error(`no policy ${name}`);
  return combinedPower([given]);
};

describe("policies that AWS manages", () => {
  test.each([
    ["AdministratorAccess", "administrator"],
    ["AdministratorAccess-Amplify", "administrator"],
    ["IAMFullAccess", "administrator"],
    ["AWSLambda_FullAccess", "administrator"],
    ["PowerUserAccess", "writes"],
    ["AmazonS3FullAccess", "writes"],
    ["AmazonEC2FullAccess", "writes"],
    ["AmazonEC2ContainerRegistryPowerUser", "writes"],
    ["CloudFrontFullAccess", "writes"],
    ["job-function/Billing", "writes"],
    ["service-role/AWSLambdaBasicExecutionRole", "writes"],
    ["ReadOnlyAccess", "reads"],
    ["job-function/ViewOnlyAccess", "reads"],
    ["SecurityAudit", "reads"],
    ["AmazonS3ReadOnlyAccess", "reads"],
    ["AmazonEC2ContainerRegistryReadOnly", "reads"],
    ["AWSCloudFormationReadOnlyAccess", "reads"],
    ["IAMReadOnlyAccess", "reads"],
    ["AWSDenyAll", "nothing"],
  ])("%s: %s", (name, level) => expect(powerOf(name).level).toBe(level));

  test("are told with the reason", () => {
    expect(powerOf("AdministratorAccess").because).toEqual(['"AdministratorAccess" allows * on *']);
    expect(powerOf("IAMFullAccess").because[0]).toBe('"IAMFullAccess" allows iam:PutRolePolicy on *');
    expect(powerOf("job-function/ViewOnlyAccess").because).toEqual(['"ViewOnlyAccess" reads']);
  });

  test("are known by path and name, in this very case", () => {
    expect(isAwsManagedPolicy("job-function/ViewOnlyAccess")).toBe(true);
    expect(isAwsManagedPolicy("ViewOnlyAccess")).toBe(false);
    expect(isAwsManagedPolicy("readonlyaccess")).toBe(false);
    expect(isAwsManagedPolicy("constructor")).toBe(false);
    expect(awsManagedGrant("toString", [])).toBeUndefined();
  });

  test("lose what another policy denies", () => {
    expect(powerOf("AdministratorAccess", [deny("iam:CreateUser")]).because[0]).toBe(
      '"AdministratorAccess" allows iam:PutRolePolicy on *',
    );
    expect(powerOf("AdministratorAccess", [deny(["iam:*", "sts:*", "lambda:*", "glue:*", "sagemaker:*"])]).level).toBe(
      "writes",
    );
    expect(powerOf("AdministratorAccess", [deny("*")]).level).toBe("nothing");
    expect(powerOf("AdministratorAccess", [deny("*", "arn:aws:s3:::*")]).level).toBe("administrator");
    expect(
      powerOf("AdministratorAccess", [deny("*", "*", { Condition: { Bool: { "aws:SecureTransport": "false" } } })])
        .level,
    ).toBe("administrator");
  });

  test("make an administrator together with what one of them lacks", () => {
    const power = awsManagedGrant("PowerUserAccess", []);
    if (!power) throw new Error("no PowerUserAccess");
    expect(combinedPower([power, grant([allow("iam:PassRole")])])).toMatchObject({
      level: "administrator",
      because: expect.arrayContaining([
        '"deploy" allows iam:PassRole on *, "PowerUserAccess" allows lambda:CreateFunction',
      ]) as unknown,
    });
    expect(combinedPower([power, grant([allow("iam:PassRole", "arn:aws:iam::111122223333:role/app")])]).level).toBe(
      "writes",
    );
  });
});

describe("the data", () => {
  test("have all the policies there are, once", () => {
    expect(awsManagedPolicies.length).toBeGreaterThan(1_400);
    expect(new Set(awsManagedPolicies).size).toBe(awsManagedPolicies.length);
    expect(awsManagedPolicies.filter((name) => !/^(?:[a-z-]+\/)*[\w+=,.@-]+$/.test(name))).toEqual([]);
    expect(awsManagedPoliciesDate).toMatch(/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/);
  });

  test("are of the needs that escalations have now", () => expect(list.needs).toEqual([...NEEDS.keys()]));

  test("are all written as they are read", () => {
    const written = Object.values(list.policies).flatMap((policies) =>
      Object.values(policies as Record<string, string>),
    );
    expect(written.filter((each) => !/^[nrw]\*?(?:[0-9]+\??(?:,[0-9]+\??)*)?$/.test(each))).toEqual([]);
    expect(
      written.flatMap((each) => (each.match(/[0-9]+/g) ?? []).map(Number)).every((place) => place < list.needs.length),
    ).toBe(true);
  });

  test("agree with the documents that AWS publishes", () => {
    expect(list.policies[""]["AdministratorAccess"]).toMatch(/^w\*/);
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
    const published = grant([
      allowAllBut(["iam:*", "organizations:*", "account:*"]),
      allow([
        "account:ListRegions",
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
        "iam:ListRoles",
        "organizations:DescribeOrganization",
      ]),
    ]);
    expect([...(awsManagedGrant("PowerUserAccess", [])?.needs.keys() ?? [])]).toEqual([...published.needs.keys()]);
  });

  test("are small", () => {
    const bytes = ["action-levels.json", "aws-managed-policies.json"].map(
      (file) => statSync(path.join(DATA, file)).size,
    );
    expect(bytes[0]).toBeLessThan(20_000);
    expect(bytes[1]).toBeLessThan(100_000);
  });

  test("of actions name each once, and none for both", () => {
    const names = [actionLevels.reads, actionLevels.writes].map((byService) =>
      Object.entries(byService).flatMap(([service, actions]) =>
        actions.split(" ").map((action) => `${service}:${action}`.toLowerCase()),
      ),
    );
    expect(new Set(names.flat()).size).toBe(names.flat().length);
  });
});
