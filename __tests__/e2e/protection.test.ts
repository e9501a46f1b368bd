import { reasonsToSkip, type Need } from "./harness/requirements";
import { ProviderMirrors } from "./harness/provider-mirrors";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, type Terraform } from "./harness/terraform";
import { isAtLeast } from "./harness/version";
import { STAGING } from "./story/access-file";
import { apply, changesOf, World } from "./story/world";

/** What protects an environment, from the file to GitHub and away again: with the newest provider at hand, and with the oldest. */
const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto"];
const GITHUB = "integrations/github";
const accepted = ProviderMirrors.fromEnvironment()
  .versions(GITHUB)
  .filter((version) => isAtLeast(version, "6.9.1"));
const [newest = "none", oldest = newest] = [accepted[0], accepted.at(-1)];

const accessFile = (environment: string): string => `
github: { owner: octo-org, plan: enterprise }
accounts:
  staging: { id: "${STAGING}", region: eu-west-1 }
repositories:
  web-shop:
    environments:
      production:${environment}
`;

const PROTECTED = `
        reviewers: { teams: [release-managers], users: [octocat] }
        waitTimer: 10
        preventSelfReview: true
        deployFrom: { branches: [main], tags: ["v*"] }`;

describe.each([...new Set([newest, oldest])])("protection, with GitHub provider %s", (version) => {
  let world: World;
  let terraform: Terraform;
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (ready) world = await World.start({ [GITHUB]: version });
  });
  afterAll(() => world?.stop());
  const synth = async (environment: string): Promise<void> => {
    await world.project.synth(accessFile(environment));
    terraform = await world.terraform("staging");
  };

  storyTest(NEEDS, "what leaves the file leaves GitHub in one apply, reviewers included", async () => {
    await synth(PROTECTED);
    await apply(terraform);
    expect(world.environmentOf("web-shop", "production").protection).toMatchObject({ waitTimer: 10, preventSelfReview: true, deployableRefs: "patterns", reviewers: [{ id: 9 }, { id: 583231 }] });
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
    await synth("\n        variables: { A: b }");
    await apply(terraform);
    expect(world.environmentOf("web-shop", "production").protection).toEqual({ waitTimer: 0, reviewers: [], preventSelfReview: false, canAdminsBypass: false, deployableRefs: "any" });
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "a reviewer whom the file does not have, added on GitHub's pages, is taken away again", async () => {
    world.environmentOf("web-shop", "production").protect({ reviewers: [{ type: "User", id: 480938 }] });
    expect(await changesOf(terraform)).toEqual(["update github_repository_environment.web-shop__production"]);
    await apply(terraform);
    expect(world.environmentOf("web-shop", "production").protection.reviewers).toEqual([]);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "destroy leaves nothing", async () => {
    succeeded(await terraform.destroy());
    expect(world.github.state.repository("web-shop").environments).toEqual([]);
  });
});
