import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder of its own for one test. */
export interface SandboxFolder {
  readonly path: string;
  /** Removes the folder, unless E2E_KEEP=1 asks to keep it for a look. */
  remove(): void;
}

export function sandboxFolder(label = "story"): SandboxFolder {
  // The real path: where the temporary folder is itself a link, Terraform would print another path than the test expects.
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), `github-oidc-${label}-`)));
  return { path: folder, remove: () => discard(folder) };
}

/** Runs with a folder that is removed afterwards, whether the run succeeds or not. */
export async function inSandboxFolder<T>(use: (folder: string) => Promise<T>, label?: string): Promise<T> {
  const folder = sandboxFolder(label);
  try {
    return await use(folder.path);
  } finally {
    folder.remove();
  }
}

function discard(folder: string): void {
  if (process.env["E2E_KEEP"] === "1") console.info(`Kept ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
