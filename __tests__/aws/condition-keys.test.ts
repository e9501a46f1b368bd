import { claimKeyRule, GITHUB_CLAIM_KEYS, knowsGithubClaims } from "../../lib/aws/condition-keys";

describe("a claim that AWS makes into a condition key", () => {
  test.each(GITHUB_CLAIM_KEYS)("is %s", (claim) => {
    expect(claimKeyRule(claim)).toBeUndefined();
  });

  test.each([
    ["repository_owner", 'the condition would never hold: use "repository_owner_id"'],
    ["workflow_ref", 'the condition would never hold: use "job_workflow_ref"'],
    ["event_name", 'use "pullRequest", "branch" or "tag"'],
    ["runner_environment", "the condition would never hold"],
    ["repository_visibility", "the condition would never hold"],
    ["head_ref", "the condition would never hold"],
    ["base_ref", "the condition would never hold"],
    ["sha", "the condition would never hold"],
    ["aud", 'set "audiences" of the account'],
    ["sub", 'use "branch", "environment" or "subject" of the entry'],
    ["repository_ownr_id", "AWS has no condition key for it: AWS knows actor, "],
    ["repo_property_tier", "only a subject template can hold it"],
    ["run_id", "only a subject template can hold it"],
    ["enterprise", 'use "enterprise_id"'],
    ["ref_type", 'use "branch" or "tag" of the entry'],
    ["job_workflow_sha", 'use "job_workflow_ref" of a workflow that is called at a commit'],
    ["repo_property_", "AWS has no condition key for it: AWS knows"],
    ["Repository_ID", "AWS has no condition key for it: AWS knows"],
    ["", "AWS has no condition key for it: AWS knows"],
    // Every object has these; no token does.
    ["constructor", "AWS has no condition key for it: AWS knows"],
    ["toString", "AWS has no condition key for it: AWS knows"],
  ])("is not %j", (claim, message) => {
    expect(claimKeyRule(claim)).toContain(message);
  });
});

test("of a misspelt claim the nearest is told, where one is near", () => {
  expect(claimKeyRule("repository_ownr_id", "repository_owner_id")).toBe(
    'AWS has no condition key for it: did you mean "repository_owner_id"?',
  );
  expect(claimKeyRule("repository_owner", "repository_owner_id")).toContain("GitHub mints this claim");
});

describe("GitHub's own claims", () => {
  test.each([
    ["token.actions.githubusercontent.com", "aws", true],
    ["token.actions.githubusercontent.com", "aws-cn", false],
    ["token.actions.githubusercontent.com", "aws-us-gov", false],
    ["token.actions.githubusercontent.com/octo", "aws", false],
    ["token.actions.octo.ghe.com", "aws", false],
    ["github.example.com/_services/token", "aws", false],
  ])("of %s are condition keys in %s: %p", (issuer, partition, expected) => {
    expect(knowsGithubClaims(issuer, partition)).toBe(expected);
  });
});
