import { z } from "zod";
import { STEP_NAMES, STS_ERRORS } from "./step";

/** What `github-oidc explain --format json` prints. */

const step = z.strictObject({
  name: z.enum(STEP_NAMES),
  outcome: z.enum(["pass", "fail", "skipped"]).describe("`skipped`: what is needed to judge it was not given"),
  detail: z.string().describe("What was found, in a sentence. Never holds the token"),
  error: z.enum(STS_ERRORS).optional().describe("The error of a step that fails"),
});

const condition = z.strictObject({
  operator: z.string().describe("As AWS writes it, with quantifier and `IfExists`"),
  key: z.string(),
  wanted: z.array(z.string()),
  actual: z.array(z.string()).nullable().describe("Null when AWS has no value for the key"),
  holds: z.boolean(),
  reason: z.enum([
    "matched",
    "notMatched",
    "notExcluded",
    "excluded",
    "keyMissing",
    "keyMissingIfExists",
    "keyMissingNegated",
    "keyMissingForAllValues",
    "keyAbsent",
    "keyPresent",
  ]),
});

const statement = z.strictObject({
  index: z.int().describe("Counted from 0"),
  sid: z.string().nullable(),
  effect: z.enum(["Allow", "Deny"]),
  principalMatches: z.boolean(),
  actionMatches: z.boolean(),
  conditions: z.array(condition).describe("Every one, also behind the first that does not hold"),
  applies: z.boolean().describe("Whether its effect takes place"),
});

const hint = z.strictObject({
  id: z.string(),
  message: z.string().describe("The cause"),
  fix: z.string().describe("The remedy"),
});

export const explainOutputSchema = z.strictObject({
  decision: z.enum(["allow", "deny"]),
  error: z.enum(STS_ERRORS).nullable().describe("That of the first step that fails"),
  steps: z.array(step),
  statements: z.array(statement),
  nearest: z
    .int()
    .nullable()
    .describe("Index of the statement that denies or, where none does, came nearest to allowing"),
  hints: z.array(hint).describe("Likely reasons for a denial, at most three, the likeliest first"),
});

export type ExplainOutput = z.infer<typeof explainOutputSchema>;
