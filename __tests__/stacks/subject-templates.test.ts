import { fromConfig } from "../../lib/readers/from-config";
import { fromStackJson } from "../../lib/readers/from-synth";
import { mergeModels } from "../../lib/model/merge";
import { sameAccess } from "../../lib/model/same-access";
import { Access } from "../../lib/config/access";
import type { AccessConfig, RepositoryConfig } from "../../lib/config/schema";
import { blocksOf, onlyBlock, terraformJson } from "../constructs/terraform-json";
import { evaluate, terraformMissing } from "../constructs/terraform-console";
import { literal } from "../../lib/constructs/template";
import { synthesize } from "./synthesize";

const WORKFLOW = "octo-org/ci/.github/workflows/deploy.yml@refs/heads/main";
const REPOSITORY = "github_actions_repository_oidc_subject_claim_customization_template";

const config = (
  subjectTemplate: NonNullable<RepositoryConfig["subjectTemplate"]>,
  more: Partial<AccessConfig> = {},
): AccessConfig => ({
  github: { owner: "octo-org" },
  accounts: { main: { id: "111122223333", region: "eu-west-1" }, other: { id: "222233334444", region: "eu-west-1" } },
  repositories: {
    web: {
      account: "main",
      subjectTemplate,
      roles: {
        deploy: { account: "main", allow: [{ branch: "main", workflow: WORKFLOW }] },
        read: { account: "other", allow: [{ branch: "main", workflow: WORKFLOW }] },
      },
    },
  },
  ...more,
});
const CHANGE = { claims: ["repo", "context", "job_workflow_ref"], also: "default" as const };
const stacks = (file: AccessConfig) => {
  const app = synthesize(file);
  return { main: terraformJson(app, "main"), other: terraformJson(app, "other") };
};

describe("A repository with a template", () => {
  test("is trusted in every account as the template mints it, and gets the template in one", () => {
    const { main, other } = stacks(config(CHANGE.claims));
    for (const { resource } of [main, other])
      expect(onlyBlock(resource, "aws_iam_role")["assume_role_policy"]).toContain(
        `"token.actions.githubusercontent.com:sub":"\${local.web__subject_prefix}:ref:refs/heads/main:job_workflow_ref:${WORKFLOW}"`,
      );
    expect(onlyBlock(main.resource, REPOSITORY)).toMatchObject({
      repository: "web",
      use_default: false,
      include_claim_keys: CHANGE.claims,
    });
    expect(blocksOf(other.resource, REPOSITORY)).toEqual([]);
  });

  test("gets it after every role of the stack that trusts what it mints", () => {
    expect(onlyBlock(stacks(config(CHANGE.claims)).main.resource, REPOSITORY)["depends_on"]).toEqual([
      "aws_iam_role.web__role__deploy",
    ]);
  });

  test("is trusted in both forms while it changes", () => {
    const policy = String(onlyBlock(stacks(config(CHANGE)).main.resource, "aws_iam_role")["assume_role_policy"]);
    expect(policy).toContain(
      `"token.actions.githubusercontent.com:job_workflow_ref":"${WORKFLOW}","token.actions.githubusercontent.com:sub":"\${local.web__subject_prefix}:ref:refs/heads/main"`,
    );
    expect(policy).toContain(
      `"token.actions.githubusercontent.com:sub":"\${local.web__subject_prefix}:ref:refs/heads/main:job_workflow_ref:${WORKFLOW}"`,
    );
  });

  test("follows the organization's template by opting in, and the organization's is set first", () => {
    const { main } = stacks(
      config("organization", { organization: { account: "main", subjectTemplate: CHANGE.claims } }),
    );
    expect(onlyBlock(main.resource, REPOSITORY)).toMatchObject({
      repository: "web",
      use_default: false,
      depends_on: [
        "aws_iam_role.web__role__deploy",
        "github_actions_organization_oidc_subject_claim_customization_template.organization",
      ],
    });
    expect(
      onlyBlock(main.resource, "github_actions_organization_oidc_subject_claim_customization_template"),
    ).toMatchObject({ include_claim_keys: CHANGE.claims, depends_on: ["aws_iam_role.web__role__deploy"] });
    expect(onlyBlock(main.resource, "aws_iam_role")["assume_role_policy"]).toContain(
      `:ref:refs/heads/main:job_workflow_ref:${WORKFLOW}"`,
    );
  });

  test("does not follow it where it does not opt in", () => {
    const { main } = stacks(config("default", { organization: { account: "main", subjectTemplate: CHANGE.claims } }));
    expect(onlyBlock(main.resource, "aws_iam_role")["assume_role_policy"]).not.toContain(
      `job_workflow_ref:${WORKFLOW}`,
    );
    expect(onlyBlock(main.resource, REPOSITORY)).toMatchObject({ use_default: true });
  });

  test.each([CHANGE.claims, CHANGE, "default", { claims: "default", also: CHANGE.claims }] as const)(
    "is read back from the file as from its Terraform: %j",
    (template) => {
      const file = Access.from(config(template as NonNullable<RepositoryConfig["subjectTemplate"]>));
      const synth = mergeModels(
        Object.entries(synthesize(file).texts).map(([name, text]) => fromStackJson(JSON.parse(text), name)),
      );
      expect(sameAccess(fromConfig(file), synth)).toBe(true);
      expect(fromConfig(file).subjectTemplates).toHaveLength(1);
    },
  );
});

const missing = terraformMissing();

(missing === undefined ? describe : describe.skip)(
  `What GitHub answers of a repository with a template${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    const ORGANIZATION = { organization: { account: "main", subjectTemplate: CHANGE.claims } };
    const answers = {
      default: { use_default: true },
      template: { use_default: false, include_claim_keys: CHANGE.claims },
      organization: { use_default: false },
      another: { use_default: false, include_claim_keys: ["repo", "context", "actor"] },
      reordered: { use_default: false, include_claim_keys: ["repo", "job_workflow_ref", "context"] },
      nothing: {},
    };
    type Answer = keyof typeof answers;

    const accepted = (condition: string, answer: string): Answer[] => {
      const values = Object.values(answers).map((body) => ({
        code: 200,
        body: literal(JSON.stringify({ ...body, sub_claim_prefix: "repo:octo-org/web" })),
      }));
      const [verdicts] = [
        evaluate(
          { answers: values },
          `[for ${answer} in local.answers : tostring(${condition.slice(2, -1)})]`,
        ) as string[],
      ];
      return (Object.keys(answers) as Answer[]).filter((_, index) => verdicts[index] === "true");
    };

    test.each<[string, AccessConfig, Answer[]]>([
      ["the template is to be there", config(CHANGE.claims), ["template"]],
      ["it is there or the one before", config(CHANGE), ["default", "template"]],
      ["it is taken back", config({ claims: "default", also: CHANGE.claims }), ["default", "template"]],
      ["it is GitHub's own", config("default"), ["default"]],
      [
        "it is the organization's, in GitHub's two ways of saying so",
        config("organization", ORGANIZATION),
        ["template", "organization"],
      ],
    ])("fails the plan of a stack that does not set it, unless %s", (_, file, expected) => {
      const { other } = stacks(file);
      const postconditions = onlyBlock(other.data, "github_rest_api").lifecycle?.postcondition ?? [];
      expect(postconditions).toHaveLength(4);
      expect(accepted(postconditions[1]?.condition ?? "", "self")).toEqual(expected);
    });

    test("fails no plan that is about to change it, which says instead that jobs are refused in between", () => {
      const check = (file: AccessConfig): { condition: string; error_message: string } =>
        (
          stacks(file).main as unknown as {
            check: { subjects_of_web: { assert: { condition: string; error_message: string }[] } };
          }
        ).check.subjects_of_web.assert[0] ?? { condition: "", error_message: "" };
      expect(
        onlyBlock(stacks(config(CHANGE.claims)).main.data, "github_rest_api").lifecycle?.postcondition,
      ).toHaveLength(3);
      const named = (condition: string): string => condition.replaceAll("data.github_rest_api.web", "self");
      expect(accepted(named(check(config(CHANGE.claims)).condition), "self")).toEqual(["template"]);
      expect(accepted(named(check(config(CHANGE)).condition), "self")).toEqual(["default", "template"]);
      expect(check(config(CHANGE)).error_message).toContain('"also" of "subjectTemplate"');
    });
  },
);
