import { z } from "zod";
import { textSchema, type Text } from "../trust/text";
import { trustSchema, unknownSchema } from "../trust/trust-model";

/**
 * The access model: who may assume what, as plain data. Whatever answers a question about access reads
 * this and nothing else, so that an answer does not depend on where the facts came from.
 *
 * What a source does not tell is said to be unknownSchema, with the reason: it is never taken for absent.
 */

export const locationSchema = z
  .union([
    z.strictObject({
      file: z.string(),
      line: z.int(),
      column: z.int(),
      path: z.array(z.string()).describe("Keys of the access file that lead there"),
    }),
    z.strictObject({
      address: z.string().describe("Terraform's address"),
      file: z.string().optional().describe("File or folder of the stack, where there are several"),
    }),
  ])
  .nullable()
  .describe("Where it is written; null for an object written in TypeScript");

const role = z.strictObject({
  name: textSchema,
  arn: textSchema,
  path: textSchema,
  sessionSeconds: z.union([z.int(), unknownSchema]).describe("Longest session"),
  permissionsBoundary: textSchema.nullable().describe("ARN"),
  boundaryDocument: textSchema.nullable().describe("JSON of the permissions boundary, where the source has it"),
  trust: trustSchema,
  managedPolicies: z.union([
    z.array(
      z.strictObject({ arn: textSchema, document: textSchema.nullable().describe("JSON, where the source has it") }),
    ),
    unknownSchema,
  ]),
  inlinePolicies: z.union([
    z.array(z.strictObject({ name: textSchema, document: textSchema.describe("JSON") })),
    unknownSchema,
  ]),
  location: locationSchema,
});

const provider = z.strictObject({
  arn: textSchema,
  issuer: textSchema.describe("Without `https://`"),
  clientIds: z.union([z.array(textSchema), unknownSchema]),
  mode: z.enum(["created", "existing"]),
  location: locationSchema,
});

const account = z.strictObject({
  name: z.string().nullable().describe("Name of the account in the access file, or of the stack"),
  id: z.string().nullable().describe("Twelve digits"),
  partition: z.string().nullable(),
  region: z.string().nullable(),
  providers: z.array(provider),
  roles: z.array(role),
});

const environment = z.strictObject({
  repository: textSchema.describe("`OWNER/NAME`"),
  name: textSchema,
  reviewers: z
    .union([z.array(z.strictObject({ kind: z.enum(["team", "user"]), name: textSchema })), unknownSchema])
    .describe("One approval suffices"),
  waitMinutes: z.union([z.int(), unknownSchema]),
  preventSelfReview: z.union([z.boolean(), unknownSchema]),
  adminsCanBypass: z.union([z.boolean(), unknownSchema]),
  deployFrom: z.union([
    z.literal("any ref"),
    z.literal("protected branches"),
    z.strictObject({ branches: z.array(textSchema), tags: z.array(textSchema) }),
    unknownSchema,
  ]),
  location: locationSchema,
});

const value = z.strictObject({
  kind: z.enum(["variable", "secret"]),
  name: textSchema,
  repository: textSchema.nullable().describe("`OWNER/NAME`; null for a value of the organization"),
  environment: textSchema.nullable().describe("Null for a value of the whole repository"),
  visibleTo: z
    .union([z.literal("all"), z.literal("private"), z.array(textSchema), unknownSchema])
    .nullable()
    .describe("Of a value of the organization the repositories that see it, as `OWNER/NAME`; null for any other value"),
  role: textSchema
    .nullable()
    .describe("ARN of the role that the value is; null for any other value. Values themselves are not kept"),
  location: locationSchema,
});

const subjectTemplate = z.strictObject({
  repository: textSchema
    .nullable()
    .describe("`OWNER/NAME`; null for the organization's, which binds only repositories that opt in"),
  claims: z
    .union([z.array(textSchema), z.literal("default"), z.literal("organization"), unknownSchema])
    .describe(
      "What subjects are made of, in order; `default` GitHub's own form, `organization` the organization's template",
    ),
  location: locationSchema,
});

const branchProtection = z.strictObject({
  repository: textSchema.nullable().describe("`OWNER/NAME`; null for a ruleset of the organization"),
  location: locationSchema,
});

const newRepository = z.strictObject({ repository: textSchema.describe("`OWNER/NAME`"), location: locationSchema });

export const accessModelSchema = z.strictObject({
  accounts: z.array(account),
  environments: z.array(environment),
  values: z.array(value),
  subjectTemplates: z.array(subjectTemplate).describe("How subjects are made, where the source says so"),
  branchProtections: z.array(branchProtection).describe("Rules that protect branches, made or looked up in the plan"),
  newRepositories: z.array(newRepository).describe("Repositories that a plan creates"),
  notes: z.array(z.string()).describe("What the source has that was not read"),
});

export type AccessModel = z.infer<typeof accessModelSchema>;
export type AccountModel = AccessModel["accounts"][number];
export type ProviderModel = AccountModel["providers"][number];
export type RoleModel = AccountModel["roles"][number];
export type EnvironmentModel = AccessModel["environments"][number];
export type ValueModel = AccessModel["values"][number];
export type SubjectTemplateModel = z.infer<typeof subjectTemplate>;
export type Location = z.infer<typeof locationSchema>;

/** What to call an account. */
export const nameOf = ({ name, id }: AccountModel): string => name ?? id ?? "account not known";

/** Terraform's address of what is written in a plan or a stack; `undefined` of anything else. */
export const addressOf = (location: Location): string | undefined =>
  location !== null && "address" in location ? location.address : undefined;

export type { Text };
