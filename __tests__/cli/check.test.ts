import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type CheckOutput, checkOutputSchema } from "../../lib/check/output";
import { policyText, statement } from "../aws/policy/policies";
import { sarifProblems, type SarifLog } from "../check/sarif-schema";
import { runCli, spawnCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");
const ISSUER = "token.actions.githubusercontent.com";
const policy = (sub: string | readonly string[]): string =>
  JSON.stringify(
    JSON.parse(
      policyText([
        statement({
          Condition: {
            StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" },
            StringLike: { [`${ISSUER}:sub`]: sub },
          },
        }),
      ]),
    ),
    null,
    2,
  );

const folder = mkdtempSync(path.join(tmpdir(), "github-oidc-check-"));
const FILES: Readonly<Record<string, string | Buffer>> = {
  "sound.json": policy("repo:octo-org/web-shop:environment:production"),
  "loose.json": policy(["repo:octo-org/web-shop:environment:production", "repo:octo-org/*", "repo:octo-org/*"]),
  "note.json": policy("repo:octo-org/web-shop:pull_request"),
  "warning.json": policy("repo:octo-org/web-shop:*"),
  "folder/a b.json": policy("repo:*"),
  "role.json": JSON.stringify({
    Role: { RoleName: "deploy", AssumeRolePolicyDocument: encodeURIComponent(policy("repo:*")) },
  }),
  "empty.json": "",
  "blank.json": " \n",
  "cut.json": '{"Version": "2012-10-17", "Statement": [',
  "list.json": "[]",
  "text.json": '"hello"',
  "huge.json": `{"Version": "${"x".repeat(5_000_000)}"}`,
  "binary.json": Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
  // As the console's wizard writes it, saved by an editor on Windows.
  "console.json": `\ufeff${JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}` }, Action: "sts:AssumeRoleWithWebIdentity", Condition: { StringEquals: { [`${ISSUER}:aud`]: ["sts.amazonaws.com"] }, StringLike: { [`${ISSUER}:sub`]: ["repo:octo-org/*"] } } }] }, null, 4).replaceAll("\n", "\r\n")}\r\n`,
  "everybody.json": JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
  }),
  "everybody-by-saml.json": JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRoleWithSAML" }],
  }),
  "organization.json": JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "sts:*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      },
    ],
  }),
  "service.json": JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
  "placeholder.json": policy("repo:octo-org/web-shop:environment:production").replace("111122223333", "ACCOUNT_ID"),
  "wrong-call.json": JSON.stringify({ Version: "2012-10-17", Statement: [statement({ Action: "sts:AssumeRole" })] }),
  "refused.json":
    '{\n "Version": "2012-10-17",\n "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject" }]\n}',
};

beforeAll(() => {
  mkdirSync(path.join(folder, "folder"));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(path.join(folder, name), content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (...args: string[]): ReturnType<typeof runCli> => runCli(folder, "check", ...args);
const json = async (...args: string[]): Promise<CheckOutput> =>
  checkOutputSchema.parse(JSON.parse((await check(...args, "--format", "json")).stdout));
const sarif = async (...args: string[]): Promise<SarifLog> =>
  JSON.parse((await check(...args, "--format", "sarif")).stdout) as SarifLog;

describe("github-oidc check", () => {
  test("a sound policy ends with 0 and nothing found", async () =>
    expect(await check("--trust-policy", "sound.json")).toEqual({ code: 0, stdout: "Nothing found.\n", stderr: "" }));

  test.each([
    ["everybody.json", "error L32", "any principal of any AWS account may assume the role"],
    ["everybody-by-saml.json", "error L32", "anyone whom any SAML provider signs in may assume the role"],
    ["wrong-call.json", "error L42", "never calls sts:AssumeRole"],
  ])("%s has an %s", async (file, rule, message) => {
    const { code, stdout } = await check("--trust-policy", file);
    expect([code, stdout.replaceAll(/\s+/g, " ")]).toEqual([
      1,
      expect.stringMatching(new RegExp(`${rule} .*${message}`)) as string,
    ]);
  });

  test.each([
    ["service.json", "No statement in this policy trusts GitHub Actions."],
    ["organization.json", "No statement in this policy trusts GitHub Actions."],
  ])("%s ends with 0 and: %s", async (file, sentence) =>
    expect(await check("--trust-policy", file)).toEqual({ code: 0, stdout: `${sentence}\n`, stderr: "" }),
  );

  test("what stands in the place of an account does not make it another provider, and is a note", async () => {
    const { code, stdout } = await check("--trust-policy", "placeholder.json");
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('the account "ACCOUNT_ID" of the provider is a placeholder'),
    ]);
    expect(stdout).toMatch(/\n1 note\.\n$/);
  });

  test("says where, how bad, what and what to do, and fits 80 columns", async () => {
    const { code, stdout, stderr } = await check("--trust-policy", "loose.json");
    expect([code, stderr]).toEqual([1, ""]);
    for (const text of [
      "loose.json:17:13 error L3",
      '"repo:octo-org/*" matches every repository of octo-org',
      "Fix: ",
      "2 errors, 2 warnings, 1 note.",
    ])
      expect(stdout).toContain(text);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("reads what was copied from the AWS console", async () => {
    expect((await json("--trust-policy", "console.json")).findings).toMatchObject([
      { rule: "L3", severity: "error", location: { line: 18 } },
    ]);
  });

  test.each<[string, string | undefined, number]>([
    ["note.json", undefined, 0],
    ["note.json", "warning", 0],
    ["note.json", "note", 1],
    ["warning.json", undefined, 0],
    ["warning.json", "warning", 1],
    ["warning.json", "note", 1],
    ["loose.json", "error", 1],
  ])("%s with --fail-on %s ends with %d", async (file, failOn, code) =>
    expect((await check("--trust-policy", file, ...(failOn === undefined ? [] : ["--fail-on", failOn]))).code).toBe(
      code,
    ),
  );

  test("prints JSON that follows its schema, in the order of the file", async () => {
    const { findings, summary } = await json("--trust-policy", "loose.json");
    expect(findings.map(({ rule, location }) => [rule, location.file, "line" in location && location.line])).toEqual([
      ["L3", "loose.json", 17],
      ["L9", "loose.json", 17],
      ["L3", "loose.json", 18],
      ["L9", "loose.json", 18],
      ["L33", "loose.json", 18],
    ]);
    expect(summary).toEqual({ error: 2, warning: 2, note: 1 });
  });

  test("runs the rules asked for, and not the disabled ones", async () => {
    const rules = async (...args: string[]): Promise<string[]> => [
      ...new Set((await json("--trust-policy", "loose.json", ...args)).findings.map(({ rule }) => rule)),
    ];
    expect(await rules("--rule", "L9", "--rule", "l03")).toEqual(["L3", "L9"]);
    expect(await rules("--disable", "L3", "--disable", "L9")).toEqual(["L33"]);
    expect(await rules("--rule", "L3", "--rule", "L9", "--disable", "L3")).toEqual(["L9"]);
  });

  test("reads what get-role prints, and standard input", async () => {
    expect((await json("--trust-policy", "role.json")).findings.map(({ rule }) => rule)).toEqual(["L2"]);
    const args = ["check", "--trust-policy", "-", "--format", "json"];
    const { code, stdout } = spawnCli(folder, args, policy("repo:*"));
    expect(code).toBe(1);
    expect(checkOutputSchema.parse(JSON.parse(stdout)).findings[0]).toMatchObject({
      rule: "L2",
      location: { file: "-", line: 15 },
    });
  });

  test("prints SARIF as code scanning reads it", async () => {
    const log = await sarif("--trust-policy", path.join(folder, "folder/a b.json"));
    expect(sarifProblems(log)).toEqual([]);
    const [run] = log.runs;
    const [result] = run?.results ?? [];
    expect(result).toMatchObject({
      ruleId: "L2",
      level: "error",
      locations: [{ physicalLocation: { artifactLocation: { uri: "folder/a%20b.json" }, region: { startLine: 15 } } }],
    });
    expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe("L2");
    expect(sarifProblems(await sarif("--trust-policy", "sound.json"))).toEqual([]);
  });

  test("gives each result a fingerprint of its own, which does not move with the lines", async () => {
    const prints = async (file: string): Promise<(string | undefined)[]> =>
      (await sarif("--trust-policy", file)).runs.flatMap(({ results }) =>
        results.map(({ partialFingerprints }) => Object.values(partialFingerprints)[0]),
      );
    const before = await prints("loose.json");
    expect(new Set(before).size).toBe(5);
    writeFileSync(path.join(folder, "loose.json"), `\n\n${FILES["loose.json"]?.toString()}`);
    expect(await prints("loose.json")).toEqual(before);
    writeFileSync(path.join(folder, "loose.json"), FILES["loose.json"] ?? "");
  });

  test.each<[string[], string]>([
    [
      ["--trust-policy", "refused.json"],
      "AWS would not accept this trust policy:\nrefused.json:3:65: AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [["--trust-policy", "refused.json", "--format", "sarif"], "AWS would not accept this trust policy:"],
    [["--trust-policy", "empty.json"], "empty.json: it is empty"],
    [["--trust-policy", "blank.json"], "blank.json: it is empty"],
    [["--trust-policy", "cut.json"], "cut.json:1:41: This policy contains invalid Json"],
    [["--trust-policy", "list.json"], "list.json:1:1: a policy is a JSON object"],
    [["--trust-policy", "text.json"], "text.json:1:1: a policy is a JSON object"],
    [["--trust-policy", "huge.json"], "huge.json: it exceeds the limit of"],
    [["--trust-policy", "binary.json"], "binary.json: it is not text in UTF-8"],
    [["--trust-policy", "none.json"], "none.json: there is no such file"],
    [["--trust-policy", "folder"], "folder: it is a folder"],
    [["--trust-policy", "sound.json", "--rule", "L99"], 'There is no rule "L99": the rules are L1, L2,'],
    [["--trust-policy", "sound.json", "--rule", "L1", "--disable", "L1"], "leave no rule to run"],
    [["--trust-policy", "sound.json", "--fail-on", "never"], "Allowed choices are error, warning, note."],
    [["--trust-policy", "sound.json", "--format", "xml"], "Allowed choices are text, json, sarif."],
    [["--trust-policy", "sound.json", "--config", "access.yaml"], "--trust-policy and --config: give one source"],
    [["--synth", "x", "--plan", "y"], "--synth and --plan: give one source"],
    [[], "access.yaml: there is no such file"],
  ])("%j ends with 2 and a sentence, without a stack trace", async (args, sentence) => {
    const { code, stdout, stderr } = await check(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("help shows an example, and every option is in the documentation", async () => {
    const { code, stdout } = await check("--help");
    expect([code, stdout.includes("Examples:")]).toEqual([0, true]);
    const documented = readFileSync(path.join(ROOT, "docs/commands.md"), "utf8");
    for (const [option] of stdout.matchAll(/--[a-z-]+(?= <)/g)) expect(documented).toContain(`\`${option} <`);
  });
});
