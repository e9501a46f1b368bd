import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";

const plan = (suppress: object, policy = "ReadOnlyAccess"): { repositories: object } => ({
  repositories: {
    "web-shop": { roles: { plan: { allow: [{ pullRequest: true }], managedPolicies: [policy], suppress } } },
  },
});

export const suppression: Rule<"suppression"> = {
  id: "L37",
  title: "An unused suppression",
  severity: "warning",
  explanation:
    "A suppression in the access file that suppresses nothing is outdated or misplaced: it could hide the next finding. An expired suppression suppresses nothing, and its finding is reported again.",
  remedy: "Remove it, move it to the intended place, or review the finding and extend it.",
  source: SOURCES.suppressions,
  appliesTo: "suppression",
  compliant: [
    { about: "one that excuses something", access: plan({ L7: "the plan of this repository shows nothing secret" }) },
  ],
  nonCompliant: [
    { about: "one that excuses nothing", access: plan({ L2: "was needed once" }) },
    {
      about: "one whose last day is over",
      access: plan({ L7: { reason: "until the role is split", until: "2025-12-31" } }),
    },
  ],
  check: ({ suppression: { rule, until }, uses, isOver, isRule }) => {
    if (!isRule)
      return [{ message: `there is no rule ${rule}`, fix: "correct the rule's id, or remove the suppression" }];
    if (isOver)
      return [
        {
          message: `the suppression of ${rule} expired on ${until}${uses === 0 ? ", and has nothing left to suppress" : ""}`,
          fix: uses === 0 ? "remove it" : "correct what it suppressed, or extend it",
        },
      ];
    return uses === 0
      ? [
          {
            message: `the suppression of ${rule} suppresses nothing`,
            fix: "remove it, or move it to the intended place",
          },
        ]
      : [];
  },
};
