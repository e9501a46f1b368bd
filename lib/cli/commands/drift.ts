import { Access } from "../../config/access";
import { findDrift } from "../../drift/find-drift";
import { GithubClient } from "../../drift/github-client";
import { GithubError } from "../../drift/github-error";
import type { DriftOutput } from "../../drift/output";
import { colors } from "../../report/colors";
import { renderDrift } from "../../report/drift";
import { githubAccess } from "../github-access";
import { Progress } from "../progress";
import { selectAccounts } from "../select-accounts";
import { UsageError } from "../usage-error";

/** Options of `github-oidc drift`, as the command line gives them. */
export interface DriftOptions {
  /** The access file. */
  readonly config: string;
  /** Accounts to compare; empty means all. */
  readonly account: readonly string[];
  readonly format: "text" | "json";
}

/**
 * Compares GitHub with what the access file says of it. Only reads.
 *
 * @returns whether nothing differs.
 * @throws AccessConfigError, and UsageError where GitHub cannot be read: what is not known is no match.
 */
export async function drift(options: DriftOptions): Promise<boolean> {
  const access = Access.fromFile(options.config);
  const accounts = selectAccounts(access, options.account);
  const progress = new Progress();
  progress.step("Reading GitHub");
  try {
    const found = await findDrift(new GithubClient(githubAccess(access, process.env)), accounts);
    progress.done();
    process.stdout.write(`${render(found, options.format)}\n`);
    return found.drift.length === 0;
  } catch (error) {
    progress.done();
    throw error instanceof GithubError ? new UsageError(error.message) : error;
  }
}

function render(found: DriftOutput, format: DriftOptions["format"]): string {
  if (format === "json") return JSON.stringify(found, null, 2);
  return renderDrift(found, {
    colors: colors(process.stdout.isTTY),
    width: Math.min(Math.max(process.stdout.columns ?? 80, 80), 120),
  });
}
