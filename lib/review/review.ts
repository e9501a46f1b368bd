import { z } from "zod";
import { differenceSchema } from "../difference/schema";

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(["error", "warning", "note"]),
  message: z.string(),
  fix: z.string(),
  address: z.string().nullable(),
});

export const reviewSchema = differenceSchema.extend({
  findings: z
    .strictObject({
      new: z.array(finding),
      gone: z.int().describe("How many are no longer found"),
      old: z.int().describe("How many were found before, among what changes"),
    })
    .describe("What `github-oidc check` finds, apart from what it found before"),
  drift: differenceSchema
    .nullable()
    .describe(
      "What changed outside Terraform since the last apply, as far as the plan saw it; null: nothing about access",
    ),
  resources: z
    .strictObject({
      changing: z.int(),
      withoutAccess: z.int().describe("Those of them that change nothing listed here"),
      forgotten: z.array(z.string()).describe("Addresses that Terraform no longer manages, though they stay"),
    })
    .describe("Resources that the plans change"),
  plans: z.array(
    z.strictObject({
      file: z.string(),
      terraform: z.string().nullable(),
      errored: z.boolean(),
      account: z.string().nullable().describe("Name or id, where the plan has one"),
    }),
  ),
  summary: z.strictObject({
    headline: z.string().describe("In one sentence"),
    gained: z.int(),
    lost: z.int(),
    widened: z.int(),
    narrowed: z.int(),
    morePermissions: z.int().describe("Roles that can do more, or may"),
    lessPermissions: z.int(),
    weakened: z.int().describe("Places whose protection is weaker, or may be"),
    strengthened: z.int(),
    values: z.int(),
    newFindings: z.int(),
    unknown: z.int(),
    drift: z.int().describe("Changes of access that happened outside Terraform"),
    errored: z.boolean().describe("A plan ended with an error: it is incomplete"),
  }),
});

/** What plans change about access. */
export type Review = z.infer<typeof reviewSchema>;

/** How bad a change must be to close the gate; each closes for all before it as well. */
export const GATES = ["none", "gained", "widened", "weakened"] as const;
export type Gate = (typeof GATES)[number];
