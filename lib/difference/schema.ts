import { z } from "zod";
import { ASSUME_CALLS } from "../aws/policy/assume-calls";
import { LEVELS } from "../aws/permissions/level";
import { BREADTHS } from "../trust/admitted";
import { grantSchema } from "../questions/grants";
import { locationSchema } from "../model/model";

/** What lies between two access models, by meaning: who gets in, what a role can do, what protects it. */

/** A role, as far as it is known. */
const roleShape = {
  account: z.string().describe("Its name, or else its id"),
  accountId: z.string().nullable(),
  role: z.string(),
  roleArn: z.string().nullable().describe("null: not known until apply"),
  location: locationSchema,
};

/** GitHub's jobs of one repository, or a principal of AWS. */
const who = z.strictObject({
  kind: z.enum(["jobs", "principal"]),
  repository: z
    .string()
    .nullable()
    .describe("Of jobs `OWNER/NAME`; `OWNER/*` for repositories of an owner, `*` for those of anyone"),
  jobs: z.array(z.string()).describe("Which of its jobs, in plain words, as `environment production`"),
  subjects: z.array(z.string()).describe("As the policy has them"),
  breadth: z.enum(BREADTHS).nullable().describe("Of jobs: how broad they are"),
  conditions: z.record(z.string(), z.array(z.string())).describe("What must hold beside, by claim or condition key"),
  environment: grantSchema.shape.environment.describe("Of jobs: the environment that they name, where it is one"),
  principal: z.string().nullable().describe("Of a principal: its ARN, service, issuer or `*`"),
  calls: z.array(z.enum(ASSUME_CALLS)).describe("Of a principal: the calls by which it gets the role; none for jobs"),
});

const power = z.strictObject({
  level: z.enum(LEVELS),
  because: z.array(z.string()),
  permissions: grantSchema.shape.permissions,
});

const admission = z.strictObject({
  ...roleShape,
  state: z.enum(["created", "deleted", "replaced", "kept"]).describe("What becomes of the role itself"),
  who: z.array(who).describe("Who is newly let in, or shut out"),
  instead: z
    .array(who)
    .describe(
      "Who was let in before and lies within, as the branch `main` within branches `main*`; of narrowed, who is still let in",
    ),
  strangers: z
    .array(z.string())
    .describe(
      "Of widened and narrowed: owners of whose repositories no job at all is let in on the other side, in lower case; `*` for anyone",
    ),
  example: z
    .strictObject({ issuer: z.string().nullable(), claims: z.record(z.string(), z.string()) })
    .nullable()
    .describe(
      "Claims of a job that is newly let in, or shut out; null for a principal of AWS, and where none could be found",
    ),
  certain: z.boolean().describe("false: whether it is so could not be decided"),
  can: power.describe("What the role can do: after the change, of lost and narrowed before it"),
});

const permission = z.strictObject({
  ...roleShape,
  change: z.enum([
    "policy attached",
    "policy detached",
    "statement added",
    "statement removed",
    "boundary added",
    "boundary removed",
    "boundary changed",
    "session longer",
    "session shorter",
    "not known",
  ]),
  what: z.string().describe("The policy, the statement in words, or the duration"),
  direction: z
    .enum(["more", "less", "changed"])
    .describe("What the role can do by it; `changed` where that cannot be compared"),
  before: z.enum(LEVELS).describe("What the role could do before everything that changes of it"),
  after: z.enum(LEVELS),
  because: z.array(z.string()).describe("Where the level rises, or the role may raise itself: why"),
  admits: z.boolean().describe("Whether jobs of GitHub's may assume the role, before or after"),
});

const protection = z.strictObject({
  repository: z.string().nullable().describe("`OWNER/NAME`; null for the organization"),
  environment: z.string().nullable(),
  aspect: z.enum([
    "environment",
    "reviewers",
    "wait timer",
    "self-review",
    "administrators",
    "refs",
    "branch protection",
    "subject template",
  ]),
  before: z.string().describe("In words, as `release-managers or octocat`, `10 minutes`, `branches main`"),
  after: z.string(),
  direction: z
    .enum(["stronger", "weaker", "changed"])
    .describe("`changed` where the two cannot be compared: it may be weaker"),
  roles: z.array(z.string()).describe("Roles behind it, after the change or before"),
  location: locationSchema,
});

const value = z.strictObject({
  kind: z.enum(["variable", "secret"]),
  name: z.string(),
  repository: z.string().nullable().describe("`OWNER/NAME`; null for a value of the organization"),
  environment: z.string().nullable(),
  change: z
    .enum([
      "added",
      "removed",
      "points elsewhere",
      "known after apply",
      "seen by more",
      "seen by fewer",
      "another value",
    ])
    .describe("`another value`: one that is not shown, as it is marked sensitive"),
  before: z.string().nullable().describe("ARN of the role that it was; null for anything else, and for a secret"),
  after: z
    .string()
    .nullable()
    .describe("ARN of the role that it becomes; where that is not known until apply its name"),
  location: locationSchema,
});

const unknown = z.strictObject({
  what: z.string().describe("A role, a resource or a source"),
  reason: z.string(),
  mayAdmit: z.boolean().describe("Whether it may hide that somebody is newly let in"),
});

export const differenceSchema = z.strictObject({
  gained: z.array(admission).describe("Roles that let nobody in before, and somebody after"),
  lost: z.array(admission).describe("Roles that let somebody in before, and nobody after"),
  widened: z
    .array(admission)
    .describe("Roles that let in more than before; a role that swaps one job for another is in narrowed as well"),
  narrowed: z.array(admission),
  permissions: z.array(permission).describe("Of roles that are there before and after"),
  protection: z.array(protection),
  values: z.array(value),
  unknown: z.array(unknown),
});

/** What changes about access; each list with the worst first. */
export type Difference = z.infer<typeof differenceSchema>;
export type AdmissionChange = z.infer<typeof admission>;
export type PermissionChange = z.infer<typeof permission>;
export type ProtectionChange = z.infer<typeof protection>;
export type ValueChange = z.infer<typeof value>;
export type UnknownChange = z.infer<typeof unknown>;
export type Who = z.infer<typeof who>;
