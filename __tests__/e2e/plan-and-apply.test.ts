import { reasonsToSkip, type Need } from "./harness/requirements";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, type Terraform } from "./harness/terraform";
import { PRODUCTION } from "./story/access-file";
import { apply, changesOf, World } from "./story/world";

const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto"];

/** A pair in one word, or written out as what it stands for. */
const access = (webShop: string, workflow = ""): string => `
github: { owner: octo-org, plan: enterprise }
accounts:
  production:
    id: "${PRODUCTION}"
    region: eu-central-1
    terraform: { state: main, ${workflow}apply: { managedPolicies: [AmazonECS_FullAccess] } }
states:
  main: { bucket: octo-tfstate }
repositories:
  web-shop:
${webShop}`;

const SHORT = "    terraform: production\n";
const LONG = `    environments:
      production:
        deployFrom: { branches: [main] }
        role: { name: web-shop-apply, managedPolicies: [AmazonECS_FullAccess], state: { key: web-shop/, access: write } }
    roles:
      plan:
        allow: [{ pullRequest: true }, { branch: main }]
        managedPolicies: [ReadOnlyAccess]
        state: { key: web-shop/, access: lock }
        publish: { variable: AWS_PLAN_ROLE_ARN }
`;

describe("a plan and an apply role from one word", () => {
  let world: World;
  let terraform: Terraform;
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (!ready) return;
    world = await World.start();
    await world.project.synth(access(SHORT));
    terraform = await world.terraform("production", PRODUCTION);
  });
  afterAll(() => world?.stop());

  storyTest(NEEDS, "are made in one apply, with a protected environment, and published", async () => {
    await apply(terraform);
    const iam = world.moto.iam(PRODUCTION);
    const subjects = async (role: string): Promise<unknown> =>
      (
        JSON.parse((await iam.role(role)).assumeRolePolicyDocument) as {
          Statement: { Condition: { StringEquals: Record<string, unknown> } }[];
        }
      ).Statement.map(({ Condition }) => Condition.StringEquals["token.actions.githubusercontent.com:sub"]);
    expect(await subjects("web-shop-plan")).toEqual([
      ["repo:octo-org@65/web-shop@74:pull_request", "repo:octo-org@65/web-shop@74:ref:refs/heads/main"],
    ]);
    expect(await subjects("web-shop-apply")).toEqual(["repo:octo-org@65/web-shop@74:environment:production"]);
    expect(await iam.attachedPolicyArns("web-shop-plan")).toEqual(["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
    const written = async (role: string): Promise<boolean> =>
      (await iam.inlinePolicy(role, "terraform-state")).includes(
        '"s3:PutObject"],"Effect":"Allow","Resource":"arn:aws:s3:::octo-tfstate/web-shop/*"',
      );
    expect([await written("web-shop-plan"), await written("web-shop-apply")]).toEqual([false, true]);
    const environment = world.environmentOf("web-shop", "production");
    expect([
      environment.protection.canAdminsBypass,
      environment.policies.list().map(({ type, name }) => `${type} ${name}`),
    ]).toEqual([false, ["branch main"]]);
    expect(environment.variables.get("AWS_ROLE_ARN").value).toBe((await iam.role("web-shop-apply")).arn);
    expect(world.github.state.repository("web-shop").variables.get("AWS_PLAN_ROLE_ARN").value).toBe(
      (await iam.role("web-shop-plan")).arn,
    );
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "are written out without a change", async () => {
    await world.project.synth(access(LONG));
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "are bound to a workflow by a change of the plan role's trust alone", async () => {
    await world.project.synth(access(SHORT, "workflow: octo-org/ci/.github/workflows/plan.yml@refs/heads/main, "));
    expect(await changesOf(terraform)).toEqual(["update aws_iam_role.web-shop__role__plan"]);
    await apply(terraform);
    expect((await world.moto.iam(PRODUCTION).role("web-shop-plan")).assumeRolePolicyDocument).toContain(
      '"token.actions.githubusercontent.com:job_workflow_ref":"octo-org/ci/.github/workflows/plan.yml@refs/heads/main"',
    );
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "are destroyed, and nothing is left of them", async () => {
    succeeded(await terraform.destroy());
    expect(await world.moto.iam(PRODUCTION).roleNames()).toEqual([]);
    const { environments, variables } = world.github.state.repository("web-shop");
    expect([environments, variables.list()]).toEqual([[], []]);
  });
});
