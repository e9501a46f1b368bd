import { agreement, type AgreementFact, type MintOptions } from "../../lib/workflows";
import type { ValueModel } from "../../lib/model/model";
import { allowing, arnOf, modelOf, REPOSITORY, roleFor, roleOf, valueOf, type ModelParts } from "./models";
import { workflowOf } from "./workflows";

const CALL = "uses: aws-actions/configure-aws-credentials@v6";
const WRITE = "permissions: {id-token: write}";

interface Deploy {
  readonly on?: string;
  readonly job?: string;
  readonly role?: string;
  readonly inputs?: string;
  readonly step?: string;
  readonly permissions?: string;
}

/** A workflow with one job that asks for a role. */
const deploy = ({
  on = "push",
  job = "name: x",
  role = arnOf("deploy"),
  inputs = "aws-region: eu-west-1",
  step = "name: y",
  permissions = WRITE,
}: Deploy): string =>
  `on: ${on}\n${permissions}\njobs: {deploy: {${job}, steps: [{${CALL}, ${step}, with: {role-to-assume: '${role}', ${inputs}}}]}}\n`;

function factsOf(
  parts: ModelParts,
  files: string | Readonly<Record<string, string>>,
  options: MintOptions = {},
): AgreementFact[] {
  const texts = typeof files === "string" ? { "deploy.yml": files } : files;
  return agreement(
    modelOf(parts),
    Object.entries(texts).map(([name, text]) => workflowOf(text, `.github/workflows/${name}`)),
    REPOSITORY,
    options,
  );
}

/** Facts in short: the mismatch of what is never admitted, otherwise the kind. */
const shown = (fact: AgreementFact): string => (fact.kind === "neverAdmitted" ? fact.mismatch.kind : fact.kind);
const said = (parts: ModelParts, files: string | Readonly<Record<string, string>>, options?: MintOptions): string[] =>
  factsOf(parts, files, options).map(shown);

/** What is said of a job beside a role that asks for these contexts. */
const verdict = (workflow: Deploy, ...contexts: string[]): string[] =>
  said({ roles: [roleFor("deploy", ...contexts)] }, deploy(workflow));

const PRODUCTION = "environment:production";
const MAIN = "ref:refs/heads/main";

describe("a job whose tokens may be admitted", () => {
  test.each<[string, Deploy, string[]]>([
    ["names the environment", { job: "environment: production" }, [PRODUCTION]],
    ["names the environment in another spelling", { job: "environment: Production" }, [PRODUCTION]],
    ["names an environment that an expression decides on", { job: "environment: '${{ inputs.env }}'" }, [PRODUCTION]],
    ["names an environment of which a part is known", { job: "environment: 'prod${{ inputs.x }}'" }, [PRODUCTION]],
    ["may name no environment after all", { job: "environment: '${{ vars.E }}'" }, [MAIN]],
    ["runs on the branch", { on: "{push: {branches: [main]}}" }, [MAIN]],
    ["runs on any branch", {}, [MAIN]],
    ["runs on some of the branches", { on: "{push: {branches: ['release/**']}}" }, ["ref:refs/heads/release/1.*"]],
    ["runs on a tag", { on: "{push: {tags: ['v*']}}" }, ["ref:refs/tags/v*"]],
    ["runs on pull requests and more", { on: "[pull_request, push]" }, [MAIN]],
    ["runs on pull requests, once they are merged", { on: "{pull_request: {types: [closed]}}" }, [MAIN]],
    ["runs for the merge queue", { on: "merge_group" }, ["ref:refs/heads/gh-readonly-queue/main/pr-*"]],
    ["runs on a schedule", { on: "schedule" }, [MAIN]],
    ["runs on an event that is not known", { on: "something_new" }, [PRODUCTION, "pull_request"]],
    ["runs on pull_request_target", { on: "pull_request_target" }, ["pull_request"]],
    ["runs on what is left of ignored branches", { on: "{push: {branches-ignore: [main]}}" }, [MAIN]],
    ["is one of all", { job: "environment: x" }, ["*"]],
  ])("%s", (_, workflow, contexts) => {
    expect(verdict(workflow, ...contexts)).toEqual(["admitted"]);
  });

  test("may have subjects with ids, and another spelling of the repository", () => {
    const roles = [roleOf("deploy", [allowing({ sub: "repo:Octo-Org@65/web-shop@74:environment:production" })])];
    expect(said({ roles }, deploy({ job: "environment: production" }))).toEqual(["admitted"]);
  });

  test("may have its prefix looked up in the plan", () => {
    const roles = [roleOf("deploy", [allowing({ sub: [[{ lookup: REPOSITORY }, ":environment:production"]] })])];
    expect(said({ roles }, deploy({ job: "environment: production" }))).toEqual(["admitted"]);
  });

  test("may be of a pattern of the policy that leaves the repository open", () => {
    expect(
      said(
        { roles: [roleOf("deploy", [allowing({ sub: "repo:octo-org/*:environment:production" })])] },
        deploy({ job: "environment: production" }),
      ),
    ).toEqual(["admitted"]);
  });

  test("may ask for what is not known of the policy", () => {
    const roles = [roleOf("deploy", [allowing({ sub: [[{ unknown: "var.subject" }]] })])];
    expect(said({ roles }, deploy({}))).toEqual(["admitted"]);
  });
});

describe("a job whose tokens are never admitted", () => {
  test.each<[string, Deploy, string[], string]>([
    ["names no environment", { on: "{push: {branches: [main]}}" }, [PRODUCTION], "noEnvironment"],
    ["names another environment", { job: "environment: staging" }, [PRODUCTION], "otherEnvironment"],
    [
      "names an environment of which a known part differs",
      { job: "environment: 'eu-${{ inputs.x }}'" },
      [PRODUCTION],
      "otherEnvironment",
    ],
    [
      "names an environment, where the policy is for a branch",
      { on: "{push: {branches: [main]}}", job: "environment: production" },
      [MAIN],
      "environmentHidesRef",
    ],
    ["runs on pull requests alone", { on: "pull_request" }, [MAIN], "pullRequestOnly"],
    ["runs on another branch", { on: "{push: {branches: [develop]}}" }, [MAIN], "otherRef"],
    ["runs on a branch in another spelling", { on: "{push: {branches: [Main]}}" }, [MAIN], "otherRef"],
    [
      "runs on branches, where the policy is for tags",
      { on: "{push: {branches: ['**']}}" },
      ["ref:refs/tags/v*"],
      "otherRef",
    ],
    ["runs on tags, where the policy is for a branch", { on: "{push: {tags: ['v*']}}" }, [MAIN], "otherRef"],
    ["runs on pushes, where the policy is for pull requests", {}, ["pull_request"], "otherRef"],
    [
      "runs for the queue of another branch",
      { on: "{merge_group: {branches: [next]}}" },
      ["ref:refs/heads/gh-readonly-queue/main/pr-*"],
      "otherRef",
    ],
    [
      "runs on another branch and on pull requests",
      { on: "{push: {branches: [develop]}, pull_request: }" },
      [MAIN, PRODUCTION],
      "otherRef",
    ],
  ])("%s", (_, workflow, contexts, mismatch) => {
    expect(verdict(workflow, ...contexts)).toEqual([mismatch]);
  });

  test("runs on the default branch, where the policy is for another one and the default is known", () => {
    const roles = [roleFor("deploy", MAIN)];
    expect(said({ roles }, deploy({ on: "schedule" }), { defaultBranch: "trunk" })).toEqual(["otherRef"]);
    expect(said({ roles }, deploy({ on: "schedule" }), { defaultBranch: "main" })).toEqual(["admitted"]);
  });

  test("is told what it mints, what the policy asks for, and where it stands", () => {
    const [fact] = factsOf(
      { roles: [roleFor("deploy", PRODUCTION)] },
      deploy({ on: "{push: {branches: [main]}, workflow_dispatch: }" }),
    );
    expect(fact).toMatchObject({
      kind: "neverAdmitted",
      mints: [MAIN, "ref:refs/heads/*", "ref:refs/tags/*"],
      mismatch: { kind: "noEnvironment", asks: [PRODUCTION] },
      entry: ".github/workflows/deploy.yml",
      environment: "",
      call: { file: ".github/workflows/deploy.yml", job: "deploy", step: 0, position: { line: 3 } },
      role: { role: { name: "deploy" }, account: { name: "production" } },
      unless: undefined,
    });
  });

  test("is of another repository", () => {
    const roles = [roleOf("deploy", [allowing({ sub: "repo:octo-org/other:ref:refs/heads/main" })])];
    expect(factsOf({ roles }, deploy({}))).toMatchObject([
      { mismatch: { kind: "otherRepository", asks: ["repo:octo-org/other:ref:refs/heads/main"] } },
    ]);
  });

  test("meets a policy that is for no job of GitHub's", () => {
    const roles = [
      roleOf("deploy", [
        {
          ...allowing({}),
          principals: [{ kind: "Service", value: "ec2.amazonaws.com" }],
          actions: ["sts:AssumeRole"],
          conditions: [],
        },
      ]),
    ];
    expect(said({ roles }, deploy({}))).toEqual(["nobody"]);
  });

  test("meets a policy that denies just it", () => {
    const deny = {
      ...allowing({}),
      effect: "Deny" as const,
      conditions: [
        {
          operator: "StringEquals",
          key: "token.actions.githubusercontent.com:sub",
          values: [`repo:${REPOSITORY}:environment:production`],
        },
      ],
    };
    expect(
      said(
        { roles: [roleOf("deploy", [allowing({ sub: `repo:${REPOSITORY}:${PRODUCTION}` }), deny])] },
        deploy({ job: "environment: production" }),
      ),
    ).toEqual(["nobody"]);
  });

  test("calls its session by another name than the policy asks for", () => {
    const trust = allowing({ sub: `repo:${REPOSITORY}:${PRODUCTION}` });
    const parts = {
      roles: [
        roleOf("deploy", [
          {
            ...trust,
            conditions: [
              ...trust.conditions,
              { operator: "StringLike", key: "sts:RoleSessionName", values: ["web-*"] },
            ],
          },
        ]),
      ],
    };
    const named = (inputs: string) => deploy({ job: "environment: production", inputs });
    for (const inputs of ["x: y", "role-session-name: shop"])
      expect(factsOf(parts, named(inputs))).toMatchObject([
        { mismatch: { kind: "claims", claims: [{ claim: "sts:RoleSessionName", asks: ["web-*"] }] } },
      ]);
    for (const inputs of [
      "role-session-name: web-7",
      "role-session-name: 'web-${{ github.run_id }}'",
      "role-session-name: '${{ vars.NAME }}'",
    ])
      expect(said(parts, named(inputs))).toEqual(["admitted"]);
  });

  test("asks for another audience than the policy, or than the provider knows", () => {
    const parts = { roles: [roleFor("deploy", PRODUCTION)] };
    const workflow = deploy({ job: "environment: production", inputs: "audience: octo" });
    expect(factsOf(parts, workflow)).toMatchObject([
      { mismatch: { kind: "audience", audience: "octo", asks: ["sts.amazonaws.com"], of: "policy" } },
    ]);
    const open = { roles: [roleOf("deploy", [allowing({ aud: "*", sub: `repo:${REPOSITORY}:${PRODUCTION}` })])] };
    expect(factsOf(open, workflow)).toMatchObject([{ mismatch: { kind: "audience", of: "provider" } }]);
    expect(said({ ...open, clientIds: { unknown: "it exists already" } }, workflow)).toEqual(["admitted"]);
    expect(said({ ...open, clientIds: ["sts.amazonaws.com", "octo"] }, workflow)).toEqual(["admitted"]);
    expect(said(parts, deploy({ job: "environment: production", inputs: "audience: '${{ vars.AUD }}'" }))).toEqual([
      "admitted",
    ]);
  });

  test.each<[string, Record<string, string>, Deploy, string[]]>([
    [
      "job_workflow_ref",
      { job_workflow_ref: "octo-org/ci/.github/workflows/x.yml@refs/heads/main" },
      {},
      ["job_workflow_ref"],
    ],
    [
      "the ref of job_workflow_ref",
      { job_workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/main" },
      { on: "{push: {tags: ['v*']}}" },
      ["job_workflow_ref"],
    ],
    ["ref beside an environment", { ref: "refs/heads/main" }, { on: "pull_request" }, ["ref"]],
    ["workflow", { workflow: "Release" }, {}, ["workflow"]],
  ])("differs in %s", (_, claims, workflow, failing) => {
    const roles = [roleOf("deploy", [allowing({ sub: `repo:${REPOSITORY}:${PRODUCTION}`, ...claims })])];
    const [fact] = factsOf({ roles }, deploy({ job: "environment: production", ...workflow }));
    expect(fact).toMatchObject({
      mismatch: { kind: "claims", claims: failing.map((claim) => ({ claim, asks: [claims[claim]] })) },
    });
  });

  test("is called from where the policy does not say, and is admitted from where it does", () => {
    const shared = `on: workflow_call\njobs: {deploy: {environment: production, steps: [{${CALL}, with: {role-to-assume: '${arnOf("deploy")}'}}]}}\n`;
    const caller = (on: string): string => `on: ${on}\n${WRITE}\njobs: {call: {uses: ./.github/workflows/x.yml}}\n`;
    const roles = [
      roleOf("deploy", [
        allowing({
          sub: `repo:${REPOSITORY}:${PRODUCTION}`,
          job_workflow_ref: "octo-org/web-shop/.github/workflows/x.yml@refs/heads/main",
        }),
      ]),
    ];
    expect(
      said(
        { roles },
        { "a.yml": caller("{push: {branches: [main]}}"), "b.yml": caller("{push: {tags: ['v*']}}"), "x.yml": shared },
      ),
    ).toEqual(["admitted", "claims"]);
  });
});

describe("the subjects of the repository", () => {
  const hides = deploy({ on: "{push: {branches: [main]}}", job: "environment: production" });
  const roles = [roleFor("deploy", MAIN)];

  test("may be customised so that an environment does not hide the branch: only then is that no mistake", () => {
    expect(factsOf({ roles }, hides)).toMatchObject([
      { mismatch: { kind: "environmentHidesRef" }, unless: "customisedSubject" },
    ]);
    expect(
      factsOf({ roles, templates: [{ repository: REPOSITORY, claims: "default", location: null }] }, hides),
    ).toMatchObject([{ unless: undefined }]);
    expect(
      factsOf({ roles: [roleOf("deploy", [allowing({ sub: [[{ lookup: REPOSITORY }, `:${MAIN}`]] })])] }, hides),
    ).toMatchObject([{ unless: undefined }]);
  });

  test("may be so for a policy that is for another environment too", () => {
    const staging = deploy({ job: "environment: staging" });
    expect(factsOf({ roles: [roleFor("deploy", PRODUCTION, MAIN)] }, staging)).toMatchObject([
      { mismatch: { kind: "otherEnvironment" }, unless: "customisedSubject" },
    ]);
    expect(factsOf({ roles: [roleFor("deploy", PRODUCTION)] }, staging)).toMatchObject([
      { mismatch: { kind: "otherEnvironment" }, unless: undefined },
    ]);
  });

  test("that are known to be customised leave all open", () => {
    for (const claims of [["repo", "ref"], "organization" as const, { unknown: "x" }])
      expect(said({ roles, templates: [{ repository: "Octo-Org/Web-Shop", claims, location: null }] }, hides)).toEqual([
        "undecided",
      ]);
    expect(
      said({ roles, templates: [{ repository: "octo-org/other", claims: ["repo"], location: null }] }, hides),
    ).toEqual(["environmentHidesRef"]);
  });

  test("that a policy has in another form leave all open", () => {
    expect(
      said({ roles: [roleOf("deploy", [allowing({ sub: `repo:${REPOSITORY}:workflow:Release` })])] }, deploy({})),
    ).toEqual(["undecided"]);
    expect(
      said({ roles: [roleOf("deploy", [allowing({ sub: "repository_owner:octo-org:environment:x" })])] }, deploy({})),
    ).toEqual(["undecided"]);
  });
});

describe("the permission to get a token", () => {
  const parts = { roles: [roleFor("deploy", PRODUCTION)] };
  test.each<[string, string, string, unknown]>([
    ["nobody says", "", "name: x", null],
    [
      "the workflow has others",
      "permissions: {contents: read}",
      "name: x",
      { file: ".github/workflows/deploy.yml", position: { line: 2, column: 1 } },
    ],
    [
      "the job has others",
      WRITE,
      "permissions: {contents: read}",
      { file: ".github/workflows/deploy.yml", position: { line: 3, column: 17 } },
    ],
  ])("is missing where %s", (_, permissions, job, statedAt) => {
    expect(factsOf(parts, deploy({ permissions, job: `${job}, environment: production` }))).toMatchObject([
      { kind: "missingPermission", statedAt },
    ]);
  });

  test("is there where the job has it, whatever the workflow says", () => {
    expect(
      said(
        parts,
        deploy({ permissions: "permissions: {}", job: "environment: production, permissions: {id-token: write}" }),
      ),
    ).toEqual(["admitted"]);
    expect(said(parts, deploy({ permissions: "permissions: write-all", job: "environment: production" }))).toEqual([
      "admitted",
    ]);
  });
});

describe("the variable or secret that names the role", () => {
  const roles = [
    roleFor("staging", "environment:staging"),
    roleFor("production", PRODUCTION),
    roleFor("plan", "pull_request", MAIN),
  ];
  const values = [
    valueOf("AWS_ROLE_ARN", "staging", "staging"),
    valueOf("AWS_ROLE_ARN", "production", "production"),
    valueOf("PLAN_ARN", "plan"),
    valueOf("PLAN_ARN", "plan", null, { kind: "secret" }),
  ];
  const parts = { roles, values, environments: ["staging", "production"] };
  const one = (role: string, job = "name: x", on = "push"): AgreementFact =>
    factsOf(parts, deploy({ role: `\${{ ${role} }}`, job, on })).filter(
      ({ kind }) => kind !== "unusedRole",
    )[0] as AgreementFact;

  test.each<[string, string, string, string]>([
    ["the environment's", "vars.AWS_ROLE_ARN", "environment: staging", "staging"],
    ["the environment's, in another spelling", "vars.aws_role_arn", "environment: Production", "production"],
    ["the repository's", "vars.PLAN_ARN", "name: x", "plan"],
    ["the repository's secret", "secrets.PLAN_ARN", "name: x", "plan"],
  ])("is %s", (_, role, job, name) => {
    expect(one(role, job)).toMatchObject({ kind: "admitted", role: { role: { name } } });
  });

  test("is the environment's before the repository's, and that before the organization's", () => {
    const organization = valueOf("ARN", "plan", null, { repository: null });
    const workflow = deploy({ role: "${{ vars.ARN }}", job: "environment: production" });
    const with_ = (...more: (typeof organization)[]): unknown => factsOf({ ...parts, values: more }, workflow)[0];
    expect(with_(organization, valueOf("ARN", "staging"), valueOf("ARN", "production", "production"))).toMatchObject({
      kind: "admitted",
      role: { role: { name: "production" } },
    });
    expect(with_(organization, valueOf("ARN", "staging"))).toMatchObject({
      kind: "neverAdmitted",
      role: { role: { name: "staging" } },
    });
    expect(with_(organization)).toMatchObject({ kind: "neverAdmitted", role: { role: { name: "plan" } } });
  });

  test("is the organization's only where the repository is among those that see it", () => {
    const seenBy = (visibleTo: ValueModel["visibleTo"]): unknown =>
      factsOf(
        { ...parts, values: [valueOf("ARN", "production", null, { repository: null, visibleTo })] },
        deploy({ role: "${{ vars.ARN }}", job: "environment: production" }),
      )[0];
    const admitted = { kind: "admitted", role: { role: { name: "production" } } };
    for (const visibleTo of ["all", "private", [REPOSITORY.toUpperCase()]] as const)
      expect(seenBy(typeof visibleTo === "string" ? visibleTo : [...visibleTo])).toMatchObject(admitted);
    for (const visibleTo of [["octo-org/other"], { unknown: "visibility" }, [[{ unknown: "a number" }]]])
      expect(seenBy(visibleTo)).not.toMatchObject(admitted);
  });

  test("is not there without the environment that has it, or in one that has not", () => {
    expect(one("vars.AWS_ROLE_ARN")).toMatchObject({
      kind: "noValue",
      elsewhere: ["production", "staging"],
      isEnvironmentKnown: true,
      environment: "",
    });
    expect(one("vars.AWS_ROLE_ARN", "environment: prodution")).toMatchObject({
      kind: "noValue",
      isEnvironmentKnown: false,
      environment: "prodution",
    });
  });

  test.each<[string, string, string]>([
    ["the model has not", "vars.OTHER", "name: x"],
    ["is another kind of value", "secrets.AWS_ROLE_ARN", "environment: production"],
    ["depends on an environment that is not known", "vars.AWS_ROLE_ARN", "environment: '${{ inputs.e }}'"],
    ["may be hidden by that of an environment from elsewhere", "vars.PLAN_ARN", "environment: elsewhere"],
    ["an expression decides on", "vars.A || vars.B", "name: x"],
  ])("is not known when it is one that %s", (_, role, job) => {
    expect(one(role, job).kind).toBe("undecided");
  });

  test("is not known when it holds something else, a role that is not the model's, or two roles", () => {
    const workflow = deploy({ role: "${{ vars.ARN }}" });
    for (const more of [
      [valueOf("ARN", null)],
      [valueOf("ARN", "elsewhere")],
      [valueOf("ARN", "plan"), valueOf("ARN", "staging")],
      [valueOf("ARN", "plan"), valueOf("x", "plan", null, { name: [{ unknown: "each.key" }] })],
    ])
      expect(said({ ...parts, values: more }, workflow)[0]).toBe("undecided");
  });

  test("is the repository's when a calling job passes it on, whatever environment the called one names", () => {
    const shared = `on: workflow_call\njobs: {deploy: {environment: production, steps: [{${CALL}, with: {role-to-assume: '\${{ inputs.role }}'}}]}}\n`;
    const caller = `on: push\n${WRITE}\njobs: {call: {uses: ./.github/workflows/x.yml, with: {role: '\${{ vars.ARN }}'}}}\n`;
    const files = { "a.yml": caller, "x.yml": shared };
    expect(
      factsOf({ ...parts, values: [valueOf("ARN", "plan"), valueOf("ARN", "production", "production")] }, files)[0],
    ).toMatchObject({ kind: "neverAdmitted", role: { role: { name: "plan" } } });
    expect(factsOf({ ...parts, values: [valueOf("ARN", "production", "production")] }, files)[0]).toMatchObject({
      kind: "noValue",
      elsewhere: ["production"],
    });
  });

  test("is that of each job of a matrix", () => {
    const matrix = (environments: string): string[] =>
      said(
        { ...parts, roles: roles.slice(0, 2) },
        deploy({
          role: "${{ vars.AWS_ROLE_ARN }}",
          job: `strategy: {matrix: {env: [${environments}]}}, environment: '\${{ matrix.env }}'`,
        }),
      );
    expect(matrix("staging, production")).toEqual(["admitted", "admitted"]);
    expect(matrix("staging, demo")).toEqual(["admitted", "noValue", "unusedRole"]);
  });
});

describe("a step that an if may keep from being reached", () => {
  const matrix = "strategy: {matrix: {env: [staging, production]}}, environment: '${{ matrix.env }}'";
  const roles = [roleFor("deploy", PRODUCTION)];

  test("fails only where it fails in every way that its job runs", () => {
    expect(said({ roles }, deploy({ job: matrix }))).toEqual(["otherEnvironment", "admitted"]);
    expect(said({ roles }, deploy({ job: matrix, step: "if: matrix.env == 'production'" }))).toEqual(["admitted"]);
    expect(
      said({ roles: [roleFor("deploy", MAIN)] }, deploy({ job: matrix, step: "if: matrix.env == 'production'" })),
    ).toEqual(["environmentHidesRef", "environmentHidesRef"]);
  });
});

describe("a role that cannot be told", () => {
  test.each<[string, Partial<ReturnType<typeof roleOf>>]>([
    ["has a policy that is not known", { trust: { unknown: "data.x.json" } }],
    ["has a policy that AWS would refuse", { trust: { refused: ["no"] } }],
    ["has another ARN", { arn: arnOf("other") }],
    ["has an ARN that is not known", { arn: [{ unknown: "arn" }] }],
  ])("%s", (_, otherwise) => {
    expect(
      said({ roles: [roleOf("deploy", [allowing({ sub: "repo:x/y:pull_request" })], otherwise)] }, deploy({}))[0],
    ).toBe("undecided");
  });

  test("is named by a job of a workflow of which it is not known who calls it", () => {
    expect(
      said(
        { roles: [roleFor("deploy", PRODUCTION)], values: [valueOf("A", "deploy", "staging")] },
        deploy({ on: "workflow_call" }),
      ),
    ).toEqual(["undecided"]);
    expect(
      said(
        { roles: [roleFor("deploy", PRODUCTION)], values: [valueOf("A", "deploy", "staging")] },
        deploy({ on: "workflow_call", role: "${{ vars.A }}" }),
      ),
    ).toEqual(["undecided"]);
  });

  test("is not looked for where workflows cannot be followed to their end", () => {
    const levels = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [
        `${n}.yml`,
        `on: ${n === 0 ? "push" : "workflow_call"}\njobs: {${Array.from({ length: 9 }, (__, job) => `j${job}: {uses: ./.github/workflows/${n + 1}.yml}`).join(", ")}}\n`,
      ]),
    );
    expect(said({ roles: [roleFor("deploy", PRODUCTION)] }, levels)).toEqual([]);
  });
});

test.each<[string, string, ModelParts["roles"][number]["sessionSeconds"], string[]]>([
  ["as long as the role's", "role-duration-seconds: 7200", 7200, ["admitted"]],
  ["a second longer", "role-duration-seconds: 7201", 7200, ["longSession", "admitted"]],
  ["the action's own length", "mask-aws-account-id: true", 3600, ["admitted"]],
  ["of a length that is not known", "role-duration-seconds: '${{ vars.S }}'", 3600, ["admitted"]],
  ["longer than what is not known", "role-duration-seconds: 43200", { unknown: "x" }, ["admitted"]],
])("a session that is %s", (_, inputs, sessionSeconds, expected) => {
  const roles = [roleOf("deploy", [allowing({ sub: `repo:${REPOSITORY}:*` })], { sessionSeconds })];
  expect(said({ roles }, deploy({ inputs }))).toEqual(expected);
});

describe("a role that no job asks for", () => {
  const idle = roleFor("idle", PRODUCTION);
  const other = deploy({ job: "environment: production" });
  const roles = [roleFor("deploy", PRODUCTION), idle];

  test("is told when every job is seen", () => {
    expect(factsOf({ roles }, other).filter(({ kind }) => kind === "unusedRole")).toMatchObject([
      { role: { role: { name: "idle" } } },
    ]);
    expect(said({ roles: [idle] }, "on: push\njobs: {}\n")).toEqual(["unusedRole"]);
  });

  test.each<[string, string]>([
    [
      "runs an action of the repository's own",
      `${WRITE}\njobs: {a: {environment: production, steps: [{uses: ./.github/actions/x}]}}`,
    ],
    ["calls a workflow from elsewhere", `${WRITE}\njobs: {a: {uses: octo-org/ci/.github/workflows/x.yml@v1}}`],
    [
      "mentions the role",
      `${WRITE}\njobs: {a: {environment: production, steps: [{run: 'aws sts assume-role-with-web-identity --role-arn ${arnOf("idle")}'}]}}`,
    ],
    [
      "mentions a variable that holds it",
      `${WRITE}\njobs: {a: {environment: production, steps: [{uses: a/b@c, with: {role: '\${{ vars.IDLE_ARN }}'}}]}}`,
    ],
    [
      "asks for a role that is not known",
      `${WRITE}\njobs: {a: {environment: production, steps: [{${CALL}, with: {role-to-assume: '\${{ inputs.x }}'}}]}}`,
    ],
  ])("is not told when a job that it admits %s", (_, text) => {
    expect(
      said({ roles: [idle], values: [valueOf("IDLE_ARN", "idle")] }, `on: something_new\n${text}\n`),
    ).not.toContain("unusedRole");
  });

  test("is told when the job that is not seen gets no token, or one that the role refuses", () => {
    expect(
      said(
        { roles: [idle] },
        "on: push\npermissions: {}\njobs: {a: {environment: production, steps: [{uses: ./x}]}}\n",
      ),
    ).toEqual(["unusedRole"]);
    expect(
      said({ roles: [idle] }, `on: push\n${WRITE}\njobs: {a: {environment: staging, steps: [{uses: ./x}]}}\n`),
    ).toEqual(["unusedRole"]);
  });

  test("is not told of one that other repositories may assume, or whose policy is not known", () => {
    expect(
      said(
        {
          roles: [
            roleOf("idle", [allowing({ sub: "repo:octo-org/*:pull_request" })]),
            roleOf("odd", [], { trust: { unknown: "x" } }),
          ],
        },
        "on: push\njobs: {}\n",
      ),
    ).toEqual([]);
  });
});

test("each job of a large account gets the role that is its own", () => {
  const roles = Array.from({ length: 2_000 }, (_, n) => roleFor(`role-${n}`, `environment:e${n}`));
  const jobs = Array.from(
    { length: 200 },
    (_, n) => `j${n}: {environment: e${n}, steps: [{${CALL}, with: {role-to-assume: '${arnOf(`role-${n}`)}'}}]}`,
  ).join(", ");
  expect(said({ roles }, `on: push\n${WRITE}\njobs: {${jobs}}\n`).filter((each) => each === "admitted")).toHaveLength(
    200,
  );
});
