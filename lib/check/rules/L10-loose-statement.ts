import { isAtLeast } from "../../trust/admitted";
import { MAIN, statements } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const loose = "repo:octo-org/*";
const aud = "sts.amazonaws.com";

export const looseStatement: TrustRule = {
  id: "L10",
  title: "A loose statement beside a tight one",
  severity: "warning",
  explanation:
    "Statements that allow are alternatives too: a policy is as loose as its loosest statement. A careful one beside it protects nothing.",
  remedy: "Tighten the loose statement, or take it out.",
  source: SOURCES.evaluation,
  appliesTo: "trustPolicy",
  compliant: [
    statements(
      "two tight statements",
      { condition: { StringEquals: { aud, sub: MAIN } } },
      { condition: { StringEquals: { aud, sub: "repo:octo-org/api:ref:refs/heads/main" } } },
    ),
  ],
  nonCompliant: [
    statements(
      "a branch, and then everybody in the organization",
      { condition: { StringEquals: { aud, sub: MAIN } } },
      { condition: { StringEquals: { aud }, StringLike: { sub: loose } } },
    ),
  ],
  check: ({ admitted: { admissions } }) => {
    const tight = admissions.find(({ breadth }) => !isAtLeast(breadth, "repository"));
    if (!tight) return [];
    return admissions
      .filter(({ breadth }) => isAtLeast(breadth, "repository"))
      .map(({ statement }) => ({
        position: statement.position,
        message: `this statement lets in more than statement ${tight.index + 1} does: the policy is as loose as this one`,
        fix: "tighten this statement, or take it out",
      }));
  },
};
