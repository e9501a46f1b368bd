import { describePrincipal } from "../aws/other-principals";
import type {
  AccountAccess,
  Admission,
  EnvironmentAccess,
  RoleAccess,
  SecretSource,
  ValuePlace,
} from "./account-access";
import { needsGithub } from "./account-access";
import { describeConditions, describeJobs } from "../github/describe";
import { migrationState } from "../github/migration";
import type { SubjectTemplate } from "../github/subject-template";
import type {
  AccountOutline,
  AdmissionOutline,
  EnvironmentOutline,
  Outline,
  RoleOutline,
  ValueOutline,
} from "./outline";

/**
 * The outline of what an access file describes, or of some of its accounts.
 *
 * @param today the day that ends of migrations are compared with. @default now
 */
export const outlineOf = (accounts: readonly AccountAccess[], today = new Date()): Outline => ({
  owner: accounts[0]?.github.owner ?? "",
  accounts: accounts.map((account) => accountOutline(account, today)),
});

function accountOutline(account: AccountAccess, today: Date): AccountOutline {
  return {
    name: account.name,
    id: account.id,
    region: account.region,
    assumeRole: account.assumeRole ?? null,
    usesGithub: needsGithub(account),
    waitsFor: [...account.waitsFor],
    provider: { issuer: account.github.instance.issuer, audiences: [...account.audiences], mode: account.oidcProvider },
    roles: account.roles.map((role) => roleOutline(role, today)),
    environments: account.environments.map(environmentOutline),
    protectedBranches: [...account.protectedBranches],
    values: account.values.map(({ kind, name, place }) => ({ kind, name, ...placeOf(place) })),
    secretVariables: variablesOf([
      ...account.environments.flatMap(({ secrets }) => Object.values(secrets)),
      ...account.values.flatMap((each) => (each.kind === "secret" ? [each.source] : [])),
    ]),
    chainedRoles: account.chainedRoles.map(
      ({ name, trusts, sessionSeconds, managedPolicies, inlinePolicies, permissionsBoundary }) => ({
        name,
        trusts: trusts.map(describePrincipal),
        sessionSeconds,
        managedPolicies: [...managedPolicies],
        inlinePolicies: inlinePolicies.map((each) => each.name),
        permissionsBoundary: permissionsBoundary ?? null,
      }),
    ),
    subjectTemplates: account.subjectTemplates.map(({ repository, claims, also }) => ({
      repository: repository ?? null,
      claims: templateOutline(claims),
      also: also === undefined ? null : templateOutline(also),
    })),
  };
}

const templateOutline = (template: SubjectTemplate): "default" | "organization" | string[] =>
  typeof template === "string" ? template : [...template];

/** Terraform variables, each once. */
const variablesOf = (secrets: readonly SecretSource[]): string[] => [
  ...new Set(secrets.flatMap((each) => ("fromVariable" in each ? [each.fromVariable] : []))),
];

const placeOf = (place: ValuePlace): Pick<ValueOutline, "repository" | "organization"> =>
  "organization" in place
    ? {
        repository: null,
        organization: typeof place.organization === "string" ? place.organization : [...place.organization],
      }
    : { repository: place.repository, organization: null };

function roleOutline(role: RoleAccess, today: Date): RoleOutline {
  const environment = "environment" in role.scope ? role.scope.environment : null;
  return {
    name: role.name,
    repository: role.repository,
    environment,
    admits: role.admits.map((admission) => admissionOutline(admission, today)),
    alsoTrusts: role.alsoTrusts.map(describePrincipal),
    sessionSeconds: role.sessionSeconds,
    sessionName: role.sessionName ?? null,
    managedPolicies: [...role.managedPolicies],
    customerPolicies: role.customerPolicies.map(({ name }) => name),
    inlinePolicies: role.inlinePolicies.map(({ name }) => name),
    exclusive: role.exclusive,
    permissionsBoundary: role.permissionsBoundary ?? null,
    published: role.publish.map(({ kind, name, place }) => ({
      kind,
      name,
      ...placeOf(place),
      environment: "environment" in place ? place.environment : null,
    })),
  };
}

const admissionOutline = ({ repository, jobs }: Admission, today: Date): AdmissionOutline => ({
  repository: `${repository.owner}/${repository.name}`,
  jobs: describeJobs(jobs),
  conditions: describeConditions(jobs),
  unreviewed: jobs.pullRequest === true || jobs.any === true,
  subjects: jobs.subject === undefined ? repository.subjects : "raw",
  migration: repository.until === undefined ? null : migrationOutline(repository.until, today),
});

function migrationOutline(until: string, today: Date): AdmissionOutline["migration"] {
  const { state, daysLeft } = migrationState(until, today);
  return { until, daysLeft, ending: state === "ending" };
}

function environmentOutline({
  repository,
  name,
  protection,
  variables,
  secrets,
}: EnvironmentAccess): EnvironmentOutline {
  const { reviewers, waitTimer, preventSelfReview, adminsCanBypass, deployFrom } = protection;
  return {
    repository,
    name,
    reviewers: [...(reviewers.teams ?? []), ...(reviewers.users ?? [])],
    waitMinutes: waitTimer,
    preventSelfReview,
    adminsCanBypass,
    deployFrom:
      deployFrom === undefined
        ? "any ref"
        : deployFrom === "protectedBranches"
          ? "protected branches"
          : [...(deployFrom.branches ?? []), ...(deployFrom.tags ?? [])],
    variables: Object.keys(variables),
    secrets: Object.keys(secrets),
    secretVariables: variablesOf(Object.values(secrets)),
  };
}
