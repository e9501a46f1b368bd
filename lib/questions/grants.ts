import { z } from "zod";
import { AdmittedJobs, BREADTHS, type Admission, type SubjectSet } from "../trust/admitted";
import { jobGroupsOf, lookupsIn, prefixIn, type Lookups } from "./job-groups";
import { locationSchema, nameOf, type AccessModel, type AccountModel, type RoleModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { otherPrincipalSchema, othersOf } from "./others";
import { Places } from "./places";
import { isUnjudged } from "../trust/reparsed-trust";
import { formatText } from "../trust/text";
import { widenedTrust } from "../trust/widened-trust";

const protection = z.strictObject({
  reviewers: z
    .union([z.array(z.string()), z.null()])
    .describe("Slugs of teams and logins, of which one must approve; null when not known"),
  waitMinutes: z.union([z.int(), z.null()]),
  preventSelfReview: z.union([z.boolean(), z.null()]),
  adminsCanBypass: z.union([z.boolean(), z.null()]),
  deployFrom: z.union([z.literal("any ref"), z.literal("protected branches"), z.array(z.string()), z.null()]),
});

export const grantSchema = z.strictObject({
  account: z.string().describe("Its name, or else its id"),
  accountId: z.string().nullable(),
  role: z.string(),
  roleArn: z.string(),
  repository: z.string().describe("`OWNER/NAME`; `OWNER/*` for repositories of an owner, `*` for those of anyone"),
  jobs: z.array(z.string()).describe("Which of its jobs, in plain words"),
  subjects: z
    .array(z.string())
    .describe(
      "As the policy has them; `repo:{OWNER/NAME}` stands for a prefix that is looked up in the plan, `repo:{OWNER@ID/NAME@ID}` for one of which the ids are",
    ),
  subjectForm: z
    .enum(["name", "immutable", "both", "looked up"])
    .nullable()
    .describe(
      "How the repository's subjects are written: by `name`, `immutable` with ids, in `both` forms, or as the plan looks them up; null for a customised subject, or wildcards in its place",
    ),
  breadth: z
    .enum(BREADTHS)
    .describe(
      "`exact` one kind of job, `pattern` several of a repository, `repository` all of it, `organization` repositories of an owner, `anyone` those of strangers",
    ),
  exact: z
    .boolean()
    .describe("Whether the policy admits these jobs and no fewer: some conditions cannot be told in full"),
  neverHolds: z
    .boolean()
    .describe(
      "Whether a condition asks for a claim that AWS makes no condition key of: as far as is known nobody is admitted",
    ),
  conditions: z
    .record(z.string(), z.array(z.string()))
    .describe("What must hold beside, by claim; `sts:RoleSessionName` is the name that the session must have"),
  permissions: z.array(
    z.union([
      z.strictObject({ managed: z.string().describe("ARN") }),
      z.strictObject({ inline: z.string().describe("Name") }),
      z.strictObject({ unknown: z.string() }),
    ]),
  ),
  permissionsBoundary: z.string().nullable(),
  sessionSeconds: z.int().nullable().describe("Longest session; null when not known"),
  environment: z
    .strictObject({
      name: z.string(),
      protection: protection
        .nullable()
        .describe("null: the source does not have the environment, and what protects it is not known"),
    })
    .nullable()
    .describe("The environment that the jobs name, where it is one"),
  published: z
    .array(
      z.strictObject({
        kind: z.enum(["variable", "secret"]),
        name: z.string(),
        repository: z.string().nullable(),
        environment: z.string().nullable(),
      }),
    )
    .describe("Where the role's ARN is published"),
  unknown: z.array(z.string()).describe("Parts of the policy that are not known: each is treated as a wildcard"),
  location: locationSchema,
});

export const grantsSchema = z.strictObject({
  grants: z.array(grantSchema),
  others: z
    .array(otherPrincipalSchema)
    .describe("Who may assume roles beside GitHub's jobs: accounts, roles and services"),
  nobody: z
    .array(
      z.strictObject({
        account: z.string(),
        role: z.string(),
        subjects: z
          .array(z.string())
          .describe(
            "Those that no token has, or none that the other conditions let in; empty where a denial takes everything away",
          ),
      }),
    )
    .describe("Statements by which nobody gets in, though they are about GitHub's jobs"),
  unread: z
    .array(z.strictObject({ account: z.string(), role: z.string(), reason: z.string() }))
    .describe("Roles of which it cannot be told who may assume them"),
  notes: z.array(z.string()).describe("What the source has that was not read"),
});

export type Grants = z.infer<typeof grantsSchema>;
export type Grant = Grants["grants"][number];
export type Permission = Grant["permissions"][number];
export type GrantProtection = z.infer<typeof protection>;

/** Who may assume which role with a token of GitHub's, with what permissions, behind which protection. */
export function grantsOf(model: AccessModel): Grants {
  const places = new Places(model);
  const all: Grants = { grants: [], others: [], nobody: [], unread: [], notes: [...model.notes] };
  for (const account of model.accounts)
    for (const role of account.roles) {
      const { grants, unread, nobody } = grantsOfRole(role, account, places);
      all.grants.push(...grants);
      all.others.push(...othersOf(role, account));
      for (const subjects of nobody)
        all.nobody.push({ account: nameOf(account), role: formatText(role.name), subjects });
      for (const reason of unread) all.unread.push({ account: nameOf(account), role: formatText(role.name), reason });
    }
  return all;
}

/** Who may assume one role. */
export interface RoleGrants {
  readonly grants: Grant[];
  /** Why it cannot be told of a statement. */
  readonly unread: string[];
  /** Of each statement that lets nobody in by some of its subjects, these; none where it is for another reason. */
  readonly nobody: string[][];
}

/** The same of one role. @param places what GitHub has. @default nothing is known of environments and published values */
export function grantsOfRole(role: RoleModel, account: AccountModel, places = Places.NONE): RoleGrants {
  const { trust } = role;
  if (isUnknown(trust)) return { grants: [], nobody: [], unread: [`its trust policy is not known: ${trust.unknown}`] };
  if ("refused" in trust)
    return { grants: [], nobody: [], unread: [`AWS would refuse its trust policy: ${trust.refused[0] ?? ""}`] };
  const grants: Grant[] = [];
  const unread: string[] = [];
  const nobody: string[][] = [];
  for (const statement of trust.statements.filter(({ effect }) => effect === "Allow")) {
    const single = widenedTrust({
      ...trust,
      statements: [statement, ...trust.statements.filter(({ effect }) => effect === "Deny")],
    });
    if (isUnjudged(single)) unread.push(`one of its statements cannot be judged: ${single.unjudged}`);
    else {
      const { admissions, denied } = AdmittedJobs.of(single.document);
      for (const admission of admissions) {
        grants.push(...grantsOfAdmission(admission, single.unknown, lookupsIn(statement), role, account, places));
        const idle = admission.subjects.filter(({ letsIn }) => letsIn === "nobody");
        if (idle.length > 0) nobody.push(idle.map(({ text }) => text));
      }
      if (denied.length > 0) nobody.push([]);
    }
  }
  return { grants, unread, nobody };
}

/** One grant for each repository, and of it for each environment that has protection of its own. */
const grantsOfAdmission = (
  admission: Admission,
  unknown: readonly string[],
  lookups: Lookups,
  role: RoleModel,
  account: AccountModel,
  places: Places,
): Grant[] =>
  jobGroupsOf(
    admission,
    lookups,
    admission.subjects.filter(({ letsIn }) => letsIn !== "nobody"),
  ).map(({ sets, repository, jobs, subjects, breadth, conditions, environment }): Grant => ({
    account: nameOf(account),
    accountId: account.id,
    role: formatText(role.name),
    roleArn: formatText(role.arn),
    repository,
    jobs,
    subjects,
    subjectForm: subjectFormOf(sets, lookups),
    breadth,
    exact: admission.exact && unknown.length === 0,
    neverHolds: admission.neverHolds,
    conditions,
    permissions: permissionsOf(role),
    permissionsBoundary: role.permissionsBoundary === null ? null : formatText(role.permissionsBoundary),
    sessionSeconds: isUnknown(role.sessionSeconds) ? null : role.sessionSeconds,
    environment: places.environmentOf(repository, environment),
    published: places.publishedOf(role.arn),
    unknown: [...unknown],
    location: role.location,
  }));

/** The one form of all the subjects, or both; null where they have another, or wildcards stand for it. */
function subjectFormOf(subjects: readonly SubjectSet[], lookups: Lookups): Grant["subjectForm"] {
  const forms = new Set(subjects.map(({ text: written }) => formOf(prefixIn(written), lookups)));
  const [only] = forms;
  if (forms.size === 1) return only ?? null;
  return forms.size === 2 && forms.has("name") && forms.has("immutable") ? "both" : null;
}

function formOf(prefix: string, lookups: Lookups): Exclude<Grant["subjectForm"], "both"> {
  const lookup = lookups.get(prefix);
  if (lookup) return lookup.withIds ? "immutable" : "looked up";
  if (/^repo:[^@*?/]+\/[^@*?/]+$/.test(prefix)) return "name";
  return /^repo:[^@*?/]+@[0-9]+\/[^@*?/]+@[0-9]+$/.test(prefix) ? "immutable" : null;
}

/** The policies of a role, by what they are called. */
export function permissionsOf({ managedPolicies, inlinePolicies }: RoleModel): Permission[] {
  return [
    ...(isUnknown(managedPolicies)
      ? [managedPolicies]
      : managedPolicies.map(({ arn }) => ({ managed: formatText(arn) }))),
    ...(isUnknown(inlinePolicies)
      ? [inlinePolicies]
      : inlinePolicies.map(({ name }) => ({ inline: formatText(name) }))),
  ];
}
