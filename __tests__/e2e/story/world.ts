import { GithubApi, type Environment } from "../../../lib/sandbox/github-api";
import { Moto } from "../harness/moto";
import { sandboxFolder, type SandboxFolder } from "../harness/sandbox-folder";
import { PLAN, succeeded, type Terraform } from "../harness/terraform";
import { effectiveChanges, type ResourceChange, type TerraformPlan } from "../harness/terraform-plan";
import { OWNER, STAGING } from "./access-file";
import { Project } from "./project";

/** The token that the local GitHub accepts, and no other. */
const TOKEN = "the-token-of-the-story";
export const SECRET = "https://key@sentry.example/1";

/** A GitHub, an AWS and a project, as a platform team has them. */
export class World {
  private constructor(
    readonly moto: Moto,
    readonly github: GithubApi,
    readonly project: Project,
    private readonly folder: SandboxFolder,
  ) {}

  static async start(versions: Readonly<Record<string, string>> = {}): Promise<World> {
    const moto = await Moto.start();
    const github = await GithubApi.start({
      token: TOKEN,
      owner: { login: OWNER, id: 65 },
      otherOwners: [{ login: "evil-org", id: 66 }],
      users: [
        { login: "octocat", id: 583231 },
        { login: "hubot", id: 480938 },
      ],
      teams: [{ slug: "release-managers", id: 9 }],
      repositories: [
        { name: "web-shop", id: 74, subjects: "immutable" },
        { name: "legacy-api", id: 75, subjects: "names" },
        { name: "tools", id: 76, subjects: "immutable" },
      ],
    });
    const folder = sandboxFolder();
    return new World(moto, github, new Project(folder.path, versions), folder);
  }

  async stop(): Promise<void> {
    await Promise.all([this.moto.stop(), this.github.stop()]);
    this.folder.remove();
  }

  /** Terraform in an account's stack, with the credentials that a person has: those of staging, and a GitHub token. */
  async terraform(account: string, credentialsOf = STAGING): Promise<Terraform> {
    const terraform = this.project.terraform(account, await this.environment(credentialsOf));
    succeeded(await terraform.init());
    return terraform;
  }

  async environment(credentialsOf = STAGING): Promise<Record<string, string>> {
    return {
      ...(await this.moto.environment(credentialsOf)),
      GITHUB_BASE_URL: this.github.url,
      GITHUB_TOKEN: TOKEN,
      TF_VAR_sentry_dsn: SECRET,
    };
  }

  environmentOf(repository: string, name: string): Environment {
    return this.github.state.repository(repository).environment(name);
  }
}

/** What a plan would change: address and actions, in order. */
export async function changesOf(terraform: Terraform): Promise<readonly string[]> {
  return (await plannedChanges(terraform)).map(({ address, actions }) => `${actions.join("+")} ${address}`).sort();
}

export async function plannedChanges(terraform: Terraform): Promise<readonly ResourceChange[]> {
  return effectiveChanges(await planOf(terraform));
}

async function planOf(terraform: Terraform): Promise<TerraformPlan> {
  succeeded(await terraform.plan({ out: "story.plan" }), PLAN.empty, PLAN.changes);
  return terraform.show("story.plan");
}

export async function apply(terraform: Terraform): Promise<void> {
  succeeded(await terraform.apply());
}
