import path from "node:path";
import { Access } from "../../lib/config/access";
import { findDrift } from "../../lib/drift/find-drift";
import { GithubClient } from "../../lib/drift/github-client";
import type { Drift } from "../../lib/drift/output";
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
  const drift = async (): Promise<readonly Drift[]> => {
    const { GITHUB_TOKEN: token = "" } = await world.environment();
    const access = Access.fromFile(path.join(world.project.folder, "access.yaml"));
    return (await findDrift(new GithubClient({ apiUrl: world.github.url, token }), access.accounts)).drift;
  };

  storyTest(NEEDS, "what leaves the file leaves GitHub in one apply, reviewers included", async () => {
    await synth(PROTECTED);
    await apply(terraform);
    expect(world.environmentOf("web-shop", "production").protection).toMatchObject({
      waitTimer: 10,
      preventSelfReview: true,
      deployableRefs: "patterns",
      reviewers: [{ id: 9 }, { id: 583231 }],
    });
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
    await synth("\n        variables: { A: b }");
    await apply(terraform);
    expect(world.environmentOf("web-shop", "production").protection).toEqual({
      waitTimer: 0,
      reviewers: [],
      preventSelfReview: false,
      canAdminsBypass: false,
      deployableRefs: "any",
    });
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(
    NEEDS,
    "reviewers who are all taken away on GitHub's pages are not seen by a plan, but by drift; naming one mends the rest",
    async () => {
      await synth(PROTECTED);
      await apply(terraform);
      expect(await drift()).toEqual([]);
      world.environmentOf("web-shop", "production").protect({ reviewers: [] });
      expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
      expect(await drift()).toMatchObject([
        { kind: "reviewers", file: "team release-managers, user octocat", github: "nobody", seenByPlan: false },
      ]);
      world.environmentOf("web-shop", "production").protect({ reviewers: [{ type: "User", id: 583231 }] });
      await apply(terraform);
      expect(await drift()).toEqual([]);
      await synth("\n        variables: { A: b }");
      await apply(terraform);
    },
  );

  storyTest(NEEDS, "a reviewer whom the file does not have, added on GitHub's pages, is taken away again", async () => {
    world.environmentOf("web-shop", "production").protect({ reviewers: [{ type: "User", id: 480938 }] });
    expect(await changesOf(terraform)).toEqual(["update github_repository_environment.web-shop__production"]);
    await apply(terraform);
    expect(world.environmentOf("web-shop", "production").protection.reviewers).toEqual([]);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(
    NEEDS,
    "protected branches that there are not fail the plan; a ruleset's are not enough, a branch with rules is",
    async () => {
      await synth("\n        variables: { A: b }\n        deployFrom: protectedBranches");
      const { branches } = world.github.state.repository("web-shop");
      expect(unwrapped((await terraform.plan()).stderr)).toContain(
        'No branch of GitHub repository "octo-org/web-shop" is protected, so GitHub would let every branch deploy',
      );
      branches.rule("main");
      expect(unwrapped((await terraform.plan()).stderr)).toContain(
        'Only rulesets protect branches of GitHub repository "octo-org/web-shop"',
      );
      branches.protect("main", { enforceAdmins: false, conversationResolution: false });
      expect(await changesOf(terraform)).toEqual(["update github_repository_environment.web-shop__production"]);
      branches.unprotect("main");
    },
  );

  storyTest(NEEDS, "branches that the file protects are protected before the environment goes by them", async () => {
    await synth("\n        deployFrom: protectedBranches\n    protectBranches: [main]");
    await apply(terraform);
    expect(world.github.state.repository("web-shop").branches.get("main").protection).toEqual({
      enforceAdmins: true,
      conversationResolution: false,
      reviews: { approvals: 1, dismissStale: true, codeOwners: false, lastPush: false },
    });
    expect(world.environmentOf("web-shop", "production").protection.deployableRefs).toBe("protected");
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "destroy leaves nothing", async () => {
    succeeded(await terraform.destroy());
    const { environments, branches } = world.github.state.repository("web-shop");
    expect([environments, branches.get("main").protection]).toEqual([[], undefined]);
  });
});

/** Terraform breaks its messages into lines and puts a bar before each. */
const unwrapped = (text: string): string => text.replaceAll(/\s*[│╷╵]?\s*\n\s*[│╷╵]?\s*/g, " ");
