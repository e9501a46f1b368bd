import path from "node:path";
import { fromConfig } from "../../lib/readers/from-config";
import { fromPlanText } from "../../lib/readers/from-plan";
import { sameAccess } from "../../lib/model/same-access";
import { Access } from "../../lib/config/access";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, type Terraform } from "./harness/terraform";
import { STAGING } from "./story/access-file";
import { apply, changesOf, World } from "./story/world";

/** A repository goes from subjects by name to subjects with ids, of which the file knows none. */
const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto"];
const GITHUB = "token.actions.githubusercontent.com";

const access = (subjects: string, ownerId = "65"): string => `
github: { owner: octo-org, ownerId: "${ownerId}" }
accounts:
  staging: { id: "${STAGING}", region: eu-west-1 }
repositories:
  legacy-api:
    subjects: ${subjects}
    roles:
      deploy:
        allow: [{ branch: main }]
        managedPolicies: [ReadOnlyAccess]
`;

const BY_NAME = "repo:octo-org/legacy-api:ref:refs/heads/main";
const WITH_IDS = "repo:octo-org@65/legacy-api@75:ref:refs/heads/main";

describe("a migration of subjects", () => {
  let world: World;
  let terraform: Terraform;
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (ready) world = await World.start();
  });
  afterAll(() => world?.stop());

  const trusted = async (): Promise<string[]> => {
    const { Statement: statements } = JSON.parse(
      (await world.moto.iam(STAGING).role("legacy-api-deploy")).assumeRolePolicyDocument,
    ) as { Statement: { Condition: { StringEquals: Record<string, string | string[]> } }[] };
    return statements.flatMap(({ Condition: { StringEquals: equals } }) => equals[`${GITHUB}:sub`] ?? []).sort();
  };

  storyTest(NEEDS, "trusts both forms at first, and the plan says the same as the file", async () => {
    await world.project.synth(access("{ both: { until: 2999-12-31 } }"));
    terraform = await world.terraform("staging");
    succeeded(await terraform.plan({ out: "both.plan" }), PLAN.changes);
    const file = fromConfig(Access.fromFile(path.join(world.project.folder, "access.yaml")));
    expect(sameAccess(file, fromPlanText((await terraform.show("both.plan")).json, "both.plan"))).toBe(true);
    await apply(terraform);
    expect(await trusted()).toEqual([BY_NAME, WITH_IDS].sort());
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "changes nothing on the day on which the repository starts to mint ids", async () => {
    world.github.state.repository("legacy-api").customizeSubject({ useDefault: true, useImmutableSubject: true });
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "ends with the form that has ids, alone", async () => {
    await world.project.synth(access("lookup"));
    expect(await changesOf(terraform)).toEqual(["update aws_iam_role.legacy-api__role__deploy"]);
    await apply(terraform);
    expect(await trusted()).toEqual([WITH_IDS]);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "stops the plan when the name is another's by now", async () => {
    await world.project.synth(access("both", "64"));
    const plan = await terraform.plan();
    expect(plan.exitCode).toBe(PLAN.failed);
    expect(unwrapped(plan.stderr)).toContain(
      'The id of the owner of repository "octo-org/legacy-api" is 65 on GitHub, and 64 in the access file',
    );
    await world.project.synth(access("both"));
    world.github.state.renameRepository("legacy-api", "orders-api");
    const renamed = await terraform.plan();
    expect(renamed.exitCode).toBe(PLAN.failed);
    expect(unwrapped(renamed.stderr)).toMatch(
      /GitHub calls repository "octo-org\/legacy-api" "octo-org\/orders-api"|GitHub repository "octo-org\/legacy-api" was not found/,
    );
    world.github.state.renameRepository("orders-api", "legacy-api");
    succeeded(await terraform.destroy());
    expect(await world.moto.iam(STAGING).roleNames()).toEqual([]);
  });
});

/** Terraform breaks its messages into lines and puts a bar before each. */
const unwrapped = (text: string): string => text.replaceAll(/\s*[│╷╵]?\s*\n\s*[│╷╵]?\s*/g, " ");
