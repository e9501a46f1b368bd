import { rawSubjectRule } from "../../lib/github/raw-subject";
import { testRule } from "./rule-table";

testRule("a subject written out by hand", rawSubjectRule, {
  accepts: {
    "an environment of a repository": "repo:octo-org/web-shop:environment:production",
    ids: "repo:octo-org@65/web-shop@74:environment:production",
    "every job of a repository": "repo:octo-org/web-shop:*",
    "every repository of an owner": "repo:octo-org/*",
    "every repository of an owner with its id": "repo:octo-org@65/*",
    "one environment of every repository": "repo:octo-org/*:environment:production",
    "any id of a name: no name has an at sign": "repo:octo-org@*/web-shop@*:pull_request",
    "a context of the writer's own": "repo:octo-org/web-shop:something_new",
    "a template that goes on behind the context":
      "repo:octo-org/web-shop:environment:production:job_workflow_ref:octo-org/ci/.github/workflows/release.yml@refs/heads/main",
    "a template that begins with the name of the owner": "repository_owner:octo-org:environment:production",
    "a template that begins with the id of the owner": "repository_owner_id:65:environment:*",
    "a template that begins with the name of the repository": "repository:octo-org/web-shop:ref:refs/heads/main",
    "a template that begins with the id of the repository": "repository_id:74:ref:refs/heads/main",
    "a template that begins with the enterprise": "enterprise:octo:environment:production",
    "a template that begins with the id of the enterprise": "enterprise_id:7:environment:production",
    "a template that begins with the workflow's file":
      "job_workflow_ref:octo-org/ci/.github/workflows/release.yml@refs/heads/main",
    "a template that begins with the caller's workflow file":
      "workflow_ref:octo-org/web-shop/.github/workflows/release.yml@refs/heads/main",
  },
  refuses: {
    nothing: ["", "write a subject"],
    "a star": ["*", 'begin with "repo:OWNER/REPO:"'],
    "a context without its repository": [":pull_request", 'begin with "repo:OWNER/REPO:"'],
    "a claim without a value": ["repo:", 'begin with "repo:OWNER/REPO:"'],
    "a claim in upper case": ["REPO:octo-org/web-shop:pull_request", 'begin with "repo:OWNER/REPO:"'],
    "a pattern before the colon": ["repo*:octo-org/web-shop:pull_request", 'begin with "repo:OWNER/REPO:"'],
    "a control character": ["repo:octo-org/web-shop:environment:a\u0007", "control characters"],
    "a space at the start": [" repo:octo-org/web-shop:pull_request", "spaces at its start or end"],
    "a line break at the end": ["repo:octo-org/web-shop:pull_request\n", "control characters"],
    "a policy variable": ["repo:octo-org/${aws:username}:pull_request", 'remove "${"'],
    "a directive of a template": ["repo:octo-org/web-shop:environment:%{x}", 'remove "${" and "%{"'],
    everybody: ["repo:*", "write the owner out"],
    "everybody with a slash": ["repo:*/*", "write the owner out"],
    "everybody's environment": ["repo:*/web-shop:environment:production", "write the owner out"],
    "a wildcard in the owner": ["repo:octo-*/web-shop:environment:production", "write the owner out"],
    "a question mark in the owner": ["repo:octo-or?/web-shop:environment:production", "write the owner out"],
    "an owner that does not end": ["repo:octo-org*", "write the owner out"],
    "an owner without a slash": ["repo:octo-org", "write the owner out"],
    "an owner whose id is a part of one": ["repo:octo-org@6*/web-shop@74:pull_request", "write the owner out"],
    "no owner": ["repo:/web-shop:pull_request", "write the owner out"],
    "a repository without a context": ["repo:octo-org/web-shop", 'as in "repo:octo-org/web-shop:environment:NAME"'],
    "a repository that does not end": ["repo:octo-org/web-shop*", 'as in "repo:octo-org/web-shop:environment:NAME"'],
    "an empty context": ["repo:octo-org/web-shop:", "name the intended jobs"],
    "a context that begins with a colon": ["repo:octo-org/web-shop::pull_request", "begins with a colon"],
    "a context that begins with a colon before a wildcard": ["repo:octo-org/web-shop::*", "begins with a colon"],
    "the id of the owner alone": ["repo:octo-org@65/web-shop:pull_request", "ids of both owner and repository"],
    "the id of the repository alone": ["repo:octo-org/web-shop@74:pull_request", "ids of both owner and repository"],
    "an id that is no number": ["repo:octo-org@65/web-shop@x:pull_request", '"NAME@ID"'],
    "a third part of the name": ["repo:octo-org/web-shop/x:pull_request", '"NAME@ID"'],
    "a wildcard in the first claim of a template": [
      "repository_owner:octo-*:environment:production",
      'the value of "repository_owner" out',
    ],
    "an owner of a template that does not end": ["repository_owner:octo-org*", 'the value of "repository_owner" out'],
    "a workflow at any ref in the first claim": [
      "job_workflow_ref:octo-org/ci/.github/workflows/release.yml@*",
      'the value of "job_workflow_ref" out',
    ],
  },
});

describe("a template's first claim that does not say whose job it is", () => {
  // GitHub lets anybody put these into the subjects of their own repositories, with these very values.
  test.each([
    "workflow:Release",
    "environment:production",
    "ref:refs/heads/main",
    "head_ref:main",
    "base_ref:main",
    "context:pull_request",
    "actor:octocat",
    // Whoever the actor comments at has a run of theirs.
    "actor_id:7",
    "event_name:push",
    "ref_type:branch",
    "ref_protected:true",
    "repository_visibility:private",
    "runner_environment:github-hosted",
    "run_id:1",
    "run_number:1",
    "run_attempt:1",
    "check_run_id:1",
    "sha:10040c56a8c0253d69db7c1f26a0d227275512e2",
    "job_workflow_sha:10040c56a8c0253d69db7c1f26a0d227275512e2",
    "repo_property_tier:gold",
    "repo_property_tier2:gold",
    "aud:sts.amazonaws.com",
    "environment:production:repository_owner:octo-org",
  ])("is refused: %s", (subject) => {
    expect(rawSubjectRule(subject)).toContain("begin with ");
  });
});
