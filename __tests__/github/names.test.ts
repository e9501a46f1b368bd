import {
  deploymentPatternRule,
  enterpriseSlugRule,
  environmentNameRule,
  hasControlCharacter,
  hasWildcard,
  numericIdRule,
  ownerLoginRule,
  refNameRule,
  repositoryNameRule,
  splitFullName,
  teamSlugRule,
  variableNameRule,
} from "../../lib/github/names";
import { testRule } from "./rule-table";

testRule("the login of an owner", ownerLoginRule, {
  accepts: {
    "a single letter": "a",
    "a digit first": "1password",
    "39 characters": "a".repeat(39),
    "hyphens between letters and digits": "octo-org-2",
    "upper case": "Octo-Org",
    "a managed user with the short code of its enterprise": "octocat_acme",
  },
  refuses: {
    nothing: ["", "GitHub login"],
    "40 characters": ["a".repeat(40), "up to 39"],
    "a hyphen at the start": ["-octo", "single hyphens"],
    "a hyphen at the end": ["octo-", "single hyphens"],
    "two hyphens in a row": ["octo--org", "single hyphens"],
    "an underscore at the end": ["octocat_", "GitHub login"],
    "two underscores": ["octo_cat_acme", "GitHub login"],
    "a dot": ["octo.org", "GitHub login"],
    "a slash": ["octo/org", "GitHub login"],
    "a wildcard": ["octo*", "GitHub login"],
    "an id behind it": ["octo-org@65", "GitHub login"],
    "a line break at the end": ["octo-org\n", "GitHub login"],
    "a letter that only looks Latin": ["осto", "GitHub login"],
  },
});

testRule("the name of a repository", repositoryNameRule, {
  accepts: {
    "a single character": "a",
    "100 characters": "a".repeat(100),
    "dots, underscores and hyphens": "web.shop_2-x",
    "a dot first": ".github",
    "a hyphen first": "-x",
    "three dots": "...",
    "git inside the name": "my.git.mirror",
  },
  refuses: {
    nothing: ["", "up to 100"],
    "101 characters": ["a".repeat(101), "up to 100"],
    "one dot": [".", "repository name"],
    "two dots": ["..", "repository name"],
    "the ending of a clone address": ["web-shop.git", '".git"'],
    "that ending in upper case": ["web-shop.GIT", '".git"'],
    "the ending of a wiki": ["web-shop.wiki", "repository name"],
    "its owner before it": ["octo-org/web-shop", "without the owner"],
    "a space": ["web shop", "letters, digits"],
    "a wildcard": ["web-*", "letters, digits"],
    "an id behind it": ["web-shop@74", "letters, digits"],
    "a line break at the end": ["web-shop\n", "letters, digits"],
  },
});

testRule("the slug of a team", teamSlugRule, {
  accepts: {
    "lower case with hyphens": "release-managers",
    underscores: "team_a",
    "255 characters": "a".repeat(255),
    "one character": "a",
  },
  refuses: {
    nothing: ["", "team's slug"],
    "256 characters": ["a".repeat(256), "team's slug"],
    "upper case": ["Release-Managers", "lower-case"],
    "its name with a space": ["release managers", "team's slug"],
    "its organization before it": ["octo-org/release-managers", "without the organization"],
    "a hyphen at the end": ["release-", "team's slug"],
    "a mention": ["@octo-org", "team's slug"],
  },
});

testRule("the name of an environment", environmentNameRule, {
  accepts: {
    "one character": "p",
    "255 characters": "p".repeat(255),
    "a space inside": "web shop",
    "a slash": "prod/eu",
    "a colon, which a subject encodes": "Production:V1",
    "a percent sign": "100%",
    "a dollar sign alone": "$prod",
    "letters of other languages": "prüfung",
  },
  refuses: {
    nothing: ["", "use 1 to 255 characters, this has 0"],
    "256 characters": ["p".repeat(256), "use 1 to 255 characters, this has 256"],
    "a space at the start": [" prod", "space at its start or end"],
    "a space at the end": ["prod ", "space at its start or end"],
    "a tab": ["pr\tod", "control characters"],
    "a line break": ["prod\n", "control characters"],
    "a line separator": ["a\u2028b", "control characters"],
    "a star": ["prod*", 'remove "*" and "?"'],
    "a question mark": ["prod?", 'remove "*" and "?"'],
    "a policy variable": ["${aws:username}", 'remove "${"'],
    "a directive of a template": ["%{if true}", 'remove "${" and "%{"'],
    "an encoded colon": ["a%3Ab", 'write ":" instead of "%3A"'],
    "an encoded colon in lower case": ["a%3ab", 'write ":" instead of "%3A"'],
  },
});

testRule("the name of a variable or secret", variableNameRule, {
  accepts: {
    "upper case": "AWS_ROLE_ARN",
    "an underscore first": "_X",
    "digits behind the first character": "V2",
    "GITHUB without an underscore": "GITHUBX",
    "GITHUB_ inside": "MY_GITHUB_TOKEN",
  },
  refuses: {
    nothing: ["", "letters, digits and underscores"],
    "a digit first": ["2X", "not starting with a digit"],
    "a hyphen": ["AWS-ROLE", "letters, digits and underscores"],
    "a space": ["AWS ROLE", "letters, digits and underscores"],
    "GitHub's own prefix": ["GITHUB_TOKEN", '"GITHUB_"'],
    "GitHub's own prefix in lower case": ["github_token", '"GITHUB_"'],
    "lower case": ["aws_role_arn", 'write "AWS_ROLE_ARN"'],
  },
});

testRule("a numeric id", numericIdRule, {
  accepts: { "one digit": "7", "20 digits": "1".repeat(20) },
  refuses: {
    nothing: ["", "digits only"],
    "21 digits": ["1".repeat(21), "numeric id"],
    "a leading zero": ["065", "numeric id"],
    zero: ["0", "numeric id"],
    "a sign": ["-1", "digits only"],
    "a letter": ["65a", "digits only"],
    "a fraction": ["6.5", "digits only"],
    "the exponent that a spreadsheet makes of it": ["9.19628E+08", "digits only"],
    "a line break at the end": ["65\n", "digits only"],
    "a wildcard": ["*", "digits only"],
    "digits of another script": ["٦٥", "digits only"],
  },
});

testRule("the slug of an enterprise", enterpriseSlugRule, {
  accepts: { "one letter": "a", "60 characters": "a".repeat(60), hyphens: "octo-enterprise", "upper case": "Octo" },
  refuses: {
    nothing: ["", "enterprise's slug"],
    "61 characters": ["a".repeat(61), "enterprise's slug"],
    "a hyphen at the end": ["octo-", "enterprise's slug"],
    "a slash": ["octo/x", "enterprise's slug"],
    "a space": ["octo org", "enterprise's slug"],
  },
});

testRule("a branch or tag, or a pattern of them", refNameRule, {
  accepts: {
    "a plain name": "main",
    slashes: "release/2026/11",
    "244 characters": "b".repeat(244),
    "a pattern with a star": "release/*",
    "every name": "*",
    "a pattern with a question mark": "v?",
    "a dot inside": "v1.2.3",
    "a hyphen inside": "fix-1",
    "an at sign inside": "user@home",
    "lock inside": "lockfile",
    "a percent sign": "50%",
    "what would be an encoded colon, were a colon possible": "a%3Ab",
    "letters of other languages": "prüfung",
  },
  refuses: {
    nothing: ["", "name a branch or tag"],
    "245 characters": ["b".repeat(245), "use at most 244 characters, this has 245"],
    "a space": ["my branch", "git allows none of them"],
    "a tab": ["a\tb", "control characters"],
    "a delete character": ["a\u007fb", "control characters"],
    "a tilde": ["a~1", '"~"'],
    "a caret": ["a^", '"^"'],
    "a colon": ["a:b", '":"'],
    "an opening bracket": ["[ab]", '"["'],
    "a backslash": ["a\\b", '"\\"'],
    "a full branch ref": ["refs/heads/main", 'write "main"'],
    "a full tag ref": ["refs/tags/v1", 'write "v1"'],
    "a full ref without a name": ["refs/heads/", "name a branch or tag"],
    "the ref of a pull request, which is neither": ["refs/pull/7/merge", 'nothing else of "refs/" is one'],
    "a remote ref": ["refs/remotes/origin/main", 'nothing else of "refs/" is one'],
    "an at sign alone": ["@", "check-ref-format"],
    "a reflog entry": ["main@{1}", "check-ref-format"],
    "two dots": ["a..b", "check-ref-format"],
    "two slashes": ["a//b", "check-ref-format"],
    "a slash at the start": ["/a", "check-ref-format"],
    "a slash at the end": ["a/", "check-ref-format"],
    "a dot at the start": [".a", "check-ref-format"],
    "a dot at the end": ["a.", "check-ref-format"],
    "a dot at the start of a part": ["a/.b", "check-ref-format"],
    "a hyphen at the start": ["-a", "check-ref-format"],
    "the ending of a lock": ["a.lock", "check-ref-format"],
    "a part with the ending of a lock": ["a.lock/b", "check-ref-format"],
    "a policy variable": ["${aws:username}", "git allows none of them"],
    "an expression of Terraform": ["${path.root}", 'remove "${"'],
    "a directive of a template": ["%{if}", 'remove "${" and "%{"'],
  },
});

testRule("the pattern of a deployment policy", deploymentPatternRule, {
  accepts: {
    "a name": "main",
    "a star": "release/*",
    "two stars": "release/**/*",
    "a set of characters": "v[0-9]*",
    "255 characters": "b".repeat(255),
    "the refs of pull requests": "refs/pull/*/merge",
  },
  refuses: {
    nothing: ["", "1 to 255"],
    "256 characters": ["b".repeat(256), "1 to 255"],
    "a space": ["my branch", "remove spaces"],
    "a control character": ["a\u0007", "control characters"],
    "a full branch ref": ["refs/heads/main", 'write "main"'],
    "a full tag ref": ["refs/tags/v*", 'write "v*"'],
  },
});

describe("the full name of a repository", () => {
  test("is taken apart at its slash", () => {
    expect(splitFullName("octo-org/web-shop")).toEqual({ owner: "octo-org", name: "web-shop" });
  });

  test.each([
    "web-shop",
    "octo-org/",
    "/web-shop",
    "octo-org/web-shop/x",
    "octo-org@65/web-shop",
    "octo-org/web-shop@74",
    "octo-*/web-shop",
    "octo-org/web-*",
    "",
  ])("is not %j", (text) => {
    expect(splitFullName(text)).toBeUndefined();
  });
});

describe("characters", () => {
  test.each([
    ["*", true],
    ["a?b", true],
    ["plain", false],
    ["[ab]", false],
  ])("of %j are wildcards: %p", (text, expected) => {
    expect(hasWildcard(text)).toBe(expected);
  });

  test.each([
    ["\u0000", true],
    ["\u001f", true],
    [" ", false],
    ["~", false],
    ["\u007f", true],
    ["\u009f", true],
    ["\u00a0", false],
    ["\u2028", true],
    ["\u2029", true],
    ["é", false],
  ])("of %j are control characters: %p", (text, expected) => {
    expect(hasControlCharacter(text)).toBe(expected);
  });
});
