import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { run, type CommandResult } from "./harness/command";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { storyTest } from "./harness/story-test";
import { succeeded } from "./harness/terraform";
import { PRODUCTION, STAGING, accessFile, deployPolicy } from "./story/access-file";
import { World } from "./story/world";

/** The README's command: the command line is fetched by npx, because it weighs more than all else together. */
const CDKTF = ["--yes", "--package", "cdktf-cli@0.21.0", "cdktf"];
const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto", "cdktf"];
const ROOT = path.join(__dirname, "../..");
/** Fetching 423 MB is part of it. */
const LIMIT_MS = 600_000;

describe("the CDKTF command line", () => {
  let world: World;
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (ready) world = await World.start();
  });
  afterAll(() => world?.stop());

  /** A clone of the project with an access file of its own. */
  function clone(): string {
    const { folder } = world.project;
    for (const part of ["main.ts", "lib", "stacks", "node_modules", "package.json", "tsconfig.json"])
      symlinkSync(path.join(ROOT, part), path.join(folder, part));
    cpSync(path.join(ROOT, "cdktf.json"), path.join(folder, "cdktf.json"));
    world.project.write("policies/deploy.json", deployPolicy());
    world.project.write("access.yaml", accessFile());
    return folder;
  }

  async function cdktf(folder: string, ...args: string[]): Promise<CommandResult> {
    const home = path.join(folder, ".home");
    mkdirSync(home, { recursive: true });
    const env = {
      ...(await world.environment()),
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      // The cache that npm already has; the home is empty.
      npm_config_cache: process.env["npm_config_cache"] ?? path.join(process.env["HOME"] ?? home, ".npm"),
      TF_CLI_CONFIG_FILE: world.project.cliConfigFile,
      CHECKPOINT_DISABLE: "1",
      CI: "1",
    };
    return run("npx", [...CDKTF, ...args], { cwd: folder, env, timeoutMs: LIMIT_MS });
  }

  storyTest(
    NEEDS,
    "cdktf diff shows both sides, cdktf deploy '*' makes every account, cdktf destroy takes all away",
    async () => {
      const folder = clone();
      const diff = succeeded(await cdktf(folder, "diff", "staging", "--skip-provider-lock"));
      expect(diff.stdout).toContain("aws_iam_role.legacy-api__staging");
      expect(diff.stdout).toContain("github_repository_environment.legacy-api__staging");

      succeeded(await cdktf(folder, "deploy", "*", "--auto-approve", "--skip-provider-lock"));
      expect(world.environmentOf("legacy-api", "staging").variables.get("AWS_ROLE_ARN").value).toBe(
        (await world.moto.iam(STAGING).role("legacy-api-staging")).arn,
      );
      expect(world.environmentOf("web-shop", "production").variables.get("AWS_ROLE_ARN").value).toBe(
        (await world.moto.iam(PRODUCTION).role("web-shop-production")).arn,
      );

      succeeded(await cdktf(folder, "destroy", "*", "--auto-approve", "--skip-provider-lock"));
      expect(await world.moto.iam(PRODUCTION).roleNames()).toEqual([]);
      expect(world.github.state.repository("web-shop").environments).toEqual([]);
    },
    3 * LIMIT_MS,
  );
});
