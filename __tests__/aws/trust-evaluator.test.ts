import type { PolicyStatement } from "../../lib/aws/policy-document";
import type { TrustPolicy } from "../../lib/aws/trust-policy";
import { admits, type Claims, globMatches } from "./trust-evaluator";

/** The judge itself is judged by cases that others have published. */

describe("a pattern of StringLike", () => {
  test.each([
    ["main", "main", true],
    ["main", "Main", false],
    ["main", "main2", false],
    ["mai?", "main", true],
    ["mai?", "mai", false],
    ["mai?", "maiin", false],
    ["main*", "main", true],
    ["main*", "main-hotfix", true],
    ["*main", "main", true],
    ["refs/heads/*", "refs/heads/feature/x", true],
    ["a*b*c", "a:b/c", true],
    ["a*b*c", "a:c/b", false],
    ["a**c", "ac", true],
    ["?*", "", false],
    ["*", "", true],
    ["", "", true],
    ["", "a", false],
    ["a.c", "abc", false],
    ["a\\*", "a\\x", true],
  ])("%j and %j: %p", (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });
});

/**
 * Of the suite "github-aws" 0.3.0, CC0.
 *
 * @see https://github.com/Dashtid/subvectors/blob/main/vectors/github-aws.json
 */
describe("a published vector", () => {
  const ISSUER = "token.actions.githubusercontent.com";
  type Block = Record<string, Record<string, string | string[]>>;
  const policy = (...blocks: Block[]): TrustPolicy => ({
    Version: "2012-10-17",
    Statement: blocks.map((block): PolicyStatement => ({
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: Object.fromEntries(
        Object.entries(block).map(([operator, keys]) => [
          operator,
          Object.fromEntries(Object.entries(keys).map(([key, values]) => [`${ISSUER}:${key}`, values])),
        ]),
      ),
    })),
  });
  const MAIN = "repo:octo-org/octo-repo:ref:refs/heads/main";

  test.each<{ id: string; block: Block; token: Claims; expected: boolean }>([
    {
      id: "gh-aws-exact-branch-stringequals",
      block: { StringEquals: { sub: MAIN } },
      token: { sub: MAIN },
      expected: true,
    },
    {
      id: "gh-aws-exact-branch-stringlike",
      block: { StringLike: { sub: MAIN } },
      token: { sub: MAIN },
      expected: true,
    },
    {
      id: "gh-aws-repo-wide-wildcard-suffix",
      block: { StringLike: { sub: "repo:octo-org/octo-repo:*" } },
      token: { sub: MAIN },
      expected: true,
    },
    {
      id: "gh-aws-other-branch-rejected",
      block: { StringEquals: { sub: MAIN } },
      token: { sub: "repo:octo-org/octo-repo:ref:refs/heads/feature-x" },
      expected: false,
    },
    {
      id: "gh-aws-immutable-subject-classic-pattern",
      block: { StringLike: { sub: MAIN } },
      token: { sub: "repo:octo-org@123456/octo-repo@7891011:ref:refs/heads/main" },
      expected: false,
    },
    {
      id: "gh-aws-stringequals-treats-star-literally",
      block: { StringEquals: { sub: "repo:octo-org/*" } },
      token: { sub: "repo:octo-org/unrelated-repo:ref:refs/heads/main" },
      expected: false,
    },
    {
      id: "gh-aws-multivalue-two-repos-or",
      block: {
        StringEquals: { sub: ["repo:octo-org/repo-a:ref:refs/heads/main", "repo:octo-org/repo-b:ref:refs/heads/main"] },
      },
      token: { sub: "repo:octo-org/repo-b:ref:refs/heads/main" },
      expected: true,
    },
    {
      id: "gh-aws-multivalue-loose-value-poisons-list",
      block: { StringLike: { sub: [MAIN, "repo:octo-org/*"] } },
      token: { sub: "repo:octo-org/anything:pull_request" },
      expected: true,
    },
    {
      id: "gh-aws-aud-default-owner-url-rejected",
      block: { StringEquals: { aud: "sts.amazonaws.com" } },
      token: { sub: MAIN, aud: "https://github.com/octo-org" },
      expected: false,
    },
    {
      id: "gh-aws-environment-key-absent-claim-rejected",
      block: { StringEquals: { environment: "prod" } },
      token: { sub: MAIN },
      expected: false,
    },
    {
      id: "gh-aws-case-mismatch-rejected",
      block: { StringEquals: { sub: MAIN } },
      token: { sub: "repo:Octo-Org/octo-repo:ref:refs/heads/main" },
      expected: false,
    },
    {
      id: "gh-aws-all-wrong-aud-rejected",
      block: { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN } },
      token: { sub: MAIN, aud: "https://github.com/octo-org" },
      expected: false,
    },
    {
      id: "gh-aws-all-aws-branch-wildcard-example",
      block: { StringEquals: { aud: "sts.amazonaws.com" }, StringLike: { sub: "repo:octo-org/octo-repo:*" } },
      token: { sub: "repo:octo-org/octo-repo:pull_request", aud: "sts.amazonaws.com" },
      expected: true,
    },
    {
      id: "gh-aws-all-repository-id-plus-sub",
      block: { StringEquals: { repository_id: "7891011", sub: MAIN } },
      token: { sub: MAIN, repository_id: "7891011" },
      expected: true,
    },
  ])("is judged as published: $id", ({ block, token, expected }) => {
    expect(admits(policy(block), ISSUER, token)).toBe(expected);
  });

  test("is let in by any one of several statements", () => {
    expect(admits(policy({ StringEquals: { sub: "a" } }, { StringEquals: { sub: "b" } }), ISSUER, { sub: "b" })).toBe(
      true,
    );
  });

  test("is not judged where an operator or key has rules of its own", () => {
    expect(() => admits(policy({ StringNotEquals: { sub: "a" } }), ISSUER, { sub: "b" })).toThrow("Unknown operator");
    expect(() =>
      admits(policy({ StringEquals: { sub: "a" } }), "github.example.com/_services/token", { sub: "a" }),
    ).toThrow("another issuer");
  });
});
