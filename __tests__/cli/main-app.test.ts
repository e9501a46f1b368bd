import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");

/** main.ts as cdktf runs it. */
function runApp(folder: string): { code: number | null; stderr: string } {
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(ROOT, "node_modules/tsx/dist/cli.mjs"), path.join(ROOT, "main.ts")],
    { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"] ?? "" }, timeout: 60_000 },
  );
  return { code: status, stderr };
}

describe("main.ts", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "github-oidc-app-"));
    cpSync(path.join(ROOT, "access.yaml"), path.join(folder, "access.yaml"));
    cpSync(path.join(ROOT, "policies"), path.join(folder, "policies"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("writes the same stacks as github-oidc synth, to the letter", async () => {
    expect(runApp(folder)).toEqual({ code: 0, stderr: "" });
    const files = ["manifest.json", "stacks/staging/cdk.tf.json", "stacks/production/cdk.tf.json"];
    const ofApp = files.map((file) => readFileSync(path.join(folder, "cdktf.out", file), "utf8"));
    rmSync(path.join(folder, "cdktf.out"), { recursive: true });
    expect((await runCli(folder, "synth")).code).toBe(0);
    expect(files.map((file) => readFileSync(path.join(folder, "cdktf.out", file), "utf8"))).toEqual(ofApp);
  });

  test("tells a mistake in the file without a stack trace, and ends with 2", () => {
    writeFileSync(path.join(folder, "access.yaml"), "github: 1\n");
    const { code, stderr } = runApp(folder);
    expect(code).toBe(2);
    expect(stderr).toContain("access.yaml:1:9:");
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
