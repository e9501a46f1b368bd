import { generateKeyPairSync, sign } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ExplainOutput, explainOutputSchema } from "../../lib/trust/sts/output";
import { explain as runExplain, type ExplainOptions } from "../../lib/cli/commands/explain";
import { UsageError } from "../../lib/cli/usage-error";
import { AccessConfigError } from "../../lib/yaml/problem";
import { ACCOUNT, allow, CLAIMS, ISSUER, keys, PROVIDER, SUBJECT } from "../trust/calls";
import { runCli, spawnCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");
const POLICY = {
  Version: "2012-10-17",
  Statement: [allow({ StringEquals: keys({ aud: "sts.amazonaws.com", sub: SUBJECT }) })],
};
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const unsigned = `${encode({ alg: "RS256", kid: "one" })}.${encode({ ...CLAIMS, iat: 1_795_000_000, nbf: 1_794_999_400, exp: 1_795_000_300 })}`;
const TOKEN = `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), privateKey).toString("base64url")}`;

const folder = mkdtempSync(path.join(tmpdir(), "github-oidc-explain-"));
const FILES: Readonly<Record<string, unknown>> = {
  "trust.json": POLICY,
  "role.json": {
    Role: {
      RoleName: "deploy",
      Arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
      MaxSessionDuration: 7_200,
      AssumeRolePolicyDocument: POLICY,
    },
  },
  "claims.json": CLAIMS,
  "denied.json": { ...CLAIMS, sub: "repo:octo-org/web-shop:environment:production", environment: "production" },
  "token.txt": `${TOKEN}\n`,
  "jwks.json": { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one" }] },
  "empty.json": "",
  "cut.json": '{"sub": "repo:octo-org',
  "list.json": [],
  "huge.json": `{"sub":"${"x".repeat(5_000_000)}"}`,
  "binary.json": Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
  "refused.json": {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
  },
};
beforeAll(() => {
  mkdirSync(path.join(folder, "directory"));
  for (const name of ["access.yaml", "policies"])
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  for (const [name, content] of Object.entries(FILES))
    writeFileSync(
      path.join(folder, name),
      typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content, undefined, 2),
    );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
const explain = (...args: string[]): ReturnType<typeof runCli> => runCli(folder, "explain", ...args);
const output = async (...args: string[]): Promise<ReturnType<typeof explainOutputSchema.parse>> =>
  explainOutputSchema.parse(JSON.parse((await explain(...args, "--format", "json")).stdout));

describe("github-oidc explain", () => {
  test("a token that is let in ends with 0", async () => {
    const { code, stdout, stderr } = await explain("--trust-policy", "trust.json", "--claims", "claims.json");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Allowed: /);
  });

  test("a denial ends with 1, and says which condition stood in the way, and what to change", async () => {
    const { code, stdout, stderr } = await explain("--trust-policy", "role.json", "--claims", "denied.json");
    expect([code, stderr]).toEqual([1, ""]);
    for (const text of [
      "Denied: AccessDenied",
      "✗ trust policy",
      "wanted  repo:octo-org/web-shop:ref:refs/heads/main",
      'names environment "production"',
      "Fix  ",
    ])
      expect(stdout).toContain(text);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("prints JSON that follows its schema", async () => {
    expect(await output("--trust-policy", "trust.json", "--claims", "denied.json")).toMatchObject({
      decision: "deny",
      error: "AccessDenied",
      nearest: 0,
      hints: [{ id: "environment-instead-of-branch" }],
      statements: [{ conditions: [{ holds: true }, { holds: false, wanted: [SUBJECT] }] }],
    });
  });

  test("verifies a token by a JWKS file, as of a time that is given", async () => {
    const { decision, steps } = await output(
      "--trust-policy",
      "role.json",
      "--token",
      "token.txt",
      "--jwks",
      "jwks.json",
      "--client-id",
      "sts.amazonaws.com",
      "--at",
      "2026-11-18T11:06:40Z",
      "--duration",
      "7200",
      "--session-name",
      "deploy",
      "--role-arn",
      `arn:aws:iam::${ACCOUNT}:role/ci/deploy`,
    );
    expect([decision, steps.map(({ outcome }) => outcome)]).toEqual(["allow", Array.from({ length: 8 }, () => "pass")]);
  });

  test.each([
    [["--duration", "7201"], "ValidationError"],
    [["--session-name", "a"], "ValidationError"],
    [["--client-id", "other"], "InvalidIdentityToken"],
    [["--role-arn", "arn:aws:iam::444455556666:role/deploy"], "InvalidIdentityToken"],
  ])("%s denies with %s", async (args, error) =>
    expect(await output("--trust-policy", "role.json", "--claims", "claims.json", ...args)).toMatchObject({
      decision: "deny",
      error,
    }),
  );

  test("a token that is old is expired", async () =>
    expect(await output("--trust-policy", "trust.json", "--token", "token.txt", "--at", "1795000601")).toMatchObject({
      error: "ExpiredTokenException",
    }));

  test("reads one of its files from standard input", () => {
    const run = (args: readonly string[], input: string): number | null =>
      spawnCli(folder, ["explain", ...args], input).code;
    expect(run(["--trust-policy", "-", "--claims", "claims.json"], JSON.stringify(POLICY))).toBe(0);
    expect(run(["--trust-policy", "trust.json", "--token", "-", "--at", "1795000000"], TOKEN)).toBe(0);
    expect(run(["--trust-policy", "-", "--claims", "-"], "")).toBe(2);
  });

  const trust = ["--trust-policy", "trust.json"];
  test.each([
    [[], "Give the role by --role NAME, or its trust policy by --trust-policy FILE"],
    [[...trust, "--claims", "claims.json", "--role", "web-shop-plan"], "Give --role or --trust-policy, not both"],
    [[...trust, "--claims", "claims.json", "--plan", "plan.json"], "--plan goes with --role, not with --trust-policy"],
    [["--role", "web-shop-plan"], "Give the token by --token FILE"],
    [["--role", "web-shop-plna", "--claims", "claims.json"], 'did you mean "web-shop-plan"?'],
    [[...trust, "--claims", "cut.json"], "cut.json: it is not JSON, or has been cut off (line 1, column 9)"],
    [[...trust, "--token", TOKEN], "--token: give the name of a file"],
    [[...trust, TOKEN], ""],
    [["--trust-policy", TOKEN, "--claims", "claims.json"], "--trust-policy: give the name of a file"],
    [["--trust-policy", "token.txt", "--claims", "claims.json"], "token.txt: it is a token; expected a trust policy"],
    [[...trust, "--claims", "claims.json", "--format", "xml"], "--format"],
  ])("%j ends with 2 and a sentence", async (args, sentence) => {
    const { code, stdout, stderr } = await explain(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^ {4}at |mistake of the program/m);
    for (const part of TOKEN.split(".")) expect(stderr).not.toContain(part.slice(0, 24));
  });

  const given = (otherwise: Partial<ExplainOptions>): ExplainOptions => ({
    trustPolicy: at("trust.json"),
    claims: at("claims.json"),
    clientId: [],
    format: "text",
    ...otherwise,
  });
  test.each<[string, Partial<ExplainOptions>, string]>([
    ["neither claims nor a token", { claims: undefined }, "Give the token by --token FILE"],
    ["both", { token: at("token.txt") }, "not both"],
    ["no file", { claims: at("none.json") }, "none.json: there is no such file"],
    ["a folder", { claims: at("directory") }, "directory: it is a folder"],
    ["empty claims", { claims: at("empty.json") }, "empty.json: it is empty"],
    ["another kind of JSON", { claims: at("list.json") }, "list.json: it is JSON, but a list"],
    ["huge claims", { claims: at("huge.json") }, "huge.json: it exceeds the limit of 3145731 bytes"],
    ["claims that are no text", { claims: at("binary.json") }, "binary.json: it is not text in UTF-8"],
    [
      "a policy for claims",
      { claims: at("trust.json") },
      "trust.json: it is a policy, and the claims of a token are wanted",
    ],
    ["claims for a JWKS file", { jwks: at("claims.json") }, 'claims.json: it is no JWKS: a list "keys" is missing'],
    ["an empty policy", { trustPolicy: at("empty.json") }, "empty.json: it is empty"],
    ["a policy cut off", { trustPolicy: at("cut.json") }, "cut.json:1:9: "],
    ["a list for a policy", { trustPolicy: at("list.json") }, "list.json:1:1: "],
    ["a huge policy", { trustPolicy: at("huge.json") }, "huge.json: it exceeds the limit of 3145731 bytes"],
    ["a policy that AWS refuses", { trustPolicy: at("refused.json") }, "AWS would not accept this trust policy:"],
    ["no time", { at: "yesterday" }, '--at "yesterday"'],
    ["a time beyond all dates", { at: "9".repeat(19) }, "--at"],
    ["no duration", { duration: "1h" }, '--duration "1h"'],
    ["no ARN of a role", { roleArn: "deploy" }, '--role-arn "deploy"'],
  ])("%s cannot be used, and a sentence says so", async (_what, otherwise, sentence) => {
    await expect(runExplain(given(otherwise))).rejects.toThrow(UsageError);
    await expect(runExplain(given(otherwise))).rejects.toThrow(sentence);
  });
});

/** A plan of hand-written Terraform: roles with names, and the values of a subject condition, of which null is not known. */
const planOf = (roles: Readonly<Record<string, readonly (string | null)[]>>): object => ({
  format_version: "1.2",
  resource_changes: Object.entries(roles).flatMap(([name, values]) => [
    {
      address: `data.aws_iam_policy_document.${name}`,
      mode: "data",
      type: "aws_iam_policy_document",
      name,
      change: {
        actions: ["read"],
        after: {
          statement: [
            {
              actions: ["sts:AssumeRoleWithWebIdentity"],
              principals: [{ type: "Federated", identifiers: [PROVIDER] }],
              condition: [{ test: "StringEquals", variable: `${ISSUER}:sub`, values }],
            },
          ],
        },
        after_unknown: { json: true, statement: [{ condition: [{ values: values.map((value) => value === null) }] }] },
      },
    },
    {
      address: `aws_iam_role.${name}`,
      mode: "managed",
      type: "aws_iam_role",
      name,
      change: { actions: ["create"], after: { name }, after_unknown: { arn: true, assume_role_policy: true } },
    },
  ]),
  configuration: {
    root_module: {
      resources: Object.entries(roles).flatMap(([name]) => [
        {
          address: `data.aws_iam_policy_document.${name}`,
          mode: "data",
          type: "aws_iam_policy_document",
          name,
          expressions: {
            statement: [
              {
                condition: [{ values: { references: ["github_repository.shop.full_name", "github_repository.shop"] } }],
              },
            ],
          },
        },
        {
          address: `aws_iam_role.${name}`,
          mode: "managed",
          type: "aws_iam_role",
          name,
          expressions: {
            assume_role_policy: {
              references: [`data.aws_iam_policy_document.${name}.json`, `data.aws_iam_policy_document.${name}`],
            },
          },
        },
      ]),
    },
  },
});

const TWO_ACCOUNTS = `
github: { owner: octo-org }
accounts:
  staging: { id: "222233334444", region: eu-west-1 }
  production: { id: "${ACCOUNT}", region: eu-west-1 }
repositories:
  web-shop:
    roles:
      one: { name: deploy, account: staging, allow: [{ branch: topic }], managedPolicies: [ReadOnlyAccess] }
      two: { name: deploy, account: production, allow: [{ branch: main }], managedPolicies: [ReadOnlyAccess] }
`;

describe("github-oidc explain --role", () => {
  const ids = { sub: SUBJECT.replace("octo-org/web-shop", "octo-org@65/web-shop@74") };
  const roleFiles: Readonly<Record<string, unknown>> = {
    "two.yaml": TWO_ACCOUNTS,
    "ids.json": { ...CLAIMS, ...ids },
    "topic.json": { ...CLAIMS, sub: SUBJECT.replace("main", "topic") },
    "stranger.json": {
      ...CLAIMS,
      sub: SUBJECT.replace("octo-org", "evil"),
      repository: "evil/web-shop",
      repository_owner: "evil",
    },
    "audience.json": { ...CLAIMS, aud: "https://github.com/octo-org" },
    "contradiction.json": { ...CLAIMS, ...ids, repository_id: "75" },
    "plan.json": planOf({ open: [null], settled: [null, SUBJECT], known: [SUBJECT], [`wei\u001brd`]: [null] }),
  };
  beforeAll(() => {
    for (const [name, content] of Object.entries(roleFiles))
      writeFileSync(path.join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  });

  const given = ({
    config,
    synth,
    plan,
    claims = "claims.json",
    ...otherwise
  }: Partial<ExplainOptions>): ExplainOptions => {
    const source =
      plan === undefined
        ? synth === undefined
          ? { config: at(config ?? "access.yaml") }
          : { synth: at(synth), ...(config === undefined ? {} : { config: at(config) }) }
        : { plan: plan === "-" ? plan : at(plan) };
    return { ...source, claims: claims === "-" ? claims : at(claims), clientId: [], format: "json", ...otherwise };
  };
  /** What it prints, without a process of its own. */
  async function decide(otherwise: Partial<ExplainOptions>): Promise<ExplainOutput> {
    const print = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      const allowed = await runExplain(given(otherwise));
      const printed = explainOutputSchema.parse(JSON.parse(String(print.mock.calls[0]?.[0])));
      expect(printed.decision).toBe(allowed ? "allow" : "deny");
      return printed;
    } finally {
      print.mockRestore();
    }
  }

  test("lets in a job of the sample's, and says that its ids were taken from the token", async () => {
    const { code, stdout, stderr } = await explain("--role", "web-shop-plan", "--claims", "ids.json");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Allowed: /);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "its ids 65 and 74 were taken from the token: the plan reads the real ones from GitHub",
    );
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("denies another job, names the condition, and prints JSON that follows its schema", async () => {
    expect((await explain("--role", "web-shop-production", "--claims", "claims.json")).code).toBe(1);
    expect(await output("--role", "web-shop-production", "--claims", "ids.json")).toMatchObject({
      decision: "deny",
      error: "AccessDenied",
      nearest: 0,
      hints: [{ id: "branch-instead-of-environment" }],
      statements: [
        {
          conditions: [
            { holds: true },
            { holds: false, wanted: ["repo:octo-org@65/web-shop@74:environment:production"], actual: [ids.sub] },
          ],
        },
      ],
    });
  });

  test("says the same of what is synthesized", async () => {
    expect((await runCli(folder, "synth")).code).toBe(0);
    for (const claims of ["claims.json", "ids.json", "denied.json", "stranger.json"])
      expect(await decide({ role: "web-shop-plan", synth: "cdktf.out", claims })).toEqual(
        await decide({ role: "web-shop-plan", claims }),
      );
  });

  test("knows the client ids of a provider that the file creates, and not of one that exists", async () => {
    expect(await decide({ role: "web-shop-staging", claims: "audience.json" })).toMatchObject({
      error: "InvalidIdentityToken",
    });
    expect(await decide({ role: "web-shop-plan", claims: "audience.json" })).toMatchObject({ error: "AccessDenied" });
    expect(
      await decide({ role: "web-shop-plan", claims: "audience.json", clientId: ["sts.amazonaws.com"] }),
    ).toMatchObject({ error: "InvalidIdentityToken" });
  });

  test("takes the access file's word for claims that AWS does not document, and says so, but not that of any other source", async () => {
    const issuer = "token.actions.githubusercontent.com/octo";
    const workflow = "octo-org/ci/.github/workflows/deploy.yml@refs/heads/main";
    writeFileSync(
      at("asserted.yaml"),
      `github: {owner: octo-org, enterpriseSlug: octo}\naccounts: {production: {id: "${ACCOUNT}", region: eu-west-1, claimKeys: asserted}}\nrepositories: {web-shop: {roles: {deploy: {allow: [{branch: main, workflow: ${workflow}}]}}}}\n`,
    );
    writeFileSync(
      at("vetted.json"),
      JSON.stringify({ ...CLAIMS, iss: `https://${issuer}`, job_workflow_ref: workflow }),
    );
    writeFileSync(
      at("unvetted.json"),
      JSON.stringify({ ...CLAIMS, iss: `https://${issuer}`, job_workflow_ref: workflow.replace("main", "topic") }),
    );
    const role = "web-shop-deploy";
    const vetted = await decide({ role, config: "asserted.yaml", claims: "vetted.json" });
    expect(vetted.decision).toBe("allow");
    expect(vetted.steps.find(({ name }) => name === "trust-policy")?.detail).toContain(
      'AWS compares GitHub\'s own claims here, as the access file vouches ("claimKeys: asserted")',
    );
    expect(await decide({ role, config: "asserted.yaml", claims: "unvetted.json" })).toMatchObject({
      decision: "deny",
      hints: [{ id: "workflow-at-other-ref" }],
    });
    expect((await runCli(folder, "synth", "--config", "asserted.yaml", "--out", "asserted")).code).toBe(0);
    expect(await decide({ role, synth: "asserted", claims: "vetted.json" })).toMatchObject({
      decision: "deny",
      hints: [{ id: "unknown-key" }],
    });
  });

  test("reads a plan from standard input", () => {
    const args = ["explain", "--role", "known", "--plan", "-", "--claims", "claims.json"];
    expect(spawnCli(folder, args, readFileSync(path.join(folder, "plan.json"))).code).toBe(0);
  });

  test.each<[string, Partial<ExplainOptions>, "allow" | "deny"]>([
    ["a job of the repository", { role: "web-shop-plan" }, "allow"],
    ["a stranger's job", { role: "web-shop-plan", claims: "stranger.json" }, "deny"],
    ["the role of the account that is named", { role: "deploy", config: "two.yaml", account: "production" }, "allow"],
    ["the other one", { role: "deploy", config: "two.yaml", account: "staging" }, "deny"],
    [
      "the other one, with its job",
      { role: "deploy", config: "two.yaml", account: "222233334444", claims: "topic.json" },
      "allow",
    ],
    ["an account by its id", { role: "deploy", config: "two.yaml", account: ACCOUNT }, "allow"],
    ["a role of a plan", { role: "known", plan: "plan.json" }, "allow"],
    ["a subject that is known, beside one that is not", { role: "settled", plan: "plan.json" }, "allow"],
    ["a session as long as the role's", { role: "web-shop-plan", duration: "3600" }, "allow"],
    ["a longer one", { role: "web-shop-plan", duration: "3601" }, "deny"],
  ])("%s, %j: %s", async (_what, otherwise, decision) => expect(await decide(otherwise)).toMatchObject({ decision }));

  test.each<[string, Partial<ExplainOptions>, string]>([
    [
      "no such role",
      { role: "web-shop-prodction" },
      '--role "web-shop-prodction": there is no role of that name: did you mean "web-shop-production"?',
    ],
    [
      "nothing near",
      { role: "x" },
      '--role "x": there is no role of that name: there are web-shop-staging, web-shop-production, web-shop-plan, web-shop-release',
    ],
    [
      "roles in two accounts",
      { role: "deploy", config: "two.yaml" },
      '--role "deploy": roles of that name are in staging (222233334444), production (111122223333): choose one by --account NAME or --account ID',
    ],
    [
      "an account without the role",
      { role: "web-shop-staging", account: "production" },
      '--role "web-shop-staging": account "production" has no role of that name; it is in staging (222233334444)',
    ],
    [
      "an account that is not there",
      { role: "deploy", config: "two.yaml", account: "prodution" },
      '--account "prodution": there is no such account: did you mean "production"?',
    ],
    [
      "an account that is far from all",
      { role: "deploy", config: "two.yaml", account: "x" },
      '--account "x": there is no such account: there are staging (222233334444), production (111122223333)',
    ],
    [
      "an account of a plan that does not say which",
      { role: "known", plan: "plan.json", account: "x" },
      '--account "x": the source does not say which accounts there are',
    ],
    [
      "a subject that is not known",
      { role: "open", plan: "plan.json" },
      'Role "open": who may assume it depends on what is not known: github_repository.shop.full_name. Explain a plan or state in which it is known (--plan), or the role as AWS has it (aws iam get-role, --trust-policy)',
    ],
    [
      "claims that contradict each other",
      { role: "web-shop-plan", claims: "contradiction.json" },
      'contradiction.json: its claims contradict each other: "sub" has "74", and "repository_id" is "75"',
    ],
    [
      "a role's ARN",
      { role: "web-shop-plan", roleArn: "arn:aws:iam::111122223333:role/x" },
      "--role-arn goes with --trust-policy",
    ],
    [
      "two files from standard input",
      { role: "known", plan: "-", claims: "-" },
      'Standard input ("-") can be one of the files only',
    ],
    [
      "two sources",
      { role: "web-shop-plan", config: "access.yaml", synth: "cdktf.out" },
      "--config and --synth: give one source",
    ],
    ["no source", { role: "web-shop-plan", config: "none.yaml" }, "none.yaml: there is no such file"],
  ])("%s: a user's mistake, and a sentence", async (_what, otherwise, sentence) => {
    const error = await runExplain(given(otherwise)).catch((thrown: unknown) => thrown);
    expect(error instanceof UsageError || error instanceof AccessConfigError).toBe(true);
    expect((error as Error).message).toContain(sentence);
  });

  test("a name of a stranger's plan cannot write to the terminal", async () => {
    const { code, stderr } = await explain("--role", "x", "--plan", "plan.json", "--claims", "claims.json");
    expect(code).toBe(2);
    expect(stderr).toContain("wei\\u001brd");
    expect(stderr).not.toContain("\u001b");
  });

  test("every option is in the documentation", async () => {
    const documented =
      readFileSync(path.join(ROOT, "docs/commands.md"), "utf8")
        .split("## `github-oidc ")
        .find((section) => section.startsWith("explain`")) ?? "";
    for (const [option] of (await explain("--help")).stdout.matchAll(/--[a-z-]+(?= <)/g))
      expect(documented).toContain(`\`${option} <`);
  });
});
