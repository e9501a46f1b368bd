import { z } from "zod";
import { textSchema } from "./text";

/** Something that a source does not tell, and why. */
export const unknownSchema = z.strictObject({ unknown: z.string().describe("Why it is not known") });

const condition = z.strictObject({
  operator: z.string().describe("As AWS writes it, with quantifier and `IfExists`"),
  key: z.string(),
  values: z.array(textSchema),
});

const statement = z.strictObject({
  sid: z.string().nullable(),
  effect: z.enum(["Allow", "Deny"]),
  principals: z.array(
    z.strictObject({ kind: z.enum(["*", "AWS", "CanonicalUser", "Federated", "Service"]), value: textSchema }),
  ),
  notAction: z.boolean().describe("Whether the statement is about every action but these"),
  actions: z.array(z.string()),
  conditions: z.array(condition),
});

export const trustSchema = z.union([
  z.strictObject({
    version: z.enum(["2008-10-17", "2012-10-17"]).nullable(),
    length: z
      .int()
      .optional()
      .describe("Characters of the policy as AWS counts them, without those that are not known"),
    statements: z.array(statement),
  }),
  z.strictObject({
    refused: z.array(z.string()).describe("Why AWS would refuse the policy"),
    text: z.string().optional().describe("The policy as it is written"),
  }),
  unknownSchema,
]);

export type TrustModel = z.infer<typeof trustSchema>;
export type StatementModel = z.infer<typeof statement>;

export interface Unknown {
  readonly unknown: string;
}

/** Whether something is not known, rather than what it would be. */
export const isUnknown = (value: unknown): value is Unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) && "unknown" in value;
