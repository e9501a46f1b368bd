import path from "node:path";
import fc from "fast-check";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { terraformJson } from "../constructs/terraform-json";
import { accessConfigs } from "./access-configs";
import { AWS_VERSIONS, GITHUB_VERSIONS, schemaProblems } from "./provider-schema";
import { oneAccount, synthesize, synthesizeMain } from "./synthesize";
import { runs } from "../support/runs";

const SAMPLE = Access.fromFile(path.resolve(__dirname, "../../access.yaml"));
const [AWS = ""] = AWS_VERSIONS;

/** Deprecated since 6.12.0 has others; the range begins before that, where nothing else exists. */
const OLDER =
  /^resources\.github_actions_[a-z_]*secret\.[^.]+\.(plaintext_value|encrypted_value|selected_repository_ids): deprecated$/;
const withoutOlder = (problems: readonly string[]): string[] => problems.filter((problem) => !OLDER.test(problem));

function problemsOf(config: AccessConfig | Access, version: string): string[] {
  const app = synthesize(config);
  return Object.keys(app.texts).flatMap((stack) =>
    withoutOlder(schemaProblems(terraformJson(app, stack), AWS, version)),
  );
}

const SEALED = { encrypted: Buffer.alloc(60, 7).toString("base64"), keyId: "568250167242549743" };
const EVERYTHING = oneAccount({
  account: {
    audiences: ["sts.amazonaws.com", "octo"],
    permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary",
    rolePath: "/github/",
    tags: { owner: "platform" },
    assumeRole: "arn:aws:iam::111122223333:role/terraform",
  },
  states: { main: { bucket: "octo-tfstate", lock: { dynamodbTable: "locks" } } },
  repositories: {
    web: {
      variables: { A: "1" },
      secrets: { B: { fromVariable: "b" }, SEALED },
      environments: {
        production: {
          reviewers: { teams: ["a", "b", "c"], users: ["d", "e", "f"] },
          waitTimer: 43_200,
          preventSelfReview: true,
          adminsCanBypass: true,
          deployFrom: { branches: ["main"], tags: ["v*"] },
          variables: { A: "1" },
          secrets: { B: { fromVariable: "b" }, SEALED },
          role: {
            description: "Deploys",
            sessionDuration: "12h",
            managedPolicies: ["ReadOnlyAccess"],
            inlinePolicies: { x: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } },
            state: [{ key: "network/", access: "write" }],
          },
        },
        staging: { deployFrom: "protectedBranches" },
      },
      protectBranches: ["main", "release/1"],
      roles: {
        plan: { allow: [{ any: true }], publish: { variable: "PLAN" } },
        release: {
          allow: [{ tag: "v*" }],
          publish: [
            { secret: "RELEASE" },
            { secret: "RELEASE", organization: ["web", "api"] },
            { variable: "RELEASE_NAME", value: "name", organization: "private" },
          ],
        },
      },
    },
    docs: { environments: { pages: { deployFrom: "protectedBranches" } } },
    templated: { subjectTemplate: ["repo", "context", "actor"] },
  },
});
const WITH_ORGANIZATION: AccessConfig = {
  ...EVERYTHING,
  repositories: {
    ...EVERYTHING.repositories,
    follower: { subjectTemplate: "organization", roles: { plan: { allow: [{ any: true }] } } },
  },
  organization: {
    subjectTemplate: ["repo", "context", "repository_owner"],
    variables: { A: { value: "1", repositories: ["web"] } },
    secrets: {
      B: { fromVariable: "b", repositories: "all" },
      C: { fromVariable: "b", repositories: ["web"] },
      D: { ...SEALED, repositories: ["web"] },
    },
  },
};

describe.each(GITHUB_VERSIONS)("The GitHub provider %s, and the AWS provider beside it,", (version) => {
  test("know every argument of the sample's stacks, miss none and have deprecated none", () => {
    expect(problemsOf(SAMPLE, version)).toEqual([]);
  });

  test("know every argument that an access file can lead to", () => {
    expect(problemsOf(WITH_ORGANIZATION, version)).toEqual([]);
    expect(problemsOf({ ...EVERYTHING, github: { owner: "octo-org", host: "github.example.com" } }, version)).toEqual(
      [],
    );
  });
});

test("From 6.12 on nothing is deprecated that an access file can lead to, once it asks for that version", () => {
  const app = synthesize({ ...WITH_ORGANIZATION, github: { owner: "octo-org", terraformProvider: "6.12" } });
  expect(Object.keys(app.texts).flatMap((stack) => schemaProblems(terraformJson(app, stack), AWS, "6.13.0"))).toEqual(
    [],
  );
  expect(terraformJson(app, "main").terraform.required_providers["github"]?.version).toBe(">= 6.12.0, < 7.0.0");
  const older = synthesize(WITH_ORGANIZATION);
  expect(schemaProblems(terraformJson(older, "main"), AWS, "6.13.0").every((problem) => OLDER.test(problem))).toBe(
    true,
  );
  expect(schemaProblems(terraformJson(older, "main"), AWS, "6.13.0").length).toBeGreaterThan(5);
});

test("Any access file leads to nothing that the providers would refuse", () => {
  fc.assert(
    fc.property(accessConfigs, (config) => {
      const app = synthesize(config);
      for (const version of GITHUB_VERSIONS)
        for (const stack of Object.keys(app.texts))
          expect(withoutOlder(schemaProblems(terraformJson(app, stack), AWS, version))).toEqual([]);
    }),
    { numRuns: runs(40) },
  );
});

describe("What the providers would refuse is found:", () => {
  const json = synthesizeMain({
    repositories: { web: { environments: { production: { reviewers: { users: ["octocat"] }, role: {} } } } },
  });
  const changed = (type: string, name: string, change: Record<string, unknown>) => ({
    ...json,
    resource: { ...json.resource, [type]: { [name]: { ...json.resource?.[type]?.[name], ...change } } },
  });

  test.each<[string, string, Record<string, unknown>, string]>([
    ["an unknown argument", "aws_iam_role", { trust: "x" }, "resources.aws_iam_role.web__production.trust: unknown"],
    [
      "an argument missing",
      "aws_iam_role",
      { assume_role_policy: undefined },
      "resources.aws_iam_role.web__production.assume_role_policy: missing",
    ],
    [
      "a deprecated argument",
      "aws_iam_role",
      { managed_policy_arns: [] },
      "resources.aws_iam_role.web__production.managed_policy_arns: deprecated",
    ],
    [
      "a deprecated block",
      "aws_iam_role",
      { inline_policy: [{ name: "x", policy: "{}" }] },
      "resources.aws_iam_role.web__production.inline_policy: deprecated",
    ],
    ["what can only be read", "aws_iam_role", { arn: "x" }, "resources.aws_iam_role.web__production.arn: read only"],
    [
      "another type",
      "github_repository_environment",
      { wait_timer: "ten" },
      'resources.github_repository_environment.web__production.wait_timer: "ten" is no "number"',
    ],
    [
      "another type in a set",
      "github_repository_environment",
      { reviewers: [{ users: ["octocat"] }] },
      'resources.github_repository_environment.web__production.reviewers.users: ["octocat"] is no ["set","number"]',
    ],
    [
      "a block too many",
      "github_repository_environment",
      { deployment_branch_policy: [1, 2].map(() => ({ protected_branches: true, custom_branch_policies: false })) },
      "resources.github_repository_environment.web__production.deployment_branch_policy: 2 of at most 1",
    ],
    [
      "a block's argument missing",
      "github_repository_environment",
      { deployment_branch_policy: { protected_branches: true } },
      "resources.github_repository_environment.web__production.deployment_branch_policy.custom_branch_policies: missing",
    ],
  ])("%s", (_, type, change, problem) => {
    expect(schemaProblems(changed(type, "web__production", change), AWS, "6.11.1")).toEqual([problem]);
  });

  test("a type that there is not", () => {
    expect(schemaProblems({ ...json, resource: { aws_iam_user: { x: {} } } }, AWS, "6.11.1")).toEqual([
      "resources.aws_iam_user.x: unknown",
    ]);
  });
});
