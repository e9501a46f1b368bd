import { z } from "zod";
import { type Finding, isInText, type Location, SEVERITIES } from "./finding";
import { summarize } from "./run";
import type { Suppressed } from "./suppress";

/** What `github-oidc check --format json` prints. */
const count = z.int().min(0);

const file = z.string().describe("As it was given; `-` for standard input");

const location = z.union([
  z.strictObject({
    file,
    line: z.int().min(1),
    column: z.int().min(1),
    path: z.array(z.string()).optional().describe("Keys of the access file that lead there"),
  }),
  z.strictObject({ file, address: z.string().describe("Terraform's address of the resource") }),
]);

export const checkOutputSchema = z.strictObject({
  findings: z.array(
    z.strictObject({
      rule: z.string().describe("Id of the rule: its page is `docs/rules/ID.md`"),
      severity: z.enum(SEVERITIES),
      message: z.string().describe("What is wrong, in a sentence"),
      fix: z.string().describe("What to do about it"),
      location,
    }),
  ),
  suppressed: z
    .array(z.strictObject({ rule: z.string(), reason: z.string().describe("As the access file gives it"), location }))
    .describe("What the access file excuses"),
  summary: z.strictObject({ error: count, warning: count, note: count }),
});

export type CheckOutput = z.infer<typeof checkOutputSchema>;

const locationOf = (location: Location): CheckOutput["findings"][number]["location"] =>
  isInText(location)
    ? {
        file: location.file,
        line: location.line,
        column: location.column,
        ...(location.path ? { path: [...location.path] } : {}),
      }
    : { file: location.file, address: location.address };

/** What was found and what was excused, as it is printed. */
export const outputOf = (findings: readonly Finding[], suppressed: readonly Suppressed[]): CheckOutput => ({
  findings: findings.map(({ location: place, ...finding }) => ({ ...finding, location: locationOf(place) })),
  suppressed: suppressed.map(({ finding, suppression }) => ({
    rule: finding.rule,
    reason: suppression.reason,
    location: locationOf(finding.location),
  })),
  summary: summarize(findings),
});
