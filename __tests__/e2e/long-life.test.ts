import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, type Terraform } from "./harness/terraform";
import { STAGING } from "./story/access-file";
import { impatient } from "./story/project";
import { apply, changesOf, World } from "./story/world";

/** What is made once and lives for years: upgraded, renamed, and kept from harm. */
const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto"];
const UPGRADE = path.join(__dirname, "../upgrade/0.1.0");

describe("a long life", () => {
  let world: World;
  let terraform: Terraform;
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (ready) world = await World.start();
  });
  afterAll(() => world?.stop());
  const synth = async (access: string): Promise<void> => {
    await world.project.synth(access);
    terraform = await world.terraform("staging");
  };
  const roleIds = async (): Promise<Record<string, string>> => {
    const iam = world.moto.iam(STAGING);
    return Object.fromEntries(
      await Promise.all(
        [...(await iam.roleNames())]
          .sort()
          .map(async (name) => [
            name,
            (await world.moto.query(STAGING).call<{ Role: { RoleId: string } }>("iam", "GetRole", { RoleName: name }))
              .Role.RoleId,
          ]),
      ),
    );
  };

  storyTest(NEEDS, "what version 0.1.0 made, this version leaves alone: the plan is empty", async () => {
    const stack = path.join(world.project.folder, "cdktf.out/stacks/staging");
    cpSync(path.join(UPGRADE, "staging"), stack, { recursive: true });
    impatient(stack);
    terraform = await world.terraform("staging");
    await apply(terraform);
    const before = await roleIds();
    expect(Object.keys(before)).toEqual([
      "tools-ci",
      "web-shop-plan",
      "web-shop-preview",
      "web-shop-production",
      "web-shop-qa",
      "web-shop-release",
    ]);
    await synth(readFileSync(path.join(UPGRADE, "access.yaml"), "utf8"));
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
    succeeded(await terraform.destroy());
  });

  const accessFile = ({
    account = "",
    repository = "tools",
    environment = "prod:",
    role = "build:",
    formerly = "",
  } = {}): string => `
github: { owner: octo-org }
accounts:
  staging: { id: "${STAGING}", region: eu-west-1${account} }
repositories:
  ${repository}:
    ${formerly}
    environments:
      ${environment} { deployFrom: { branches: [main] }, variables: { A: b }, role: { name: tools-deploy, managedPolicies: [ReadOnlyAccess] } }
    roles:
      ${role} { name: tools-ci, allow: [{ branch: main }], managedPolicies: [ReadOnlyAccess], publish: { variable: CI_ROLE } }
`;

  storyTest(NEEDS, "a role whose key changes, and whose name stays, is only moved", async () => {
    await synth(accessFile());
    await apply(terraform);
    await synth(accessFile({ role: "pipeline:" }).replace("name: tools-ci", "formerly: build, name: tools-ci"));
    expect(await changesOf(terraform)).toEqual([]);
    const plan = succeeded(await terraform.plan(), PLAN.changes);
    expect(plan.stdout).toContain("aws_iam_role.tools__role__build has moved to aws_iam_role.tools__role__pipeline");
    await apply(terraform);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
    await synth(accessFile({ role: "pipeline:" }));
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(
    NEEDS,
    "an environment that is renamed is made anew, but its role stays, and trusts the new name",
    async () => {
      const before = await roleIds();
      await synth(
        accessFile({ role: "pipeline:", environment: "production:" }).replace(
          "role: { name: tools-deploy",
          "formerly: prod, role: { name: tools-deploy",
        ),
      );
      const changes = await changesOf(terraform);
      expect(changes).toContain("update aws_iam_role.tools__production");
      expect(changes).toContain("delete+create github_repository_environment.tools__production");
      expect(changes.filter((each) => !each.includes("tools__production"))).toEqual([]);
      await apply(terraform);
      expect(await roleIds()).toEqual(before);
      expect(world.github.state.repository("tools").environments.map(({ name }) => name)).toEqual(["production"]);
      expect((await world.moto.iam(STAGING).role("tools-deploy")).assumeRolePolicyDocument).toContain(
        ":environment:production",
      );
      expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
    },
  );

  storyTest(NEEDS, "a repository that was renamed on GitHub keeps its roles and its environment", async () => {
    const before = await roleIds();
    const { id } = world.environmentOf("tools", "production");
    world.github.state.renameRepository("tools", "toolbox");
    await synth(
      accessFile({ role: "pipeline:", environment: "production:", repository: "toolbox", formerly: "formerly: tools" }),
    );
    const changes = await changesOf(terraform);
    expect(changes.filter((each) => /aws_iam_role\.|_environment\./.test(each))).toEqual([
      "update aws_iam_role.toolbox__production",
      "update aws_iam_role.toolbox__role__pipeline",
      "update github_repository_environment.toolbox__production",
    ]);
    await apply(terraform);
    expect(await roleIds()).toEqual(before);
    expect(world.environmentOf("toolbox", "production").id).toBe(id);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(
    NEEDS,
    "what is to be kept is not destroyed, and neither replaced, until the file says otherwise",
    async () => {
      const kept = { role: "pipeline:", environment: "production:", repository: "toolbox" };
      await synth(accessFile({ ...kept, account: ", preventDestroy: true" }));
      await apply(terraform);
      expect((await terraform.destroy()).stderr).toContain("Instance cannot be destroyed");
      await synth(
        accessFile({ ...kept, account: ", preventDestroy: true" }).replace(
          "name: tools-deploy",
          "name: tools-deploy-2",
        ),
      );
      expect((await terraform.plan()).exitCode).toBe(PLAN.failed);
      await synth(accessFile(kept));
      succeeded(await terraform.destroy());
      expect([
        await world.moto.iam(STAGING).roleNames(),
        world.github.state.repository("toolbox").environments,
      ]).toEqual([[], []]);
    },
  );
});
