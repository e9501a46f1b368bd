import { z } from "zod";
import { SEVERITIES } from "./finding";

/** What `github-oidc check --format json` prints. */
const count = z.int().min(0);

export const checkOutputSchema = z.strictObject({
  findings: z.array(
    z.strictObject({
      rule: z.string().describe("Id of the rule: its page is `docs/rules/ID.md`"),
      severity: z.enum(SEVERITIES),
      message: z.string().describe("What is wrong, in a sentence"),
      fix: z.string().describe("What to do about it"),
      location: z.strictObject({
        file: z.string().describe("As it was given; `-` for standard input"),
        line: z.int().min(1),
        column: z.int().min(1),
      }),
    }),
  ),
  summary: z.strictObject({ error: count, warning: count, note: count }),
});

export type CheckOutput = z.infer<typeof checkOutputSchema>;
