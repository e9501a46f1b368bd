import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { grantsSchema, type Grants } from "../../lib/questions/grants";
import { runCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");
const PLANS = path.join(ROOT, "__tests__/readers/fixtures/plans");

describe("github-oidc access", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "github-oidc-access-"));
    cpSync(path.join(ROOT, "access.yaml"), path.join(folder, "access.yaml"));
    cpSync(path.join(ROOT, "policies"), path.join(folder, "policies"), { recursive: true });
    cpSync(PLANS, path.join(folder, "plans"), { recursive: true });
    mkdirSync(path.join(folder, "hcl"));
    writeFileSync(path.join(folder, "hcl/main.tf"), "");
    writeFileSync(path.join(folder, "cut.json"), '{"format_version": "1.2", "plan');
    writeFileSync(path.join(folder, "binary"), Buffer.from([0x50, 0x4b, 0xff, 0xfe]));
    expect((await runCli(folder, "synth")).code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const json = async (...args: string[]): Promise<Grants> =>
    grantsSchema.parse(JSON.parse((await runCli(folder, "access", "--format", "json", ...args)).stdout));
  const withoutPlaces = ({ grants }: Grants): unknown =>
    grants.map(({ location: _, ...grant }) => grant).sort((a, b) => (a.role < b.role ? -1 : 1));

  test("tells of the sample who may assume which role, in 80 columns", async () => {
    const { code, stdout, stderr } = await runCli(folder, "access");
    expect([code, stderr]).toEqual([0, ""]);
    for (const text of [
      "production · 111122223333",
      "environment production of octo-org/web-shop (exact)",
      "AmazonECS_FullAccess, deploy · boundary",
      "subjects looked up",
      "behind release-managers or octocat",
      "! code of pull requests is unreviewed code",
    ])
      expect(stdout).toContain(text);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("says the same of the file and of what it synthesizes", async () => {
    expect(withoutPlaces(await json("--synth", "cdktf.out"))).toEqual(withoutPlaces(await json()));
    expect((await json()).grants.map(({ location }) => location)).toContainEqual({
      file: "access.yaml",
      line: 37,
      column: 9,
      path: ["repositories", "web-shop", "environments", "production", "role"],
    });
  });

  test("reads a plan and a state", async () => {
    expect((await json("--plan", "plans/story-created.json")).grants.map(({ role }) => role)).toEqual(
      (await json("--plan", "plans/story-state.json")).grants.map(({ role }) => role),
    );
    expect(
      (await json("--plan", "plans/story-state.json")).grants.find(({ environment }) => environment !== null)
        ?.environment?.protection,
    ).toBeNull();
  });

  test("shows one role, or those that jobs of a repository may assume", async () => {
    expect((await json("--role", "web-shop-plan")).grants.map(({ role }) => role)).toEqual(["web-shop-plan"]);
    expect((await json("--repository", "Octo-Org/Web-Shop")).grants).toHaveLength(4);
    expect((await json("--repository", "other")).grants).toHaveLength(0);
    expect(
      (await json("--plan", "plans/organization-wide.json", "--repository", "octo-org/any")).grants.map(
        ({ role }) => role,
      ),
    ).toEqual(["shared-organization", "shared-squatted"]);
    expect(
      (await json("--plan", "plans/organization-wide.json", "--repository", "evil/any")).grants.map(({ role }) => role),
    ).toEqual(["shared-squatted"]);
  });

  test("prints a table, each row with as many cells as its head", async () => {
    const rows = (await runCli(folder, "access", "--format", "markdown")).stdout
      .split("\n")
      .filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(6);
    for (const row of rows) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(8);
  });

  test("prints a flowchart in which a name is never a word of Mermaid's", async () => {
    const plan = readFileSync(path.join(PLANS, "organization-wide.json"), "utf8").replaceAll(
      "shared-squatted",
      'end\\"]; click x <b>|`\\u001b[8m',
    );
    writeFileSync(path.join(folder, "evil.json"), plan);
    const { code, stdout } = await runCli(folder, "access", "--plan", "evil.json", "--format", "mermaid");
    expect(code).toBe(0);
    for (const line of stdout.trimEnd().split("\n").slice(1))
      expect(line).toMatch(
        /^ {2,}(?:subgraph account\d+\["[^"<>`]*"\]|end|(?:repository|environment|role)\d+(?:\["[^"<>`]*"\]|\{\{"[^"<>`]*<br\/>[^"<>`]*"\}\}|\(\["[^"<>`]*<br\/>[^"<>`]*"\]\)| -->(?:\|"[^"<>`]*"\|)? (?:environment|role)\d+))$/,
      );
    for (const format of ["text", "markdown"])
      expect((await runCli(folder, "access", "--plan", "evil.json", "--format", format)).stdout).not.toContain(
        "\u001b",
      );
    expect((await runCli(folder, "access", "--plan", "evil.json", "--format", "markdown")).stdout).toContain(
      '``end"]; click x <b>\\|`\\u001b[8m``',
    );
  });

  test.each([
    [["--config", "no.yaml"], "no.yaml: there is no such file"],
    [["--synth", "no"], "no: there is no such folder"],
    [["--synth", "access.yaml"], "access.yaml: is a file"],
    [["--synth", "policies"], "policies: there is no file in Terraform's JSON syntax"],
    [["--synth", "hcl"], "of HCL only a plan tells"],
    [["--plan", "no.json"], "no.json: there is no such file"],
    [["--plan", "policies"], "policies: is a folder"],
    [["--plan", "cut.json"], "cut.json: is not JSON, or not all of it"],
    [
      ["--plan", "binary"],
      'binary: is not text in UTF-8, perhaps the plan itself: name the output of "terraform show -json" on it',
    ],
    [["--plan", "policies/web-shop-deploy.json"], 'is not the output of "terraform show -json"'],
    [["--plan", "/dev/zero"], "/dev/zero: is no regular file"],
    [["--plan", "plans/story-created.json", "--synth", "cdktf.out"], "--synth and --plan: give one source"],
    [["--role", "web-shop-plna"], 'did you mean "web-shop-plan"?'],
    [["--format", "xml"], "Allowed choices are text, json, markdown, mermaid."],
  ])("%j ends with 2 and a sentence, without a stack trace", async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(folder, "access", ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("every option is in the documentation", async () => {
    const documented = readFileSync(path.join(ROOT, "docs/commands.md"), "utf8");
    for (const [option] of (await runCli(folder, "access", "--help")).stdout.matchAll(/--[a-z]+(?= <)/g))
      expect(documented).toContain(`\`${option} <`);
  });
});
