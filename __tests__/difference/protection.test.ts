import { protectionChanges } from "../../lib/difference/protection";
import type { ProtectionChange } from "../../lib/difference/schema";
import { matchRoles } from "../../lib/difference/match";
import type { AccessModel, EnvironmentModel, SubjectTemplateModel, Text } from "../../lib/model/model";
import { unknownText } from "../../lib/trust/text";
import { account, model, role, trusting } from "./role-pairs";

const REPOSITORY = "octo-org/web-shop";
const SUBJECT = `repo:${REPOSITORY}:environment:production`;

const environment = (given: Partial<EnvironmentModel> = {}): EnvironmentModel => ({
  repository: REPOSITORY,
  name: "production",
  reviewers: [],
  waitMinutes: 0,
  preventSelfReview: false,
  adminsCanBypass: false,
  deployFrom: "any ref",
  location: { address: "github_repository_environment.production" },
  ...given,
});

const team = (name: Text) => ({ kind: "team" as const, name });
const user = (name: Text) => ({ kind: "user" as const, name });
const branches = (...names: readonly Text[]): EnvironmentModel["deployFrom"] => ({ branches: [...names], tags: [] });
const tags = (...names: readonly Text[]): EnvironmentModel["deployFrom"] => ({ branches: [], tags: [...names] });

const roles = (...subjects: readonly Text[]): AccessModel["accounts"] => [
  account([role({ trust: trusting(...subjects) })]),
];

const changes = (before: Partial<AccessModel>, after: Partial<AccessModel>): ProtectionChange[] => {
  const [was, is] = [model(before), model(after)];
  return protectionChanges(was, is, matchRoles(was, is));
};

type Line = [
  aspect: ProtectionChange["aspect"],
  before: string,
  after: string,
  direction: ProtectionChange["direction"],
];

const line = ({ aspect, before, after, direction }: ProtectionChange): Line => [aspect, before, after, direction];

const SWAPPED = { stronger: "weaker", weaker: "stronger", changed: "changed" } as const;
const mirrored = ([aspect, before, after, direction]: Line): Line => [aspect, after, before, SWAPPED[direction]];

/** Both ways round: whatever is stronger there is weaker back. */
function expectLines(before: Partial<AccessModel>, after: Partial<AccessModel>, expected: readonly Line[]): void {
  expect(changes(before, after).map(line)).toEqual(expected);
  expect(changes(after, before).map(line).sort()).toEqual(expected.map(mirrored).sort());
  expect(changes(before, before)).toEqual([]);
  expect(changes(after, structuredClone(after))).toEqual([]);
}

describe("the protection of an environment", () => {
  test.each<[string, Partial<EnvironmentModel>, Partial<EnvironmentModel>, Line[]]>([
    [
      "is stronger with a reviewer where nobody was asked",
      {},
      { reviewers: [team("release-managers")] },
      [["reviewers", "nobody", "release-managers", "stronger"]],
    ],
    [
      "is stronger with fewer who may approve: one approval suffices",
      { reviewers: [team("release-managers"), user("octocat")] },
      { reviewers: [team("release-managers")] },
      [["reviewers", "release-managers or octocat", "release-managers", "stronger"]],
    ],
    [
      "is neither with other reviewers",
      { reviewers: [team("release-managers")] },
      { reviewers: [user("octocat")] },
      [["reviewers", "release-managers", "octocat", "changed"]],
    ],
    [
      "is neither with some others of the reviewers",
      { reviewers: [team("a"), team("b")] },
      { reviewers: [team("b"), team("c"), team("d")] },
      [["reviewers", "a or b", "b or c or d", "changed"]],
    ],
    [
      "is neither with a user in place of a team of the same name",
      { reviewers: [team("octocat")] },
      { reviewers: [user("octocat")] },
      [["reviewers", "team octocat", "user octocat", "changed"]],
    ],
    [
      "is the same with the reviewers in another order",
      { reviewers: [team("a"), user("b")] },
      { reviewers: [user("b"), team("a")] },
      [],
    ],
    [
      "is the same with a login in another case",
      { reviewers: [user("Octocat")] },
      { reviewers: [user("octocat")] },
      [],
    ],
    [
      "may be weaker with reviewers that are not known",
      { reviewers: [team("a")] },
      { reviewers: { unknown: "reviewers" } },
      [["reviewers", "a", "not known (reviewers)", "changed"]],
    ],
    [
      "is the same where reviewers are not known for the same reason",
      { reviewers: { unknown: "reviewers" } },
      { reviewers: { unknown: "reviewers" } },
      [],
    ],
    [
      "may be weaker with a reviewer who is known by a number alone",
      { reviewers: [team("a")] },
      { reviewers: [team(unknownText("team 42"))] },
      [["reviewers", "a", "team 42", "changed"]],
    ],
    ["is stronger with a wait", {}, { waitMinutes: 10 }, [["wait timer", "no wait", "10 minutes", "stronger"]]],
    [
      "is stronger with a longer wait",
      { waitMinutes: 1 },
      { waitMinutes: 2 },
      [["wait timer", "1 minute", "2 minutes", "stronger"]],
    ],
    [
      "may be weaker with a wait that is not known",
      { waitMinutes: 5 },
      { waitMinutes: { unknown: "wait_timer" } },
      [["wait timer", "5 minutes", "not known (wait_timer)", "changed"]],
    ],
    [
      "is stronger where nobody approves a job of his own any more",
      { reviewers: [team("a")] },
      { reviewers: [team("a")], preventSelfReview: true },
      [["self-review", "whoever starts a job may approve it", "whoever starts a job may not approve it", "stronger"]],
    ],
    ["is the same where nobody may approve a job of his own, and nobody is asked", {}, { preventSelfReview: true }, []],
    [
      "is stronger by its reviewers alone where the first of them may not approve a job of his own",
      {},
      { reviewers: [team("a")], preventSelfReview: true },
      [["reviewers", "nobody", "a", "stronger"]],
    ],
    [
      "may be weaker with a rule of self-review that is not known",
      { reviewers: [team("a")] },
      { reviewers: [team("a")], preventSelfReview: { unknown: "x" } },
      [["self-review", "whoever starts a job may approve it", "not known (x)", "changed"]],
    ],
    [
      "is weaker where administrators may bypass it",
      {},
      { adminsCanBypass: true },
      [["administrators", "administrators may not bypass it", "administrators may bypass it", "weaker"]],
    ],
    [
      "may be weaker where it is not known whether administrators may bypass it",
      {},
      { adminsCanBypass: { unknown: "x" } },
      [["administrators", "administrators may not bypass it", "not known (x)", "changed"]],
    ],
    [
      "is stronger with some branches in place of any ref",
      {},
      { deployFrom: branches("main") },
      [["refs", "any ref", "branches main", "stronger"]],
    ],
    [
      "is stronger with protected branches in place of any ref",
      {},
      { deployFrom: "protected branches" },
      [["refs", "any ref", "protected branches", "stronger"]],
    ],
    [
      "is neither with protected branches in place of some",
      { deployFrom: branches("main") },
      { deployFrom: "protected branches" },
      [["refs", "branches main", "protected branches", "changed"]],
    ],
    [
      "is weaker with a branch more",
      { deployFrom: branches("main") },
      { deployFrom: branches("main", "dev") },
      [["refs", "branches main", "branches dev, main", "weaker"]],
    ],
    [
      "is weaker with tags beside branches",
      { deployFrom: branches("main") },
      { deployFrom: { branches: ["main"], tags: ["v*"] } },
      [["refs", "branches main", "branches main and tags v*", "weaker"]],
    ],
    [
      "is neither with tags in place of branches",
      { deployFrom: branches("v1") },
      { deployFrom: tags("v1") },
      [["refs", "branches v1", "tags v1", "changed"]],
    ],
    [
      "is weaker with a pattern in place of a name",
      { deployFrom: branches("release/1") },
      { deployFrom: branches("release/*") },
      [["refs", "branches release/1", "branches release/*", "weaker"]],
    ],
    [
      "is weaker with folders in place of one",
      { deployFrom: branches("release/*") },
      { deployFrom: branches("release/**/*") },
      [["refs", "branches release/*", "branches release/**/*", "weaker"]],
    ],
    [
      "is neither with a star that crosses no slash",
      { deployFrom: branches("release/1") },
      { deployFrom: branches("release*") },
      [["refs", "branches release/1", "branches release*", "changed"]],
    ],
    [
      "is neither with brackets, of which nothing is sure",
      { deployFrom: branches("v1") },
      { deployFrom: branches("v[0-9]") },
      [["refs", "branches v1", "branches v[0-9]", "changed"]],
    ],
    [
      "is the same with a name that a pattern holds already",
      { deployFrom: branches("*") },
      { deployFrom: branches("main", "*") },
      [],
    ],
    [
      "is the same with patterns in another order",
      { deployFrom: branches("a", "b") },
      { deployFrom: branches("b", "a") },
      [],
    ],
    [
      "is stronger with no ref at all",
      { deployFrom: branches("main") },
      { deployFrom: branches() },
      [["refs", "branches main", "no ref", "stronger"]],
    ],
    [
      "is stronger with no ref in place of protected branches",
      { deployFrom: "protected branches" },
      { deployFrom: branches() },
      [["refs", "protected branches", "no ref", "stronger"]],
    ],
    [
      "may be weaker with refs that are not known",
      { deployFrom: branches("main") },
      { deployFrom: { unknown: "deployment_branch_policy" } },
      [["refs", "branches main", "not known (deployment_branch_policy)", "changed"]],
    ],
    [
      "is weaker with a pattern more that is not known",
      { deployFrom: branches("main") },
      { deployFrom: branches("main", unknownText("var.branch")) },
      [["refs", "branches main", "branches main, {?var.branch}", "weaker"]],
    ],
    [
      "is told rule by rule",
      { reviewers: [team("a")], waitMinutes: 10 },
      { adminsCanBypass: true, deployFrom: branches("main") },
      [
        ["reviewers", "a", "nobody", "weaker"],
        ["wait timer", "10 minutes", "no wait", "weaker"],
        ["administrators", "administrators may not bypass it", "administrators may bypass it", "weaker"],
        ["refs", "any ref", "branches main", "stronger"],
      ],
    ],
  ])("%s", (_, before, after, expected) =>
    expectLines({ environments: [environment(before)] }, { environments: [environment(after)] }, expected),
  );

  test("is that of one environment, however its name and repository are spelled", () =>
    expectLines(
      { environments: [environment({ waitMinutes: 5 })] },
      { environments: [environment({ repository: "Octo-Org/Web-Shop", name: "Production" })] },
      [["wait timer", "5 minutes", "no wait", "weaker"]],
    ));

  test("is told for each of two resources that set it", () =>
    expectLines(
      { environments: [environment({ waitMinutes: 5 }), environment({ waitMinutes: 6 })] },
      { environments: [environment({ waitMinutes: 5 }), environment({ waitMinutes: 7 })] },
      [["wait timer", "6 minutes", "7 minutes", "stronger"]],
    ));
});

const NOT_THERE = "not there: GitHub makes it without protection as soon as a workflow names it";
const ruled = environment({
  reviewers: [team("release-managers"), user("octocat")],
  waitMinutes: 10,
  deployFrom: branches("main"),
});
const RULES = "approval by release-managers or octocat, a wait of 10 minutes, from branches main";

describe("an environment", () => {
  test.each<[string, Partial<AccessModel>, Partial<AccessModel>, Line[]]>([
    [
      "that is deleted while a role asks for it loses its protection",
      { environments: [ruled], accounts: roles(SUBJECT) },
      { accounts: roles(SUBJECT) },
      [["environment", RULES, NOT_THERE, "weaker"]],
    ],
    [
      "that is deleted while a role asks for environments like it loses its protection",
      { environments: [ruled] },
      { accounts: roles(`repo:${REPOSITORY}:environment:prod*`) },
      [["environment", RULES, NOT_THERE, "weaker"]],
    ],
    [
      "that is deleted while a role asks for it by ids loses its protection",
      { environments: [ruled] },
      { accounts: roles("repo:octo-org@1/web-shop@2:environment:production") },
      [["environment", RULES, NOT_THERE, "weaker"]],
    ],
    [
      "that is deleted while a role asks for it by a prefix that is looked up loses its protection",
      { environments: [ruled] },
      { accounts: roles([{ lookup: REPOSITORY }, ":environment:production"]) },
      [["environment", RULES, NOT_THERE, "weaker"]],
    ],
    [
      "that is deleted while a role asks for it in every repository of its owner loses its protection",
      { environments: [ruled] },
      { accounts: roles("repo:octo-org/*:environment:production") },
      [["environment", RULES, NOT_THERE, "weaker"]],
    ],
    [
      "that is deleted with the role that asks for it is not told",
      { environments: [ruled], accounts: roles(SUBJECT) },
      {},
      [],
    ],
    [
      "that is deleted while a role asks for another one is not told",
      { environments: [ruled] },
      { accounts: roles(`repo:${REPOSITORY}:environment:staging`) },
      [],
    ],
    [
      "that is deleted while a role admits every job of the repository anyway is not told",
      { environments: [ruled] },
      { accounts: roles(`repo:${REPOSITORY}:*`) },
      [],
    ],
    [
      "that is deleted while a role asks for one of the same name elsewhere is not told",
      { environments: [ruled] },
      { accounts: roles("repo:octo-org/blog:environment:production") },
      [],
    ],
    [
      "that is deleted while it is not known whom a role trusts loses its protection",
      { environments: [ruled] },
      { accounts: [account([role({ trust: { unknown: "known after apply" } })])] },
      [["environment", RULES, NOT_THERE, "weaker"]],
    ],
    [
      "that is deleted while AWS would refuse a role's trust policy loses its protection",
      { environments: [ruled] },
      { accounts: [account([role({ trust: { refused: ["no"] } })])] },
      [["environment", RULES, NOT_THERE, "weaker"]],
    ],
    [
      "that is deleted with a role of which it is not known whom it trusts is not told",
      { environments: [ruled], accounts: [account([role({ trust: { unknown: "known after apply" } })])] },
      {},
      [],
    ],
    [
      "that is deleted and protects nothing is not told",
      { environments: [environment({ adminsCanBypass: true })], accounts: roles(SUBJECT) },
      { accounts: roles(SUBJECT) },
      [],
    ],
    [
      "that is deleted and may protect, as far as is known, is told",
      { environments: [environment({ reviewers: { unknown: "reviewers" } })] },
      { accounts: roles(SUBJECT) },
      [["environment", "reviewers not known (reviewers)", NOT_THERE, "weaker"]],
    ],
  ])("%s", (_, before, after, expected) => expectLines(before, after, expected));
});

const protection = (repository: Text | null, address = "github_branch_protection.main") => ({
  repository,
  location: { address },
});
const OPEN = "no rule protects a branch, so that every branch may deploy";
const asking = { environments: [environment({ deployFrom: "protected branches" })] };

describe("the protection of branches", () => {
  test.each<[string, Partial<AccessModel>, Partial<AccessModel>, Line[]]>([
    [
      "is weaker without a rule where an environment asks for protected branches",
      { ...asking, branchProtections: [protection(REPOSITORY)] },
      asking,
      [["branch protection", "1 rule protects branches", OPEN, "weaker"]],
    ],
    [
      "is that of one repository, however it is spelled",
      { ...asking, branchProtections: [protection("Octo-Org/Web-Shop")] },
      asking,
      [["branch protection", "1 rule protects branches", OPEN, "weaker"]],
    ],
    [
      "is not told where no environment asks for it",
      { environments: [environment()], branchProtections: [protection(REPOSITORY)] },
      { environments: [environment()] },
      [],
    ],
    ["is not told of another repository", { ...asking, branchProtections: [protection("octo-org/blog")] }, asking, []],
    [
      "is not told where the environment no longer asks for it",
      { ...asking, branchProtections: [protection(REPOSITORY)] },
      { environments: [environment({ deployFrom: branches("main") })] },
      [["refs", "protected branches", "branches main", "changed"]],
    ],
    [
      "is another one with a rule more: one branch more may deploy",
      { ...asking, branchProtections: [protection(REPOSITORY)] },
      { ...asking, branchProtections: [protection(REPOSITORY), protection(REPOSITORY)] },
      [["branch protection", "1 rule protects branches", "2 rules protect branches", "changed"]],
    ],
    [
      "may be weaker where a ruleset of the organization is left",
      { ...asking, branchProtections: [protection(REPOSITORY), protection(null)] },
      { ...asking, branchProtections: [protection(null)] },
      [
        [
          "branch protection",
          "1 rule protects branches",
          "no rule of its own protects a branch, and there may be others",
          "changed",
        ],
      ],
    ],
    [
      "may be weaker without a ruleset of the organization",
      { ...asking, branchProtections: [protection(null)] },
      asking,
      [["branch protection", "no rule of its own protects a branch, and there may be others", OPEN, "changed"]],
    ],
    [
      "may be weaker without a rule of a repository that is not known",
      { ...asking, branchProtections: [protection(unknownText("var.repository"))] },
      asking,
      [["branch protection", "no rule of its own protects a branch, and there may be others", OPEN, "changed"]],
    ],
    [
      "is the same where protected branches are looked up",
      { ...asking, branchProtections: [protection(REPOSITORY, "data.github_rest_api.protected")] },
      asking,
      [],
    ],
    [
      "may be weaker without a rule where others were found",
      {
        ...asking,
        branchProtections: [protection(REPOSITORY), protection(REPOSITORY, "module.x.data.github_rest_api.protected")],
      },
      { ...asking, branchProtections: [protection(REPOSITORY, "module.x.data.github_rest_api.protected")] },
      [
        [
          "branch protection",
          "1 rule protects branches",
          "no rule of its own protects a branch, and there may be others",
          "changed",
        ],
      ],
    ],
  ])("%s", (_, before, after, expected) => expectLines(before, after, expected));
});

const template = (
  claims: SubjectTemplateModel["claims"],
  repository: Text | null = REPOSITORY,
): SubjectTemplateModel => ({ repository, claims, location: { address: "template" } });

describe("the template of subjects", () => {
  test.each<[string, SubjectTemplateModel[], SubjectTemplateModel[], Line[]]>([
    [
      "changes to claims",
      [template("default")],
      [template(["repo", "context", "job_workflow_ref"])],
      [["subject template", "GitHub's own form", "repo, context, job_workflow_ref", "changed"]],
    ],
    [
      "changes to the organization's",
      [template(["repo"])],
      [template("organization")],
      [["subject template", "repo", "the organization's template", "changed"]],
    ],
    [
      "changes with the order of its claims",
      [template(["repo", "context"])],
      [template(["context", "repo"])],
      [["subject template", "repo, context", "context, repo", "changed"]],
    ],
    ["is set where it was not", [], [template(["repo"])], [["subject template", "not set here", "repo", "changed"]]],
    [
      "of the organization changes",
      [template(["repo"], null)],
      [template(["repo", "context"], null)],
      [["subject template", "repo", "repo, context", "changed"]],
    ],
    [
      "is not known",
      [template("default")],
      [template({ unknown: "use_default" })],
      [["subject template", "GitHub's own form", "not known (use_default)", "changed"]],
    ],
    [
      "is the same in another spelling of the repository",
      [template("default")],
      [template("default", "Octo-Org/Web-Shop")],
      [],
    ],
  ])("%s", (_, before, after, expected) =>
    expectLines({ subjectTemplates: before }, { subjectTemplates: after }, expected),
  );
});

describe("a change of protection", () => {
  const weaker = { environments: [environment()] };
  const before = { environments: [environment({ waitMinutes: 5 })] };
  const named = (name: string, ...subjects: readonly Text[]) =>
    role({
      name,
      arn: `arn:aws:iam::111122223333:role/${name}`,
      location: { address: `aws_iam_role.${name}` },
      trust: trusting(...subjects),
    });

  test("names the environment, the repository and the place after the change", () => {
    const moved = environment({ location: { address: "moved" } });
    expect(changes(before, { environments: [moved] })).toEqual([
      {
        repository: REPOSITORY,
        environment: "production",
        aspect: "wait timer",
        before: "5 minutes",
        after: "no wait",
        direction: "weaker",
        roles: [],
        location: { address: "moved" },
      },
    ]);
  });

  test("names the roles that ask for the environment, after the change and before, and no others", () => {
    const [stays, gone, comes] = [
      named("stays", SUBJECT),
      named("gone", SUBJECT),
      named("comes", `repo:${REPOSITORY}:environment:prod*`),
    ];
    const others = [
      named("other", "repo:octo-org/blog:environment:production"),
      named("staging", `repo:${REPOSITORY}:environment:staging`),
      named("branch", `repo:${REPOSITORY}:ref:refs/heads/main`),
      named("all", `repo:${REPOSITORY}:*`),
      role({ name: "unread", trust: { unknown: "x" } }),
    ];
    const [change] = changes(
      { ...before, accounts: [account([...others, stays, gone])] },
      { ...weaker, accounts: [account([...others, stays, comes])] },
    );
    expect(change?.roles).toEqual(["stays", "comes", "gone"]);
  });

  test("of branches names the roles behind the environments that ask for protected ones", () => {
    const accounts = [
      account([named("production", SUBJECT), named("staging", `repo:${REPOSITORY}:environment:staging`)]),
    ];
    const [change] = changes(
      { ...asking, accounts, branchProtections: [protection(REPOSITORY)] },
      { ...asking, accounts },
    );
    expect(change).toMatchObject({ environment: null, roles: ["production"] });
  });

  test("of a template names the roles that admit jobs of the repository", () => {
    const accounts = [
      account([
        named("production", SUBJECT),
        named("branch", `repo:${REPOSITORY}:ref:refs/heads/main`),
        named("other", "repo:octo-org/blog:environment:production"),
      ]),
    ];
    const [change] = changes(
      { accounts, subjectTemplates: [template("default")] },
      { accounts, subjectTemplates: [template("organization")] },
    );
    expect(change?.roles).toEqual(["production", "branch"]);
  });
});
