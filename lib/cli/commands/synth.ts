import { readdirSync } from "node:fs";
import path from "node:path";
import { App } from "cdktf";
import { outlineOf } from "../../config/outline-of-config";
import type { Outline } from "../../config/outline";
import { Access } from "../../config/access";
import type { AccountAccess } from "../../config/account-access";
import { colors } from "../../report/colors";
import { renderNextSteps } from "../../report/next-steps";
import { renderSummary } from "../../report/summary";
import { AccountStack } from "../../../stacks/account-stack";
import { steadyHeap } from "../../../stacks/steady-heap";
import { Progress } from "../progress";
import { selectAccounts } from "../select-accounts";
import { StagedFolder } from "../staged-folder";

/** Options of `github-oidc synth`, as the command line gives them. */
export interface SynthOptions {
  /** The access file. */
  readonly config: string;
  /** Folder to write to. */
  readonly out: string;
  /** Accounts to synthesize; empty means all. */
  readonly account: readonly string[];
  readonly format: "text" | "json";
}

/**
 * Access file → Terraform, one stack for each account.
 *
 * @throws AccessConfigError and UsageError; nothing is written then.
 */
export function synth(options: SynthOptions): void {
  const progress = new Progress();
  progress.step(`Reading ${options.config}`);
  const access = Access.fromFile(options.config);
  const accounts = selectAccounts(access, options.account);
  writeStacks(access, accounts, options.out, progress);
  progress.done();
  const outline = outlineOf(accounts);
  process.stdout.write(options.format === "json" ? renderJson(outline, options.out) : renderText(outline, options.out));
  for (const name of strangers(access, options.out))
    process.stderr.write(
      `Note: ${stackFolder(options.out, name)} is of an account that ${options.config} no longer has. Destroy it with Terraform, then delete the folder.\n`,
    );
}

function writeStacks(access: Access, accounts: readonly AccountAccess[], out: string, progress: Progress): void {
  const folder = new StagedFolder(out);
  try {
    steadyHeap();
    const app = new App({ outdir: folder.path });
    accounts.forEach(({ name }, index) => {
      progress.step(`Building stack ${index + 1} of ${accounts.length}`);
      new AccountStack(app, name, access);
    });
    progress.step(`Writing ${accounts.length} stacks`);
    app.synth();
    folder.commit();
  } finally {
    folder.close();
  }
}

const stackFolder = (out: string, account: string): string => path.join(out, "stacks", account);

function renderText(outline: Outline, out: string): string {
  const layout = {
    colors: colors(process.stdout.isTTY),
    width: Math.min(Math.max(process.stdout.columns ?? 80, 80), 120),
    folderOf: (account: string) => stackFolder(out, account),
  };
  return `${renderSummary(outline, layout)}\n\n${renderNextSteps(outline, layout)}\n`;
}

const renderJson = (outline: Outline, out: string): string =>
  `${JSON.stringify({ ...outline, accounts: outline.accounts.map((account) => ({ ...account, folder: stackFolder(out, account.name) })) }, null, 2)}\n`;

/** Stacks in the folder that are not of any account in the file. */
function strangers(access: Access, out: string): string[] {
  const known = new Set(access.accounts.map(({ name }) => name));
  return readdirSync(path.join(out, "stacks")).filter((name) => !known.has(name));
}
