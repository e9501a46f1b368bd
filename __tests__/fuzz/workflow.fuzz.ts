import { agreement, readWorkflow, roleCallsOf, runsOf, type Workflow } from "../../lib/workflows";
import { modelOf, REPOSITORY, roleFor, valueOf } from "../workflows/models";
import type { FuzzTarget } from "./harness";

const ACTION = "aws-actions/configure-aws-credentials@v6";
const WORKFLOWS = [
  `name: Deploy\non:\n  push:\n    branches: [main, "release/**", "!release/old"]\n  pull_request:\n    types: [opened, closed]\npermissions: {id-token: write, contents: read}\nenv: {ROLE: "\${{ vars.AWS_ROLE_ARN }}"}\njobs:\n  deploy:\n    strategy:\n      matrix:\n        env: [staging, production]\n        include: [{env: production, region: eu-west-1}]\n        exclude: [{env: demo}]\n    environment: {name: "\${{ matrix.env }}"}\n    if: github.ref == 'refs/heads/main'\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          echo "A=b" >> $GITHUB_ENV\n      - uses: ${ACTION}\n        with:\n          role-to-assume: \${{ env.ROLE }}\n          role-duration-seconds: 7200\n`,
  `"on": {workflow_call: {inputs: {env: {type: string, default: dev}}, secrets: {ARN: {required: true}}}, workflow_dispatch: , schedule: [{cron: "0 0 * * *"}]}\njobs:\n  self: {uses: ./.github/workflows/fuzz.yml, with: {env: x}, secrets: inherit}\n  other: &other {uses: octo-org/ci/.github/workflows/x.yml@v1, secrets: {A: "\${{ secrets['B'] }}"}}\n  again: *other\n  a: {environment: "eu-\${{ inputs.env }}", permissions: write-all, steps: [{uses: "${ACTION}", with: {role-to-assume: "arn:aws:iam::111122223333:role/deploy", audience: x}}, {uses: ./local}, {uses: "docker://x"}]}\n`,
  "on: [push, release, merge_group, something]\njobs: {a: {runs-on: x, permissions: {}, env: '${{ fromJSON(x) }}', strategy: '${{ x }}', steps: [{run: y, if: false}]}}\n",
];

const MODEL = modelOf({
  roles: [roleFor("deploy", "environment:production", "ref:refs/heads/main")],
  values: [valueOf("AWS_ROLE_ARN", "deploy", "production")],
  environments: ["production"],
});

/** The reader of workflow files, and everything that is told of one. */
export const workflowFuzz: FuzzTarget = {
  name: "workflow",
  corpus: [...WORKFLOWS, "", "on: push\njobs: {}\n", "[]", "x"],
  dictionary: [
    "on:",
    "jobs:",
    "steps:",
    "uses:",
    "with:",
    "env:",
    "permissions:",
    "matrix:",
    "include:",
    "exclude:",
    "environment:",
    "workflow_call",
    "secrets: inherit",
    "id-token: write",
    "${{ ",
    " }}",
    "matrix.env",
    "inputs.env",
    "env.ROLE",
    "vars['X']",
    "'",
    "**",
    "!",
    "+",
    "?",
    "[a-z]",
    "\n  ",
    "\n- ",
    ": ",
    "&a ",
    "*a",
    "<<: ",
    "null",
    "~",
    "1.10",
    "0x1f",
    "true",
    "./.github/workflows/fuzz.yml",
    "__proto__",
    "constructor",
  ],
  run: (input) => check(typeof input === "string" ? input : new TextDecoder().decode(input)),
};

/** @throws Error when something that is told has no place in the text, is not plain data, or is told differently twice. */
function check(text: string): void {
  const reading = readWorkflow(text, "fuzz.yml");
  const lines = text.split(/\r\n|[\r\n]/).length;
  if ("problems" in reading) {
    if (reading.problems.length === 0) throw new Error("neither a workflow nor a problem");
    for (const { position, message } of reading.problems)
      if (position.line < 1 || position.column < 1 || position.line > lines || message === "")
        throw new Error(`no such place: ${position.line}:${position.column} ${message}`);
    return;
  }
  const { workflow } = reading;
  if (JSON.stringify(JSON.parse(JSON.stringify(workflow))) !== JSON.stringify(workflow))
    throw new Error("not plain data");
  for (const { position } of roleCallsOf(workflow))
    if (position.line > lines) throw new Error(`no such place: ${position.line}`);
  if (told(workflow) !== told(workflow)) throw new Error("told differently the second time");
}

function told(workflow: Workflow): string {
  const { runs, isComplete } = runsOf([workflow]);
  if (isComplete && runs.some(({ job }) => !workflow.jobs.includes(job))) throw new Error("a run of no job");
  return JSON.stringify(agreement(MODEL, [workflow], REPOSITORY));
}
