import { formatReference, roleCallsOf, type RoleCall } from "../../lib/workflows";
import { workflowOf, yaml } from "./workflows";

const ACTION = "aws-actions/configure-aws-credentials@v6";
const withInputs = (inputs: string, { job = "", top = "", step = "", uses = ACTION } = {}): RoleCall[] =>
  roleCallsOf(
    workflowOf(
      `on: push\n${top}\njobs:\n  a:\n    ${job}\n    steps:\n      - {uses: ${uses}, with: {aws-region: eu-west-1, ${inputs}}, ${step}}\n`,
    ),
  );
const role = (inputs: string, around: Parameters<typeof withInputs>[1] = {}): unknown =>
  withInputs(inputs, around)[0]?.role;
const ARN = "arn:aws:iam::111122223333:role/deploy";

describe("the role of a step", () => {
  test.each<[string, string, unknown]>([
    ["a variable", "'${{ vars.AWS_ROLE_ARN }}'", { kind: "variable", name: "AWS_ROLE_ARN", isPassed: false }],
    [
      "a variable in another spelling",
      "'${{vars.aws_role_arn}}'",
      { kind: "variable", name: "AWS_ROLE_ARN", isPassed: false },
    ],
    [
      "a variable by index",
      "\"${{ vars['AWS_ROLE_ARN'] }}\"",
      { kind: "variable", name: "AWS_ROLE_ARN", isPassed: false },
    ],
    ["a secret", "'${{ secrets.ROLE }}'", { kind: "secret", name: "ROLE", isPassed: false }],
    ["an ARN", ARN, { kind: "literal", text: ARN }],
    ["an ARN with white space around it", `' ${ARN}\t'`, { kind: "literal", text: ARN }],
    [
      "an ARN with an expression",
      "'arn:aws:iam::${{ vars.ACCOUNT }}:role/x'",
      { kind: "unknown", text: ["arn:aws:iam::", { unknown: "vars.ACCOUNT" }, ":role/x"] },
    ],
    ["a choice", '"${{ vars.A || vars.B }}"', { kind: "unknown", text: [{ unknown: "vars.A || vars.B" }] }],
    ["an output", "'${{ steps.x.outputs.role }}'", { kind: "unknown", text: [{ unknown: "steps.x.outputs.role" }] }],
  ])("is %s", (_, text, expected) => {
    expect(role(`role-to-assume: ${text}`)).toEqual(expected);
  });

  test("is read from the lines of a block", () => {
    const [call] = roleCallsOf(
      workflowOf(
        [
          "on: push",
          "jobs:",
          "  a:",
          "    steps:",
          `      - uses: ${ACTION}`,
          "        with:",
          "          role-to-assume: |",
          "            ${{ vars.ROLE }}",
          "",
        ].join("\n"),
      ),
    );
    expect(call).toMatchObject({
      role: { kind: "variable", name: "ROLE", isPassed: false },
      position: { line: 5, column: 9 },
      rolePosition: { line: 7, column: 11 },
    });
  });

  test.each<[string, Parameters<typeof withInputs>[1], unknown]>([
    [
      "the step's",
      { step: "env: {ROLE: '${{ vars.S }}'}", job: "env: {ROLE: x}" },
      { kind: "variable", name: "S", isPassed: false },
    ],
    [
      "the job's",
      { job: "env: {ROLE: '${{ secrets.J }}'}", top: "env: {ROLE: x}" },
      { kind: "secret", name: "J", isPassed: false },
    ],
    ["the workflow's", { top: `env: {ROLE: '${ARN}'}` }, { kind: "literal", text: ARN }],
    [
      "one that refers to another",
      { job: "env: {OTHER: y}", step: "env: {ROLE: '${{ env.OTHER }}'}" },
      { kind: "literal", text: "y" },
    ],
    ["none", {}, { kind: "unknown", text: [{ unknown: "env.ROLE" }] }],
    [
      "one of an expression for all of them",
      { step: "env: '${{ fromJSON(x) }}'", job: "env: {ROLE: x}" },
      { kind: "unknown", text: [{ unknown: "env.ROLE" }] },
    ],
    [
      "one that refers to itself",
      { job: "env: {ROLE: '${{ env.ROLE }}'}" },
      { kind: "unknown", text: [{ unknown: "env.ROLE" }] },
    ],
  ])("is taken from env: %s", (_, around, expected) => {
    expect(role("role-to-assume: '${{ env.ROLE }}'", around)).toEqual(expected);
  });

  test("is not known when a script before it may have changed the name of env, and is when one after it may", () => {
    const steps = (before: string, after: string): RoleCall | undefined =>
      roleCallsOf(
        workflowOf(
          [
            "on: push",
            "env: {ROLE: x}",
            "jobs:",
            "  a:",
            "    steps:",
            `      - run: ${before}`,
            `      - {uses: ${ACTION}, with: {role-to-assume: '\${{ env.ROLE }}'}}`,
            `      - run: ${after}`,
            "",
          ].join("\n"),
        ),
      )[0];
    expect(steps('echo "ROLE=y" >> $GITHUB_ENV', "true")?.role.kind).toBe("unknown");
    expect(steps("true", 'echo "ROLE=y" >> $GITHUB_ENV')?.role.kind).toBe("literal");
    expect(steps('echo "OTHER=y" >> $GITHUB_ENV', "true")?.role.kind).toBe("literal");
  });

  test("may stand in the variable that the action reads by itself", () => {
    expect(role("x: y", { job: `env: {ROLE_TO_ASSUME: '${ARN}'}` })).toEqual({ kind: "literal", text: ARN });
  });

  test("is written as the workflow has it", () => {
    expect(
      ["'${{ vars.A }}'", "'${{ secrets.B }}'", ARN, "'x-${{ inputs.c }}'"].map((text) =>
        formatReference(withInputs(`role-to-assume: ${text}`)[0]?.role ?? { kind: "literal", text: "" }),
      ),
    ).toEqual(["vars.A", "secrets.B", ARN, "x-{?inputs.c}"]);
  });
});

describe("a step asks for no role with a token of GitHub's", () => {
  const cases: [about: string, inputs: string, around?: Parameters<typeof withInputs>[1]][] = [
    ["without a role", "mask-aws-account-id: true"],
    ["with an empty role", "role-to-assume: ''"],
    ["with an access key", `role-to-assume: ${ARN}, aws-access-key-id: '\${{ secrets.KEY }}'`],
    ["with a token file", `role-to-assume: ${ARN}, web-identity-token-file: /token`],
    ["when it chains roles", `role-to-assume: ${ARN}, role-chaining: true`],
    ["when it chains roles, in quotes", `role-to-assume: ${ARN}, role-chaining: 'True'`],
    ["when it may chain roles", `role-to-assume: ${ARN}, role-chaining: '\${{ inputs.chain }}'`],
    ["when it skips tokens", `role-to-assume: ${ARN}, force-skip-oidc: true`],
    ["when it may use what is there", `role-to-assume: ${ARN}, use-existing-credentials: true`],
    ["with a token file from env", `role-to-assume: ${ARN}`, { job: "env: {WEB_IDENTITY_TOKEN_FILE: /token}" }],
    ["of another action", `role-to-assume: ${ARN}`, { uses: "octo-org/configure-aws-credentials@v6" }],
    [
      "of a path in the action's repository",
      `role-to-assume: ${ARN}`,
      { uses: "aws-actions/configure-aws-credentials/other@v6" },
    ],
  ];
  test.each(cases.map(([about, inputs, around = {}]) => [about, inputs, around] as const))(
    "%s",
    (_, inputs, around) => {
      expect(withInputs(inputs, around)).toEqual([]);
    },
  );

  test("with all inputs from one expression", () => {
    expect(
      roleCallsOf(workflowOf(`on: push\njobs: {a: {steps: [{uses: ${ACTION}, with: '\${{ fromJSON(x) }}'}]}}\n`)),
    ).toEqual([]);
  });

  test.each(["role-chaining: false", "role-chaining: 'False'", "aws-access-key-id: ''", "force-skip-oidc: false"])(
    "but does with %s",
    (input) => {
      expect(withInputs(`role-to-assume: ${ARN}, ${input}`)).toHaveLength(1);
    },
  );

  test.each([
    "AWS-Actions/Configure-AWS-Credentials@v4",
    "aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c",
  ])("but does by %s", (uses) => {
    expect(withInputs(`Role-To-Assume: ${ARN}`, { uses })).toHaveLength(1);
  });
});

test.each<[string, string, number | undefined]>([
  ["none", "x: y", 3600],
  ["a number", "role-duration-seconds: 7200", 7200],
  ["a text", "role-duration-seconds: '900'", 900],
  ["an expression", "role-duration-seconds: '${{ vars.SECONDS }}'", undefined],
  ["no number", "role-duration-seconds: 1h", undefined],
  ["empty", "role-duration-seconds: ''", 3600],
])("the length of a session that is %s", (_, input, seconds) => {
  expect(withInputs(`role-to-assume: ${ARN}, ${input}`)[0]?.durationSeconds).toBe(seconds);
});

test.each<[string, string, unknown]>([
  ["none", "x: y", "sts.amazonaws.com"],
  ["another one", "audience: sts.amazonaws.com.cn", "sts.amazonaws.com.cn"],
  ["an expression", "audience: '${{ vars.AUD }}'", [{ unknown: "vars.AUD" }]],
])("the audience that is %s", (_, input, audience) => {
  expect(withInputs(`role-to-assume: ${ARN}, ${input}`)[0]?.audience).toEqual(audience);
});

test.each<[string, string, unknown]>([
  ["none", "x: y", "GitHubActions"],
  ["another one", "role-session-name: deploy", "deploy"],
  ["an expression", "role-session-name: 'run-${{ github.run_id }}'", ["run-", { unknown: "github.run_id" }]],
])("the session's name that is %s", (_, input, name) => {
  expect(withInputs(`role-to-assume: ${ARN}, ${input}`)[0]?.sessionName).toEqual(name);
});

test("every call of a workflow says where it stands", () => {
  const workflow = workflowOf(
    yaml`
    on: push
    jobs:
      a:
        steps:
          - run: x
          - uses: ${ACTION}
            with: {role-to-assume: ${ARN}, audience: x, role-duration-seconds: 900}
      b:
        steps:
          - uses: ${ACTION}
            with: {role-to-assume: ${ARN}}
    `,
    "x.yml",
  );
  expect(roleCallsOf(workflow)).toMatchObject([
    {
      file: "x.yml",
      job: "a",
      step: 1,
      position: { line: 6, column: 9 },
      rolePosition: { line: 7, column: 16 },
      audiencePosition: { line: 7, column: 71 },
      durationPosition: { line: 7, column: 84 },
    },
    { file: "x.yml", job: "b", step: 0, position: { line: 10, column: 9 } },
  ]);
});
