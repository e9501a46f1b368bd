import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run, type CommandResult } from "../harness/command";
import { ProviderMirrors } from "../harness/provider-mirrors";
import { Terraform, succeeded } from "../harness/terraform";

const ROOT = path.join(__dirname, "../../..");

/** A user's project: an access file, policy files, and what is synthesized from them. */
export class Project {
  private readonly cliConfig: string;

  constructor(
    readonly folder: string,
    versions: Readonly<Record<string, string>> = {},
  ) {
    this.cliConfig = ProviderMirrors.fromEnvironment().writeCliConfig(path.join(folder, ".terraform-cli"), versions);
  }

  write(file: string, text: string): void {
    const target = path.join(this.folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  /** Runs `github-oidc synth` as a user does, and makes the stacks' providers fast and impatient. */
  async synth(access: string): Promise<CommandResult> {
    this.write("access.yaml", access);
    const command = [path.join(ROOT, "node_modules/tsx/dist/cli.mjs"), path.join(ROOT, "lib/cli/main.ts"), "synth"];
    const result = succeeded(
      await run(process.execPath, command, {
        cwd: this.folder,
        env: { PATH: process.env["PATH"] ?? "" },
        timeoutMs: 60_000,
      }),
    );
    for (const stack of readdirSync(path.join(this.folder, "cdktf.out/stacks")))
      impatient(path.join(this.folder, "cdktf.out/stacks", stack));
    return result;
  }

  /** Terraform in the stack of an account. */
  terraform(account: string, env: Readonly<Record<string, string>>): Terraform {
    return new Terraform({
      folder: path.join(this.folder, "cdktf.out/stacks", account),
      cliConfig: this.cliConfig,
      env,
      timeoutMs: 240_000,
    });
  }

  get cliConfigFile(): string {
    return this.cliConfig;
  }
}

/**
 * The GitHub provider waits a second after each write, and both providers try a failed request for minutes. Terraform
 * merges this file into the provider blocks; nothing that was synthesized is changed by it. AWS's may try three times:
 * moto, a single process, now and then closes a connection in the middle of an answer.
 */
export function impatient(stack: string): void {
  const synthesized = JSON.parse(readFileSync(path.join(stack, "cdk.tf.json"), "utf8")) as {
    provider: Record<string, unknown>;
  };
  const settings = { aws: { max_retries: 3 }, github: { write_delay_ms: 1, max_retries: 0 } };
  const provider = Object.fromEntries(Object.entries(settings).filter(([name]) => name in synthesized.provider));
  writeFileSync(path.join(stack, "impatient_override.tf.json"), JSON.stringify({ provider }));
}
