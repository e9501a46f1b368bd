import { z } from "zod";

/**
 * What an access file's stacks hold, in the words of the file: what `synth` prints. Questions about
 * access are answered from the access model (`model.ts`), whatever it was read from.
 */

const admission = z.strictObject({
  repository: z.string().describe("`OWNER/NAME`; of a raw subject, the repository that the role stands under"),
  jobs: z.string().describe("Which of its jobs, in plain words"),
  conditions: z.array(z.string()).describe("Additional conditions, in plain words"),
  /** Code that nobody has reviewed runs in these jobs. */
  unreviewed: z.boolean().describe("Whether these are jobs of pull requests, or every job"),
  subjects: z
    .enum(["lookup", "name", "immutable", "both", "raw"])
    .describe("How the subject is written; `lookup`: its prefix is read in the plan"),
  migration: z
    .strictObject({
      until: z.string().describe("Last day on which both forms are trusted"),
      daysLeft: z.int(),
      ending: z.boolean().describe("Whether the day is near"),
    })
    .nullable()
    .describe("Of `both` with an end; null for all else"),
});

const valueName = {
  kind: z.enum(["variable", "secret"]),
  name: z.string(),
  repository: z.string().nullable().describe("Without its owner; null for a value of the organization"),
};
const organization = z
  .union([z.literal("all"), z.literal("private"), z.array(z.string())])
  .nullable()
  .describe("Of a value of the organization, the repositories that see it");

const publishedValue = z.strictObject({
  ...valueName,
  environment: z.string().nullable().describe("Environment that it is in, or null for the whole repository"),
  organization,
});
const givenValue = z.strictObject({ ...valueName, organization });

const role = z.strictObject({
  name: z.string(),
  repository: z.string().describe("Repository that the role stands under, without its owner"),
  environment: z.string().nullable().describe("Environment that the role belongs to, or null"),
  admits: z.array(admission),
  alsoTrusts: z.array(z.string()).describe("Who may assume it in addition to GitHub's jobs, in plain words"),
  sessionSeconds: z.int(),
  sessionName: z.string().nullable().describe("Name, or pattern of names, that a session must have; null: any"),
  managedPolicies: z.array(z.string()).describe("ARNs"),
  customerPolicies: z.array(z.string()).describe("Names of the managed policies that are made for it"),
  inlinePolicies: z.array(z.string()).describe("Names"),
  exclusive: z.boolean().describe("Whether policies of anybody else's are taken off it"),
  permissionsBoundary: z.string().nullable().describe("ARN"),
  published: z.array(publishedValue),
});

const environment = z.strictObject({
  repository: z.string().describe("Without its owner"),
  name: z.string(),
  reviewers: z.array(z.string()).describe("Slugs of teams and logins; one approval suffices"),
  waitMinutes: z.int(),
  preventSelfReview: z.boolean(),
  adminsCanBypass: z.boolean(),
  deployFrom: z.union([z.literal("any ref"), z.literal("protected branches"), z.array(z.string())]),
  variables: z.array(z.string()).describe("Names"),
  secrets: z.array(z.string()).describe("Names"),
  secretVariables: z.array(z.string()).describe("Terraform variables that the secrets come from"),
});

const chainedRole = z.strictObject({
  name: z.string(),
  trusts: z.array(z.string()).describe("Who may assume it, in plain words"),
  sessionSeconds: z.int(),
  managedPolicies: z.array(z.string()).describe("ARNs"),
  inlinePolicies: z.array(z.string()).describe("Names"),
  permissionsBoundary: z.string().nullable().describe("ARN"),
});

const template = z.union([z.literal("default"), z.literal("organization"), z.array(z.string())]);

const subjectTemplate = z.strictObject({
  repository: z.string().nullable().describe("Without its owner; null for the organization's own template"),
  claims: template.describe(
    "What subjects are made of, in order; `default` GitHub's own form, `organization` the organization's template",
  ),
  also: template.nullable().describe("Template that is trusted as well while the change is applied"),
});

const account = z.strictObject({
  name: z.string(),
  id: z.string(),
  region: z.string(),
  assumeRole: z.string().nullable().describe("ARN of the role that Terraform assumes in the account"),
  usesGithub: z.boolean().describe("Whether the stack needs access to GitHub"),
  waitsFor: z
    .array(z.string())
    .describe("Accounts whose stacks are applied before: they make environments that get values here"),
  provider: z.strictObject({
    issuer: z.string(),
    audiences: z.array(z.string()),
    mode: z.enum(["create", "existing"]),
  }),
  roles: z.array(role),
  environments: z.array(environment),
  protectedBranches: z
    .array(z.strictObject({ repository: z.string().describe("Without its owner"), branch: z.string() }))
    .describe("Branches that the stack protects"),
  values: z.array(givenValue).describe("What the file puts into whole repositories and the organization"),
  secretVariables: z.array(z.string()).describe("Terraform variables that secrets of the account come from"),
  chainedRoles: z.array(chainedRole).describe("Roles that no job of GitHub's assumes by itself"),
  subjectTemplates: z.array(subjectTemplate).describe("Templates of subjects that the stack sets"),
});

export const outlineSchema = z.strictObject({ owner: z.string(), accounts: z.array(account) });

export type Outline = z.infer<typeof outlineSchema>;
export type AccountOutline = Outline["accounts"][number];
export type RoleOutline = AccountOutline["roles"][number];
export type ChainedRoleOutline = AccountOutline["chainedRoles"][number];
export type SubjectTemplateOutline = AccountOutline["subjectTemplates"][number];
export type AdmissionOutline = RoleOutline["admits"][number];
export type ValueOutline = AccountOutline["values"][number];
export type EnvironmentOutline = AccountOutline["environments"][number];

/** What `github-oidc synth --format json` prints: the outline, and where each stack is. */
export const synthOutputSchema = outlineSchema.extend({
  accounts: z.array(account.extend({ folder: z.string().describe("Folder of the stack's Terraform") })),
});
