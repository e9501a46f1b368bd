import { fromPlanText } from "../../lib/readers/from-plan";
import { grantsOf } from "../../lib/questions/grants";
import type { AccessModel } from "../../lib/model/model";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import {
  ACCOUNT,
  change,
  changeOf,
  configured,
  held,
  ISSUER,
  managed,
  planText,
  roleValues,
  rolesOf,
  trust,
  type SmallPlan,
} from "../readers/small-plan";

const ROLE = "aws_iam_role.ci";
const marked = (place: string) => ({ unknown: `${place} (marked sensitive)` });
const modelOf = (plan: SmallPlan): AccessModel => fromPlanText(planText(plan), "plan.json");
const rulesOf = (model: AccessModel): string[] =>
  runRules(RULES, modelSubjects(model, "plan", "plan.json")).map(({ rule, message }) => `${rule}: ${message}`);
const sensitive = (before: unknown, after: unknown, more: object = {}) => ({
  change: { before_sensitive: before, after_sensitive: after, ...more },
});

/** A plan that creates one thing with marks. */
const created = (address: string, values: Parameters<typeof roleValues>[1], marks: unknown): SmallPlan => ({
  changes: [change(address, "create", null, values ?? {}, sensitive(false, marks))],
});
/** The same as a state. */
const state = (resources: readonly object[]): AccessModel =>
  fromPlanText(JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }), "state.json");

describe("A trust policy that is marked sensitive", () => {
  const plan = created(ROLE, roleValues("ci", { assume_role_policy: trust("repo:*") }), { assume_role_policy: true });
  const place = `${ROLE}.assume_role_policy (marked sensitive)`;

  test("is a role of which access cannot tell who may assume it", () => {
    expect(grantsOf(modelOf(plan))).toMatchObject({
      grants: [],
      unread: [{ role: "ci", reason: `its trust policy is not known: ${place}` }],
    });
  });

  test("is a finding that names the place", () => {
    expect(rulesOf(modelOf(plan))).toEqual([`L36: the trust policy depends on ${place}, which is not known here`]);
  });

  test("is the same in a state", () => {
    const held_ = held(ROLE, roleValues("ci"), { sensitive_values: { assume_role_policy: true } });
    expect(grantsOf(state([held_])).unread).toEqual(
      grantsOf(modelOf(plan)).unread.map((each) => ({ ...each, account: ACCOUNT })),
    );
  });

  test("is read where only something beside it is marked", () => {
    const values = roleValues("ci", { description: "x", tags: { a: "b" } });
    expect(grantsOf(modelOf(created(ROLE, values, { description: true, tags: { a: true } })))).toEqual(
      grantsOf(modelOf(created(ROLE, values, {}))),
    );
  });
});

describe("What is marked on one side of a change", () => {
  const both = (was: string): unknown[] => {
    const values = (policy: string) =>
      roleValues("ci", {
        inline_policy: [
          { name: "a", policy },
          { name: "b", policy: "old" },
        ],
      });
    const { before, after } = changeOf({
      changes: [
        change(
          ROLE,
          "update",
          values(was),
          { ...values("new"), description: "x" },
          sensitive(false, { inline_policy: [{ policy: true }, {}] }),
        ),
      ],
      configuration: [configured(ROLE, { inline_policy: null })],
    });
    return [before, after].flatMap((model) =>
      rolesOf(model).map(({ inlinePolicies }) =>
        "unknown" in inlinePolicies ? inlinePolicies : inlinePolicies.map(({ document }) => document),
      ),
    );
  };
  const hidden = [marked(`${ROLE}.inline_policy[0].policy`)];

  test("is hidden on the other side too, where it is the same", () =>
    expect(both("new")).toEqual([
      [hidden, "old"],
      [hidden, "old"],
    ]));

  test("leaves what was there before readable, where that is another value", () =>
    expect(both("other")).toEqual([
      ["other", "old"],
      [hidden, "old"],
    ]));
});

describe("Marks of another form than the value", () => {
  const nested = (depth: number, leaf: unknown): unknown => (depth === 0 ? leaf : { a: nested(depth - 1, leaf) });
  test.each<[string, unknown, unknown]>([
    ["a list for a text", "x", [true]],
    ["an object for a list", [{ name: "a", policy: "x" }], { policy: true }],
    ["a list for an object", { name: "a", policy: "x" }, [{ policy: true }]],
    ["marks that are nested too deep", nested(70, "x"), nested(70, true)],
    ["one mark above all", [{ name: "a", policy: "x" }], true],
  ])("%s: nothing is read", (_, value, marks) => {
    const { after } = changeOf({
      ...created(ROLE, roleValues("ci", { inline_policy: value }), { inline_policy: marks }),
      configuration: [configured(ROLE, { inline_policy: null })],
    });
    expect(JSON.stringify(rolesOf(after)[0]?.inlinePolicies)).not.toMatch(/"x"/);
  });
});

describe("Blocks that are marked", () => {
  const environment = (values: object, marks: unknown) =>
    modelOf(
      created(
        "github_repository_environment.e",
        { repository: "web", environment: "production", reviewers: [{ teams: [], users: [7] }], ...values },
        marks,
      ),
    ).environments[0];

  test.each<[unknown, unknown]>([
    [{ reviewers: [true] }, marked("github_repository_environment.e.reviewers[0]")],
    [{ reviewers: true }, marked("github_repository_environment.e.reviewers")],
    [{ reviewers: [{ users: true }] }, marked("github_repository_environment.e.reviewers[0].users")],
    [{ wait_timer: true }, [{ kind: "user", name: [{ unknown: "user 7" }] }]],
  ])("%j do not count as no reviewers", (marks, expected) =>
    expect(environment({ wait_timer: 5 }, marks)?.reviewers).toEqual(expected),
  );

  test("are policies of a role that are not known, not policies that it lacks", () => {
    const plan = created(
      ROLE,
      roleValues("ci", {
        inline_policy: [
          { name: "a", policy: "x" },
          { name: "b", policy: "y" },
        ],
      }),
      { inline_policy: [true, {}] },
    );
    expect(rolesOf(modelOf({ ...plan, configuration: [configured(ROLE, { inline_policy: null })] }))).toMatchObject([
      { inlinePolicies: marked(`${ROLE}.inline_policy[0]`) },
    ]);
  });

  test("are two policies where the names of two are hidden", () => {
    const policies = [
      { name: "a", policy: "x" },
      { name: "b", policy: "y" },
    ];
    const { after } = changeOf({
      ...created(ROLE, roleValues("ci", { inline_policy: policies }), {
        inline_policy: [{ name: true }, { name: true }],
      }),
      configuration: [configured(ROLE, { inline_policy: null })],
    });
    expect(rolesOf(after)).toMatchObject([{ inlinePolicies: [{ document: "x" }, { document: "y" }] }]);
  });
});

describe("Lists of all that a role is to have", () => {
  const role = change(
    ROLE,
    "no-op",
    roleValues("ci", { inline_policy: [{ name: "a", policy: "{}" }] }),
    roleValues("ci", { inline_policy: [{ name: "a", policy: "{}" }] }),
  );
  const list = (type: string, values: object, marks: unknown) =>
    changeOf({
      changes: [role, change(`${type}.x`, "create", null, { role_name: "ci", ...values }, sensitive(false, marks))],
    }).after;

  test("take nothing away, where a name in them is hidden", () => {
    const inline = (marks: unknown) =>
      rolesOf(list("aws_iam_role_policies_exclusive", { policy_names: ["b"] }, marks)).map(
        ({ inlinePolicies }) => inlinePolicies,
      );
    expect([inline({ policy_names: [true] }), inline({})]).toMatchObject([[[{ name: "a" }]], [[]]]);
  });

  test("attach what is hidden in them, whatever it is", () => {
    const arns = (marks: unknown) =>
      rolesOf(
        list("aws_iam_role_policy_attachments_exclusive", { policy_arns: [managed("A"), managed("B")] }, marks),
      ).map(({ managedPolicies }) => managedPolicies);
    const place = "aws_iam_role_policy_attachments_exclusive.x.policy_arns";
    expect(arns({ policy_arns: [false, true] })).toMatchObject([
      [{ arn: managed("A") }, { arn: [marked(`${place}[1]`)] }],
    ]);
    expect(arns({ policy_arns: true })).toMatchObject([[{ arn: [marked(place)] }]]);
  });
});

describe("A name that is marked", () => {
  const policy = "aws_iam_role_policy_attachment.a";
  test("is hidden where the same stands without a mark, and what belongs to it is said not to be known", () => {
    const model = state([
      held(ROLE, roleValues("secret-ci"), { sensitive_values: { name: true } }),
      held(policy, { role: "secret-ci", policy_arn: managed("AdministratorAccess"), id: "x" }),
    ]);
    expect(JSON.stringify(model)).not.toContain("/secret-ci");
    expect(model.notes).toEqual([
      `${policy} gives a policy to a role that is not known ({?${ROLE}.name (marked sensitive)}): its permissions are not included`,
    ]);
  });

  test("is hidden in policies that name the role, as a word and not as a part of one", () => {
    const principals = [`arn:aws:iam::${ACCOUNT}:role/ships`, `arn:aws:iam::${ACCOUNT}:role/shipshape`];
    const policyOf = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: principals }, Action: "sts:AssumeRole" }],
    });
    const model = state([
      held(ROLE, roleValues("ships"), { sensitive_values: { name: true } }),
      held("aws_iam_role.b", roleValues("b", { assume_role_policy: policyOf })),
    ]);
    expect(rolesOf(model)[1]?.trust).toMatchObject({
      statements: [
        {
          principals: [{ value: [`arn:aws:iam::${ACCOUNT}:role/`, marked(`${ROLE}.name`)] }, { value: principals[1] }],
        },
      ],
    });
  });

  test("of an environment leaves open which refs may deploy to any", () => {
    const environment = (name: string) => ({
      repository: "web",
      environment: name,
      deployment_branch_policy: [{ protected_branches: false, custom_branch_policies: true }],
    });
    const pattern = (marks: unknown) =>
      modelOf({
        changes: [
          change("github_repository_environment.e", "create", null, environment("production")),
          change(
            "github_repository_environment_deployment_policy.p",
            "create",
            null,
            { repository: "web", environment: "production", branch_pattern: "main" },
            sensitive(false, marks),
          ),
        ],
      }).environments.map(({ deployFrom }) => deployFrom);
    expect(pattern({ environment: true })).toEqual([
      { unknown: expect.stringContaining("(marked sensitive)") as string },
    ]);
    expect(pattern({ branch_pattern: true })).toEqual([
      { branches: [[marked("github_repository_environment_deployment_policy.p.branch_pattern")]], tags: [] },
    ]);
    expect(pattern({})).toEqual([{ branches: ["main"], tags: [] }]);
  });
});

describe("A sensitive value in a policy document", () => {
  const sub = "repo:octo-org/secret-shop:*";
  const document = (values: readonly string[], marks: unknown) =>
    held(
      "data.aws_iam_policy_document.d",
      {
        statement: [
          {
            actions: ["sts:AssumeRoleWithWebIdentity"],
            effect: "Allow",
            condition: [{ test: "StringEquals", variable: `${ISSUER}:sub`, values }],
          },
        ],
        json: trust(sub),
      },
      { sensitive_values: marks },
    );
  const trustOf = (marks: unknown, policy = trust(sub)) =>
    rolesOf(state([document([sub], marks), held(ROLE, roleValues("ci", { assume_role_policy: policy }))]))[0]?.trust;
  const marks = { statement: [{ condition: [{ values: [true] }] }] };
  const other = trust(sub).replace('"2012-10-17"', ' "2012-10-17" ');

  test("is hidden in the policy that is made of it", () =>
    expect(trustOf(marks)).toEqual(marked("data.aws_iam_policy_document.d.json")));

  test("is hidden as a value, where AWS has written the policy otherwise", () => {
    expect(trustOf(marks, other)).toMatchObject({
      statements: [{ conditions: [{ values: [[marked("data.aws_iam_policy_document.d.json")]] }] }],
    });
  });

  test("is read where it is not marked", () =>
    expect(trustOf({})).toMatchObject({ statements: [{ conditions: [{ values: [sub] }] }] }));
});

describe("A text that is handed to a module", () => {
  const rolePolicy = {
    ...configured("aws_iam_role.ci", {}),
    expressions: { assume_role_policy: { references: ["var.policy"] } },
  };
  const trustOf = (declared: object): unknown => {
    const address = "module.a.aws_iam_role.ci";
    const root = {
      module_calls: {
        a: {
          expressions: { policy: { constant_value: trust("repo:octo-org/web:ref:refs/heads/main") } },
          module: { variables: { policy: declared }, resources: [rolePolicy] },
        },
      },
    };
    const entry = change(
      address,
      "create",
      null,
      { name: "ci" },
      { change: { after_unknown: { assume_role_policy: true } } },
    );
    return rolesOf(modelOf({ changes: [entry], more: { configuration: { root_module: root } } }))[0]?.trust;
  };

  test("is hidden where the variable is sensitive", () =>
    expect(trustOf({ sensitive: true })).toEqual(marked("module.a.var.policy")));
  test("is read where it is not", () => expect(trustOf({})).toMatchObject({ statements: [{}] }));
});
