import {
  describePrincipal,
  externalIdRule,
  otherStatement,
  serviceRule,
  trustedRoleRule,
  type OtherPrincipal,
} from "../../lib/aws/other-principals";
import { otherTrustPolicy, trustPolicy } from "../../lib/aws/trust-policy";

const home = { id: "111122223333", partition: "aws-cn" } as const;
const ACCOUNT: OtherPrincipal = { account: "444455556666" };

describe("a principal beside GitHub", () => {
  test.each<[OtherPrincipal, object]>([
    [ACCOUNT, { Action: "sts:AssumeRole", Effect: "Allow", Principal: { AWS: "arn:aws-cn:iam::444455556666:root" } }],
    [
      { ...ACCOUNT, tagSession: true, externalId: "octo" },
      {
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { StringEquals: { "sts:ExternalId": "octo" } },
        Effect: "Allow",
        Principal: { AWS: "arn:aws-cn:iam::444455556666:root" },
      },
    ],
    [
      { role: "arn:aws-cn:iam::444455556666:role/a/b" },
      {
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws-cn:iam::444455556666:role/a/b" } },
        Effect: "Allow",
        Principal: { AWS: "arn:aws-cn:iam::444455556666:root" },
      },
    ],
    [
      { service: "ec2.amazonaws.com.cn" },
      {
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com.cn" },
      },
    ],
    [
      { service: "ec2.amazonaws.com", sourceAccount: "222233334444" },
      {
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "222233334444" } },
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
      },
    ],
    [
      { service: "ec2.amazonaws.com", sourceAccount: false },
      { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } },
    ],
  ])("%j has its statement", (principal, statement) => expect(otherStatement(principal, home)).toEqual(statement));

  test("is in the policy once, in an order of its own", () => {
    const [first, second]: OtherPrincipal[] = [{ service: "ec2.amazonaws.com" }, ACCOUNT] as OtherPrincipal[];
    const policy = (...principals: (OtherPrincipal | undefined)[]): string =>
      JSON.stringify(otherTrustPolicy({ principals: principals.filter((each) => each !== undefined), home }));
    expect(policy(first, second, first)).toBe(policy(second, first));
    expect(() => otherTrustPolicy({ principals: [], home })).toThrow("a role needs at least one principal");
  });

  test("does not stand in for GitHub's jobs: a role of theirs without one is a mistake still", () => {
    expect(() =>
      trustPolicy({
        providerArn: "arn",
        issuer: "i",
        audiences: ["a"],
        alternatives: [],
        others: { principals: [ACCOUNT], home },
      }),
    ).toThrow("at least one job");
  });

  test("is told in plain words", () => {
    expect(
      [
        ACCOUNT,
        { ...ACCOUNT, externalId: "x1", tagSession: true },
        { role: "arn" },
        { service: "s" },
        { service: "s", sourceAccount: false } as const,
      ].map(describePrincipal),
    ).toEqual([
      "account 444455556666",
      "account 444455556666, with an external id, with session tags",
      "role arn",
      "service s",
      "service s, for any account",
    ]);
  });
});

test.each(["a", "a b", "a*", "", "a".repeat(1_225), "${x}"])("%j is no external id", (id) =>
  expect(externalIdRule(id)).toContain("2 to 1,224"),
);
test.each(["ab", "octo:web-shop/1", "a".repeat(1_224)])("%j is one", (id) =>
  expect(externalIdRule(id)).toBeUndefined(),
);
test.each(["*", "ecs", "*.amazonaws.com", "ecs-tasks.example.com", "ECS.amazonaws.com"])(
  "%j is no service",
  (service) => expect(serviceRule(service)).toContain("the name of one service"),
);
test.each([
  "arn:aws:iam::444455556666:role/*",
  "arn:aws:iam::444455556666:role/a?",
  "arn:aws:iam::*:role/a",
  "arn:aws:iam::444455556666:root",
  "arn:aws:sts::444455556666:assumed-role/a/b",
])("%j is not one role", (arn) => expect(trustedRoleRule(arn)).toContain("the ARN of one role"));
