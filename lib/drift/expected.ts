import { roleArn } from "../access/arns";
import type { AccountAccess, EnvironmentAccess, RepositoryAccess, RoleAccess } from "../config/account-access";
import { REGION_VARIABLE } from "../config/published-names";
import { prefixesOf } from "../config/repository-subjects";

/** A variable or secret that the file puts into GitHub; `account` is whose stack does so. */
export interface ExpectedValue {
  readonly account: string;
  readonly kind: "variable" | "secret";
  readonly name: string;
  /** Unknown for a secret: nobody reads those. */
  readonly value: string | undefined;
}

export interface ExpectedEnvironment extends Pick<EnvironmentAccess, "name" | "protection"> {
  readonly account: string;
  readonly values: readonly ExpectedValue[];
}

/** How the subjects of a repository begin, as the trust policies have it. */
export interface ExpectedSubject {
  readonly account: string;
  /** `undefined` where the plan looks it up, whatever it is. */
  readonly prefixes: readonly string[] | undefined;
}

/** What the file says of one repository of GitHub's. */
export interface ExpectedRepository {
  /** `OWNER/NAME`, as the file spells it. */
  readonly fullName: string;
  readonly environments: readonly ExpectedEnvironment[];
  /** Those of the whole repository. */
  readonly values: readonly ExpectedValue[];
  readonly protectedBranches: readonly { readonly account: string; readonly branch: string }[];
  readonly subjects: readonly ExpectedSubject[];
}

type Draft = { -readonly [K in keyof ExpectedRepository]: ExpectedRepository[K] extends readonly (infer T)[] ? T[] : ExpectedRepository[K] };

/** What an access file, or some of its accounts, says of GitHub: by repository, whatever account it stands in. */
export function expectedOf(accounts: readonly AccountAccess[]): ExpectedRepository[] {
  const drafts = new Map<string, Draft>();
  const of = (fullName: string): Draft => {
    const draft = drafts.get(fullName.toLowerCase()) ?? { fullName, environments: [], values: [], protectedBranches: [], subjects: [] };
    drafts.set(fullName.toLowerCase(), draft);
    return draft;
  };
  for (const account of accounts) {
    const own = (repository: string): Draft => of(`${account.github.owner}/${repository}`);
    const published = publishedIn(account);
    for (const environment of account.environments) own(environment.repository).environments.push(expectedEnvironment(environment, account, published.get(keyOf(environment.repository, environment.name)) ?? []));
    for (const { repository, branch } of account.protectedBranches) own(repository).protectedBranches.push({ account: account.name, branch });
    for (const role of account.roles) if (!("environment" in role.scope)) own(role.repository).values.push(...publishedValues(role, account));
    for (const repository of trusted(account)) of(`${repository.owner}/${repository.name}`).subjects.push({ account: account.name, prefixes: repository.subjects === "lookup" ? undefined : prefixesOf(repository, account.github.owner) });
  }
  return [...drafts.values()];
}

/** The repositories whose jobs an account's roles admit, each once. A raw subject stands for itself. */
function trusted({ roles }: AccountAccess): RepositoryAccess[] {
  const byName = new Map<string, RepositoryAccess>();
  for (const { admits } of roles) for (const { repository, jobs } of admits) if (jobs.subject === undefined) byName.set(`${repository.owner}/${repository.name}`.toLowerCase(), repository);
  return [...byName.values()];
}

function expectedEnvironment({ name, protection, variables, secrets }: EnvironmentAccess, { name: account }: AccountAccess, published: readonly ExpectedValue[]): ExpectedEnvironment {
  const own = [
    ...Object.entries(variables).map(([variable, value]): ExpectedValue => ({ account, kind: "variable", name: variable, value })),
    ...Object.keys(secrets).map((secret): ExpectedValue => ({ account, kind: "secret", name: secret, value: undefined })),
  ];
  return { account, name, protection, values: [...own, ...published] };
}

/** What the roles of environments publish, by environment. */
function publishedIn(account: AccountAccess): Map<string, ExpectedValue[]> {
  const byEnvironment = new Map<string, ExpectedValue[]>();
  for (const role of account.roles) {
    if (!("environment" in role.scope)) continue;
    const key = keyOf(role.repository, role.scope.environment);
    byEnvironment.set(key, [...(byEnvironment.get(key) ?? []), ...publishedValues(role, account)]);
  }
  return byEnvironment;
}

/** The role's ARN, and beside it in an environment the region. */
function publishedValues(role: RoleAccess, { name: account, partition, id, rolePath, region }: AccountAccess): ExpectedValue[] {
  if (!role.publish) return [];
  const { kind, name } = role.publish;
  const arn: ExpectedValue = { account, kind, name, value: kind === "secret" ? undefined : String(roleArn(partition, id, rolePath, role.name)) };
  return "environment" in role.scope ? [arn, { account, kind: "variable", name: REGION_VARIABLE, value: region }] : [arn];
}

const keyOf = (repository: string, environment: string): string => JSON.stringify([repository, environment]);
