import { isKnown } from "../../lib/trust/text";
import { readWorkflow, type Job, type Workflow } from "../../lib/workflows";
import { problemsOf, workflowOf, yaml } from "./workflows";

const JOBS = "jobs: {a: {steps: [{run: x}]}}";
const withOn = (on: string): Workflow => workflowOf(`on: ${on}\n${JOBS}\n`);
const withJob = (job: string, top = ""): Workflow => workflowOf(`on: push\n${top}\njobs:\n  a: ${job}\n`);
const jobOf = (job: string): Job => withJob(job).jobs[0] as Job;
const step = (text: string): Job["steps"][number] => jobOf(`{steps: [${text}]}`).steps[0] as Job["steps"][number];

describe("the events", () => {
  test.each<[string, string, string[]]>([
    ["one name", "push", ["push"]],
    ["one name in quotes", '"push"', ["push"]],
    ["a list", "[push, pull_request]", ["push", "pull_request"]],
    ["a map without filters", "{push: , workflow_dispatch: }", ["push", "workflow_dispatch"]],
    ["a map with filters", "{push: {branches: [main]}, schedule: [{cron: '0 0 * * *'}]}", ["push", "schedule"]],
    ["an event of tomorrow", "something_new", ["something_new"]],
    ["a list in lines", "\n  - push\n  - release", ["push", "release"]],
    ["an empty map", "{}", []],
  ])("are read from %s", (_, on, events) => {
    expect(withOn(on).triggers.map(({ event }) => event)).toEqual(events);
  });

  test.each<[string, string, Record<string, string[]>]>([
    ["branches", "{push: {branches: [main, 'release/**']}}", { branches: ["main", "release/**"] }],
    ["one branch without a list", "{push: {branches: main}}", { branches: ["main"] }],
    ["branches-ignore", "{push: {branches-ignore: [wip/*]}}", { branchesIgnore: ["wip/*"] }],
    ["tags", "{push: {tags: ['v*']}}", { tags: ["v*"] }],
    ["tags-ignore", "{push: {tags-ignore: ['v0.*']}}", { tagsIgnore: ["v0.*"] }],
    ["types", "{pull_request: {types: [closed]}}", { types: ["closed"] }],
    ["one type without a list", "{release: {types: published}}", { types: ["published"] }],
    ["a number that reads back as it is written", "{push: {branches: [2]}}", { branches: ["2"] }],
    ["a number that does not", "{push: {branches: [1.10]}}", { branches: ["**"] }],
    ["paths, which say nothing of a ref", "{push: {paths: [src/**]}}", {}],
    ["a filter without a value", "{push: {branches: }}", {}],
  ])("keep their filter: %s", (_, on, filters) => {
    const none = { branches: null, branchesIgnore: null, tags: null, tagsIgnore: null, types: null };
    expect(withOn(on).triggers[0]).toMatchObject({ ...none, ...filters });
  });

  test("have their places", () => {
    const { triggers } = workflowOf("name: x\non:\n  push:\n    branches: [main]\n  release:\njobs: {}\n");
    expect(triggers.map(({ position }) => position)).toEqual([
      { line: 3, column: 3 },
      { line: 5, column: 3 },
    ]);
    expect(withOn("[push, release]").triggers[1]?.position).toEqual({ line: 1, column: 12 });
  });

  test("of a called workflow have the defaults of its inputs", () => {
    const { triggers } = withOn(
      "{workflow_call: {inputs: {env: {type: string, default: staging}, count: {default: 3}, none: {required: true}, empty: }}}",
    );
    expect(triggers[0]?.inputs.map(({ name, value }) => [name, value])).toEqual([
      ["env", "staging"],
      ["count", "3"],
    ]);
  });
});

describe("permissions", () => {
  test.each<[string, string, "write" | "none" | undefined]>([
    ["id-token: write", "{id-token: write, contents: read}", "write"],
    ["id-token: none", "{id-token: none}", "none"],
    ["others alone", "{contents: read}", "none"],
    ["an empty map", "{}", "none"],
    ["write-all", "write-all", "write"],
    ["read-all", "read-all", "none"],
    ["nothing", "", undefined],
  ])("%s", (_, permissions, idToken) => {
    expect(withJob("{steps: []}", `permissions: ${permissions}`).permissions?.idToken).toBe(idToken);
    expect(jobOf(`{permissions: ${permissions || "null"}, steps: []}`).permissions?.idToken).toBe(idToken);
  });

  test("have their place", () => {
    expect(withJob("{steps: []}", "permissions:\n  contents: read").permissions?.position).toEqual({
      line: 2,
      column: 1,
    });
  });
});

describe("a job", () => {
  test.each<[string, string, unknown]>([
    ["a name", "production", "production"],
    ["an object", "{name: production, url: 'https://example.com'}", "production"],
    ["an expression", "${{ inputs.env }}", [{ unknown: "inputs.env" }]],
    ["an expression within a name", "'eu-${{ inputs.env }}'", ["eu-", { unknown: "inputs.env" }]],
    ["an object with an expression", "{name: '${{ matrix.env }}'}", [{ unknown: "matrix.env" }]],
    ["a number", "2", "2"],
    ["a truth value", "true", "true"],
    ["a number that loses its zeros", "1.10", [{ unknown: "1.10" }]],
  ])("names an environment by %s", (_, environment, name) => {
    expect(jobOf(`\n    environment: ${environment}\n    steps: []`).environment?.name).toEqual(name);
  });

  test.each(["", "''", "{name: ''}", "{name: }"])("names none by %j", (environment) => {
    expect(jobOf(`\n    environment: ${environment}\n    steps: []`).environment).toBeNull();
  });

  test.each<[string, string, unknown]>([
    ["./.github/workflows/x.yml", "same repository", { kind: "local", path: "./.github/workflows/x.yml" }],
    [
      "octo-org/ci/.github/workflows/x.yml@v1",
      "another one",
      { kind: "repository", owner: "octo-org", repository: "ci", path: ".github/workflows/x.yml", ref: "v1" },
    ],
  ])("calls %s of the %s", (uses, _, expected) => {
    expect(jobOf(`{uses: ${uses}}`).call?.uses).toEqual(expected);
  });

  test("passes inputs and secrets on", () => {
    const { call } = jobOf(
      "{uses: ./.github/workflows/x.yml, with: {env: production, n: 3, on: true}, secrets: {ARN: '${{ secrets.PROD_ARN }}'}}",
    );
    expect(call?.with?.map(({ name, value }) => [name, value])).toEqual([
      ["env", "production"],
      ["n", "3"],
      ["on", "true"],
    ]);
    expect(call?.secrets).toMatchObject([{ name: "ARN", value: [{ unknown: "secrets.PROD_ARN" }] }]);
    expect(jobOf("{uses: ./.github/workflows/x.yml, secrets: inherit}").call?.secrets).toBe("inherit");
  });

  test("keeps its matrix as it is written, and its condition", () => {
    expect(
      jobOf("{strategy: {matrix: {env: [a, b]}}, if: \"github.ref == 'refs/heads/main'\", steps: []}"),
    ).toMatchObject({ matrix: { env: ["a", "b"] }, condition: "github.ref == 'refs/heads/main'" });
    expect(jobOf("{strategy: '${{ fromJSON(inputs.s) }}', if: false, steps: []}")).toMatchObject({
      matrix: "${{ fromJSON(inputs.s) }}",
      condition: "false",
    });
    expect(jobOf("{strategy: {fail-fast: false}, steps: []}").matrix).toBeNull();
  });

  test("may have no steps, a step with neither key, and keys that are not known here", () => {
    expect(jobOf("{runs-on: [self-hosted, linux], services: {db: {image: x}}, tomorrow: 1}").steps).toEqual([]);
    expect(step("{name: x}")).toMatchObject({ uses: null, run: null });
  });
});

describe("a step", () => {
  test.each<[string, unknown]>([
    ["actions/checkout@v4", { kind: "repository", owner: "actions", repository: "checkout", path: "", ref: "v4" }],
    [
      "github/codeql-action/init@e6de054238d6b7531b4efff3b6587d9aade6a06c",
      {
        kind: "repository",
        owner: "github",
        repository: "codeql-action",
        path: "init",
        ref: "e6de054238d6b7531b4efff3b6587d9aade6a06c",
      },
    ],
    [
      "octo-org/ci/deep/path@feature/x",
      { kind: "repository", owner: "octo-org", repository: "ci", path: "deep/path", ref: "feature/x" },
    ],
    ["./.github/actions/deploy", { kind: "local", path: "./.github/actions/deploy" }],
    ["./", { kind: "local", path: "./" }],
    ["docker://alpine:3.20", { kind: "image", image: "alpine:3.20" }],
  ])("uses %s", (uses, expected) => {
    expect(step(`{uses: '${uses}'}`).uses).toEqual(expected);
  });

  test("has its inputs, environment, script and place", () => {
    const { jobs } = workflowOf(
      yaml`
      on: push
      jobs:
        a:
          steps:
            - run: |
                echo one
                echo two
            - uses: octo-org/x@v1
              if: always()
              with:
                role: \${{ vars.ROLE }}
                count: 3
                flag: true
                nothing:
              env:
                A: b
    `.replaceAll("\\$", "$"),
    );
    const [first, second] = jobs[0]?.steps ?? [];
    expect(first).toMatchObject({ run: "echo one\necho two\n", position: { line: 5, column: 9 } });
    expect(second).toMatchObject({
      condition: "always()",
      position: { line: 8, column: 9 },
      env: [{ name: "A", value: "b" }],
    });
    expect(second?.with).toMatchObject([
      { name: "role", value: [{ unknown: "vars.ROLE" }], position: { line: 11, column: 11 } },
      { name: "count", value: "3" },
      { name: "flag", value: "true" },
      { name: "nothing", value: "" },
    ]);
  });

  test("may have all of its inputs from one expression, of which nothing is known then", () => {
    expect(step("{uses: a/b@c, with: '${{ fromJSON(x) }}', env: '${{ fromJSON(y) }}'}")).toMatchObject({
      with: null,
      env: null,
    });
  });
});

describe("a workflow", () => {
  test("may have a name, an environment, anchors, and a byte order mark", () => {
    const workflow = workflowOf(
      "\ufeffname: &n Deploy\non: push\nenv: {A: *n}\njobs: {a: &j {environment: prod, steps: []}, b: *j}\n",
    );
    expect(workflow).toMatchObject({
      name: "Deploy",
      env: [{ name: "A", value: "Deploy" }],
      file: ".github/workflows/deploy.yml",
    });
    expect(workflow.jobs.map(({ id, environment }) => [id, environment?.name])).toEqual([
      ["a", "prod"],
      ["b", "prod"],
    ]);
  });

  test('has the key "on", which is no truth value', () => {
    expect(workflowOf('"on": push\njobs: {}\n').triggers).toHaveLength(1);
    expect(workflowOf("on: push\njobs: {}\n").triggers).toHaveLength(1);
  });

  test("is plain data", () => {
    const workflow = withJob("{environment: '${{ inputs.x }}', steps: [{uses: a/b@c}]}", "permissions: write-all");
    expect(JSON.parse(JSON.stringify(workflow))).toEqual(workflow);
  });

  test("may name things as JavaScript does", () => {
    const workflow = workflowOf(
      "on: push\nenv: {constructor: a, toString: b}\njobs: {hasOwnProperty: {steps: [{uses: a/b@c, with: {valueOf: d}}]}}\n",
    );
    expect(workflow.jobs[0]?.id).toBe("hasOwnProperty");
    expect(workflow.env?.map(({ name }) => name)).toEqual(["constructor", "toString"]);
    expect(workflow.jobs[0]?.steps[0]?.with?.every(({ value }) => isKnown(value))).toBe(true);
  });
});

describe("what is no workflow", () => {
  test.each<[string, string, string]>([
    ["nothing", "", '1:1: the file is empty: write the keys "on" and "jobs"'],
    ["a list", "- a\n", '1:1: the file is a list: write the keys "on" and "jobs"'],
    ["a text", "hello\n", '1:1: the file is text: write the keys "on" and "jobs"'],
    ["no events", "jobs: {}\n", '1:1: "on" is missing: add an event, a list of events, or events with their filters'],
    [
      "empty events",
      "on:\njobs: {}\n",
      '1:1: "on" is empty: use an event, a list of events, or events with their filters',
    ],
    [
      "events that are a number",
      "on: 3\njobs: {}\n",
      '1:5: "on" is a number: use an event, a list of events, or events with their filters',
    ],
    [
      "an event that is a number",
      "on: [push, 3]\njobs: {}\n",
      '1:12: entry 2 of "on" is a number: use the name of an event',
    ],
    [
      "filters that are a text",
      "on: {push: main}\njobs: {}\n",
      '1:12: "push" is the text "main": use filters, as in {branches: [main]}, or nothing',
    ],
    [
      "branches that are a map",
      "on: {push: {branches: {main: true}}}\njobs: {}\n",
      '1:23: "branches" is an object: use a name, or a list of names',
    ],
    ["no jobs", "on: push\n", '1:1: "jobs" is missing: add names of jobs, each with its keys'],
    ["jobs that are a list", "on: push\njobs: [a]\n", '2:7: "jobs" is a list: use names of jobs, each with its keys'],
    ["an empty job", "on: push\njobs:\n  a:\n", '3:3: "a" is empty: use a job, with "steps" or "uses"'],
    [
      "steps that are a map",
      "on: push\njobs: {a: {steps: {run: x}}}\n",
      '2:19: "steps" is an object: use a list of steps',
    ],
    [
      "a step that is a text",
      "on: push\njobs: {a: {steps: [run]}}\n",
      '2:20: entry 1 of "steps" is the text "run": use a step, with "uses" or "run"',
    ],
    [
      "an empty step",
      "on: push\njobs:\n  a:\n    steps:\n      -\n",
      '5:8: entry 1 of "steps" is empty: use a step, with "uses" or "run"',
    ],
    [
      "an action that is none",
      "on: push\njobs: {a: {steps: [{uses: checkout}]}}\n",
      '2:21: "uses" "checkout": write "OWNER/REPOSITORY@REF", "OWNER/REPOSITORY/PATH@REF", "./PATH" or "docker://IMAGE"',
    ],
    [
      "an action without its ref",
      "on: push\njobs: {a: {steps: [{uses: actions/checkout}]}}\n",
      '2:21: "uses" "actions/checkout": write "OWNER/REPOSITORY@REF", "OWNER/REPOSITORY/PATH@REF", "./PATH" or "docker://IMAGE"',
    ],
    [
      "an action that is a number",
      "on: push\njobs: {a: {steps: [{uses: 3}]}}\n",
      '2:27: "uses" is a number: use an action, as in "OWNER/REPOSITORY@REF"',
    ],
    [
      "permissions that are no choice",
      "on: push\npermissions: all\njobs: {}\n",
      '2:14: "permissions" is the text "all": use "read-all", "write-all", or permissions with "read", "write" or "none"',
    ],
    [
      "a permission that is no choice",
      "on: push\npermissions: {id-token: wirte}\njobs: {}\n",
      '2:25: "id-token" is the text "wirte": use "read", "write" or "none"',
    ],
    [
      "an environment that is a list",
      "on: push\njobs: {a: {environment: [x]}}\n",
      '2:25: "environment" is a list: use the name of an environment, or {name: …}',
    ],
    ["a key given twice", "on: push\non: release\njobs: {}\n", '2:1: key "on" is also on line 1: keep one'],
    [
      "a merge key",
      "on: push\njobs: {a: &a {steps: []}, b: {<<: *a}}\n",
      '2:31: key "<<": YAML 1.2 has no merge keys, write the keys out',
    ],
    [
      "an open bracket",
      "on: [push\njobs: {}\n",
      '2:1: a "[" is still open here: add its "]" before this, or take a bracket too many away',
    ],
    [
      "a second document",
      "on: push\njobs: {}\n---\non: push\n",
      '3:1: a second document begins here: a workflow file is one, take the "---" away',
    ],
    [
      "a tag",
      "on: !x push\njobs: {}\n",
      '1:5: text begins with "!", the mark of a tag, and a workflow file has no tags: put the text in quotes',
    ],
    ["a character that is not seen", "on: push\u202e\njobs: {}\n", "1:9: the invisible character U+202E: take it away"],
    [
      "YAML 1.1",
      '%YAML 1.1\n---\n"on": push\njobs: {}\n',
      '1:1: "%YAML 1.1": a workflow file is YAML 1.2, take the line away',
    ],
  ])("%s", (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test.each<[string, string]>([
    ["with", "{uses: a/b@c, with: {password: [hunter2]}}"],
    ["with", "{uses: a/b@c, with: [hunter2]}"],
    ["env", "{run: x, env: {PASSWORD: {hunter2: hunter2}}}"],
    ["run", "{run: [hunter2]}"],
  ])("does not repeat what stands below %s", (_, text) => {
    const [problem] = problemsOf(`on: push\njobs: {a: {steps: [${text}]}}\n`);
    expect(problem).toBeDefined();
    expect(problem).not.toContain("hunter2");
  });

  test("everything is told at once", () => {
    expect(problemsOf("on: 3\npermissions: x\njobs: {a: }\n")).toHaveLength(3);
  });

  test("a text of 1 MiB and one more character is not even parsed", () => {
    const text = `on: push\njobs: {}\n#`;
    const fill = "x".repeat(1024 * 1024 - text.length);
    expect("workflow" in readWorkflow(text + fill, "x.yml")).toBe(true);
    expect(readWorkflow(`${text}${fill}x`, "x.yml")).toEqual({
      problems: [
        {
          file: "x.yml",
          position: { line: 1, column: 1 },
          message: "over 1048576 characters: no workflow file has as many, split it",
        },
      ],
    });
  });
});
