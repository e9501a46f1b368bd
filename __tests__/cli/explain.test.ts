import { spawnSync } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { explainOutputSchema } from "../../lib/access/sts/output";
import { explain as runExplain, type ExplainOptions } from "../../lib/cli/commands/explain";
import { UsageError } from "../../lib/cli/usage-error";
import { ACCOUNT, allow, CLAIMS, keys, SUBJECT } from "../access/calls";
import { runCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");
const POLICY = { Version: "2012-10-17", Statement: [allow({ StringEquals: keys({ aud: "sts.amazonaws.com", sub: SUBJECT }) })] };
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const unsigned = `${encode({ alg: "RS256", kid: "one" })}.${encode({ ...CLAIMS, iat: 1_795_000_000, nbf: 1_794_999_400, exp: 1_795_000_300 })}`;
const TOKEN = `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), privateKey).toString("base64url")}`;

const folder = mkdtempSync(path.join(tmpdir(), "github-oidc-explain-"));
const FILES: Readonly<Record<string, unknown>> = {
  "trust.json": POLICY,
  "role.json": { Role: { RoleName: "deploy", Arn: `arn:aws:iam::${ACCOUNT}:role/deploy`, MaxSessionDuration: 7_200, AssumeRolePolicyDocument: POLICY } },
  "claims.json": CLAIMS,
  "denied.json": { ...CLAIMS, sub: "repo:octo-org/web-shop:environment:production", environment: "production" },
  "token.txt": `${TOKEN}\n`,
  "jwks.json": { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one" }] },
  "empty.json": "",
  "cut.json": '{"sub": "repo:octo-org',
  "list.json": [],
  "huge.json": `{"sub":"${"x".repeat(5_000_000)}"}`,
  "binary.json": Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
  "refused.json": { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }] },
};
beforeAll(() => {
  mkdirSync(path.join(folder, "directory"));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(path.join(folder, name), typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content, undefined, 2));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const explain = (...args: string[]): ReturnType<typeof runCli> => runCli(folder, "explain", ...args);
const output = (...args: string[]): ReturnType<typeof explainOutputSchema.parse> => explainOutputSchema.parse(JSON.parse(explain(...args, "--format", "json").stdout));

describe("github-oidc explain", () => {
  test("a token that is let in ends with 0", () => {
    const { code, stdout, stderr } = explain("--trust-policy", "trust.json", "--claims", "claims.json");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Allowed: /);
  });

  test("a denial ends with 1, and says which condition stood in the way, and what to change", () => {
    const { code, stdout, stderr } = explain("--trust-policy", "role.json", "--claims", "denied.json");
    expect([code, stderr]).toEqual([1, ""]);
    for (const text of ["Denied: AccessDenied", "✗ trust policy", "wanted  repo:octo-org/web-shop:ref:refs/heads/main", 'names environment "production"', "Fix  "]) expect(stdout).toContain(text);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("prints JSON that follows its schema", () => {
    expect(output("--trust-policy", "trust.json", "--claims", "denied.json")).toMatchObject({ decision: "deny", error: "AccessDenied", nearest: 0, hints: [{ id: "environment-instead-of-branch" }], statements: [{ conditions: [{ holds: true }, { holds: false, wanted: [SUBJECT] }] }] });
  });

  test("verifies a token by a JWKS file, as of a time that is given", () => {
    const { decision, steps } = output("--trust-policy", "role.json", "--token", "token.txt", "--jwks", "jwks.json", "--client-id", "sts.amazonaws.com", "--at", "2026-11-18T11:06:40Z", "--duration", "7200", "--session-name", "deploy", "--role-arn", `arn:aws:iam::${ACCOUNT}:role/ci/deploy`);
    expect([decision, steps.map(({ outcome }) => outcome)]).toEqual(["allow", Array.from({ length: 8 }, () => "pass")]);
  });

  test.each([
    [["--duration", "7201"], "ValidationError"],
    [["--session-name", "a"], "ValidationError"],
    [["--client-id", "other"], "InvalidIdentityToken"],
    [["--role-arn", "arn:aws:iam::444455556666:role/deploy"], "InvalidIdentityToken"],
  ])("%s denies with %s", (args, error) => expect(output("--trust-policy", "role.json", "--claims", "claims.json", ...args)).toMatchObject({ decision: "deny", error }));

  test("a token that is old is expired", () => expect(output("--trust-policy", "trust.json", "--token", "token.txt", "--at", "1795000601")).toMatchObject({ error: "ExpiredTokenException" }));

  test("reads one of its files from standard input", () => {
    const run = (args: readonly string[], input: string): number | null => spawnSync(process.execPath, [path.join(ROOT, "node_modules/tsx/dist/cli.mjs"), path.join(ROOT, "lib/cli/main.ts"), "explain", ...args], { cwd: folder, input, encoding: "utf8" }).status;
    expect(run(["--trust-policy", "-", "--claims", "claims.json"], JSON.stringify(POLICY))).toBe(0);
    expect(run(["--trust-policy", "trust.json", "--token", "-", "--at", "1795000000"], TOKEN)).toBe(0);
    expect(run(["--trust-policy", "-", "--claims", "-"], "")).toBe(2);
  });

  const trust = ["--trust-policy", "trust.json"];
  test.each([
    [[], "--trust-policy"],
    [[...trust, "--claims", "cut.json"], "cut.json: it is not JSON, or has been cut off (line 1, column 9)"],
    [[...trust, "--token", TOKEN], "--token: give the name of a file"],
    [[...trust, TOKEN], ""],
    [["--trust-policy", TOKEN, "--claims", "claims.json"], "--trust-policy: give the name of a file"],
    [["--trust-policy", "token.txt", "--claims", "claims.json"], "token.txt: it is a token, and a trust policy is wanted"],
    [[...trust, "--claims", "claims.json", "--format", "xml"], "--format"],
  ])("%j ends with 2 and a sentence", (args, sentence) => {
    const { code, stdout, stderr } = explain(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^ {4}at |mistake of the program/m);
    for (const part of TOKEN.split(".")) expect(stderr).not.toContain(part.slice(0, 24));
  });

  const at = (name: string): string => path.join(folder, name);
  const given = (otherwise: Partial<ExplainOptions>): ExplainOptions => ({ trustPolicy: at("trust.json"), claims: at("claims.json"), clientId: [], format: "text", ...otherwise });
  test.each<[string, Partial<ExplainOptions>, string]>([
    ["neither claims nor a token", { claims: undefined }, "Give the token by --token FILE"],
    ["both", { token: at("token.txt") }, "not both"],
    ["no file", { claims: at("none.json") }, "none.json: there is no such file"],
    ["a folder", { claims: at("directory") }, "directory: it is a folder"],
    ["empty claims", { claims: at("empty.json") }, "empty.json: it is empty"],
    ["another kind of JSON", { claims: at("list.json") }, "list.json: it is JSON, but a list"],
    ["huge claims", { claims: at("huge.json") }, "huge.json: it has more than 1048576 characters"],
    ["claims that are no text", { claims: at("binary.json") }, "binary.json: it is not text in UTF-8"],
    ["a policy for claims", { claims: at("trust.json") }, "trust.json: it is a policy, and the claims of a token are wanted"],
    ["claims for a JWKS file", { jwks: at("claims.json") }, 'claims.json: it is no JWKS: a list "keys" is missing'],
    ["an empty policy", { trustPolicy: at("empty.json") }, "empty.json: it is empty"],
    ["a policy cut off", { trustPolicy: at("cut.json") }, "cut.json:1:9: "],
    ["a list for a policy", { trustPolicy: at("list.json") }, "list.json:1:1: "],
    ["a huge policy", { trustPolicy: at("huge.json") }, "huge.json: it has more than 1048576 characters"],
    ["a policy that AWS refuses", { trustPolicy: at("refused.json") }, "AWS would not accept this trust policy:"],
    ["no time", { at: "yesterday" }, '--at "yesterday"'],
    ["a time beyond all dates", { at: "9".repeat(19) }, "--at"],
    ["no duration", { duration: "1h" }, '--duration "1h"'],
    ["no ARN of a role", { roleArn: "deploy" }, '--role-arn "deploy"'],
  ])("%s cannot be used, and a sentence says so", (_what, otherwise, sentence) => {
    expect(() => runExplain(given(otherwise))).toThrow(UsageError);
    expect(() => runExplain(given(otherwise))).toThrow(sentence);
  });
});
