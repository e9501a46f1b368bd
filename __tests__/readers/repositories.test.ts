import { fromPlanText } from "../../lib/readers/from-plan";
import { fromStackJson } from "../../lib/readers/from-synth";
import type { AccessModel } from "../../lib/model/model";

const GITHUB = { github: [{ owner: "octo-org" }] };
const stack = (resource: object): AccessModel => fromStackJson({ provider: GITHUB, resource });

const TEMPLATE = "github_actions_repository_oidc_subject_claim_customization_template";

describe("subject templates", () => {
  const claims = (values: object): unknown =>
    stack({ [TEMPLATE]: { web: { repository: "web", ...values } } }).subjectTemplates;

  test.each<[string, object, unknown]>([
    ["GitHub's own form", { use_default: true }, "default"],
    ["one of the repository's", { use_default: false, include_claim_keys: ["repo", "context"] }, ["repo", "context"]],
    ["the organization's", { use_default: false }, "organization"],
    ["the organization's, with an empty list", { use_default: false, include_claim_keys: [] }, "organization"],
    ["not known", { use_default: "${var.default}" }, { unknown: "use_default" }],
    [
      "of keys that are not known",
      { use_default: false, include_claim_keys: "${var.keys}" },
      { unknown: "include_claim_keys" },
    ],
    [
      "with a key that is not known",
      { use_default: false, include_claim_keys: ["repo", "${var.key}"] },
      ["repo", [{ unknown: "var.key" }]],
    ],
  ])("of a repository: %s", (_, values, expected) => {
    expect(claims(values)).toEqual([
      { repository: "octo-org/web", claims: expected, location: { address: `${TEMPLATE}.web` } },
    ]);
  });

  test("of an organization belong to no repository", () => {
    const type = "github_actions_organization_oidc_subject_claim_customization_template";
    expect(stack({ [type]: { all: { include_claim_keys: ["repo"] } } }).subjectTemplates).toEqual([
      { repository: null, claims: ["repo"], location: { address: `${type}.all` } },
    ]);
  });
});

describe("rules that protect branches", () => {
  const protects = (resource: object): unknown => stack(resource).branchProtections.map(({ repository }) => repository);

  test.each<[string, object, unknown[]]>([
    [
      "classic, by name",
      { github_branch_protection_v3: { main: { repository: "web", branch: "main" } } },
      ["octo-org/web"],
    ],
    [
      "classic, by a reference to a repository",
      {
        github_repository: { web: { name: "web" } },
        github_branch_protection: { main: { repository_id: "${github_repository.web.node_id}", pattern: "main" } },
      },
      ["octo-org/web"],
    ],
    [
      "classic, by an id that says nothing",
      { github_branch_protection: { main: { repository_id: "R_kgDO", pattern: "main" } } },
      ["R_kgDO"],
    ],
    [
      "a ruleset",
      { github_repository_ruleset: { main: { repository: "web", target: "branch", enforcement: "active" } } },
      ["octo-org/web"],
    ],
    [
      "a ruleset of tags",
      { github_repository_ruleset: { tags: { repository: "web", target: "tag", enforcement: "active" } } },
      [],
    ],
    [
      "a ruleset that is only tried",
      { github_repository_ruleset: { main: { repository: "web", target: "branch", enforcement: "evaluate" } } },
      [],
    ],
    [
      "a ruleset of the organization",
      { github_organization_ruleset: { main: { target: "branch", enforcement: "active" } } },
      [null],
    ],
  ])("%s", (_, resource, expected) => expect(protects(resource)).toEqual(expected));

  test.each<[string, string, unknown[]]>([
    ["looked up", "repos/octo-org/web/branches?protected=true&per_page=100", ["octo-org/web"]],
    ["not looked up, but branches are listed", "repos/octo-org/web/branches", []],
    ["not looked up, but those that are not protected", "repos/octo-org/web/branches?protected=false&per_page=100", []],
  ])("%s", (_, endpoint, expected) => {
    const { branchProtections } = fromStackJson({
      provider: { github: [{ owner: "octo-org" }] },
      data: { github_rest_api: { x: { endpoint } } },
    });
    expect(branchProtections.map(({ repository }) => repository)).toEqual(expected);
  });
});

describe("new repositories", () => {
  const change = (name: string, actions: string[]): object => ({
    address: `github_repository.${name}`,
    mode: "managed",
    type: "github_repository",
    name,
    change: { actions, before: null, after: { name, full_name: `octo-org/${name}` }, after_unknown: {} },
  });
  const plan = JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    resource_changes: [
      change("new", ["create"]),
      change("old", ["update"]),
      change("same", ["no-op"]),
      change("replaced", ["delete", "create"]),
    ],
  });

  test("are those that a plan creates and does not replace", () => {
    expect(fromPlanText(plan, "plan.json").newRepositories.map(({ repository }) => repository)).toEqual([
      "octo-org/new",
    ]);
  });

  test("are none in a configuration", () =>
    expect(stack({ github_repository: { web: { name: "web" } } }).newRepositories).toEqual([]));
});
