import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { synthOutputSchema } from "../../lib/config/outline";
import { runCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");

describe("github-oidc synth", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "github-oidc-synth-"));
    cpSync(path.join(ROOT, "access.yaml"), path.join(folder, "access.yaml"));
    cpSync(path.join(ROOT, "policies"), path.join(folder, "policies"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const stacks = (): string[] => readdirSync(path.join(folder, "cdktf.out/stacks")).sort();
  const breakFile = (): void =>
    writeFileSync(
      path.join(folder, "access.yaml"),
      readFileSync(path.join(folder, "access.yaml"), "utf8").replace("region: eu-west-1", "regoin: eu-west-1"),
    );

  test("writes one stack for each account, and prints what each holds and what comes next", async () => {
    const { code, stdout, stderr } = await runCli(folder, "synth");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stacks()).toEqual(["production", "staging"]);
    for (const text of [
      "staging · 222233334444 · eu-west-1",
      "environment production of octo-org/web-shop",
      "behind release-managers or octocat",
      "any pull request and branch main of octo-org/web-shop",
      "TF_VAR_web_shop_sentry_dsn",
      "terraform -chdir=cdktf.out/stacks/staging init",
    ])
      expect(stdout).toContain(text);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("prints JSON that follows its schema", async () => {
    const output = synthOutputSchema.parse(JSON.parse((await runCli(folder, "synth", "--format", "json")).stdout));
    expect(output.accounts.map(({ name, folder: where }) => [name, where])).toEqual([
      ["staging", "cdktf.out/stacks/staging"],
      ["production", "cdktf.out/stacks/production"],
    ]);
  });

  test("writes only the accounts asked for, and where it is told", async () => {
    expect((await runCli(folder, "synth", "--account", "staging", "--out", "deep/out")).code).toBe(0);
    expect(readdirSync(path.join(folder, "deep/out/stacks"))).toEqual(["staging"]);
  });

  test("leaves what Terraform keeps in a stack's folder, and the stacks that were not asked for", async () => {
    await runCli(folder, "synth");
    const kept = path.join(folder, "cdktf.out/stacks/staging/.terraform.lock.hcl");
    writeFileSync(kept, "# lock");
    const production = readFileSync(path.join(folder, "cdktf.out/stacks/production/cdk.tf.json"), "utf8");
    expect((await runCli(folder, "synth", "--account", "staging")).code).toBe(0);
    expect(existsSync(kept)).toBe(true);
    expect(readFileSync(path.join(folder, "cdktf.out/stacks/production/cdk.tf.json"), "utf8")).toBe(production);
  });

  test("says of a stack whose account is gone that it is to be destroyed, and deletes nothing", async () => {
    mkdirSync(path.join(folder, "cdktf.out/stacks/old"), { recursive: true });
    const { code, stderr } = await runCli(folder, "synth");
    expect(code).toBe(0);
    expect(stderr).toContain(
      "cdktf.out/stacks/old is of an account that access.yaml no longer has. Destroy it with Terraform, then delete the folder.",
    );
    expect(stacks()).toContain("old");
  });

  test("a mistake in the file ends with 2 and its place, and touches nothing that was synthesized", async () => {
    await runCli(folder, "synth");
    const before = readFileSync(path.join(folder, "cdktf.out/stacks/staging/cdk.tf.json"), "utf8");
    breakFile();
    const { code, stdout, stderr } = await runCli(folder, "synth");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('access.yaml:9:5: unknown key "regoin": did you mean "region"?');
    expect(readFileSync(path.join(folder, "cdktf.out/stacks/staging/cdk.tf.json"), "utf8")).toBe(before);
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  });

  test("a mistake in the file writes nothing where there was nothing", async () => {
    breakFile();
    expect((await runCli(folder, "synth")).code).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(["access.yaml", "policies"]);
  });

  test.each([
    [["synth", "--config", "no.yaml"], "no.yaml: there is no such file"],
    [["synth", "--config", "policies"], "policies: is a folder"],
    [["synth", "--account", "stagign"], '--account "stagign" is not in the access file: did you mean "staging"?'],
    [["synth", "--out", "access.yaml"], '--out "access.yaml" is a file: name a folder'],
    [["synth", "--out", "access.yaml/out"], '--out "access.yaml/out" cannot be written to'],
    [
      ["synth", "--format", "xml"],
      "option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json.",
    ],
    [["synth", "--nonsense"], "unknown option '--nonsense'"],
    [["synt"], "unknown command 'synt'"],
  ])("%j ends with 2 and a sentence, without a stack trace", async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(folder, ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(path.join(folder, "cdktf.out"))).toBe(false);
  });

  test.each([[["--help"]], [["synth", "--help"]]])("%j shows an example and ends with 0", async (args) => {
    const { code, stdout } = await runCli(folder, ...args);
    expect(code).toBe(0);
    expect(stdout).toContain("Example:");
  });

  test("every option is in the documentation", async () => {
    const documented = readFileSync(path.join(ROOT, "docs/commands.md"), "utf8");
    for (const [option] of (await runCli(folder, "synth", "--help")).stdout.matchAll(/--[a-z]+(?= <)/g))
      expect(documented).toContain(`\`${option} <`);
  });
});
