import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { reviewSchema, type Review } from "../../lib/review/review";
import { ACCOUNT, change, ISSUER, planText, roleValues } from "../readers/small-plan";
import { runCli, spawnCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");
const PLANS = path.join(ROOT, "__tests__/readers/fixtures/plans");

describe("github-oidc review", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "github-oidc-review-"));
    cpSync(path.join(PLANS, "story-created.json"), path.join(folder, "created.json"));
    cpSync(path.join(PLANS, "story-unchanged.json"), path.join(folder, "unchanged.json"));
    writeFileSync(path.join(folder, "cut.json"), '{"format_version": "1.2", "plan');
    writeFileSync(path.join(folder, "empty.json"), "");
    writeFileSync(path.join(folder, "foreign.json"), '{"name": "web-shop", "version": "1.0.0"}');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const review = (...args: string[]): ReturnType<typeof runCli> => runCli(folder, "review", ...args);
  const json = async (...args: string[]): Promise<Review> =>
    reviewSchema.parse(JSON.parse((await review("--format", "json", ...args)).stdout));

  test("tells who gains access, in 80 columns, and ends with 0 where no gate was asked for", async () => {
    const { code, stdout, stderr } = await review("created.json");
    expect([code, stderr]).toEqual([0, ""]);
    for (const text of [
      "jobs gain access to account 111122223333",
      "Gained in 111122223333",
      "web-shop-plan (new)",
      "any pull request or branch main of octo-org/web-shop",
      "can read: ReadOnlyAccess",
      "Review of created.json",
    ])
      expect(stdout).toContain(text);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("of a plan that changes nothing says so", async () => {
    expect(await review("unchanged.json", "--fail-on", "weakened")).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^No change in who can do what\n/) as string,
    });
  });

  test("prints Markdown, and JSON that follows its schema", async () => {
    expect((await review("created.json", "--format", "markdown")).stdout).toMatch(
      /^### 🔴 5 jobs gain access to account 111122223333\n\n\| who \| may assume \|\n/,
    );
    expect((await json("created.json")).summary).toMatchObject({ gained: 4, lost: 0, errored: false });
  });

  test("closes the gate with 1 and the reason on standard error, and prints the review all the same", async () => {
    const { code, stdout, stderr } = await review("created.json", "--fail-on", "gained");
    expect([code, stderr]).toEqual([1, "--fail-on gained: 4 roles now grant access; they granted none before\n"]);
    expect(stdout).toBe((await review("created.json")).stdout);
  });

  test("makes one review of several plans, of which one may be standard input", async () => {
    expect((await json("created.json", "unchanged.json")).plans.map(({ file }) => file)).toEqual([
      "created.json",
      "unchanged.json",
    ]);
    const input = readFileSync(path.join(folder, "created.json"));
    const { code, stdout } = spawnCli(folder, ["review", "--format", "json", "-"], input);
    expect(code).toBe(0);
    const [fromInput, fromFile] = [reviewSchema.parse(JSON.parse(stdout)), await json("created.json")];
    expect(fromInput.summary).toEqual(fromFile.summary);
    expect(fromInput.plans.map(({ file }) => file)).toEqual(["-"]);
  });

  test.each([
    [[], 'Name at least one plan: a file with what "terraform show -json" prints, or "-" for standard input\n'],
    [["created.json", "./created.json"], '"./created.json" is given twice: give each plan once\n'],
    [["-", "-"], '"-" is given twice: give each plan once\n'],
    [["no.json"], "no.json: there is no such file"],
    [["."], ".: is a folder"],
    [["cut.json"], "cut.json: is not JSON, or not all of it"],
    [["empty.json"], "empty.json: is empty"],
    [["foreign.json"], "foreign.json: "],
    [["created.json", "cut.json"], "cut.json: is not JSON, or not all of it"],
    [["created.json", "--fail-on", "lost"], "Allowed choices are none, gained, widened, weakened."],
    [["created.json", "--format", "sarif"], "Allowed choices are text, markdown, json."],
  ])("%j ends with 2 and a sentence, and prints nothing", async (args, sentence) => {
    const { code, stdout, stderr } = await review(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  describe("of a policy that changes its version alone", () => {
    const WORKFLOW = `${ISSUER}:job_workflow_ref`;
    const jobs = (own: string): object => ({
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" },
        StringLike: { [`${ISSUER}:sub`]: "repo:octo-org/web-shop:*" },
        StringNotLike: { [WORKFLOW]: `${own}/*` },
      },
    });
    const principals = (team: string): object => ({
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
        StringNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${team}-*` },
      },
    });
    const plan = (before: object, after: object): string => {
      const values = (policy: object) => roleValues("deploy", { assume_role_policy: JSON.stringify(policy) });
      return planText({ changes: [change("aws_iam_role.deploy", "update", values(before), values(after))] });
    };
    const newer = (Statement: object): object => ({ Version: "2012-10-17", Statement });

    test.each([
      ["jobs, to the older one", jobs(`\${${ISSUER}:repository}`), { Version: "2008-10-17" }],
      ["jobs, to none", jobs(`\${${ISSUER}:repository}`), {}],
      ["principals of AWS", principals("${aws:PrincipalTag/team}"), {}],
    ])("a variable closes the gate for %s", async (_, Statement, version) => {
      writeFileSync(path.join(folder, "version.json"), plan(newer(Statement), { ...version, Statement }));
      const { code, stdout, stderr } = await review("version.json", "--fail-on", "weakened");
      expect([code, stderr]).toEqual([1, "--fail-on weakened: 1 role lets in more than before\n"]);
      expect(stdout).toContain("1 role perhaps widened");
      expect(stdout.replaceAll(/\s+/g, " ")).toContain("(plain text: version 2008-10-17 has no variables)");
    });

    test("no variable leaves the gate open", async () => {
      writeFileSync(
        path.join(folder, "version.json"),
        plan(newer(jobs("octo-org/web-shop")), { Statement: jobs("octo-org/web-shop") }),
      );
      expect(await review("version.json", "--fail-on", "weakened")).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^No change in who can do what\n/) as string,
      });
    });
  });

  test("every option is in the documentation", async () => {
    const documented = readFileSync(path.join(ROOT, "docs/commands.md"), "utf8");
    const [, section = ""] = /^## `github-oidc review`\n([\s\S]*?)^## /m.exec(documented) ?? [];
    for (const [option] of (await review("--help")).stdout.matchAll(/--[a-z-]+(?= <)/g))
      expect(section).toContain(`\`${option} <`);
  });
});
