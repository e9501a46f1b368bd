import { GITHUB_CLAIM_KEYS } from "../../lib/aws/condition-keys";
import type { GithubJob } from "../../lib/github/job";
import { mintClaims } from "../../lib/github/token";
import { AdmissionSearch, isAbsent, isNoneOf, isOneOf } from "../../lib/trust/admission-search";
import type { KeyTest } from "../../lib/trust/key-test";
import { allow, ISSUER, policy, PROVIDER } from "./calls";

const ORIGIN = { issuer: ISSUER, partition: "aws", arn: PROVIDER };
const SHOP = { repository: "octo-org/web-shop", ownerId: 65, repositoryId: 74 };

/** Everything that a policy can say of a token. */
function everyClaim(job: GithubJob): KeyTest[] {
  const claims: Readonly<Record<string, unknown>> = { ...mintClaims(job) };
  return ["sub", "aud", ...GITHUB_CLAIM_KEYS].map((claim) => {
    const text = claims[claim];
    return typeof text === "string" ? isOneOf(claim, [text]) : isAbsent(claim);
  });
}

const answerOf = (...tests: readonly KeyTest[]): string =>
  new AdmissionSearch(policy(allow()), ORIGIN).find(...tests).answer;

describe("the grammar of tokens has the token of", () => {
  test.each<[string, GithubJob]>([
    ["a job on a branch", { ...SHOP, branch: "main" }],
    ["a job of a merge queue", { ...SHOP, mergeQueue: { base: "main", entry: "pr-7-0123" } }],
    ["a job of pull_request_target", { ...SHOP, pullRequest: 7, event: "pull_request_target" }],
    ["an environment with colons", { ...SHOP, environment: "::eu:one" }],
    ["a branch with a character beyond the basic plane", { ...SHOP, branch: "\u{1f600}" }],
    ["a workflow file with a colon", { ...SHOP, workflowFile: "a:b.yml" }],
    [
      "a workflow that is called at a pull request, from another repository",
      { ...SHOP, reusableWorkflow: "octo-org/ci/.github/workflows/a.yml@refs/pull/7/merge" },
    ],
    [
      "a workflow that is called, in a file with a colon",
      { ...SHOP, reusableWorkflow: "octo-org/ci/.github/workflows/a:b.yml@refs/heads/main" },
    ],
    ["a template with a claim that is empty", { ...SHOP, subjectTemplate: ["repo", "base_ref"] }],
    [
      "a template with a workflow's name that has a colon",
      { ...SHOP, workflow: "ci: x", subjectTemplate: ["workflow"] },
    ],
    [
      "a template with an environment that stands in it twice",
      { ...SHOP, environment: "production", subjectTemplate: ["repo", "context", "environment"] },
    ],
    [
      "a template with an environment that stands in it twice, the other way round",
      { ...SHOP, environment: "production", subjectTemplate: ["environment", "context"] },
    ],
    ["a template with a ref that stands in it twice", { ...SHOP, tag: "v1", subjectTemplate: ["context", "ref"] }],
    ["a template with a ref before a pull request", { ...SHOP, pullRequest: 7, subjectTemplate: ["ref", "context"] }],
    [
      "a template with an owner's id that stands in it twice",
      { ...SHOP, immutableSubject: true, subjectTemplate: ["repository_owner_id", "repo", "repository_id"] },
    ],
    [
      "a template with the workflow of a pull request",
      { ...SHOP, pullRequest: 7, subjectTemplate: ["repo", "job_workflow_ref"] },
    ],
    [
      "a template with a called workflow's file with a colon",
      {
        ...SHOP,
        reusableWorkflow: "octo-org/ci/.github/workflows/a:b.yml@refs/heads/main",
        subjectTemplate: ["repo", "job_workflow_ref"],
      },
    ],
  ])("%s", (_, job) => expect(answerOf(...everyClaim(job))).toBe("yes"));
});

// Examples are made without custom properties: that such a job is let in is not shown, nor denied.
test.each(["", "a\nb", "a:b"])("the grammar of tokens has a customised subject with the property %j", (team) => {
  const job: GithubJob = { ...SHOP, properties: { team }, subjectTemplate: ["repo_property_team", "repo"] };
  expect(answerOf(...everyClaim(job))).toBe("perhaps");
});

test("a claim that stands in a subject twice is compared once", () => {
  const condition = { StringNotEquals: { [`${ISSUER}:repository_owner_id`]: "65" } };
  const search = new AdmissionSearch(policy(allow(), allow(condition, { Effect: "Deny" })), ORIGIN);
  const job = { ...SHOP, immutableSubject: true, subjectTemplate: ["repository_owner_id", "repo"] };
  expect(search.find(...everyClaim(job)).answer).toBe("yes");
});

describe("the grammar of tokens lacks", () => {
  test.each<[string, GithubJob, KeyTest]>([
    ["a branch of a pull request", { ...SHOP, pullRequest: 7 }, isOneOf("ref", ["refs/heads/main"])],
    ["another repository than the subject's", { ...SHOP }, isOneOf("repository", ["octo-org/web"])],
    ["another environment than the subject's", { ...SHOP, environment: "a:b" }, isOneOf("environment", ["ab"])],
    [
      "another owner's id than a customised subject's",
      { ...SHOP, immutableSubject: true, subjectTemplate: ["repository_owner_id", "repo"] },
      isNoneOf("repository_owner_id", ["65"]),
    ],
  ])("%s", (_, job, another) => expect(answerOf(isOneOf("sub", [mintClaims(job).sub]), another)).toBe("no"));
});

describe("a policy lets in a job with letters that are seldom", () => {
  const conditions: readonly (readonly [string, string, string])[] = [
    ["StringLike", "repo:octo-org/web-shop:environment:??", "\u{1f600}"],
    ["StringEqualsIgnoreCase", "repo:octo-org/web-shop:environment:\u00df", "\u1e9e"],
    ["StringEqualsIgnoreCase", "repo:octo-org/web-shop:environment:k", "\u212a"],
    // The sign of micro and the capital letter my are no spellings of the same.
    ["StringNotEqualsIgnoreCase", "repo:octo-org/web-shop:environment:\u00b5", "\u039c"],
  ];
  test.each(conditions)("%s %j", (operator, sub, environment) => {
    const document = policy(allow({ [operator]: { [`${ISSUER}:sub`]: sub } }));
    const job: GithubJob = { ...SHOP, environment };
    expect(new AdmissionSearch(document, ORIGIN).find(...everyClaim(job)).answer).toBe("yes");
  });
});
