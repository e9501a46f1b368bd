import { mkdirSync } from "node:fs";
import path from "node:path";
import { type CommandResult, ask, run, tail } from "./command";
import { type Probe, found, missing } from "./probe";
import { type TerraformPlan, parsePlan } from "./terraform-plan";
import { isAtLeast } from "./version";

const MINIMUM = "1.5.0";

export interface TerraformOptions {
  /** The folder with the configuration, such as `cdktf.out/stacks/NAME`. */
  readonly folder: string;
  /** A file written by `ProviderMirrors.writeCliConfig`. */
  readonly cliConfig: string;
  /** Credentials and endpoints for the providers. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default 120 seconds for each command */
  readonly timeoutMs?: number;
}

/** What `plan -detailed-exitcode` means by its exit code. */
export const PLAN = { empty: 0, failed: 1, changes: 2 } as const;

/** Terraform in one folder, cut off from this process's environment and the user's settings. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  init(...args: string[]): Promise<CommandResult> {
    return this.run("init", "-input=false", ...args);
  }

  /** Exit code 0 means no changes, 2 means changes: see `PLAN`. */
  plan(options: { readonly out?: string; readonly args?: readonly string[] } = {}): Promise<CommandResult> {
    const out = options.out === undefined ? [] : [`-out=${options.out}`];
    return this.run("plan", "-input=false", "-detailed-exitcode", ...out, ...(options.args ?? []));
  }

  /** Reads a plan that `plan` wrote with `out`. */
  async show(planFile: string): Promise<TerraformPlan> {
    return parsePlan(succeeded(await this.run("show", "-json", planFile)).stdout);
  }

  /** The state as `terraform show -json` tells it, as text. */
  async showState(): Promise<string> {
    return succeeded(await this.run("show", "-json")).stdout;
  }

  /** Applies a saved plan, or plans and applies at once. */
  apply(planFile?: string): Promise<CommandResult> {
    return this.run("apply", "-input=false", ...(planFile === undefined ? ["-auto-approve"] : [planFile]));
  }

  destroy(): Promise<CommandResult> {
    return this.run("destroy", "-input=false", "-auto-approve");
  }

  async output(): Promise<Readonly<Record<string, unknown>>> {
    const outputs = JSON.parse(succeeded(await this.run("output", "-json")).stdout) as Record<
      string,
      { value: unknown }
    >;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Runs any other subcommand. */
  run(subcommand: string, ...args: string[]): Promise<CommandResult> {
    const { folder, timeoutMs = 120_000 } = this.options;
    return run(executable(), [subcommand, "-no-color", ...args], { cwd: folder, env: this.environment(), timeoutMs });
  }

  private environment(): Record<string, string> {
    const home = path.join(this.options.folder, ".home");
    mkdirSync(home, { recursive: true });
    return {
      PATH: process.env["PATH"] ?? "",
      // Nobody's ~/.aws, ~/.terraformrc or gh login takes part.
      HOME: home,
      TF_CLI_CONFIG_FILE: this.options.cliConfig,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      // A provider lives for seconds and spends a quarter of them collecting garbage.
      GOGC: "400",
      ...this.options.env,
    };
  }
}

/** The result of a command that must have succeeded; otherwise an error with what it printed. */
export function succeeded(result: CommandResult, ...codes: number[]): CommandResult {
  const accepted = codes.length === 0 ? [0] : codes;
  if (!result.timedOut && result.exitCode !== null && accepted.includes(result.exitCode)) return result;
  const how = result.timedOut ? "was stopped at its time limit" : `ended with ${result.exitCode}`;
  throw new Error(`Terraform ${how}:\n${tail(result.stdout)}\n${tail(result.stderr, 40)}`);
}

export function probeTerraform(): Probe {
  const answer = ask(executable(), ["version", "-json"]);
  if (answer === undefined)
    return missing(`Terraform cannot be run as "${executable()}": it belongs on PATH, or TERRAFORM names it.`);
  const version = (JSON.parse(answer) as { terraform_version: string }).terraform_version;
  return isAtLeast(version, MINIMUM) ? found(version) : missing(`Terraform ${version} is older than ${MINIMUM}.`);
}

function executable(): string {
  return process.env["TERRAFORM"] ?? "terraform";
}
