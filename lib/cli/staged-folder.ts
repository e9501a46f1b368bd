import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { UsageError } from "./usage-error";

/**
 * A folder that is filled aside and put in place only when it is whole. What else stands in the target
 * stays: Terraform keeps its plugins and lock files beside what is synthesized.
 */
export class StagedFolder {
  /** Where to write: beside the target, so that putting a file in place is a rename. */
  readonly path: string;
  private readonly discard = (): void => rmSync(this.path, { recursive: true, force: true });

  /** @throws UsageError when the target is a file, or its parent cannot be written to. */
  constructor(private readonly target: string) {
    if (existsSync(target) && !statSync(target).isDirectory())
      throw new UsageError(`--out "${target}" is a file: name a folder`);
    try {
      mkdirSync(path.dirname(path.resolve(target)), { recursive: true });
      this.path = mkdtempSync(`${path.resolve(target)}.partial-`);
    } catch (error) {
      throw new UsageError(
        `--out "${target}" cannot be written to (${(error as NodeJS.ErrnoException).code ?? "unknown error"}): name another folder`,
      );
    }
    // Also when the program ends by a signal: nothing half-written stays behind.
    process.once("exit", this.discard);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, exitBySignal);
  }

  /** Puts every file in its place, replacing the one that was there. */
  commit(): void {
    moveFiles(this.path, this.target);
    this.close();
  }

  /** Removes what was written aside; does nothing after `commit`. */
  close(): void {
    this.discard();
    process.removeListener("exit", this.discard);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.removeListener(signal, exitBySignal);
  }
}

const exitBySignal = (signal: NodeJS.Signals): never => process.exit(signal === "SIGINT" ? 130 : 143);

function moveFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) moveFiles(source, target);
    else renameSync(source, target);
  }
}
