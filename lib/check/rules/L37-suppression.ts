import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";

const plan = (suppress: object, policy = "ReadOnlyAccess"): { repositories: object } => ({
  repositories: {
    "web-shop": { roles: { plan: { allow: [{ pullRequest: true }], managedPolicies: [policy], suppress } } },
  },
});

export const suppression: Rule<"suppression"> = {
  id: "L37",
  title: "A suppression without use",
  severity: "warning",
  explanation:
    "A suppression of the access file that excuses nothing is left over, or stands in the wrong place: it would hide the next thing that goes wrong. One whose last day is over excuses nothing any more, and what it excused is found again.",
  remedy: "Take it away, move it beside what it is meant for, or give it a new last day after a new look.",
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
      return [{ message: `there is no rule ${rule}`, fix: "correct the rule's id, or take the suppression away" }];
    if (isOver)
      return [
        {
          message: `the suppression of ${rule} ended on ${until}${uses === 0 ? ", and there is nothing left that it would excuse" : ""}`,
          fix: uses === 0 ? "take it away" : "correct what it excused, or give it a new last day",
        },
      ];
    return uses === 0
      ? [
          {
            message: `the suppression of ${rule} excuses nothing`,
            fix: "take it away, or put it beside what it is meant for",
          },
        ]
      : [];
  },
};
