import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";

const until = (day: string): { repositories: object } => ({
  repositories: {
    "web-shop": { id: "74", subjects: { both: { until: day } }, roles: { plan: { allow: [{ branch: "main" }] } } },
  },
});

export const migration: Rule<"migration"> = {
  id: "L41",
  title: "A migration of subjects that ends soon",
  severity: "warning",
  explanation:
    "Both forms of a repository's subjects are trusted until a day that is near. From the day after, the file is refused. Otherwise the form without ids, which a later owner of the name could mint, would be trusted for ever. This is reported in the last 30 days.",
  remedy: "Make sure that the repository mints ids, and trust only these; if it does not yet, move the day.",
  source: SOURCES.immutableSubjects,
  appliesTo: "migration",
  compliant: [{ about: "a day that is far", access: until("2027-06-30") }],
  nonCompliant: [{ about: "a day that is near", access: until("2026-12-01") }],
  check: ({ repository, until: day, daysLeft, isEnding }) =>
    isEnding
      ? [
          {
            message: `both forms of ${repository}'s subjects are trusted until ${day}, ${daysLeft === 0 ? "which is today" : daysLeft === 1 ? "which is tomorrow" : `${daysLeft} days from now`}: then the file is refused`,
            fix: 'write "subjects: immutable", or a later day',
          },
        ]
      : [],
};
