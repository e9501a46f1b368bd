import { planChangeOfText } from "../../lib/readers/from-plan-change";
import { SourceError } from "../../lib/model/source-error";
import { ACCOUNT, change, changeOf, configured, held, planText, roleValues, rolesOf } from "./small-plan";

describe("Formats", () => {
  const plan = (format: string): string =>
    planText({ prior: [held("aws_iam_role.ci", roleValues("ci"))], more: { format_version: format } });

  test.each(["0.2", "1.0", "1.1", "1.2", "1.99"])("%s is read", (format) => {
    expect(rolesOf(planChangeOfText(plan(format), "plan.json").after).length).toBe(1);
  });

  test.each(["0.1", "2.0", "10.0", "1", "1.2.3", ""])("%p is refused", (format) => {
    expect(() => planChangeOfText(plan(format), "plan.json")).toThrow(
      `plan.json: has format version ${JSON.stringify(format)}, which is not read: plan with Terraform 1.0 or newer, or OpenTofu`,
    );
  });
});

describe("What is no plan", () => {
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  const entry = change("aws_iam_role.ci", "create", null, { name: "ci" });
  const changed = (more: object): string => planText({ changes: [{ ...entry, ...more }] });

  test.each<[string, string]>([
    ["", "plan.json: is empty"],
    ["PK\u0003\u0004\u0000", 'plan.json: is the plan itself: name the output of "terraform show -json" on it'],
    [planText({ changes: [entry] }).slice(0, -40), "plan.json: is not JSON, or not all of it"],
    ["[]", 'plan.json: is not the output of "terraform show -json"'],
    ['{"format_version":"1.2","resource_changes":{}}', "resource_changes: "],
    [
      '{"version":4,"terraform_version":"1.11.4","lineage":"x","resources":[]}',
      'plan.json: is a state file: name the output of "terraform show -json" instead',
    ],
    [
      '{"format_version":"1.0","terraform_version":"1.11.4"}',
      'plan.json: has neither a plan nor a state in it: name the output of "terraform show -json PLAN"',
    ],
    [
      '{"format_version":"1.0","values":{"root_module":{}}}',
      'plan.json: is a state, not a plan: name the output of "terraform show -json PLAN"',
    ],
    [planText({ changes: [entry, entry] }), '"aws_iam_role.ci" is there twice'],
    [
      planText({ prior: [held("aws_iam_role.ci", {}), held("aws_iam_role.ci", {})] }),
      '"aws_iam_role.ci" is there twice',
    ],
    [changed({ address: 7 }), "resource_changes.0.address: is not a string"],
    [changed({ mode: null }), "resource_changes.0.mode: is not a string"],
    [changed({ type: [] }), "resource_changes.0.type: is not a string"],
    [changed({ name: {} }), "resource_changes.0.name: is not a string"],
    [changed({ index: {} }), "resource_changes.0.index: is neither a text nor a number"],
    [changed({ module_address: 1 }), "resource_changes.0.module_address: is not a string"],
    [changed({ previous_address: 1 }), "resource_changes.0.previous_address: is not a string"],
    [changed({ deposed: 1 }), "resource_changes.0.deposed: is not a string"],
    [changed({ change: null }), "resource_changes.0.change: is no object"],
    [changed({ change: { actions: "create" } }), "resource_changes.0.change.actions: is no list of texts"],
    [changed({ change: { actions: [1] } }), "resource_changes.0.change.actions: is no list of texts"],
    [changed({ change: { actions: ["create"], after: [] } }), "resource_changes.0.change.after: is no object"],
    [changed({ change: { actions: ["create"], before: "x" } }), "resource_changes.0.change.before: is no object"],
    [
      changed({ change: { actions: ["explode"], before: {}, after: {} } }),
      'plan.json: "aws_iam_role.ci" has the actions ["explode"], of which nothing is known',
    ],
    [
      changed({ change: { actions: ["constructor"], before: {}, after: {} } }),
      'has the actions ["constructor"], of which nothing is known',
    ],
    [planText({ drift: [7 as never] }), "resource_drift.0: is no object"],
    [
      planText({ prior: [{ ...held("aws_iam_role.ci", {}), values: 7 }] }),
      "a module's resources.0.values: is no object",
    ],
    [planText({ prior: [null as never] }), "a module's resources.0: is no object"],
    [planText({ more: { prior_state: { values: { root_module: [] } } } }), "a module is no object"],
    [
      planText({ more: { prior_state: { values: { root_module: { child_modules: 1 } } } } }),
      "a module's child_modules: is no list",
    ],
    [
      `{"format_version":"1.2","resource_changes":[],"prior_state":{"values":{"root_module":${'{"child_modules":['.repeat(500)}${"]}".repeat(500)}}}}`,
      "plan.json: modules are nested over 100 deep",
    ],
  ])("%.70s", (text, message) => {
    expect(() => planChangeOfText(text, "plan.json")).toThrow(SourceError);
    expect(() => planChangeOfText(text, "plan.json")).toThrow(message);
  });

  test.each<[string, string]>([
    ["values nested without end", changed({}).replace('"name":"ci"}', `"name":"ci","tags":${nested(50_000)}}`)],
    [
      "marks nested without end",
      changed({})
        .replace('"after_sensitive":{}', `"after_sensitive":${nested(50_000)}`)
        .replace('"after_unknown":{}', `"after_unknown":${nested(50_000)}`),
    ],
    [
      "names that every object has",
      changed({})
        .replace('"name":"ci"}', '"name":"ci","__proto__":{"path":"/x/"},"constructor":1}')
        .replace('"after_sensitive":{}', '"after_sensitive":{"__proto__":true,"toString":{}}')
        .replace('"after_unknown":{}', '"after_unknown":{"__proto__":{"a":true}}'),
    ],
    ["an index like no other", changed({ index: 1e300 })],
    [
      "modes that nobody reads",
      changed({}).replace(
        '"resource_changes":[',
        `"resource_changes":[${JSON.stringify({ ...entry, address: "ephemeral.x.y", mode: "ephemeral", change: { actions: ["open"] } })},`,
      ),
    ],
    [
      "marks of another form",
      changed({
        change: { actions: ["create"], after: { name: "ci" }, after_unknown: [true, 7], after_sensitive: "yes" },
      }),
    ],
    [
      "a configuration of another form",
      planText({
        changes: [entry],
        more: {
          configuration: {
            root_module: {
              resources: [1, { address: 2 }, { address: "aws_iam_role.ci", expressions: [] }],
              module_calls: { a: 7, b: { module: [] } },
              outputs: [],
            },
          },
        },
      }),
    ],
  ])("%s break nothing", (_, text) => {
    const { before, after } = planChangeOfText(text, "plan.json");
    expect([rolesOf(before).length, rolesOf(after).map(({ name, path }) => [name, path])]).toEqual([0, [["ci", "/"]]]);
  });
});

describe("Shapes of the GitHub provider", () => {
  test("both ways to say which refs may deploy", () => {
    const environment = {
      repository: "web",
      environment: "production",
      deployment_branch_policy: [{ protected_branches: false, custom_branch_policies: true }],
    };
    const { before, after } = changeOf({
      changes: [
        change("github_repository_environment.e", "no-op", environment, environment),
        change(
          "github_repository_deployment_branch_policy.p",
          "update",
          { repository: "web", environment_name: "production", name: "main" },
          { repository: "web", environment_name: "production", name: "*" },
        ),
        change("github_repository_environment_deployment_policy.p", "create", null, {
          repository: "web",
          environment: "production",
          tag_pattern: "v*",
          branch_pattern: null,
        }),
      ],
    });
    expect([before, after].map(({ environments }) => environments[0]?.deployFrom)).toEqual([
      { branches: ["main"], tags: [] },
      { branches: ["*"], tags: ["v*"] },
    ]);
  });

  test.each([
    ["github_branch_protection", { repository_id: "R_1", pattern: "main" }],
    ["github_branch_protection_v3", { repository: "web", branch: "main" }],
    ["github_repository_ruleset", { repository: "web", target: "branch", enforcement: "active" }],
    ["github_organization_ruleset", { target: "branch", enforcement: "active" }],
  ])("%s that goes", (type, values) => {
    const { before, after } = changeOf({ changes: [change(`${type}.x`, "delete", values, null)] });
    expect([before.branchProtections.length, after.branchProtections.length]).toEqual([1, 0]);
  });

  test.each([
    ["github_actions_variable", "variable", "repository"],
    ["github_actions_environment_variable", "variable", "environment"],
    ["github_actions_organization_variable", "variable", "organization"],
    ["github_actions_secret", "secret", "repository"],
    ["github_actions_environment_secret", "secret", "environment"],
    ["github_actions_organization_secret", "secret", "organization"],
  ])("%s, updated and made anew", (type, kind, scope) => {
    const values = (value: string) => ({
      repository: "web",
      environment: "production",
      visibility: "all",
      [`${kind}_name`]: "A",
      [kind === "secret" ? "plaintext_value" : "value"]: value,
    });
    for (const actions of ["update", "delete,create"]) {
      const { before, after } = changeOf({
        changes: [change(`${type}.x`, actions, values("a"), values(`arn:aws:iam::${ACCOUNT}:role/ci`))],
      });
      const place = {
        kind,
        name: "A",
        repository: scope === "organization" ? null : "octo-org/web",
        environment: scope === "environment" ? "production" : null,
        role: null,
      };
      expect([before.values, after.values]).toMatchObject([
        [place],
        [{ ...place, role: kind === "secret" ? null : `arn:aws:iam::${ACCOUNT}:role/ci` }],
      ]);
    }
  });

  test("what is removed is of the owner of the repositories, where all agree on one", () => {
    const variable = { repository: "web", variable_name: "A", value: "x" };
    const providers = (other: string) => ({
      github: { name: "github", expressions: { owner: { constant_value: "octo-org" } } },
      "github.other": { name: "github", alias: "other", expressions: { owner: { constant_value: other } } },
    });
    const owner = (other: string): unknown =>
      changeOf({
        changes: [change("github_actions_variable.x", "delete", variable, null)],
        providers: providers(other),
        configuration: [configured("github_actions_variable.y", { value: null })],
      }).before.values[0]?.repository;
    expect([owner("octo-org"), owner("other-org")]).toEqual(["octo-org/web", [{ unknown: "owner" }, "/web"]]);
  });
});
