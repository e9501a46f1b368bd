import path from "node:path";
import { fromPlan, fromPlanText } from "../../lib/readers/from-plan";
import { fromStackJson } from "../../lib/readers/from-synth";
import { grantsOf, type Grant } from "../../lib/questions/grants";
import type { AccessModel, RoleModel } from "../../lib/model/model";

const PROVIDER = "token.actions.githubusercontent.com";
const plan = (name: string): AccessModel => fromPlan(path.join(__dirname, "fixtures/plans", `${name}.json`));
const rolesOf = ({ accounts }: AccessModel): RoleModel[] => accounts.flatMap(({ roles }) => roles);
const grants = (model: AccessModel): Grant[] => grantsOf(model).grants.sort((a, b) => (a.role < b.role ? -1 : 1));

describe("plans of Terraform that others wrote", () => {
  test("a module for each role, whose trust waits for the provider", () => {
    const model = plan("policy-document-module");
    expect(model.accounts.map(({ id, providers }) => [id, providers.map(({ arn }) => arn)])).toEqual([
      ["222233334444", [`arn:aws:iam::222233334444:oidc-provider/${PROVIDER}`]],
    ]);
    expect(
      grants(model).map(({ role, repository, jobs, subjects, breadth, permissions }) => ({
        role,
        repository,
        jobs,
        subjects,
        breadth,
        permissions,
      })),
    ).toMatchObject([
      {
        role: "ci-api",
        repository: "octo-org/api",
        jobs: ["environment production"],
        subjects: ["repo:octo-org/api:environment:production"],
        breadth: "exact",
      },
      { role: "ci-web", repository: "octo-org/web", jobs: ["branch main", "any pull request"], breadth: "exact" },
    ]);
    const [web, api] = rolesOf(model).sort((a, b) => (String(a.name) < String(b.name) ? 1 : -1));
    expect(api?.location).toEqual({ address: 'module.roles["api"].aws_iam_role.this' });
    expect(api?.managedPolicies).toMatchObject([
      { document: expect.stringContaining("s3:PutObject") as string },
      { arn: "arn:aws:iam::aws:policy/ReadOnlyAccess", document: null },
    ]);
    expect(web?.managedPolicies).toMatchObject([{ document: expect.stringContaining("s3:PutObject") as string }]);
  });

  test("policies as arguments of the role", () => {
    const [role] = rolesOf(plan("deprecated-arguments"));
    expect(role).toMatchObject({
      name: ["deploy-", { unknown: "name, made by Terraform" }],
      path: "/ci/",
      sessionSeconds: 7_200,
      permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary",
      managedPolicies: [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess", document: null }],
      inlinePolicies: [{ name: "deploy", document: expect.stringContaining("ecs:UpdateService") as string }],
    });
  });

  test("a pattern for the organization, and one that strangers fit", () => {
    expect(
      grants(plan("organization-wide")).map(({ role, repository, breadth }) => [role, repository, breadth]),
    ).toEqual([
      ["shared-organization", "octo-org/*", "organization"],
      ["shared-squatted", "*", "anyone"],
    ]);
  });
});

const trust = (
  sub: string,
  principal = `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`,
  operator = "StringEquals",
): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: principal },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { [operator]: { [`${PROVIDER}:sub`]: sub } },
      },
    ],
  });

const stack = (role: object, more: object = {}): AccessModel =>
  fromStackJson({ resource: { aws_iam_role: { ci: { name: "ci", ...role } } }, ...more });
const only = (model: AccessModel): RoleModel => rolesOf(model)[0] as RoleModel;
const valuesOf = (role: RoleModel): unknown =>
  "statements" in role.trust ? role.trust.statements[0]?.conditions[0]?.values : role.trust;

describe("Terraform in JSON that others wrote", () => {
  test("a local stands for its value, and a policy variable of IAM's stays one", () => {
    const role = only(
      stack(
        { assume_role_policy: trust("${local.prefix}:$${aws:x}") },
        { locals: { prefix: "repo:${local.owner}/web", owner: "octo-org" } },
      ),
    );
    expect(valuesOf(role)).toEqual(["repo:octo-org/web:${aws:x}"]);
  });

  test.each([
    ["${var.prefix}", [{ unknown: "var.prefix" }]],
    ["${local.circle}", [{ unknown: "local.circle" }]],
    ["${local.no}", [{ unknown: "local.no" }]],
    ['${join("/", [a, b])}'.replaceAll('"', "'"), [{ unknown: "join('/', [a, b])" }]],
    ["${each.value}", [{ unknown: "each.value" }]],
    ["${github_repository.web.full_name}", [{ unknown: "github_repository.web.full_name" }]],
  ])("%s is not known, and nothing is put in its place", (expression, value) => {
    const model = stack(
      { assume_role_policy: trust(`repo:${expression}`) },
      {
        locals: { circle: "${local.other}", other: "${local.circle}" },
        variable: { prefix: { default: "octo-org/web" } },
      },
    );
    expect(valuesOf(only(model))).toEqual([["repo:", ...value]]);
    expect(grantsOf(model).grants).toMatchObject([
      { repository: "*", breadth: "anyone", exact: false, unknown: [(value[0] as { unknown: string }).unknown] },
    ]);
  });

  test.each([
    ["${var.policy}", "var.policy"],
    ['${jsonencode({"Statement" = []})}', 'jsonencode({"Statement" = []})'],
    ["%{ if true }{}%{ endif }", "%{ if true }{}%{ endif }"],
  ])("of a policy that is an expression nothing is known: %s", (policy, unknown) => {
    const model = stack({ assume_role_policy: policy });
    expect(only(model).trust).toEqual({ unknown });
    expect(grantsOf(model)).toMatchObject({
      grants: [],
      unread: [{ role: "ci", reason: `its trust policy is not known: ${unknown}` }],
    });
  });

  test("an expression that may be more than a value makes the whole policy unknown", () => {
    expect(only(stack({ assume_role_policy: trust("x").replace('"sts:', '"${var.action}:') })).trust).toEqual({
      unknown: "var.action",
    });
    expect(
      only(stack({ assume_role_policy: trust("x").replace(`"${PROVIDER}:sub"`, '"${var.issuer}:sub"') })).trust,
    ).toEqual({ unknown: "var.issuer" });
  });

  test("what AWS would refuse is said to be refused", () => {
    expect(only(stack({ assume_role_policy: "{}" })).trust).toHaveProperty("refused");
  });

  test("a provider that is referred to, created or looked up, is the principal", () => {
    const url = `https://${PROVIDER}`;
    const provider = { aws: [{ region: "eu-west-1", allowed_account_ids: ["111122223333"] }] };
    for (const [section, reference] of [
      ["resource", "${aws_iam_openid_connect_provider.github.arn}"],
      ["data", "${data.aws_iam_openid_connect_provider.github.arn}"],
    ] as const) {
      const json = {
        provider,
        resource: {
          aws_iam_role: { ci: { name: "ci", assume_role_policy: trust("repo:octo-org/web:pull_request", reference) } },
        },
        data: {},
      };
      const withProvider = {
        ...json,
        [section]: { ...json[section], aws_iam_openid_connect_provider: { github: { url } } },
      };
      const [statement] = (only(fromStackJson(withProvider)).trust as { statements: { principals: unknown }[] })
        .statements;
      expect(statement?.principals).toEqual([
        { kind: "Federated", value: `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}` },
      ]);
    }
  });

  test("what an exclusive list names is attached, and what of it is not known is said not to be", () => {
    const model = (...arns: string[]): AccessModel =>
      fromStackJson({
        resource: {
          aws_iam_role: { ci: { name: "ci", assume_role_policy: trust("repo:octo-org/web:pull_request") } },
          aws_iam_role_policy_attachments_exclusive: {
            ci: { role_name: "${aws_iam_role.ci.name}", policy_arns: arns },
          },
        },
      });
    const listed = model("arn:aws:iam::aws:policy/ReadOnlyAccess");
    expect([only(listed).managedPolicies, listed.notes]).toEqual([
      [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess", document: null }],
      [],
    ]);
    const open = model("${var.policy}");
    expect([only(open).managedPolicies, open.notes]).toEqual([
      [],
      ["aws_iam_role_policy_attachments_exclusive.ci attaches policies that are not known yet: they are not included"],
    ]);
  });

  test("a policy document of a data source is put together", () => {
    const statement = {
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: { type: "Federated", identifiers: ["arn:aws:iam::111122223333:oidc-provider/" + PROVIDER] },
      condition: [{ test: "StringLike", variable: `${PROVIDER}:sub`, values: ["repo:octo-org/web:*"] }],
    };
    const model = (more: object): AccessModel =>
      stack(
        { assume_role_policy: "${data.aws_iam_policy_document.trust.json}" },
        { data: { aws_iam_policy_document: { trust: { statement, ...more } } } },
      );
    expect(grantsOf(model({})).grants).toMatchObject([{ repository: "octo-org/web", breadth: "repository" }]);
    expect(only(model({ override_policy_documents: ["${var.more}"] })).trust).toEqual({
      unknown: "data.aws_iam_policy_document.trust.json",
    });
  });

  test("a condition by a name that every object has is not lost", () => {
    const policy = trust("x").replace(`"${PROVIDER}:sub"`, '"__proto__"');
    expect(grantsOf(stack({ assume_role_policy: policy })).grants).toMatchObject([{ exact: false }]);
  });

  test("what only a plan tells is noted", () => {
    const model = stack(
      { assume_role_policy: trust("x"), for_each: "${var.roles}" },
      { module: { more: { source: "./more" } } },
    );
    expect(model.notes).toEqual([
      "module.more was not read: only a plan tells what it adds",
      "aws_iam_role.ci may stand for several or none: only a plan tells",
    ]);
  });

  test("administrators may bypass, unless that is forbidden", () => {
    const model = fromStackJson({
      provider: { github: { owner: "octo-org" } },
      resource: {
        github_repository_environment: {
          p: { repository: "web", environment: "p", reviewers: [{ teams: ["${var.team}"] }] },
        },
      },
    });
    expect(model.environments).toMatchObject([
      {
        repository: "octo-org/web",
        adminsCanBypass: true,
        preventSelfReview: false,
        deployFrom: "any ref",
        reviewers: [{ kind: "team", name: [{ unknown: "a team" }] }],
      },
    ]);
  });
});

describe("what is no plan", () => {
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

  test.each([
    ["", "is empty"],
    ["   \n", "is empty"],
    ['{"format_version": "1.2", "planned', "is not JSON, or not all of it"],
    ["null", 'is not the output of "terraform show -json"'],
    ["[]", 'is not the output of "terraform show -json"'],
    ['{"Version":"2012-10-17","Statement":[]}', 'is not the output of "terraform show -json"'],
    [
      '{"version":4,"terraform_version":"1.11.4","lineage":"x","resources":[]}',
      'is a state file: name the output of "terraform show -json" instead',
    ],
    ['{"format_version":"1.2"}', "has neither a plan nor a state in it"],
    ['{"format_version":"1.2","errored":true,"planned_values":{}}', "the plan ended with an error"],
    ['{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":1}]}}}', "resources.0.address"],
    ['{"format_version":"1.2","resource_changes":[{"address":"a"}]}', "resource_changes.0"],
    [
      `{"format_version":"1.2","planned_values":{"root_module":${'{"child_modules":['.repeat(2_000)}${"]}".repeat(2_000)}}}`,
      "modules are nested over 100 deep",
    ],
  ])("%.60s", (text, message) => {
    expect(() => fromPlanText(text, "plan.json")).toThrow(message);
  });

  test("values nested without end are not followed", () => {
    const text = `{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"aws_iam_role.x","mode":"managed","type":"aws_iam_role","name":"x","values":{"name":"x","assume_role_policy":"{}","tags":${nested(100_000)}}}]}}}`;
    expect(rolesOf(fromPlanText(text, "plan.json")).map(({ name }) => name)).toEqual(["x"]);
  });

  test.each([["null"], ["[]"], ['{"resource":[]}'], ['{"resource":{"aws_iam_role":"x"}}'], ['{"provider":7}']])(
    "nor Terraform in JSON: %s",
    (text) => {
      expect(() => fromStackJson(JSON.parse(text), "stack")).toThrow("is not Terraform in JSON");
    },
  );
});
