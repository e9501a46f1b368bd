import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type CheckOutput, checkOutputSchema } from "../../lib/check/output";
import { sarifProblems, type SarifLog } from "../check/sarif-schema";
import { runCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");
const PLANS = path.join(ROOT, "__tests__/readers/fixtures/plans");

const folder = mkdtempSync(path.join(tmpdir(), "github-oidc-check-source-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with an access file of this content. */
function accessFolder(name: string, repositories: string): string {
  const place = path.join(folder, name);
  mkdirSync(place);
  writeFileSync(
    path.join(place, "access.yaml"),
    `github: {owner: octo-org}\naccounts:\n  production: {id: "111122223333", region: eu-west-1}\nrepositories:\n${repositories}`,
  );
  return place;
}

const check = (place: string, ...args: string[]): ReturnType<typeof runCli> => runCli(place, "check", ...args);
const json = async (place: string, ...args: string[]): Promise<CheckOutput> =>
  checkOutputSchema.parse(JSON.parse((await check(place, "--format", "json", ...args)).stdout));
const told = ({ findings }: CheckOutput): string[] => findings.map(({ rule, severity }) => `${severity} ${rule}`);

const sample = path.join(folder, "sample");
beforeAll(() => {
  mkdirSync(sample);
  for (const each of ["access.yaml", "policies"])
    cpSync(path.join(ROOT, each), path.join(sample, each), { recursive: true });
});

describe("the sample", () => {
  test("has notes, and nothing worse", async () => {
    const { findings, summary, suppressed } = await json(sample);
    expect(summary).toMatchObject({ error: 0, warning: 0 });
    expect(suppressed).toEqual([]);
    expect(
      findings.map(({ rule, location }) => [rule, "path" in location && location.path?.slice(2).join(".")]),
    ).toEqual([
      ["L17", "environments.staging.role"],
      ["L7", "roles.plan"],
    ]);
    expect((await check(sample, "--fail-on", "warning")).code).toBe(0);
  });

  test("says the same of the Terraform that comes of it, by address", async () => {
    expect((await runCli(sample, "synth")).code).toBe(0);
    const { findings } = await json(sample, "--synth", "cdktf.out");
    expect(findings.map(({ rule, location }) => [rule, location])).toEqual([
      ["L7", { file: "cdktf.out/stacks/production/cdk.tf.json", address: "aws_iam_role.web-shop__role__plan" }],
      ["L17", { file: "cdktf.out/stacks/staging/cdk.tf.json", address: "aws_iam_role.web-shop__staging" }],
    ]);
  });

  test("makes SARIF with places in the file, and of Terraform with addresses", async () => {
    for (const source of [[], ["--synth", "cdktf.out"]])
      expect(
        sarifProblems(JSON.parse((await check(sample, "--format", "sarif", ...source)).stdout) as SarifLog),
      ).toEqual([]);
    expect((await check(sample, "--format", "sarif", "--synth", "cdktf.out")).stdout).toContain(
      '"fullyQualifiedName": "aws_iam_role.web-shop__staging"',
    );
  });
});

describe("what the role can do decides how bad it is", () => {
  test.each<[string, string, string[]]>([
    [
      "pull requests that read",
      "{plan: {allow: [{pullRequest: true}], managedPolicies: [ReadOnlyAccess]}}",
      ["note L7"],
    ],
    [
      "pull requests that write",
      "{plan: {allow: [{pullRequest: true}], managedPolicies: [AmazonS3FullAccess]}}",
      ["warning L7"],
    ],
    [
      "pull requests of an administrator",
      "{plan: {allow: [{pullRequest: true}], managedPolicies: [AdministratorAccess]}}",
      ["error L30", "warning L7"],
    ],
    [
      "pull requests of a role that could become one",
      "{plan: {allow: [{pullRequest: true}], inlinePolicies: {x: {Version: 2012-10-17, Statement: {Effect: Allow, Action: 'iam:*', Resource: '*'}}}}}",
      ["error L30", "warning L7"],
    ],
    ["one branch of an administrator", "{plan: {allow: [{branch: main}], managedPolicies: [AdministratorAccess]}}", []],
  ])("%s", async (name, roles, expected) =>
    expect(told(await json(accessFolder(name, `  web-shop: {roles: ${roles}}\n`)))).toEqual(expected),
  );
});

describe("suppressions", () => {
  const plan = (suppress: string): string =>
    `  web-shop:\n    roles:\n      plan:\n        allow: [{pullRequest: true}]\n        managedPolicies: [AmazonS3FullAccess]\n        suppress: ${suppress}\n`;

  test("excuse what they stand beside, and are told of", async () => {
    const place = accessFolder("excused", plan('{L7: "only writes its own cache"}'));
    expect(await json(place)).toMatchObject({
      findings: [],
      suppressed: [{ rule: "L7", reason: "only writes its own cache", location: { line: 7 } }],
    });
    expect(await check(place, "--fail-on", "note")).toMatchObject({
      code: 0,
      stdout: "Nothing found. 1 suppressed by the access file.\n",
    });
  });

  test("hold for everything below them", async () => {
    const place = accessFolder(
      "below",
      '  web-shop:\n    suppress: {L7: "all of them only write caches"}\n    roles:\n      a: {allow: [{pullRequest: true}], managedPolicies: [AmazonS3FullAccess]}\n      b: {allow: [{pullRequest: true}], managedPolicies: [AmazonS3FullAccess]}\n',
    );
    expect(await json(place)).toMatchObject({ findings: [], suppressed: [{ rule: "L7" }, { rule: "L7" }] });
  });

  test.each<[string, string, string[], string]>([
    [
      "is over",
      '{L7: {reason: "for the time being", until: 2025-12-31}}',
      ["warning L7", "warning L37"],
      "the suppression of L7 expired on 2025-12-31",
    ],
    [
      "excuses nothing",
      '{L7: "only writes its own cache", L2: "was needed once"}',
      ["warning L37"],
      "the suppression of L2 suppresses nothing",
    ],
    [
      "is of a rule that there is not",
      '{L7: "only writes its own cache", L999: "was needed once"}',
      ["warning L37"],
      "there is no rule L999",
    ],
  ])("one that %s is found", async (name, suppress, expected, sentence) => {
    const place = accessFolder(name, plan(suppress));
    expect(told(await json(place))).toEqual(expected);
    expect((await check(place)).stdout.replaceAll(/\s+/g, " ")).toContain(sentence);
  });

  test("say nothing of a rule that was not run", async () => {
    const place = accessFolder("not-run", plan('{L2: "was needed once"}'));
    expect(told(await json(place, "--disable", "L2", "--disable", "L7"))).toEqual([]);
  });
});

describe("plans of other tools", () => {
  test.each<[string, string[]]>([
    ["policy-document-module", ["note L17", "note L20", "warning L7", "note L20"]],
    ["deprecated-arguments", ["note L17", "note L20"]],
    ["organization-wide", ["error L3", "error L30", "note L24", "error L30", "error L4", "note L24"]],
  ])("%s", async (shape, expected) => {
    expect(told(await json(folder, "--plan", path.join(PLANS, `${shape}.json`)))).toEqual(expected);
  });
});

test("an access file with mistakes ends with 2 and its places", async () => {
  const { code, stdout, stderr } = await check(accessFolder("wrong", "  web-shop: {enviroments: {}}\n"));
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain('access.yaml:5:14: unknown key "enviroments": did you mean "environments"?');
});

describe("workflows", () => {
  const ROLE =
    "    environments:\n      production: {reviewers: {users: [octocat]}, role: {managedPolicies: [AmazonS3FullAccess]}}\n";
  const deploy = (environment: string, permissions = "{id-token: write}"): string =>
    `on: {push: {branches: [main]}}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    ${environment}\n    permissions: ${permissions}\n    steps:\n      - uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c\n        with: {aws-region: eu-west-1, role-to-assume: "\${{ vars.AWS_ROLE_ARN }}"}\n`;

  function withWorkflow(name: string, workflow: string, repositories = `  web-shop:\n${ROLE}`): string {
    const place = accessFolder(name, repositories);
    mkdirSync(path.join(place, ".github/workflows"), { recursive: true });
    writeFileSync(path.join(place, ".github/workflows/deploy.yml"), workflow);
    return place;
  }

  test("that agree with the access file have nothing found", async () => {
    const place = withWorkflow("agreeing", deploy("environment: production"));
    for (const source of [[], ["--config", "access.yaml"], ["--repository", "octo-org/web-shop"]])
      expect(await check(place, "--workflows", ".", "--fail-on", "warning", ...source)).toMatchObject({
        code: 0,
        stderr: "",
      });
    expect(told(await json(place, "--workflows", "."))).toEqual([]);
  });

  test("whose job can never get its role are an error at the place of the role", async () => {
    const place = withWorkflow("no-permission", deploy("environment: production", "{contents: read}"));
    const { findings } = await json(place, "--workflows", ".");
    expect(findings).toMatchObject([
      { rule: "L39", severity: "error", location: { file: ".github/workflows/deploy.yml", line: 6 } },
    ]);
    expect((await check(place, "--workflows", ".")).code).toBe(1);
    expect(
      sarifProblems(JSON.parse((await check(place, "--workflows", ".", "--format", "sarif")).stdout) as SarifLog),
    ).toEqual([]);
  });

  test("without an access file are looked at by themselves", async () => {
    const place = withWorkflow(
      "alone",
      deploy("environment: production").replace("e6de054238d6b7531b4efff3b6587d9aade6a06c", "v6"),
    );
    rmSync(path.join(place, "access.yaml"));
    expect((await json(place, "--workflows", ".github/workflows")).findings).toMatchObject([
      { rule: "L31", severity: "note" },
    ]);
  });

  test("beside a file with several repositories need to be told whose they are", async () => {
    const place = withWorkflow(
      "several",
      deploy("environment: production", "{contents: read}"),
      `  web-shop:\n${ROLE}  other:\n${ROLE}`,
    );
    expect(await check(place, "--workflows", ".")).toMatchObject({
      code: 0,
      stderr:
        "access.yaml has several repositories: whether jobs get their roles is looked at with --repository OWNER/NAME\n",
    });
    expect(await check(place, "--workflows", ".", "--config", "access.yaml")).toMatchObject({ code: 2, stdout: "" });
    expect(told(await json(place, "--workflows", ".", "--repository", "octo-org/other"))).toEqual(["error L39"]);
  });

  test("a role that no workflow uses is excused where it stands", async () => {
    const spare = (suppress: string): string =>
      `  web-shop:\n${ROLE}    roles: {spare: {allow: [{branch: main}]${suppress}}}\n`;
    const place = withWorkflow("spare", deploy("environment: production"), spare(""));
    expect(told(await json(place, "--workflows", "."))).toEqual(["note L40"]);
    const excused = withWorkflow(
      "excused-spare",
      deploy("environment: production"),
      spare(', suppress: {L40: "used by hand"}'),
    );
    expect(await json(excused, "--workflows", ".")).toMatchObject({ findings: [], suppressed: [{ rule: "L40" }] });
  });

  test.each<[string, (place: string) => string[], string]>([
    ["a folder that there is not", () => ["--workflows", "none"], "none: there is no such folder"],
    ["a folder without workflows", () => ["--workflows", "policies"], "policies: there is no such folder"],
    [
      "a repository that is none",
      () => ["--workflows", ".", "--repository", "web-shop"],
      '--repository "web-shop": write it as OWNER/NAME',
    ],
    ["a repository without workflows", () => ["--repository", "octo-org/web-shop"], "give --workflows too"],
    [
      "a trust policy beside",
      () => ["--workflows", ".", "--trust-policy", "x.json"],
      "--trust-policy and --workflows: give one source",
    ],
  ])("%s ends with 2 and a sentence", async (name, args, sentence) => {
    const place = withWorkflow(`wrong-${name.replaceAll(" ", "-")}`, deploy("environment: production"));
    const { code, stdout, stderr } = await check(place, ...args(place));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
  });

  test("that cannot be read end with 2 and their places", async () => {
    const place = withWorkflow("broken", "on: push\njobs:\n  deploy: {steps: 5}\n");
    expect(await check(place, "--workflows", ".")).toMatchObject({ code: 2, stdout: "" });
    expect((await check(place, "--workflows", ".")).stderr).toContain(".github/workflows/deploy.yml:3:");
  });
});

test("a migration of subjects that is about to end is found where its day stands", async () => {
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const place = accessFolder(
    "migration",
    `  web-shop:\n    id: "74"\n    subjects: {both: {until: ${day(20)}}}\n    roles: {plan: {allow: [{branch: main}]}}\n`,
  );
  writeFileSync(
    path.join(place, "access.yaml"),
    readFileSync(path.join(place, "access.yaml"), "utf8").replace("owner: octo-org", 'owner: octo-org, ownerId: "1"'),
  );
  expect((await json(place)).findings).toMatchObject([
    {
      rule: "L41",
      severity: "warning",
      location: { line: 7, path: ["repositories", "web-shop", "subjects", "both", "until"] },
    },
  ]);
  expect((await check(place)).stdout.replaceAll(/\s+/g, " ")).toContain(
    `both forms of octo-org/web-shop's subjects are trusted until ${day(20)}, 20 days from now`,
  );
});
