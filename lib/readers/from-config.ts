import { oidcProviderArn } from "../aws/arn";
import { otherTrustPolicy, trustPolicy } from "../aws/trust-policy";
import type { Access } from "../config/access";
import {
  isLookedUp,
  type AccountAccess,
  type Admission,
  type ChainedRoleAccess,
  type EnvironmentAccess,
  type GivenValue,
  type RepositoryAccess,
  type RoleAccess,
  type SubjectTemplateAccess,
  type ValuePlace,
} from "../config/account-access";
import { mintedBy, prefixesOf } from "../config/repository-subjects";
import { formatPrefix } from "../github/subject";
import { DEFAULT_TEMPLATE } from "../github/subject-template";
import { requiredAlternatives } from "../github/templated-jobs";
import { policyArn, roleArn, roleArnIn } from "../model/arns";
import type {
  AccessModel,
  AccountModel,
  EnvironmentModel,
  Location,
  RoleModel,
  SubjectTemplateModel,
  ValueModel,
} from "../model/model";
import type { TrustModel } from "../trust/trust-model";
import { readTrust } from "../trust/read-trust";
import { text, type Lookup, type Text } from "../trust/text";

/** The model of what an access file describes, or of some of its accounts. */
export function fromConfig(access: Access, accounts: readonly AccountAccess[] = access.accounts): AccessModel {
  const locate: Locate = (...resolved) => {
    const path = [...access.keysOf(resolved)];
    const place = access.locate(path);
    return place ? { ...place, path } : null;
  };
  return {
    accounts: accounts.map((account) => accountModel(account, locate)),
    environments: accounts.flatMap((account) =>
      account.environments.map((each) => environmentModel(each, account, locate)),
    ),
    values: accounts.flatMap((account) => [
      ...account.environments.flatMap((each) => environmentValues(each, account, locate)),
      ...account.values.map((each) => givenValue(each, account, locate)),
      ...account.roles.flatMap((role) => publishedValues(role, account, locate)),
    ]),
    subjectTemplates: accounts.flatMap((account) =>
      account.subjectTemplates.map((each) => templateModel(each, account, locate)),
    ),
    branchProtections: accounts.flatMap((account) => branchProtections(account, locate)),
    newRepositories: [],
    notes: [],
  };
}

/** The repositories whose branches a stack protects, and those of which it looks up that one is protected. */
function branchProtections(account: AccountAccess, locate: Locate): AccessModel["branchProtections"] {
  const places = new Map(
    account.protectedBranches.map(({ repository }) => [repository, ["repositories", repository, "protectBranches"]]),
  );
  for (const { repository, name, protection } of account.environments)
    if (protection.deployFrom === "protectedBranches" && !places.has(repository))
      places.set(repository, ["repositories", repository, "environments", name, "deployFrom"]);
  return [...places].map(([repository, path]) => ({
    repository: fullNameOf(repository, account),
    location: locate(...path),
  }));
}

type Locate = (...path: string[]) => Location;

function accountModel(account: AccountAccess, locate: Locate): AccountModel {
  const { name, id, partition, region, audiences, github, oidcProvider, roles } = account;
  const { issuer } = github.instance;
  return {
    name,
    id,
    partition,
    region,
    providers: [
      {
        arn: oidcProviderArn(partition, id, issuer),
        issuer,
        // Of one that exists the file says only which it must have.
        clientIds: oidcProvider === "create" ? [...audiences] : { unknown: "the provider exists already" },
        mode: oidcProvider === "create" ? "created" : "existing",
        location: locate("accounts", name),
      },
    ],
    roles: [
      ...roles.map((role) => roleModel(role, account, locate)),
      ...account.chainedRoles.map((role) => chainedModel(role, account, locate)),
    ],
  };
}

const roleModel = (role: RoleAccess, account: AccountAccess, locate: Locate): RoleModel => ({
  ...permissionsOf(role, account),
  trust: trustOf(role, account),
  location: locate(...pathOf(role)),
});

function permissionsOf(
  role: ChainedRoleAccess | RoleAccess,
  account: AccountAccess,
): Omit<RoleModel, "trust" | "location"> {
  return {
    name: role.name,
    arn: arnOf(role, account),
    path: account.rolePath,
    sessionSeconds: role.sessionSeconds,
    permissionsBoundary: role.permissionsBoundary ?? null,
    boundaryDocument: null,
    managedPolicies: [
      ...role.managedPolicies.map((arn) => ({ arn, document: null })),
      ...role.customerPolicies.map(({ name, document }) => ({
        arn: policyArn(account.partition, account.id, account.rolePath, name),
        document: JSON.stringify(document),
      })),
    ],
    inlinePolicies: role.inlinePolicies.map(({ name, document }) => ({ name, document: JSON.stringify(document) })),
  };
}

function chainedModel(role: ChainedRoleAccess, account: AccountAccess, locate: Locate): RoleModel {
  return {
    ...permissionsOf(role, account),
    trust: readTrust(JSON.stringify(otherTrustPolicy({ principals: role.trusts, home: account }))),
    location: locate("chainedRoles", role.key),
  };
}

const arnOf = (role: Pick<RoleAccess, "name">, { partition, id, rolePath }: AccountAccess): string =>
  roleArn(partition, id, rolePath, role.name) as string;

function pathOf({ repository, scope }: RoleAccess): string[] {
  if (!("environment" in scope)) return ["repositories", repository, "roles", scope.role];
  return [
    "repositories",
    repository,
    "environments",
    scope.environment,
    ...(scope.key === undefined ? ["role"] : ["roles", scope.key]),
  ];
}

/** The policy that the role's construct writes, with a placeholder for each prefix that is looked up. */
function trustOf(role: RoleAccess, account: AccountAccess): TrustModel {
  const { github, partition, id, audiences } = account;
  const lookups: Lookup[] = [];
  const placeholders = new Map<string, string>();
  const prefixes = (repository: RepositoryAccess): readonly string[] => {
    const known = prefixesOf(repository, github.owner);
    if (!isLookedUp(repository)) return known;
    const owner = ownerOf(repository.owner, github.owner);
    // Its tokens never carry ids, and there is nothing to look up.
    if (github.instance.kind === "server") return [formatPrefix({ form: "name", owner, repository: repository.name })];
    const lookup = `${owner}/${repository.name}`;
    if (!placeholders.has(lookup))
      placeholders.set(
        lookup,
        `${LOOKUP}${lookups.push({ lookup, ...(repository.subjects === "both" && { withIds: true }) }) - 1};`,
      );
    return [...known, placeholders.get(lookup) ?? ""];
  };
  const alternatives = role.admits.flatMap(({ repository, jobs }: Admission) =>
    requiredAlternatives(jobs, mintedBy(repository, prefixes(repository))),
  );
  const policy = JSON.stringify(
    trustPolicy({
      providerArn: oidcProviderArn(partition, id, github.instance.issuer),
      issuer: github.instance.issuer,
      audiences,
      alternatives,
      sessionName: role.sessionName,
      others: { principals: role.alsoTrusts, home: account },
    }),
  );
  return readTrust(withLookups(policy, lookups));
}

const ownerOf = (owner: string, own: string): string => (owner.toLowerCase() === own.toLowerCase() ? own : owner);

/** Stands for a prefix while the policy is put together. No value of an access file has the character. */
const LOOKUP = "\u007f";

const withLookups = (policy: string, lookups: readonly Lookup[]): Text =>
  text(
    ...policy
      .split(/\u007f([0-9]+);/)
      .map((piece, index) => (index % 2 === 0 ? piece : (lookups[Number(piece)] ?? ""))),
  );

/** Where a value is: in the model an organization's has neither repository nor environment. */
function placeOf(
  place: ValuePlace,
  account: AccountAccess,
): Pick<ValueModel, "repository" | "environment" | "visibleTo"> {
  if (!("organization" in place))
    return {
      repository: fullNameOf(place.repository, account),
      environment: "environment" in place ? place.environment : null,
      visibleTo: null,
    };
  const { organization } = place;
  return {
    repository: null,
    environment: null,
    visibleTo: typeof organization === "string" ? organization : organization.map((each) => fullNameOf(each, account)),
  };
}

const fullNameOf = (repository: string, { github }: AccountAccess): string => `${github.owner}/${repository}`;

function templateModel(
  { repository, claims }: SubjectTemplateAccess,
  account: AccountAccess,
  locate: Locate,
): SubjectTemplateModel {
  if (repository !== undefined)
    return {
      repository: fullNameOf(repository, account),
      claims: typeof claims === "string" ? claims : [...claims],
      location: locate("repositories", repository, "subjectTemplate"),
    };
  return {
    repository: null,
    claims: typeof claims === "string" ? [...DEFAULT_TEMPLATE] : [...claims],
    location: locate("organization", "subjectTemplate"),
  };
}

function environmentModel(
  { repository, name, protection }: EnvironmentAccess,
  account: AccountAccess,
  locate: Locate,
): EnvironmentModel {
  const { reviewers, waitTimer, preventSelfReview, adminsCanBypass, deployFrom } = protection;
  return {
    repository: fullNameOf(repository, account),
    name,
    reviewers: [
      ...(reviewers.teams ?? []).map((team) => ({ kind: "team" as const, name: team })),
      ...(reviewers.users ?? []).map((user) => ({ kind: "user" as const, name: user })),
    ],
    waitMinutes: waitTimer,
    preventSelfReview,
    adminsCanBypass,
    deployFrom:
      deployFrom === undefined
        ? "any ref"
        : deployFrom === "protectedBranches"
          ? "protected branches"
          : { branches: [...(deployFrom.branches ?? [])], tags: [...(deployFrom.tags ?? [])] },
    location: locate("repositories", repository, "environments", name),
  };
}

function environmentValues(
  { repository, name: environment, variables, secrets }: EnvironmentAccess,
  account: AccountAccess,
  locate: Locate,
): ValueModel[] {
  const place = placeOf({ repository, environment }, account);
  const path = ["repositories", repository, "environments", environment];
  return [
    ...Object.entries(variables).map(([name, value]): ValueModel => ({
      ...place,
      kind: "variable",
      name,
      role: roleArnIn(value),
      location: locate(...path, "variables", name),
    })),
    ...Object.keys(secrets).map((name): ValueModel => ({
      ...place,
      kind: "secret",
      name,
      role: null,
      location: locate(...path, "secrets", name),
    })),
  ];
}

/** A value that the file itself gives, which may be a role's ARN. */
function givenValue(given: GivenValue, account: AccountAccess, locate: Locate): ValueModel {
  const { kind, name, place } = given;
  const path = "organization" in place ? ["organization"] : ["repositories", place.repository];
  return {
    kind,
    name,
    ...placeOf(place, account),
    role: given.kind === "variable" ? roleArnIn(given.value) : null,
    location: locate(...path, `${kind}s`, name),
  };
}

/** What is published of a role; of the facts only its ARN is kept. */
function publishedValues(role: RoleAccess, account: AccountAccess, locate: Locate): ValueModel[] {
  return role.publish.map(({ kind, name, value, place }): ValueModel => ({
    kind,
    name,
    ...placeOf(place, account),
    role: value === "arn" ? arnOf(role, account) : null,
    location: locate(...pathOf(role)),
  }));
}
