import { surelyIncludes } from "../../trust/admitted";
import { MAIN, statements } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const aud = "sts.amazonaws.com";

/** A note: nobody is let in who would not be anyway. The same statement twice is L33's. */
export const coveredStatement: TrustRule = {
  id: "L34",
  title: "A statement that adds nothing",
  severity: "note",
  explanation: "Another statement already admits everything that this one admits. Removing this one removes no access.",
  remedy: "Remove it or, if the narrow one was intended, remove the broader one.",
  source: SOURCES.evaluation,
  appliesTo: "trustPolicy",
  compliant: [
    statements(
      "two repositories",
      { condition: { StringEquals: { aud, sub: MAIN } } },
      { condition: { StringEquals: { aud, sub: "repo:octo-org/api:ref:refs/heads/main" } } },
    ),
  ],
  nonCompliant: [
    statements(
      "a branch, and a pattern that admits it",
      { condition: { StringEquals: { aud, sub: MAIN } } },
      { condition: { StringEquals: { aud }, StringLike: { sub: "repo:octo-org/web-shop:ref:refs/heads/main*" } } },
    ),
  ],
  check: ({ admitted: { admissions } }) =>
    admissions.flatMap((narrow) => {
      const wide = admissions.find(
        (each) => each.index !== narrow.index && surelyIncludes(each, narrow) && !surelyIncludes(narrow, each),
      );
      return wide
        ? [
            {
              position: narrow.statement.position,
              message: `statement ${wide.index + 1} already admits everything that this statement admits`,
              fix: `remove it or, if only this one was intended, remove statement ${wide.index + 1}`,
            },
          ]
        : [];
    }),
};
