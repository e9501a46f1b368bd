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
  explanation:
    "All that this statement lets in is let in by another one. Whoever takes it out to take access away takes nothing away.",
  remedy: "Take it out or, if it was meant to be all, the wider one.",
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
              message: `all that this statement lets in, statement ${wide.index + 1} lets in too`,
              fix: `take it out or, if it was meant to be all, statement ${wide.index + 1}`,
            },
          ]
        : [];
    }),
};
