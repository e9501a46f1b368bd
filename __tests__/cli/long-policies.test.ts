import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Grants } from "../../lib/questions/grants";
import { checkOutputSchema } from "../../lib/check/output";
import { mintClaims } from "../../lib/github/token";
import { reviewSchema } from "../../lib/review/review";
import { change, planText, roleValues } from "../readers/small-plan";
import { longPolicy } from "../aws/policy/long-policies";
import { runCli } from "../support/run-cli";

/** That of every length the answers are the same is tested without the commands. */
const LENGTHS = [8_020, 8_192, 8_193];
const REASON = "Cannot exceed quota for ACLSizePerRole: 8192, and this has 8193 characters";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "github-oidc-long-"));
  for (const length of LENGTHS) {
    const policy = longPolicy(length);
    writeFileSync(path.join(folder, `trust-${length}.json`), policy);
    writeFileSync(
      path.join(folder, `plan-${length}.json`),
      planText({
        changes: [change("aws_iam_role.deploy", "create", null, roleValues("deploy", { assume_role_policy: policy }))],
      }),
    );
  }
  writeFileSync(
    path.join(folder, "stranger.json"),
    JSON.stringify(mintClaims({ repository: "evil/evil", branch: "main", issuedAt: 1_795_000_000 })),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): ReturnType<typeof runCli> => runCli(folder, ...args);
const EXPLAIN = ["--claims", "stranger.json", "--at", "1795000000", "--format", "json"];

describe.each([8_020, 8_192])(
  "with a trust policy of %d characters, one statement of it for every repository",
  (length) => {
    const plan = `plan-${length}.json`;

    test("review closes the gate", async () => {
      const { code, stdout, stderr } = await run("review", plan, "--fail-on", "gained", "--format", "json");
      expect([code, stderr]).toEqual([1, "--fail-on gained: 1 role now grants access; it granted none before\n"]);
      expect(reviewSchema.parse(JSON.parse(stdout)).summary).toMatchObject({ gained: 1, unknown: 0 });
    });

    test.each([
      ["a plan", ["--plan", plan]],
      ["the policy alone", ["--trust-policy", `trust-${length}.json`]],
    ])("check of %s reports that every owner is trusted", async (_, source) => {
      const { code, stdout } = await run("check", ...source, "--format", "json");
      expect(code).toBe(1);
      expect(checkOutputSchema.parse(JSON.parse(stdout)).findings.map(({ rule }) => rule)).toContain("L2");
    });

    test("access names everybody, and explain lets a stranger in", async () => {
      const { grants, unread } = JSON.parse((await run("access", "--plan", plan, "--format", "json")).stdout) as Grants;
      expect([grants.filter(({ breadth }) => breadth === "anyone").length, unread]).toEqual([1, []]);
      for (const source of [
        ["--plan", plan, "--role", "deploy"],
        ["--trust-policy", `trust-${length}.json`],
      ])
        expect((await run("explain", ...source, ...EXPLAIN)).code).toBe(0);
    });
  },
);

describe("with a trust policy of 8193 characters, which AWS would refuse,", () => {
  const [plan, policy] = ["plan-8193.json", "trust-8193.json"];

  test.each(["gained", "widened", "weakened"])("review closes the gate for %s", async (gate) => {
    const { code, stdout, stderr } = await run("review", plan, "--fail-on", gate, "--format", "json");
    expect([code, stderr]).toEqual([1, `--fail-on ${gate}: 1 thing could not be known that may let somebody in\n`]);
    expect(reviewSchema.parse(JSON.parse(stdout)).unknown).toMatchObject([
      { reason: `whom it will trust: AWS would refuse the trust policy: ${REASON}`, mayAdmit: true },
    ]);
  });

  test("check of a plan has an error, and of the policy alone ends with 2 and the reason", async () => {
    const { code, stdout } = await run("check", "--plan", plan, "--format", "json");
    expect(code).toBe(1);
    expect(checkOutputSchema.parse(JSON.parse(stdout)).findings).toMatchObject([
      { rule: "L36", severity: "error", message: `AWS would refuse this role's trust policy: ${REASON}` },
    ]);
    expect(await run("check", "--trust-policy", policy)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(REASON) as string,
    });
  });

  test("access says of whom it is not known, and explain decides nothing", async () => {
    expect(JSON.parse((await run("access", "--plan", plan, "--format", "json")).stdout)).toMatchObject({
      grants: [],
      unread: [{ role: "deploy", reason: `AWS would refuse its trust policy: ${REASON}` }],
    });
    for (const source of [
      ["--plan", plan, "--role", "deploy"],
      ["--trust-policy", policy],
    ])
      expect(await run("explain", ...source, ...EXPLAIN)).toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringContaining(REASON) as string,
      });
  });
});
