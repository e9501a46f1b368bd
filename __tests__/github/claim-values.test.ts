import { claimValueRule } from "../../lib/github/claim-values";
import { testRule } from "./rule-table";

const ID = "numeric id: digits only";

describe.each(["actor_id", "repository_id", "repository_owner_id", "enterprise_id"])("%s", (claim) => {
  testRule("the value", (value) => claimValueRule(claim, value), {
    accepts: { "one digit": "1", "twenty digits": "1".repeat(20) },
    refuses: {
      "21 digits": ["1".repeat(21), ID],
      "a zero in front": ["065", ID],
      "a name": ["octo-org", ID],
      "a sign": ["-1", ID],
      "a pattern": ["6?", "write the whole id"],
    },
  });
});

testRule("the login of an actor", (value) => claimValueRule("actor", value), {
  accepts: {
    "a login": "octocat",
    "a login of an enterprise": "octocat_acme",
    "all logins of an enterprise": "*_acme",
    "an app": "dependabot[bot]",
    "an old login that ends with a hyphen": "octo-",
  },
  refuses: {
    "a space": ["octo cat", "use a login"],
    "an address": ["octocat@example.com", "use a login"],
    "a bracket in the middle": ["a[bot]b", "use a login"],
  },
});

testRule("a ref", (value) => claimValueRule("ref", value), {
  accepts: {
    "a branch": "refs/heads/main",
    "a pattern of branches": "refs/heads/release/*",
    "a tag": "refs/tags/v1",
    "a pull request": "refs/pull/7/merge",
    "every pull request": "refs/pull/*/merge",
  },
  refuses: {
    "a name alone": ["main", "write the full ref"],
    "no name": ["refs/heads/", "write the full ref"],
    "any ref": ["refs/*", "write the full ref"],
    "a head of a pull request": ["refs/pull/7/head", "write the full ref"],
    "what git refuses": ["refs/tags/a b", "git allows none of them"],
    "a ref in a ref": ["refs/heads/refs/heads/main", 'write "main"'],
  },
});

testRule("a repository", (value) => claimValueRule("repository", value), {
  accepts: {
    "a full name": "octo-org/web-shop",
    "a pattern of names": "octo-org/web-*",
    "every repository of an owner": "octo-org/*",
  },
  refuses: {
    "a name alone": ["web-shop", "OWNER/NAME"],
    "a part too many": ["octo-org/web/shop", "OWNER/NAME"],
    "a pattern of owners": ["octo-*/web", "a pattern of owners admits strangers"],
    ids: ["octo-org@65/web@74", "use a GitHub login"],
    "no name": ["octo-org/", "use a repository name"],
  },
});

testRule("an environment", (value) => claimValueRule("environment", value), {
  accepts: { "a name": "production", "a colon as it is": "prod:eu", "a pattern": "prod-*" },
  refuses: {
    "an encoded colon": ["prod%3Aeu", 'write ":"'],
    "a space at the end": ["production ", "remove the space"],
  },
});

testRule("the name of a workflow", (value) => claimValueRule("workflow", value), {
  accepts: { "a name": "Deploy to production", "the path of one without a name": ".github/workflows/deploy.yml" },
  refuses: {
    "a file at a ref": ["octo-org/ci/.github/workflows/a.yml@refs/heads/main", "the claim is the workflow's name"],
    "two lines": ["a\u007fb", "remove the control characters"],
  },
});

testRule("a reusable workflow", (value) => claimValueRule("job_workflow_ref", value), {
  accepts: {
    "at a branch": "octo-org/ci/.github/workflows/a.yml@refs/heads/main",
    "at a commit": `octo-org/ci/.github/workflows/a.yml@${"a".repeat(40)}`,
  },
  refuses: {
    "at no ref": ["octo-org/ci/.github/workflows/a.yml", "write it as"],
    "of any repository": ["octo-org/*/.github/workflows/a.yml@refs/heads/main", "use wildcards only behind the @"],
  },
});

test.each(["${TfToken[TOKEN.7]}", "", "*", "?*", "日本"])("%j is told elsewhere, whatever the claim", (value) => {
  for (const claim of ["actor", "actor_id", "ref", "repository", "workflow"])
    expect(claimValueRule(claim, value)).toBeUndefined();
});

test("of other claims nothing is known", () => expect(claimValueRule("constructor", "a b")).toBeUndefined());
