import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { driftOutputSchema } from "../../lib/drift/output";
import type { GithubApi } from "../../lib/sandbox/github-api";
import { CONFIG, octoShop } from "../drift/octo-shop";
import { type CliResult, runCliWith } from "../support/run-cli";

const TOKEN = "ghp_ThisIsTheTokenOfTheTest";

describe("github-oidc drift", () => {
  let api: GithubApi;
  let folder: string;
  beforeEach(async () => {
    api = await octoShop();
    folder = mkdtempSync(path.join(tmpdir(), "github-oidc-drift-"));
    writeFileSync(path.join(folder, "access.yaml"), stringify(CONFIG));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await api.stop();
  });

  const drift = async (args: readonly string[] = [], env: Record<string, string> = {}): Promise<CliResult> => {
    const given = { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: api.url, ...env };
    const result = await runCliWith(given, folder, "drift", ...args);
    for (const text of [result.stdout, result.stderr]) expect(text).not.toContain(TOKEN);
    return result;
  };

  test("ends with 0 where GitHub has what the file says, and with 1 where it has not", async () => {
    const none = await drift();
    expect([none.code, none.stderr]).toEqual([0, ""]);
    expect(none.stdout).toMatch(
      /^GitHub has what the file says\.\n\nSecrets, of which only the time can be read:\n {2}RELEASE_ROLE of octo-org\/web-shop: /,
    );
    api.state.repository("web-shop").environment("production").protect({ reviewers: [] });
    const found = await drift();
    expect([found.code, found.stderr]).toEqual([1, ""]);
    expect(found.stdout).toContain(
      "production · octo-org/web-shop · environment Production\n  reviewers             the file: team release-managers, user octocat\n                        GitHub: nobody\n",
    );
    expect(found.stdout).toContain("! terraform plan does not see this");
    expect(found.stdout).toContain("1 difference, of which terraform plan does not see 1.");
    expect(Math.max(...found.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("prints JSON that follows its schema, of the accounts asked for", async () => {
    api.state.repository("web-shop").environment("production").protect({ waitTimer: 0 });
    const { code, stdout } = await drift(["--format", "json", "--account", "production"]);
    expect(code).toBe(1);
    expect(driftOutputSchema.parse(JSON.parse(stdout)).drift).toEqual([
      {
        account: "production",
        repository: "octo-org/web-shop",
        environment: "Production",
        kind: "waitTimer",
        name: null,
        file: "10 min",
        github: "0 min",
        seenByPlan: true,
        fix: 'plan and apply the stack "production", or change the file',
      },
    ]);
  });

  test("prints names of GitHub's that would command the terminal as codes", async () => {
    const [policy] = api.state.repository("web-shop").environment("production").policies.list();
    api.state
      .repository("web-shop")
      .environment("production")
      .policies.rename(policy?.id ?? 0, "\u001b[2J\u202e");
    const { stdout } = await drift();
    expect(stdout).toContain("branch \\u001b[2J\\u202e");
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });

  test.each<[string, readonly string[], Record<string, string>, string]>([
    [
      "no token",
      [],
      { GITHUB_TOKEN: "" },
      "There is no token to read GitHub with: set GITHUB_TOKEN, with the permissions that docs/commands.md lists\n",
    ],
    [
      "a token with a line break",
      [],
      { GITHUB_TOKEN: "a\nb" },
      "GITHUB_TOKEN is no token: it has spaces, line breaks or other characters that none has\n",
    ],
    [
      "an address without TLS",
      [],
      { GITHUB_API_URL: "http://github.example.com/api/v3" },
      'GITHUB_API_URL is no address that a token may be sent to: use one with "https://", as in "https://api.github.com"\n',
    ],
    [
      "an address of another kind",
      [],
      { GITHUB_API_URL: "file:///etc/passwd" },
      'GITHUB_API_URL is no address that a token may be sent to: use one with "https://", as in "https://api.github.com"\n',
    ],
    [
      "an account that there is not",
      ["--account", "prodction"],
      {},
      '--account "prodction" is not in the access file: did you mean "production"?\n',
    ],
    [
      "no access file",
      ["--config", "none.yaml"],
      {},
      "none.yaml: there is no such file: write one (docs/access-file.md), or name another with --config\n",
    ],
  ])("%s ends with 2 and a sentence", async (_, args, env, sentence) => {
    expect(await drift(args, env)).toMatchObject({ code: 2, stdout: "", stderr: sentence });
  });

  test("takes GH_TOKEN where there is no GITHUB_TOKEN", async () => {
    expect((await drift([], { GITHUB_TOKEN: "", GH_TOKEN: TOKEN })).code).toBe(0);
  });

  test("what cannot be read ends with 2: it is neither a match nor a difference", async () => {
    api.state.deleteRepository("ci");
    const { code, stdout, stderr } = await drift();
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      "has no repos/octo-org/ci, or the token may not see it (404): correct the name in the access file, or give the token the permissions",
    );
  });
});
