import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const run = (args: readonly string[], cwd: string, input?: string) =>
  spawnSync("terraform", args, {
    cwd,
    input,
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });

/** Why tests that let Terraform evaluate something are left out here, or `undefined` where it can be asked. */
export function terraformMissing(): string | undefined {
  return run(["version", "-json"], os.tmpdir()).status === 0 ? undefined : "terraform is not on PATH";
}

/** The value of an expression beside these locals. No provider, no state, no network. */
export function evaluate(locals: Readonly<Record<string, unknown>>, expression: string): unknown {
  const folder = mkdtempSync(path.join(os.tmpdir(), "console-"));
  try {
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ locals }));
    // In base64, as the console shows text in the notation of HCL.
    const { status, stdout, stderr } = run(["console"], folder, `base64encode(jsonencode(${expression}))\n`);
    if (status !== 0) throw new Error(`terraform console: ${stderr}`);
    return JSON.parse(Buffer.from(JSON.parse(stdout) as string, "base64").toString("utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
