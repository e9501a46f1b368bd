import { ProviderMirrors } from "./harness/provider-mirrors";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded } from "./harness/terraform";
import { isAtLeast } from "./harness/version";
import { accessFile, deployPolicy, PRODUCTION } from "./story/access-file";
import { World } from "./story/world";

const GITHUB = "integrations/github";

/** The oldest version of the GitHub provider on this machine that the stacks accept. */
const oldest = ProviderMirrors.fromEnvironment()
  .versions(GITHUB)
  .filter((version) => isAtLeast(version, "6.9.1"))
  .at(-1);

storyTest(
  ["terraform", "aws", "github", "moto"],
  `the oldest GitHub provider at hand, ${oldest ?? "none"}, makes both sides, finds nothing to do, and destroys both`,
  async () => {
    const world = await World.start(oldest === undefined ? {} : { [GITHUB]: oldest });
    try {
      world.project.write("policies/deploy.json", deployPolicy());
      // A ":" in an environment's name asks for 6.10, which the stack says itself.
      await world.project.synth(accessFile().replace("prod/eu:1", "prod/eu-1"));
      const production = await world.terraform("production");
      succeeded(await production.apply());
      expect((await production.plan()).exitCode).toBe(PLAN.empty);
      expect(world.environmentOf("web-shop", "production").variables.get("AWS_ROLE_ARN").value).toBe(
        (await world.moto.iam(PRODUCTION).role("web-shop-production")).arn,
      );
      succeeded(await production.destroy());
      expect(world.github.state.repository("web-shop").environments).toEqual([]);
      expect(await world.moto.iam(PRODUCTION).roleNames()).toEqual([]);
    } finally {
      await world.stop();
    }
  },
);
