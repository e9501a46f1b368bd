import { fromPlanText } from "../../lib/readers/from-plan";
import { fromStackJson } from "../../lib/readers/from-synth";
import type { AccessModel } from "../../lib/model/model";
import type { Finding } from "../../lib/check/finding";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { statement } from "../aws/policy/policies";

const ISSUER = "token.actions.githubusercontent.com";
const check = (model: AccessModel): Finding[] => runRules(RULES, modelSubjects(model, "synth", "cdktf.out"));
const told = (model: AccessModel): string[] => check(model).map(({ rule, severity }) => `${severity} ${rule}`);

const trust = (sub: string | string[], operator = "StringEquals"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      statement({
        Condition: {
          StringEquals: {
            [`${ISSUER}:aud`]: "sts.amazonaws.com",
            ...(operator === "StringEquals" ? { [`${ISSUER}:sub`]: sub } : {}),
          },
          ...(operator === "StringEquals" ? {} : { [operator]: { [`${ISSUER}:sub`]: sub } }),
        },
      }),
    ],
  });
const role = (sub: string | string[], operator?: string, more: object = {}): AccessModel =>
  fromStackJson({
    resource: { aws_iam_role: { ci: { name: "ci", assume_role_policy: trust(sub, operator) } }, ...more },
  });

describe("what is not known", () => {
  test.each<[string, string | string[], string | undefined, string[]]>([
    [
      "an owner that is a variable is no wildcard",
      "repo:${var.owner}/web:ref:refs/heads/main",
      undefined,
      ["note L36"],
    ],
    ["nor is a whole subject", "${var.subject}", undefined, ["note L36"]],
    ["nor the beginning of one", "${local.prefix}:pull_request", undefined, ["note L36"]],
    [
      "what is known beside it is judged",
      ["${var.subject}", "repo:octo-org/*"],
      "StringLike",
      ["error L3", "note L36", "warning L9"],
    ],
    ["a pattern of which only a part is known says nothing", "repo:${var.owner}/*", "StringLike", ["note L36"]],
  ])("%s", (_, sub, operator, expected) => expect(told(role(sub, operator)).sort()).toEqual(expected.sort()));

  test("says what it depends on", () =>
    expect(check(role("${var.subject}"))[0]?.message).toBe(
      "the trust policy depends on var.subject, which is not known here",
    ));

  test("a text that looks like a stand-in is none", () =>
    expect(told(role("repo:NotKnown/*", "StringLike"))).toContain("error L3"));
});

describe("what the rest of the model says", () => {
  const environment = (values: object): object => ({
    github_repository_environment: { p: { repository: "octo-org/web", environment: "production", ...values } },
  });
  const SUBJECT = "repo:octo-org/web:environment:production";

  test.each<[string, object, string[]]>([
    ["an environment that is not there", {}, ["note L17", "note L20"]],
    ["one without protection", environment({}), ["note L17", "note L20"]],
    [
      "one with reviewers, whom administrators may pass by",
      environment({ reviewers: [{ teams: [1] }] }),
      ["note L17", "note L20"],
    ],
    ["one with reviewers", environment({ reviewers: [{ teams: [1] }], can_admins_bypass: false }), ["note L20"]],
    [
      "one with a rule for branches",
      {
        ...environment({ deployment_branch_policy: [{ protected_branches: false, custom_branch_policies: true }] }),
        github_repository_environment_deployment_policy: {
          m: { repository: "octo-org/web", environment: "production", branch_pattern: "main" },
        },
      },
      ["note L20"],
    ],
    [
      "one with protected branches, and none protected",
      environment({ deployment_branch_policy: [{ protected_branches: true, custom_branch_policies: false }] }),
      ["note L18", "note L20"],
    ],
    ["one with a rule that is not known", environment({ deployment_branch_policy: "${var.policy}" }), ["note L20"]],
    ["one with reviewers that are not known", environment({ reviewers: "${var.reviewers}" }), ["note L20"]],
  ])("%s", (_, more, expected) => expect(told(role(SUBJECT, undefined, more)).sort()).toEqual(expected));

  test.each([
    ["refs/pull/*/merge", true],
    ["refs/*/*/merge", true],
    ["refs/pull/**/*", true],
    ["**/merge", true],
    ["refs/pull/[0-9]/merge", true],
    ["main", false],
    ["*", false],
    ["refs/pull/*", false],
    ["refs/heads/**/*", false],
  ])("a rule for branches with %s lets pull requests in: %s", (pattern, expected) => {
    const more = {
      ...environment({ deployment_branch_policy: [{ protected_branches: false, custom_branch_policies: true }] }),
      github_repository_environment_deployment_policy: {
        m: { repository: "octo-org/web", environment: "production", branch_pattern: pattern },
      },
      aws_iam_role_policy_attachment: {
        a: { role: "${aws_iam_role.ci.name}", policy_arn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
      },
    };
    expect(told(role(SUBJECT, undefined, more)).includes("warning L19")).toBe(expected);
  });

  test("a repository that the plan creates mints ids: a subject by name is an error", () => {
    const change = (type: string, name: string, after: object): object => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      change: { actions: ["create"], before: null, after, after_unknown: {} },
    });
    const plan = (full: string): AccessModel =>
      fromPlanText(
        JSON.stringify({
          format_version: "1.2",
          planned_values: {},
          resource_changes: [
            change("github_repository", "web", { name: "web", full_name: full }),
            change("aws_iam_role", "ci", {
              name: "ci",
              assume_role_policy: trust("repo:octo-org/web:ref:refs/heads/main"),
            }),
          ],
        }),
        "plan.json",
      );
    expect(told(plan("octo-org/web"))).toEqual(["error L20"]);
    expect(told(plan("octo-org/other"))).toEqual(["note L20"]);
  });
});

test("findings of a model say the same however often they are asked for", () => {
  const model = role(["repo:octo-org/*", "${var.subject}"], "StringLike");
  expect(check(model)).toEqual(check(model));
});
