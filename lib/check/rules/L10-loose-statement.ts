import { isAtLeast } from "../../trust/admitted";
import { MAIN, statements } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const loose = "repo:octo-org/*";
const aud = "sts.amazonaws.com";

export const looseStatement: TrustRule = {
  id: "L10",
  title: "A broad statement next to a narrow one",
  severity: "warning",
  explanation:
    "Statements that allow are alternatives: a policy is as broad as its broadest statement. A narrow statement next to it protects nothing.",
  remedy: "Narrow the broad statement, or remove it.",
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
        message: `this statement admits more than statement ${tight.index + 1}: the policy is as broad as this one`,
        fix: "narrow this statement, or remove it",
      }));
  },
};
