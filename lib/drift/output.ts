import { z } from "zod";

/** What `github-oidc drift --format json` prints. */

export const DRIFT_KINDS = [
  "repository",
  "environment",
  "reviewers",
  "waitTimer",
  "preventSelfReview",
  "adminsCanBypass",
  "deployFrom",
  "protectedBranches",
  "variable",
  "secret",
  "subject",
] as const;

const drift = z.strictObject({
  account: z.string().describe("Account of the file whose stack it concerns"),
  repository: z.string().describe("`OWNER/NAME`, as the file has it"),
  environment: z.string().nullable().describe("null: the whole repository"),
  kind: z.enum(DRIFT_KINDS),
  name: z.string().nullable().describe("Of a variable, secret or branch"),
  file: z.string().describe("What the file says"),
  github: z.string().describe("What GitHub has"),
  seenByPlan: z.boolean().describe("Whether `terraform plan` sees it as well"),
  fix: z.string().describe("What to do about it"),
});

const secret = z.strictObject({
  repository: z.string(),
  environment: z.string().nullable(),
  name: z.string(),
  updatedAt: z.string().describe("When it was last set. Whether its value is still the file's nobody can read"),
});

export const driftOutputSchema = z.strictObject({ drift: z.array(drift), secrets: z.array(secret) });

export type DriftOutput = z.infer<typeof driftOutputSchema>;
export type Drift = DriftOutput["drift"][number];
export type DriftKind = Drift["kind"];
export type SecretState = DriftOutput["secrets"][number];
