import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { fromConfig } from "../../lib/readers/from-config";
import { fromStackJson } from "../../lib/readers/from-synth";
import { grantsOf } from "../../lib/questions/grants";
import { mergeModels } from "../../lib/model/merge";
import { sameAccess } from "../../lib/model/same-access";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { terraformJson } from "../constructs/terraform-json";
import { synthesize } from "./synthesize";

/** The examples of the page, in their order. */
const PAGE = readFileSync(path.join(__dirname, "../../docs/chaining.md"), "utf8");
const [CHAIN, OTHERS] = [...PAGE.matchAll(/^```yaml access\n([\s\S]*?)^```$/gm)].map((match) =>
  Access.from(parse(match[1] ?? "") as AccessConfig),
) as [Access, Access];

const ENTRY = "arn:aws:iam::333344445555:role/web-shop-production";
const RELEASE = "arn:aws:iam::333344445555:role/web-shop-release";
const TARGET = "arn:aws:iam::111122223333:role/web-shop-deployer";

type Blocks = Record<string, Record<string, string>>;
const blocks = (access: Access, account: string, type: string): Blocks =>
  (terraformJson(synthesize(access), account).resource?.[type] ?? {}) as Blocks;
const document = (text: string | undefined): { Statement: Record<string, unknown>[] } =>
  JSON.parse(text ?? "{}") as { Statement: Record<string, unknown>[] };

describe("a chain of roles", () => {
  test("is permitted at one end", () => {
    const policies = blocks(CHAIN, "tools", "aws_iam_role_policy");
    expect(document(policies["web-shop__production__assume"]?.["policy"]).Statement).toEqual([
      { Action: ["sts:AssumeRole", "sts:TagSession"], Effect: "Allow", Resource: TARGET },
    ]);
    expect(document(policies["web-shop__role__release__assume"]?.["policy"]).Statement).toEqual([
      { Action: "sts:AssumeRole", Effect: "Allow", Resource: TARGET },
    ]);
  });

  test("is trusted at the other, by a condition on the role's ARN and not by its name as principal", () => {
    const role = blocks(CHAIN, "production", "aws_iam_role")["web-shop-deployer"];
    expect(role).toMatchObject({ name: "web-shop-deployer", max_session_duration: 3600 });
    const principal = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::333344445555:root" } };
    expect(document(role?.["assume_role_policy"]).Statement).toEqual([
      {
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": RELEASE }, StringEquals: { "sts:ExternalId": "release-1" } },
        ...principal,
      },
      {
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { ArnEquals: { "aws:PrincipalArn": ENTRY } },
        ...principal,
      },
    ]);
  });

  test("lets no job of GitHub's in by itself", () => {
    expect(grantsOf(fromConfig(CHAIN)).grants.map(({ role }) => role)).toEqual([
      "web-shop-production",
      "web-shop-release",
    ]);
  });
});

describe("other principals", () => {
  test("have statements of their own behind GitHub's, with the conditions that guard them", () => {
    const role = blocks(OTHERS, "production", "aws_iam_role")["web-shop__production"];
    const { Statement: statements } = document(role?.["assume_role_policy"]);
    expect(statements[0]).toMatchObject({ Action: "sts:AssumeRoleWithWebIdentity" });
    expect(statements.slice(1)).toEqual([
      {
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/break-glass" } },
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::444455556666:root" },
      },
      {
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
      },
      {
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "octo-org-web-shop" } },
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::555566667777:root" },
      },
    ]);
  });

  test("are listed apart from GitHub's jobs", () => {
    const own = {
      account: "production",
      role: "web-shop-production",
      roleArn: "arn:aws:iam::111122223333:role/web-shop-production",
      tagSession: false,
      calls: ["sts:AssumeRole"],
    };
    expect(grantsOf(fromConfig(OTHERS)).others).toEqual([
      { ...own, kind: "AWS", principal: "arn:aws:iam::444455556666:role/break-glass", conditions: {} },
      {
        ...own,
        kind: "Service",
        principal: "ecs-tasks.amazonaws.com",
        conditions: { "aws:SourceAccount": ["111122223333"] },
      },
      {
        ...own,
        kind: "AWS",
        principal: "arn:aws:iam::555566667777:root",
        conditions: { "sts:ExternalId": ["octo-org-web-shop"] },
      },
    ]);
  });
});

test.each([
  ["the chain", CHAIN],
  ["other principals", OTHERS],
])("of %s file and Terraform say the same, and nothing is found wrong", (_, access) => {
  const model = fromConfig(access);
  const synth = mergeModels(
    Object.entries(synthesize(access).texts).map(([name, text]) => fromStackJson(JSON.parse(text), name)),
  );
  expect(sameAccess(model, synth)).toBe(true);
  expect(
    grantsOf(synth)
      .others.map(({ role, principal }) => `${role} ${principal}`)
      .sort(),
  ).toEqual(
    grantsOf(model)
      .others.map(({ role, principal }) => `${role} ${principal}`)
      .sort(),
  );
  expect(
    runRules(RULES, modelSubjects(model, "config", "access.yaml")).filter(({ severity }) => severity !== "note"),
  ).toEqual([]);
});
