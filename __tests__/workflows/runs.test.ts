import { formatText } from "../../lib/trust/text";
import { formatContext } from "../../lib/github/subject";
import { mintedBy, runsOf, type Run } from "../../lib/workflows";
import { roleCallsOfJob } from "../../lib/workflows/role-calls";
import { workflowOf } from "./workflows";

const REPOSITORY = "octo-org/web-shop";
const runsIn = (files: Readonly<Record<string, string>>): readonly Run[] =>
  runsOf(Object.entries(files).map(([name, text]) => workflowOf(text, `.github/workflows/${name}`))).runs;
const shown = (run: Run): string =>
  `${run.entry.file.split("/").at(-1)}: ${run.job.id}${run.environment === "" ? "" : ` in ${formatText(run.environment)}`}, ${run.idToken}`;
const inPermission = (permissions: string): string => `permissions: ${permissions}\n`;

describe("the runs of workflows", () => {
  test("are their jobs, once for each job of a matrix", () => {
    const text =
      "on: push\njobs: {a: {steps: []}, b: {strategy: {matrix: {env: [x, y]}}, environment: '${{ matrix.env }}', steps: []}}\n";
    expect(runsIn({ "a.yml": text }).map(shown)).toEqual([
      "a.yml: a, default",
      "a.yml: b in x, default",
      "a.yml: b in y, default",
    ]);
  });

  const callee = (job = "environment: '${{ inputs.env }}'", top = ""): string =>
    `on: {workflow_call: {inputs: {env: {default: dev}}}}\n${top}jobs: {deploy: {${job}, steps: [{uses: aws-actions/configure-aws-credentials@v6, with: {role-to-assume: '\${{ secrets.ROLE }}'}}]}}\n`;
  const caller = (inputs: string, rest = ""): string =>
    `on: push\njobs: {call: {uses: ./.github/workflows/x.yml, ${inputs}, ${rest}}}\n`;

  test("of a called workflow are those of its callers, with their inputs", () => {
    expect(
      runsIn({
        "a.yml": caller("with: {env: prod}"),
        "b.yml": caller("with: {ENV: test}"),
        "c.yml": caller("needs: x"),
        "x.yml": callee(),
      }).map(shown),
    ).toEqual(["a.yml: deploy in prod, default", "b.yml: deploy in test, default", "c.yml: deploy in dev, default"]);
  });

  test("of a called workflow follow the caller's matrix", () => {
    expect(
      runsIn({
        "a.yml": caller("with: {env: '${{ matrix.e }}'}", "strategy: {matrix: {e: [x, y]}}"),
        "x.yml": callee(),
      }).map(shown),
    ).toEqual(["a.yml: deploy in x, default", "a.yml: deploy in y, default"]);
  });

  test("of a workflow that nobody calls have no events", () => {
    const [run] = runsIn({ "x.yml": callee() });
    expect(run?.triggers).toEqual([]);
    expect(run && mintedBy(run, REPOSITORY)).toBeUndefined();
    expect(run && shown(run)).toBe("x.yml: deploy in {?inputs.env}, unknown");
  });

  test("of a workflow that others call and events start are both", () => {
    const both = callee().replace("{workflow_call:", "{push: , workflow_call:");
    expect(runsIn({ "a.yml": caller("with: {env: prod}"), "x.yml": both }).map(shown)).toEqual([
      "a.yml: deploy in prod, default",
      "x.yml: deploy in {?inputs.env}, default",
    ]);
  });

  test("end where workflows call themselves or are not there", () => {
    expect(runsIn({ "x.yml": "on: push\njobs: {a: {uses: ./.github/workflows/x.yml}}\n" })).toEqual([]);
    expect(runsIn({ "a.yml": caller("with: {}") }).map(shown)).toEqual(["a.yml: call, default"]);
    expect(
      runsIn({ "a.yml": "on: push\njobs: {a: {uses: octo-org/ci/.github/workflows/x.yml@v1}}\n" }).map(shown),
    ).toEqual(["a.yml: a, default"]);
  });

  test("are not followed for ever", () => {
    const levels = Array.from({ length: 9 }, (_, n) =>
      workflowOf(
        `on: ${n === 0 ? "push" : "workflow_call"}\njobs: {${Array.from({ length: 9 }, (__, job) => `j${job}: {uses: ./.github/workflows/${n + 1}.yml}`).join(", ")}}\n`,
        `${n}.yml`,
      ),
    );
    expect(runsOf(levels).isComplete).toBe(false);
  });

  test.each<[string, string, string, string]>([
    ["its own", "", inPermission("{id-token: write}"), "unknown"],
    ["its caller's", inPermission("{id-token: write}"), "", "write"],
    ["both", inPermission("write-all"), inPermission("write-all"), "write"],
    ["none of its caller", inPermission("{contents: read}"), inPermission("{id-token: write}"), "none"],
    ["none of its own", inPermission("{id-token: write}"), inPermission("{}"), "none"],
    ["nobody's", "", "", "default"],
  ])("of a called workflow have the permission to get tokens: %s", (_, outer, inner, idToken) => {
    expect(runsIn({ "a.yml": outer + caller("with: {}"), "x.yml": callee("name: x", inner) })[0]?.idToken).toBe(
      idToken,
    );
  });

  test("say who refuses them a token", () => {
    expect(runsIn({ "a.yml": inPermission("read-all") + caller("with: {}"), "x.yml": callee() })[0]?.refusedAt).toEqual(
      { file: ".github/workflows/a.yml", position: { line: 1, column: 1 } },
    );
    expect(
      runsIn({
        "a.yml": "on: push\npermissions: write-all\njobs: {a: {permissions: {contents: read}, steps: []}}\n",
      })[0]?.refusedAt?.position,
    ).toEqual({ line: 3, column: 12 });
  });

  test.each<[string, string, string, unknown]>([
    ["inherited", "secrets: inherit", "name: x", { kind: "secret", name: "ROLE", isPassed: false }],
    [
      "passed under another name",
      "secrets: {ROLE: '${{ secrets.PROD }}'}",
      "name: x",
      { kind: "secret", name: "PROD", isPassed: true },
    ],
    [
      "passed, but perhaps hidden by the environment's",
      "secrets: {ROLE: '${{ secrets.PROD }}'}",
      "environment: prod",
      { kind: "unknown" },
    ],
    ["not passed", "with: {}", "name: x", { kind: "unknown" }],
  ])("have the secrets that are %s", (_, secrets, job, expected) => {
    const [run] = runsIn({ "a.yml": caller(secrets), "x.yml": callee(job) });
    expect(run && roleCallsOfJob(run.job, run.workflow, run.scope)[0]?.role).toMatchObject(expected as object);
  });
});

describe("what a job mints", () => {
  const minted = (on: string, job = "", options = {}): string[] => {
    const [run] = runsIn({ "a.yml": `on: ${on}\njobs: {a: {${job}}}\n` });
    return (
      (run && mintedBy(run, REPOSITORY, options))?.map(
        ({ context, exact }) => `${formatContext(context)}${exact ? "" : " or fewer"}`,
      ) ?? []
    );
  };

  test.each<[string, string[]]>([
    ["push", ["ref:refs/heads/*", "ref:refs/tags/*"]],
    ["{push: {branches: [main, 'release/**']}}", ["ref:refs/heads/main", "ref:refs/heads/release/*"]],
    ["{push: {branches: ['v[0-9]+']}}", ["ref:refs/heads/v?* or fewer"]],
    ["{push: {branches-ignore: [main]}}", ["ref:refs/heads/* or fewer"]],
    ["{push: {tags: ['v**']}}", ["ref:refs/tags/v*"]],
    ["{push: {tags-ignore: ['v0']}}", ["ref:refs/tags/* or fewer"]],
    ["{push: {branches: [main], tags: ['**']}}", ["ref:refs/heads/main", "ref:refs/tags/*"]],
    ["{push: {branches: ['main', '!main']}}", ["ref:refs/heads/main or fewer"]],
    ["{push: {paths: [src/**]}}", ["ref:refs/heads/*", "ref:refs/tags/*"]],
    ["pull_request", ["pull_request"]],
    ["{pull_request: {branches: [main]}}", ["pull_request"]],
    ["{pull_request: {types: [closed]}}", ["pull_request", "ref:refs/heads/* or fewer"]],
    ["pull_request_target", ["ref:refs/heads/* or fewer", "ref:refs/heads/* or fewer", "pull_request or fewer"]],
    ["workflow_dispatch", ["ref:refs/heads/*", "ref:refs/tags/*"]],
    ["create", ["ref:refs/heads/*", "ref:refs/tags/*"]],
    ["schedule", ["ref:refs/heads/*"]],
    ["workflow_run", ["ref:refs/heads/*"]],
    ["issue_comment", ["ref:refs/heads/*"]],
    ["release", ["ref:refs/tags/*"]],
    ["{release: {types: [published]}}", ["ref:refs/tags/*"]],
    ["merge_group", ["ref:refs/heads/gh-readonly-queue/*/pr-*"]],
    ["{merge_group: {branches: [main]}}", ["ref:refs/heads/gh-readonly-queue/main/pr-*"]],
    ["deployment", ["* or fewer"]],
    ["status", ["* or fewer"]],
    ["pull_request_review", ["* or fewer"]],
    ["something_new", ["* or fewer"]],
    ["[push, pull_request]", ["ref:refs/heads/*", "ref:refs/tags/*", "pull_request"]],
  ])("on %s", (on, contexts) => {
    expect(minted(on)).toEqual(contexts);
  });

  test("says the environment, whatever it runs on", () => {
    expect(minted("[pull_request, schedule]", "environment: production")).toEqual([
      "environment:production",
      "environment:production",
    ]);
    expect(minted("schedule", "environment: 'a:b'")).toEqual(["environment:a%3Ab"]);
  });

  test("leaves an environment open that an expression decides on, with none among them when it may be empty", () => {
    expect(minted("schedule", "environment: '${{ vars.E }}'")).toEqual(["environment:* or fewer", "ref:refs/heads/*"]);
    expect(minted("schedule", "environment: 'eu-${{ vars.E }}'")).toEqual(["environment:eu-* or fewer"]);
  });

  test("says the default branch where it is given", () => {
    expect(minted("schedule", "", { defaultBranch: "trunk" })).toEqual(["ref:refs/heads/trunk"]);
  });

  test("says why, and where the event stands", () => {
    const [run] = runsIn({ "a.yml": "on:\n  push:\n    branches: [main]\njobs: {a: {}}\n" });
    expect(run && mintedBy(run, REPOSITORY)).toMatchObject([
      {
        event: "push",
        why: "branch main, on push",
        file: ".github/workflows/a.yml",
        position: { line: 2, column: 3 },
        jobWorkflowRef: "octo-org/web-shop/.github/workflows/a.yml@refs/heads/main",
        workflow: ".github/workflows/a.yml",
      },
    ]);
  });

  test("says the called workflow's file, at the caller's ref, and the caller's name", () => {
    const [run] = runsIn({
      "a.yml": "name: Release\non: {push: {tags: ['v**']}}\njobs: {a: {uses: ./.github/workflows/x.yml}}\n",
      "x.yml": "name: Shared\non: workflow_call\njobs: {b: {}}\n",
    });
    expect(run && mintedBy(run, REPOSITORY)).toMatchObject([
      {
        jobWorkflowRef: "octo-org/web-shop/.github/workflows/x.yml@refs/tags/v*",
        workflow: "Release",
        ref: "refs/tags/v*",
      },
    ]);
  });
});
