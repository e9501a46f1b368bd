import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { GithubApi } from "../../../lib/sandbox/github-api";
import { type CorpusCase } from "../../review/corpus/cases";
import { Moto } from "../harness/moto";
import { ProviderMirrors } from "../harness/provider-mirrors";
import { inSandboxFolder } from "../harness/sandbox-folder";
import { PLAN, succeeded, Terraform } from "../harness/terraform";
import { Project } from "../story/project";
import { refusing } from "./refusing-proxy";

const ROOT = path.join(__dirname, "../../..");

/** Of a case. */
export const folderOf = ({ name, folder }: CorpusCase): string =>
  path.join(ROOT, folder ?? `__tests__/review/corpus/${name}`);

const PRODUCTION = "111122223333";
const ACCOUNTS: Readonly<Record<string, string>> = { production: PRODUCTION, staging: "222233334444" };
const GITHUB = "integrations/github";
const PLAN_FILE = "corpus.plan";

/** Plans by the name of their file, as `terraform show -json` prints them. */
export type Plans = Readonly<Record<string, string>>;

/** Makes the plans of the corpus, one case after another, each in a world of its own. */
export class PlanMaker {
  static async start(): Promise<PlanMaker> {
    return new PlanMaker(await Moto.start());
  }

  private constructor(private readonly moto: Moto) {}

  stop(): Promise<void> {
    return this.moto.stop();
  }

  /** Applies what was, and plans what is to be. @param use is given Terraform in the folder of each plan, to go on with */
  async make(each: CorpusCase, use?: (terraform: Terraform) => Promise<void>): Promise<Plans> {
    await fetch(`${this.moto.url}/moto-api/reset`, { method: "POST" });
    const github = await newGithub();
    try {
      return await inSandboxFolder(
        (folder) =>
          existsSync(path.join(folderOf(each), "after.yaml"))
            ? this.ofFiles(each, folder, github, use)
            : this.ofHcl(each, folder, github, use),
        "corpus",
      );
    } finally {
      await github.stop();
    }
  }

  private async ofHcl(
    each: CorpusCase,
    folder: string,
    github: GithubApi,
    use: ((terraform: Terraform) => Promise<void>) | undefined,
  ): Promise<Plans> {
    const env = await this.environment(PRODUCTION, github);
    const cliConfig = ProviderMirrors.fromEnvironment().writeCliConfig(
      path.join(folder, "cli"),
      each.github === undefined ? {} : { [GITHUB]: each.github },
    );
    const root = path.join(folder, "root");
    const terraform = new Terraform({ folder: root, cliConfig, env });
    write(root, path.join(folderOf(each), "before"));
    if (hasObjects(root)) {
      succeeded(await terraform.init());
      succeeded(await terraform.apply());
    }
    if (each.loses === "state") rmSync(path.join(root, "terraform.tfstate"));
    write(root, path.join(folderOf(each), "after"));
    succeeded(await terraform.init());
    if (each.outside) await this.letStrangerIn("deploy");
    if (each.halfApplied) await this.applyWithoutDeleting(root, cliConfig, env);
    return { "plan.json": await planned(terraform, each, use) };
  }

  /** A stack for each account of the file after the change. */
  private async ofFiles(
    each: CorpusCase,
    folder: string,
    github: GithubApi,
    use: ((terraform: Terraform) => Promise<void>) | undefined,
  ): Promise<Plans> {
    const project = new Project(folder);
    const stacks = (): string[] => readdirSync(path.join(folder, "cdktf.out/stacks"));
    const terraform = async (stack: string): Promise<Terraform> => {
      const made = project.terraform(stack, await this.environment(ACCOUNTS[stack] ?? "", github));
      succeeded(await made.init());
      return made;
    };
    await project.synth(readFileSync(path.join(folderOf(each), "before.yaml"), "utf8"));
    for (const stack of stacks()) succeeded(await (await terraform(stack)).apply());
    await project.synth(readFileSync(path.join(folderOf(each), "after.yaml"), "utf8"));
    const plans: Record<string, string> = {};
    for (const stack of stacks())
      plans[stacks().length === 1 ? "plan.json" : `plan.${stack}.json`] = await planned(
        await terraform(stack),
        each,
        use,
      );
    return plans;
  }

  private async environment(account: string, github: GithubApi): Promise<Record<string, string>> {
    return {
      ...(await this.moto.environment(account)),
      GITHUB_BASE_URL: github.url,
      GITHUB_TOKEN: "the-token-of-the-corpus",
    };
  }

  /** As somebody does in the console. */
  private async letStrangerIn(role: string): Promise<void> {
    const document = (await this.moto.iam(PRODUCTION).role(role)).assumeRolePolicyDocument.replace(
      "repo:octo-org/web-shop:environment:production",
      "repo:evil-org/web-shop:pull_request",
    );
    await this.moto
      .query(PRODUCTION)
      .call("iam", "UpdateAssumeRolePolicy", { RoleName: role, PolicyDocument: document });
  }

  /** Leaves a deposed object behind: what was to be deleted once its successor was there, and could not be. */
  private async applyWithoutDeleting(folder: string, cliConfig: string, env: Record<string, string>): Promise<void> {
    const proxy = await refusing("DeleteRole", this.moto.url);
    try {
      const { exitCode, stderr } = await new Terraform({
        folder,
        cliConfig,
        env: { ...env, AWS_ENDPOINT_URL: proxy.url },
      }).apply();
      if (exitCode === 0 || !stderr.includes("AccessDenied"))
        throw new Error(`The apply was to fail at DeleteRole, and did not:\n${stderr}`);
    } finally {
      proxy.stop();
    }
  }
}

async function planned(
  terraform: Terraform,
  { args = [], fails }: CorpusCase,
  use: ((terraform: Terraform) => Promise<void>) | undefined,
): Promise<string> {
  const codes = fails ? [PLAN.failed] : [PLAN.empty, PLAN.changes];
  succeeded(await terraform.plan({ out: PLAN_FILE, args }), ...codes);
  const { json } = await terraform.show(PLAN_FILE);
  await use?.(terraform);
  return json;
}

/** The planned change carried out, and what is then left to plan. */
export async function appliedAndPlanned(terraform: Terraform): Promise<string> {
  succeeded(await terraform.apply(PLAN_FILE));
  succeeded(await terraform.plan({ out: PLAN_FILE }), PLAN.empty, PLAN.changes);
  return (await terraform.show(PLAN_FILE)).json;
}

function newGithub(): Promise<GithubApi> {
  return GithubApi.start({
    owner: { login: "octo-org", id: 65 },
    users: [{ login: "octocat", id: 583231 }],
    teams: [{ slug: "release-managers", id: 9 }],
    repositories: [
      { name: "web-shop", id: 74, subjects: "names" },
      { name: "tools", id: 76, subjects: "names" },
    ],
  });
}

const mainFile = (folder: string): string => readFileSync(path.join(folder, "main.tf"), "utf8");

const hasObjects = (folder: string): boolean => /^(resource|module) /m.test(mainFile(folder));

/** Puts a configuration in place of the one that is there; state and providers stay. */
function write(root: string, configuration: string): void {
  mkdirSync(root, { recursive: true });
  for (const entry of readdirSync(root))
    if (entry.endsWith(".tf") || entry === "role") rmSync(path.join(root, entry), { recursive: true });
  cpSync(configuration, root, { recursive: true });
  // A provider is needed as long as the state has something of it.
  const needsGithub = ["../before", "../after"].some((side) =>
    mainFile(path.join(configuration, side)).includes('"github_'),
  );
  if (mainFile(root).includes("required_providers")) return;
  writeFileSync(path.join(root, "shared.tf"), SHARED + (needsGithub ? GITHUB_PROVIDER : ""));
}

/** What a configuration has beside its `main.tf`, unless that names its providers itself. */
const SHARED = `
terraform {
  required_providers {
    aws    = { source = "hashicorp/aws" }
    github = { source = "${GITHUB}" }
  }
}

provider "aws" {
  region              = "eu-west-1"
  max_retries         = 3
  allowed_account_ids = ["${PRODUCTION}"]
}

locals {
  token  = "token.actions.githubusercontent.com"
  github = "arn:aws:iam::${PRODUCTION}:oidc-provider/token.actions.githubusercontent.com"
}
`;

/** The provider waits a second after each write, unless it is told otherwise. */
const GITHUB_PROVIDER = `
provider "github" {
  owner          = "octo-org"
  write_delay_ms = 1
  max_retries    = 0
}
`;
