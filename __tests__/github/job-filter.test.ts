import { contextOf, jobFilterProblems, requiredClaims, type JobFilter } from "../../lib/github/job-filter";

const WORKFLOW = "octo-org/ci/.github/workflows/release.yml@refs/heads/main";
const PREFIX = "repo:octo-org/web-shop";

describe("a filter of jobs", () => {
  test.each<[string, JobFilter]>([
    ["a branch", { branch: "main" }],
    ["a pattern of branches", { branch: "release/*" }],
    ["every branch", { branch: "*" }],
    ["a tag", { tag: "v1" }],
    ["an environment", { environment: "production" }],
    ["a pattern of environments", { environment: "production-*" }],
    ["an environment on a branch", { environment: "production", branch: "main" }],
    ["an environment on a tag", { environment: "production", tag: "v*" }],
    ["a merge queue", { mergeQueue: "main" }],
    ["pull requests", { pullRequest: true }],
    ["every job", { any: true }],
    ["a branch with a workflow", { branch: "main", workflow: WORKFLOW }],
    ["a branch with other claims", { branch: "main", claims: { actor: "octocat", repository_id: ["74", "75"] } }],
    ["a claim that is a pattern", { branch: "main", claims: { ref: "refs/heads/*" } }],
    [
      "a reference of Terraform's, known in the plan, as a claim",
      { branch: "main", claims: { repository_id: "${TfToken[TOKEN.7]}" } },
    ],
    ["a subject written out", { subject: "repo:octo-org/web-shop:environment:production" }],
    [
      "a subject with a workflow and other claims",
      { subject: "repo:octo-org/web-shop:*", workflow: WORKFLOW, claims: { ref: "refs/heads/main" } },
    ],
  ])("may be %s", (_what, filter) => {
    expect(jobFilterProblems(filter)).toEqual([]);
  });

  test.each<[string, JobFilter, keyof JobFilter | undefined, string]>([
    ["nothing", {}, undefined, 'give one of "branch", "tag", "environment", "mergeQueue", "pullRequest", "any"'],
    [
      "a workflow alone, which anybody may call",
      { workflow: WORKFLOW },
      undefined,
      "nothing says which jobs are meant",
    ],
    ["claims alone", { claims: { actor: "octocat" } }, undefined, "nothing says which jobs are meant"],
    ["an empty branch", { branch: "" }, "branch", '"branch" "": name a branch or tag'],
    ["a full ref as branch", { branch: "refs/heads/main" }, "branch", '"branch" "refs/heads/main": write "main"'],
    ["a full ref as tag", { tag: "refs/tags/v1" }, "tag", '"tag" "refs/tags/v1": write "v1"'],
    ["a colon before a branch", { branch: ":main" }, "branch", '"branch" ":main"'],
    ["a queue of no branch", { mergeQueue: "a..b" }, "mergeQueue", "check-ref-format"],
    [
      "every environment, also one that a contributor makes up",
      { environment: "*" },
      "environment",
      "a wildcard alone admits",
    ],
    ["every environment, in other words", { environment: "*?*" }, "environment", "a wildcard alone admits"],
    ["an empty environment", { environment: "" }, "environment", "use 1 to 255 characters"],
    ["an environment of 256 characters", { environment: "p".repeat(256) }, "environment", "this has 256"],
    ["an encoded colon in an environment", { environment: "a%3Ab" }, "environment", 'write ":"'],
    [
      "a workflow without a ref",
      { branch: "main", workflow: "octo-org/ci/.github/workflows/release.yml" },
      "workflow",
      "write it as",
    ],
    ["a subject of everybody", { subject: "repo:*" }, "subject", "write the owner out"],
    [
      "a branch beside a subject",
      { subject: "repo:octo-org/web-shop:*", branch: "main" },
      "branch",
      '"branch" beside "subject"',
    ],
    [
      "no pull requests beside a subject",
      { subject: "repo:octo-org/web-shop:*", pullRequest: false },
      "pullRequest",
      '"pullRequest" beside "subject"',
    ],
    [
      "no pull requests",
      { pullRequest: false },
      "pullRequest",
      '"pullRequest: false": write "pullRequest: true" or leave it out',
    ],
    ["not every job", { branch: "main", any: false }, "any", '"any: false"'],
    [
      "a branch and a tag",
      { branch: "main", tag: "v1" },
      "tag",
      '"tag" beside "branch": no job is both, make them two entries',
    ],
    [
      "a branch and pull requests",
      { branch: "main", pullRequest: true },
      "pullRequest",
      '"pullRequest" beside "branch"',
    ],
    [
      "an environment and pull requests",
      { environment: "production", pullRequest: true },
      "pullRequest",
      '"pullRequest" beside "environment"',
    ],
    ["an environment and every job", { environment: "production", any: true }, "any", '"any" beside "environment"'],
    [
      "an environment on both a branch and a tag",
      { environment: "production", branch: "main", tag: "v1" },
      "tag",
      '"tag" beside "branch"',
    ],
    [
      "a branch and its merge queue",
      { branch: "main", mergeQueue: "main" },
      "mergeQueue",
      '"mergeQueue" beside "branch"',
    ],
    [
      "a ref by claim beside the branch of an environment",
      { environment: "production", branch: "main", claims: { ref: "refs/heads/release" } },
      "claims",
      '"ref" of "claims" beside "branch"',
    ],
    [
      "a ref by claim beside the tag of an environment",
      { environment: "production", tag: "v1", claims: { ref: "refs/tags/v1" } },
      "claims",
      '"ref" of "claims" beside "tag"',
    ],
    [
      "a workflow by claim beside a workflow",
      { branch: "main", workflow: WORKFLOW, claims: { job_workflow_ref: WORKFLOW } },
      "claims",
      '"job_workflow_ref" of "claims" beside "workflow"',
    ],
    [
      "an expression of Terraform in a claim",
      { branch: "main", claims: { actor: "${path.root}" } },
      "claims",
      'remove "${"',
    ],
    [
      "a policy variable in one of a claim's values",
      { branch: "main", claims: { actor: ["octocat", "${aws:username}"] } },
      "claims",
      'remove "${"',
    ],
    [
      "a directive of a template in a claim",
      { branch: "main", claims: { workflow: "%{if true}x%{endif}" } },
      "claims",
      'remove "${" and "%{"',
    ],
  ])("may not be %s", (_what, filter, key, message) => {
    expect(jobFilterProblems(filter)).toMatchObject([{ key, message: expect.stringContaining(message) as string }]);
  });

  test("is told everything that is wrong with it at once", () => {
    const keys = jobFilterProblems({
      branch: "",
      environment: "",
      workflow: "x",
      claims: { ref: "refs/heads/main", actor: "${x}" },
    }).map(({ key }) => key);
    expect(keys).toEqual(["branch", "environment", "workflow", "claims", "claims"]);
  });
});

describe("what a subject says of a filter's jobs", () => {
  test.each<[JobFilter, ReturnType<typeof contextOf>]>([
    [{ environment: "production" }, { kind: "environment", environment: "production" }],
    [
      { environment: "production", branch: "main" },
      { kind: "environment", environment: "production" },
    ],
    [
      { environment: "production", tag: "v1" },
      { kind: "environment", environment: "production" },
    ],
    [{ branch: "main" }, { kind: "branch", branch: "main" }],
    [{ tag: "v1" }, { kind: "tag", tag: "v1" }],
    [{ mergeQueue: "main" }, { kind: "mergeQueue", base: "main" }],
    [{ pullRequest: true }, { kind: "pullRequest" }],
    [{ any: true }, { kind: "any" }],
  ])("%j", (filter, context) => {
    expect(contextOf(filter)).toEqual(context);
  });

  test.each<[JobFilter]>([[{}], [{ pullRequest: false }], [{ subject: "repo:octo-org/web-shop:*" }]])(
    "is nothing for %j",
    (filter) => {
      expect(() => contextOf(filter)).toThrow("no context");
    },
  );
});

describe("the claims that a filter requires", () => {
  test.each<[JobFilter, Record<string, readonly string[]>]>([
    [{ branch: "main" }, { sub: [`${PREFIX}:ref:refs/heads/main`] }],
    [{ tag: "v*" }, { sub: [`${PREFIX}:ref:refs/tags/v*`] }],
    [{ environment: "Production:V1" }, { sub: [`${PREFIX}:environment:Production%3AV1`] }],
    [{ mergeQueue: "main" }, { sub: [`${PREFIX}:ref:refs/heads/gh-readonly-queue/main/pr-*`] }],
    [{ pullRequest: true }, { sub: [`${PREFIX}:pull_request`] }],
    [{ any: true }, { sub: [`${PREFIX}:*`] }],
    [
      { environment: "production", branch: "main" },
      { sub: [`${PREFIX}:environment:production`], ref: ["refs/heads/main"] },
    ],
    [
      { environment: "production", tag: "v*" },
      { sub: [`${PREFIX}:environment:production`], ref: ["refs/tags/v*"] },
    ],
    [
      { branch: "main", workflow: WORKFLOW },
      { sub: [`${PREFIX}:ref:refs/heads/main`], job_workflow_ref: [WORKFLOW] },
    ],
    [
      { branch: "main", claims: { actor: "octocat", repository_id: ["74", "75"] } },
      { sub: [`${PREFIX}:ref:refs/heads/main`], actor: ["octocat"], repository_id: ["74", "75"] },
    ],
    [{ branch: "main", claims: { sub: "repo:octo-evil/x:*" } }, { sub: [`${PREFIX}:ref:refs/heads/main`] }],
    [{ subject: "repo:octo-org/other:pull_request" }, { sub: ["repo:octo-org/other:pull_request"] }],
  ])("%j", (filter, claims) => {
    expect(requiredClaims(filter, [PREFIX])).toEqual(claims);
  });

  test("hold each prefix that the repository may have, and no pattern over them", () => {
    expect(requiredClaims({ pullRequest: true }, [PREFIX, "repo:octo-org@65/web-shop@74"])).toEqual({
      sub: [`${PREFIX}:pull_request`, "repo:octo-org@65/web-shop@74:pull_request"],
    });
  });
});
