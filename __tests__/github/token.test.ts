import { type GithubJob } from "../../lib/github/job";
import { describeJob, mintClaims } from "../../lib/github/token";

const SHOP: GithubJob = { repository: "octo-org/web-shop", issuedAt: 1_795_219_200 };
const BY_ID = { ...SHOP, ownerId: 65, repositoryId: "74", immutableSubject: true } as const;
const CALLED = "octo-org/ci/.github/workflows/release.yml@refs/heads/main";

test("a token of the shortest description has every claim", () => {
  expect(mintClaims(SHOP)).toEqual({
    iss: "https://token.actions.githubusercontent.com",
    sub: "repo:octo-org/web-shop:ref:refs/heads/main",
    aud: "sts.amazonaws.com",
    iat: 1_795_219_200,
    nbf: 1_795_218_900,
    exp: 1_795_219_500,
    jti: expect.any(String),
    actor: "octocat",
    actor_id: expect.stringMatching(/^[0-9]+$/),
    repository: "octo-org/web-shop",
    repository_id: expect.stringMatching(/^[0-9]+$/),
    repository_owner: "octo-org",
    repository_owner_id: expect.stringMatching(/^[0-9]+$/),
    repository_visibility: "private",
    ref: "refs/heads/main",
    ref_type: "branch",
    base_ref: "",
    head_ref: "",
    sha: expect.stringMatching(/^[0-9a-f]{40}$/),
    event_name: "push",
    run_id: expect.stringMatching(/^[0-9]+$/),
    run_number: "1",
    run_attempt: "1",
    check_run_id: expect.stringMatching(/^[0-9]+$/),
    runner_environment: "github-hosted",
    workflow: ".github/workflows/deploy.yml",
    workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/main",
    workflow_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
    job_workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/main",
    job_workflow_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
});

test("a token is minted now unless another time is given", () => {
  const before = Math.floor(Date.now() / 1000);
  const { iat } = mintClaims({ repository: "octo-org/web-shop" });
  expect(iat).toBeGreaterThanOrEqual(before);
  expect(iat).toBeLessThanOrEqual(before + 60);
});

describe("the subject", () => {
  test.each<readonly [string, Partial<GithubJob>, string]>([
    ["a branch", { branch: "release/1" }, "ref:refs/heads/release/1"],
    ["the default branch, when it has another name", { defaultBranch: "trunk" }, "ref:refs/heads/trunk"],
    ["a tag", { tag: "v1.2" }, "ref:refs/tags/v1.2"],
    ["a release", { tag: "v1.2", event: "release" }, "ref:refs/tags/v1.2"],
    ["a pull request", { pullRequest: 7 }, "pull_request"],
    [
      "a merge queue",
      { mergeQueue: { base: "main", entry: "pr-7-3f9a" } },
      "ref:refs/heads/gh-readonly-queue/main/pr-7-3f9a",
    ],
    ["a schedule", { event: "schedule" }, "ref:refs/heads/main"],
    ["an environment", { environment: "production" }, "environment:production"],
    ["an environment on a tag", { environment: "production", tag: "v1" }, "environment:production"],
    ["an environment of a pull request", { environment: "preview", pullRequest: 7 }, "environment:preview"],
    ["an environment with a colon", { environment: "Production:V1" }, "environment:Production%3AV1"],
    [
      "pull_request_target, which runs on the default branch",
      { pullRequest: { number: 7, baseRef: "release/1" }, event: "pull_request_target" },
      "ref:refs/heads/main",
    ],
  ])("of a job of %s", (_what, job, context) => {
    expect(mintClaims({ ...SHOP, ...job }).sub).toBe(`repo:octo-org/web-shop:${context}`);
    expect(mintClaims({ ...BY_ID, ...job }).sub).toBe(`repo:octo-org@65/web-shop@74:${context}`);
  });

  test.each<readonly [readonly string[], Partial<GithubJob>, string]>([
    [["repo", "context"], { environment: "a:b" }, "repo:octo-org@65/web-shop@74:environment:a%3Ab"],
    [
      ["repo", "context", "job_workflow_ref"],
      { environment: "prod", reusableWorkflow: CALLED },
      `repo:octo-org@65/web-shop@74:environment:prod:job_workflow_ref:${CALLED}`,
    ],
    [
      ["repository_owner", "repository_visibility"],
      { visibility: "internal" },
      "repository_owner:octo-org:repository_visibility:internal",
    ],
    [["repository_id", "context"], { pullRequest: 7 }, "repository_id:74:pull_request"],
    [
      ["repository", "environment", "workflow"],
      { environment: "a:b", workflow: "CI: deploy" },
      "repository:octo-org/web-shop:environment:a%3Ab:workflow:CI%3A deploy",
    ],
    [["repo_property_tier"], { properties: { tier: ["a", "b"] } }, "repo_property_tier:a,b"],
    [["ref", "head_ref"], {}, "ref:refs/heads/main:head_ref:"],
  ])("of the template %j", (subjectTemplate, job, sub) => {
    expect(mintClaims({ ...BY_ID, ...job, subjectTemplate }).sub).toBe(sub);
  });

  test.each<readonly [string, readonly string[], string]>([
    ["without keys", [], "has no keys"],
    ["with an environment, of a job without one", ["environment"], "GitHub then mints no token"],
    ["with a claim that the token lacks", ["enterprise"], "no such claim"],
    ["with the token's own claims", ["aud"], "whose job"],
    ["with the name of something inherited", ["constructor"], "no such claim"],
    ["with another character", ["repo:owner"], "letters, digits"],
  ])("is not minted by a template %s", (_what, subjectTemplate, message) => {
    expect(() => mintClaims({ ...SHOP, subjectTemplate })).toThrow(message);
  });
});

describe("the claims", () => {
  test.each<readonly [string, Partial<GithubJob>, object]>([
    [
      "a tag",
      { tag: "v1" },
      {
        ref: "refs/tags/v1",
        ref_type: "tag",
        event_name: "push",
        workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/tags/v1",
      },
    ],
    [
      "a pull request",
      { pullRequest: { number: 7, baseRef: "release/1", headRef: "fix" } },
      {
        ref: "refs/pull/7/merge",
        ref_type: "branch",
        base_ref: "release/1",
        head_ref: "fix",
        event_name: "pull_request",
        job_workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/pull/7/merge",
      },
    ],
    [
      "a pull request by number",
      { pullRequest: 7, defaultBranch: "trunk" },
      { base_ref: "trunk", head_ref: "patch-7" },
    ],
    [
      "pull_request_target",
      { pullRequest: 7, event: "pull_request_target" },
      { ref: "refs/heads/main", base_ref: "main", head_ref: "patch-7", event_name: "pull_request_target" },
    ],
    [
      "a merge queue",
      { mergeQueue: { base: "main" } },
      {
        ref: expect.stringMatching(/^refs\/heads\/gh-readonly-queue\/main\/pr-1-[0-9a-f]{40}$/),
        event_name: "merge_group",
        base_ref: "",
      },
    ],
    [
      "an environment on a branch",
      { environment: "production", branch: "release/1" },
      { environment: "production", ref: "refs/heads/release/1" },
    ],
    [
      "a reusable workflow",
      { reusableWorkflow: CALLED, workflowFile: "ci.yaml", workflow: "CI" },
      {
        job_workflow_ref: CALLED,
        workflow_ref: "octo-org/web-shop/.github/workflows/ci.yaml@refs/heads/main",
        workflow: "CI",
      },
    ],
    [
      "a reusable workflow at a commit",
      { reusableWorkflow: `octo-org/ci/.github/workflows/a.yml@${"a".repeat(40)}` },
      { job_workflow_sha: "a".repeat(40) },
    ],
    [
      "a dispatch by somebody",
      {
        event: "workflow_dispatch",
        actor: "dependabot[bot]",
        actorId: 9,
        audience: "https://github.com/octo-org",
        runner: "self-hosted",
      },
      {
        event_name: "workflow_dispatch",
        actor: "dependabot[bot]",
        actor_id: "9",
        aud: "https://github.com/octo-org",
        runner_environment: "self-hosted",
      },
    ],
    [
      "an enterprise",
      { enterprise: { slug: "octo", id: 3 }, issuer: "https://token.actions.githubusercontent.com/octo" },
      { enterprise: "octo", enterprise_id: "3", iss: "https://token.actions.githubusercontent.com/octo" },
    ],
    [
      "custom properties",
      { properties: { team: "shop", pci: true, regions: ["eu", "us"] } },
      { repo_property_team: "shop", repo_property_pci: "true", repo_property_regions: "eu,us" },
    ],
  ])("of %s", (_what, job, claims) => {
    expect(mintClaims({ ...SHOP, ...job })).toMatchObject(claims);
  });

  test("of an immutable repository keep plain names in its workflows", () => {
    expect(mintClaims(BY_ID)).toMatchObject({
      repository: "octo-org/web-shop",
      repository_id: "74",
      repository_owner_id: "65",
      job_workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/main",
    });
  });

  test("name no environment and no enterprise that the job has not", () => {
    expect(Object.keys(mintClaims(SHOP))).not.toEqual(expect.arrayContaining(["environment"]));
    expect(mintClaims(SHOP)).not.toHaveProperty("enterprise");
  });
});

describe("a job is refused", () => {
  test.each<readonly [string, Partial<GithubJob>, string]>([
    ["without an owner", { repository: "web-shop" }, '"repository" "web-shop": write it as "OWNER/NAME"'],
    ["on a pattern of branches", { branch: "release/*" }, '"branch" "release/*": remove "*" and "?"'],
    ["on a full ref", { branch: "refs/heads/main" }, 'write "main"'],
    ["on a branch and a tag", { branch: "main", tag: "v1" }, '"tag" beside "branch": a job runs on one of them'],
    ["on a pull request without number", { pullRequest: 0 }, "use the pull request's number"],
    ["of pull_request_target without a pull request", { event: "pull_request_target" }, 'say which, by "pullRequest"'],
    ["of a release without a tag", { event: "release" }, 'say which, by "tag"'],
    ["of a push for a pull request", { event: "push", pullRequest: 7 }, 'leave "pullRequest" out'],
    ["of a push in a merge queue", { event: "push", mergeQueue: { base: "main" } }, "leave one of them out"],
    ["of a schedule on a tag", { event: "schedule", tag: "v1" }, "a schedule runs on the default branch"],
    ["of an event that does not exist", { event: "Push" as "push" }, '"event" "Push": no workflow starts by it'],
    ["in a merge queue at no entry", { mergeQueue: { base: "main", entry: "7" } }, 'write it as "pr-NUMBER-COMMIT"'],
    ["with a wildcard for an environment", { environment: "prod*" }, "an environment is one name"],
    ["with ids in the subject and none given", { immutableSubject: true }, 'give "ownerId" and "repositoryId" too'],
    [
      "with ids in the subject of a server",
      { ...BY_ID, issuer: "https://github.example.com/_services/token" },
      "GitHub Enterprise Server has none",
    ],
    ["with an id that is none", { ownerId: "octo-org" }, '"ownerId" "octo-org": use GitHub\'s numeric id'],
    [
      "with an issuer that ends in a slash",
      { issuer: "https://token.actions.githubusercontent.com/" },
      "without a slash at its end",
    ],
    [
      "through a workflow with a wildcard",
      { reusableWorkflow: "octo-org/ci/.github/workflows/a.yml@refs/heads/*" },
      "without wildcards",
    ],
    [
      "through a workflow at a short ref",
      { reusableWorkflow: "octo-org/ci/.github/workflows/a.yml@main" },
      "write a full ref",
    ],
    ["minted at a fraction of a second", { issuedAt: 1.5 }, "use whole seconds"],
  ])("%s", (_what, job, message) => {
    expect(() => mintClaims({ ...SHOP, ...job })).toThrow(RangeError);
    expect(() => mintClaims({ ...SHOP, ...job })).toThrow(message);
    expect(() => describeJob({ ...SHOP, ...job })).toThrow(message);
  });

  test("for all its mistakes at once", () => {
    expect(() => mintClaims({ ...SHOP, branch: "", actorId: "x" })).toThrow(/"branch".*"actorId"/);
  });
});

test.each<readonly [Partial<GithubJob>, string]>([
  [{}, "branch main of octo-org/web-shop"],
  [{ tag: "v1" }, "tag v1 of octo-org/web-shop"],
  [{ pullRequest: 7 }, "pull request 7 of octo-org/web-shop"],
  [
    { pullRequest: 7, event: "pull_request_target" },
    "pull request 7 of octo-org/web-shop, started by pull_request_target",
  ],
  [{ mergeQueue: { base: "main" } }, "merge queue of main of octo-org/web-shop"],
  [
    { environment: "production", branch: "release/1" },
    "environment production on branch release/1 of octo-org/web-shop",
  ],
  [
    { environment: "production", event: "workflow_dispatch", reusableWorkflow: CALLED },
    `environment production on branch main of octo-org/web-shop, started by workflow_dispatch, through ${CALLED}`,
  ],
])("the job %j is in words %j", (job, words) => {
  expect(describeJob({ ...SHOP, ...job })).toBe(words);
});
