import {
  formatContext,
  formatPrefix,
  formatSubject,
  parseContext,
  parseSubject,
  type JobContext,
  type SubjectPrefix,
} from "../../lib/github/subject";

const BY_NAME: SubjectPrefix = { form: "name", owner: "octo-org", repository: "web-shop" };
const BY_ID: SubjectPrefix = {
  form: "immutable",
  owner: "octo-org",
  ownerId: "65",
  repository: "web-shop",
  repositoryId: "74",
};

const FORMS: readonly (readonly [what: string, context: JobContext, text: string])[] = [
  ["a job that names an environment", { kind: "environment", environment: "production" }, "environment:production"],
  [
    "an environment with a colon, which is encoded",
    { kind: "environment", environment: "Production:V1" },
    "environment:Production%3AV1",
  ],
  ["an environment of colons", { kind: "environment", environment: "::" }, "environment:%3A%3A"],
  [
    "an environment with a slash, a space and a percent sign, which are not encoded",
    { kind: "environment", environment: "eu/west 100%" },
    "environment:eu/west 100%",
  ],
  [
    "an environment that is called like a context",
    { kind: "environment", environment: "pull_request" },
    "environment:pull_request",
  ],
  ["a branch", { kind: "branch", branch: "main" }, "ref:refs/heads/main"],
  ["a branch with slashes", { kind: "branch", branch: "release/2026/11" }, "ref:refs/heads/release/2026/11"],
  ["a pattern of branches", { kind: "branch", branch: "release/*" }, "ref:refs/heads/release/*"],
  [
    "a branch with a percent sign and hex digits, which is no encoded colon: no ref has one",
    { kind: "branch", branch: "a%3Ab" },
    "ref:refs/heads/a%3Ab",
  ],
  ["a tag", { kind: "tag", tag: "v1.2.3" }, "ref:refs/tags/v1.2.3"],
  ["a pattern of tags", { kind: "tag", tag: "v*" }, "ref:refs/tags/v*"],
  ["a tag with the same", { kind: "tag", tag: "a%3Ab" }, "ref:refs/tags/a%3Ab"],
  [
    "a tag that is called like a merge queue",
    { kind: "tag", tag: "gh-readonly-queue/main/pr-7-3f9a" },
    "ref:refs/tags/gh-readonly-queue/main/pr-7-3f9a",
  ],
  ["a pull request", { kind: "pullRequest" }, "pull_request"],
  [
    "an entry of a merge queue",
    { kind: "mergeQueue", base: "main", entry: "pr-7-3f9a" },
    "ref:refs/heads/gh-readonly-queue/main/pr-7-3f9a",
  ],
  [
    "an entry of the merge queue of a branch with slashes",
    { kind: "mergeQueue", base: "release/2026", entry: "pr-7-3f9a" },
    "ref:refs/heads/gh-readonly-queue/release/2026/pr-7-3f9a",
  ],
  ["every entry of a merge queue", { kind: "mergeQueue", base: "main" }, "ref:refs/heads/gh-readonly-queue/main/pr-*"],
  ["every job", { kind: "any" }, "*"],
];

describe("the context of a subject", () => {
  test.each(FORMS)("is written for %s", (_what, context, text) => {
    expect(formatContext(context)).toBe(text);
  });

  test.each(FORMS)("is read back for %s", (_what, context, text) => {
    expect(parseContext(text)).toEqual(context);
  });

  test.each([
    ["nothing", ""],
    ["an environment without a name", "environment:"],
    ["a raw colon in an environment", "environment:Production:V1"],
    ["a raw colon in a branch", "ref:refs/heads/a:b"],
    ["something behind a pull request", "pull_request:x"],
    ["a branch without a name", "ref:refs/heads/"],
    ["a ref that is no branch and no tag", "ref:refs/pull/7/merge"],
    ["a pattern over both branches and tags", "ref:refs/*"],
    ["another claim", "job_workflow_ref:octo-org/ci"],
    ["upper case", "Environment:production"],
    ["two stars", "**"],
  ])("is not %s", (_what, text) => {
    expect(parseContext(text)).toBeUndefined();
  });

  test("of a branch below the queue's own folder is a branch, when no pull request is its end", () => {
    expect(parseContext("ref:refs/heads/gh-readonly-queue/main")).toEqual({
      kind: "branch",
      branch: "gh-readonly-queue/main",
    });
  });
});

describe("the prefix of a subject", () => {
  test.each([
    ["names", BY_NAME, "repo:octo-org/web-shop"],
    ["names and ids", BY_ID, "repo:octo-org@65/web-shop@74"],
  ])("is written with %s", (_what, prefix, text) => {
    expect(formatPrefix(prefix)).toBe(text);
  });
});

describe("a subject", () => {
  test.each([
    [BY_NAME, "repo:octo-org/web-shop:environment:production"],
    [BY_ID, "repo:octo-org@65/web-shop@74:environment:production"],
  ])("is a prefix and a context (%#)", (prefix, text) => {
    const subject = { prefix, context: { kind: "environment", environment: "production" } } as const;
    expect(formatSubject(subject)).toBe(text);
    expect(parseSubject(text)).toEqual(subject);
  });

  test("of the hyphen form, which an account of that name could mint, stays a plain name", () => {
    expect(parseSubject("repo:octo-org-65/web-shop-74:pull_request")).toEqual({
      prefix: { form: "name", owner: "octo-org-65", repository: "web-shop-74" },
      context: { kind: "pullRequest" },
    });
  });

  test.each([
    ["the id of the owner alone", "repo:octo-org@65/web-shop:pull_request"],
    ["the id of the repository alone", "repo:octo-org/web-shop@74:pull_request"],
    ["an id that is no number", "repo:octo-org@x/web-shop@y:pull_request"],
    ["an id that is a pattern", "repo:octo-org@*/web-shop@*:pull_request"],
    ["an empty id", "repo:octo-org@/web-shop@:pull_request"],
    ["two ids", "repo:octo-org@65@66/web-shop@74:pull_request"],
    ["a wildcard in the owner", "repo:octo-*/web-shop:pull_request"],
    ["a wildcard in the repository", "repo:octo-org/web-*:pull_request"],
    ["a question mark in the repository", "repo:octo-org/web-sho?:pull_request"],
    ["every repository of an owner", "repo:octo-org/*"],
    ["every repository of everybody", "repo:*"],
    ["everything", "*"],
    ["no context", "repo:octo-org/web-shop"],
    ["an empty context", "repo:octo-org/web-shop:"],
    ["a context that begins with a colon", "repo:octo-org/web-shop::pull_request"],
    ["a context beside the wildcard", "repo:octo-org/web-shop:*:environment:production"],
    ["no owner", "repo:/web-shop:pull_request"],
    ["no repository", "repo:octo-org/:pull_request"],
    ["a third part of the name", "repo:octo-org/web-shop/x:pull_request"],
    ["a raw colon in an environment", "repo:octo-org/web-shop:environment:a:b"],
    ["another first claim", "repository_owner:octo-org:environment:production"],
    ["the first claim in upper case", "REPO:octo-org/web-shop:pull_request"],
    ["a space before it", " repo:octo-org/web-shop:pull_request"],
    ["nothing", ""],
  ])("is not read from %s", (_what, text) => {
    expect(parseSubject(text)).toBeUndefined();
  });
});
