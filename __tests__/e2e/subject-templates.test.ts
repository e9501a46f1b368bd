import path from "node:path";
import { fromConfig } from "../../lib/readers/from-config";
import { fromPlan } from "../../lib/readers/from-plan";
import { sameAccess } from "../../lib/model/same-access";
import { Access } from "../../lib/config/access";
import { runCli } from "../support/run-cli";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, type Terraform } from "./harness/terraform";
import { PRODUCTION } from "./story/access-file";
import { apply, changesOf, World } from "./story/world";

/** How a repository goes over to a template, and how it comes back, with real Terraform. */
const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto"];
const GITHUB = "token.actions.githubusercontent.com";
const WORKFLOW = "octo-org/ci/.github/workflows/deploy.yml@refs/heads/main";
const TEMPLATE = "github_actions_repository_oidc_subject_claim_customization_template";

const access = (template: string, more = ""): string => `
github: { owner: octo-org }
accounts:
  production: { id: "${PRODUCTION}", region: eu-west-1 }
repositories:
  web-shop:
${template === "" ? "" : `    subjectTemplate: ${template}\n`}    roles:
      deploy:
        allow:
          - { environment: production, workflow: ${WORKFLOW} }
${more}`;

const NEW_FORM = `repo:octo-org@65/web-shop@74:environment:production:job_workflow_ref:${WORKFLOW}`;
const OLD_FORM = "repo:octo-org@65/web-shop@74:environment:production";

describe("a subject template", () => {
  let world: World;
  let terraform: Terraform;
  const synth = async (template: string, more = ""): Promise<void> =>
    void (await world.project.synth(access(template, more)));
  /** The subjects trusted, of all statements. */
  const trusted = async (): Promise<string[]> => {
    const { Statement: statements } = JSON.parse(
      (await world.moto.iam(PRODUCTION).role("web-shop-deploy")).assumeRolePolicyDocument,
    ) as { Statement: { Condition: { StringEquals: Record<string, string> } }[] };
    return statements.map((each) => each.Condition.StringEquals[`${GITHUB}:sub`] ?? "").sort();
  };
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (ready) world = await World.start();
  });
  afterAll(() => world?.stop());

  storyTest(NEEDS, "that nobody described stops the plan; one that the plan is about to change does not", async () => {
    world.github.state
      .repository("web-shop")
      .customizeSubject({ useDefault: false, includeClaimKeys: ["repo", "actor"] });
    await synth("");
    terraform = await world.terraform("production", PRODUCTION);
    const refused = await terraform.plan();
    expect(refused.exitCode).toBe(PLAN.failed);
    expect(refused.stderr.replaceAll(/\s+│?\s*/g, " ")).toContain(
      'GitHub repository "octo-org/web-shop" has a subject template of its own',
    );
    await synth("default");
    const plan = await terraform.plan();
    expect(plan.exitCode).toBe(PLAN.changes);
    expect((plan.stdout + plan.stderr).replaceAll(/\s+│?\s*/g, " ")).toContain(
      "AWS refuses jobs that start in between",
    );
    await apply(terraform);
    expect(world.github.state.repository("web-shop").subject.useDefault).toBe(true);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "is changed without a gap: both forms are trusted before GitHub mints the new one", async () => {
    await synth("{ claims: [repo, context, job_workflow_ref], also: default }");
    expect(await changesOf(terraform)).toEqual(
      [`update ${TEMPLATE}.web-shop`, "update aws_iam_role.web-shop__role__deploy"].sort(),
    );
    const applied = succeeded(await terraform.apply());
    expect(applied.stdout).not.toContain("Warning");
    expect(applied.stdout.indexOf("aws_iam_role.web-shop__role__deploy: Modifications complete")).toBeLessThan(
      applied.stdout.indexOf(`${TEMPLATE}.web-shop: Modifying`),
    );
    expect(await trusted()).toEqual([OLD_FORM, NEW_FORM]);
    expect(world.github.state.repository("web-shop").subject).toMatchObject({
      useDefault: false,
      includeClaimKeys: ["repo", "context", "job_workflow_ref"],
    });
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "leaves one form when it is done; file and plan say the same, and nothing is found", async () => {
    await synth("[repo, context, job_workflow_ref]");
    expect(await changesOf(terraform)).toEqual(["update aws_iam_role.web-shop__role__deploy"]);
    await apply(terraform);
    expect(await trusted()).toEqual([NEW_FORM]);
    succeeded(await terraform.plan({ out: "templates.plan" }), PLAN.empty);
    world.project.write("plan.json", (await terraform.show("templates.plan")).json);
    const folder = world.project.folder;
    expect(
      sameAccess(
        fromConfig(Access.fromFile(path.join(folder, "access.yaml"))),
        fromPlan(path.join(folder, "plan.json")),
      ),
    ).toBe(true);
    expect((await runCli(folder, "check", "--plan", "plan.json", "--fail-on", "warning", "--rule", "L27")).code).toBe(
      0,
    );
  });

  storyTest(NEEDS, "is the organization's where the repository opts in", async () => {
    await synth("organization", "organization:\n  subjectTemplate: [repo, context, job_workflow_ref]\n");
    await apply(terraform);
    expect(world.github.state.owner.subject.includeClaimKeys).toEqual(["repo", "context", "job_workflow_ref"]);
    expect(world.github.state.repository("web-shop").subject.useDefault).toBe(false);
    expect(await trusted()).toEqual([NEW_FORM]);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "goes with the stack", async () => {
    succeeded(await terraform.destroy());
    expect(world.github.state.repository("web-shop").subject.useDefault).toBe(true);
    expect(world.github.state.owner.subject.includeClaimKeys).toEqual(["repo", "context"]);
    expect(await world.moto.iam(PRODUCTION).roleNames()).toEqual([]);
  });
});
