import { roleArn } from "../model/arns";
import {
  isLookedUp,
  type AccountAccess,
  type EnvironmentAccess,
  type GivenValue,
  type PublishedValue,
  type RepositoryAccess,
  type RoleAccess,
} from "../config/account-access";
import { prefixesOf } from "../config/repository-subjects";
import { DEFAULT_FORM, type SubjectTemplate } from "../github/subject-template";

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

/** What the subjects of a repository are, as the trust policies have it. */
export interface ExpectedSubject {
  readonly account: string;
  /** How they begin; `undefined` where the plan looks it up, whatever it is, or the template has no place for it. */
  readonly prefixes: readonly string[] | undefined;
  /** What they are made of: not the template before, which may be trusted as well. */
  readonly template: SubjectTemplate;
  /** Whether the file has the template set: by the account's stack or that of another. */
  readonly sets: "this stack" | "another stack" | "nobody";
  /** Whether the account's plan reads the subject, or sets it. */
  readonly isPlanned: boolean;
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

type Draft = {
  -readonly [K in keyof ExpectedRepository]: ExpectedRepository[K] extends readonly (infer T)[]
    ? T[]
    : ExpectedRepository[K];
};

/** What an access file, or some of its accounts, says of GitHub: by repository, whatever account it stands in. */
export function expectedOf(accounts: readonly AccountAccess[]): ExpectedRepository[] {
  const drafts = new Map<string, Draft>();
  const of = (fullName: string): Draft => {
    const draft = drafts.get(fullName.toLowerCase()) ?? {
      fullName,
      environments: [],
      values: [],
      protectedBranches: [],
      subjects: [],
    };
    drafts.set(fullName.toLowerCase(), draft);
    return draft;
  };
  const published = publishedInEnvironments(accounts);
  for (const account of accounts) {
    const own = (repository: string): Draft => of(`${account.github.owner}/${repository}`);
    for (const environment of account.environments)
      own(environment.repository).environments.push(
        expectedEnvironment(environment, account, published.get(keyOf(environment.repository, environment.name)) ?? []),
      );
    for (const { repository, branch } of account.protectedBranches)
      own(repository).protectedBranches.push({ account: account.name, branch });
    for (const given of account.values)
      if ("repository" in given.place) own(given.place.repository).values.push(givenValue(given, account.name));
    for (const role of account.roles)
      for (const each of role.publish)
        if ("repository" in each.place && !("environment" in each.place))
          own(each.place.repository).values.push(publishedValue(each, role, account));
    for (const repository of trusted(account))
      of(`${repository.owner}/${repository.name}`).subjects.push(expectedSubject(repository, account));
    for (const { repository, claims } of account.subjectTemplates)
      if (repository !== undefined && own(repository).subjects.every((each) => each.account !== account.name))
        own(repository).subjects.push({
          account: account.name,
          prefixes: undefined,
          template: claims,
          sets: "this stack",
          isPlanned: true,
        });
  }
  return [...drafts.values()];
}

/** The repositories whose jobs an account's roles admit, each once. A raw subject stands for itself. */
function trusted({ roles }: AccountAccess): RepositoryAccess[] {
  const byName = new Map<string, RepositoryAccess>();
  for (const { admits } of roles)
    for (const { repository, jobs } of admits)
      if (jobs.subject === undefined) byName.set(`${repository.owner}/${repository.name}`.toLowerCase(), repository);
  return [...byName.values()];
}

function expectedSubject(
  repository: RepositoryAccess,
  { name: account, github, subjectTemplates }: AccountAccess,
): ExpectedSubject {
  const { forms = [DEFAULT_FORM] } = repository;
  const { template } = forms[0] ?? DEFAULT_FORM;
  const isOwn = repository.owner.toLowerCase() === github.owner.toLowerCase();
  const sets =
    repository.forms === undefined
      ? "nobody"
      : isOwn && subjectTemplates.some((each) => each.repository === repository.name)
        ? "this stack"
        : "another stack";
  const [isRead, hasPrefix] = [isLookedUp(repository), forms.some(({ claims }) => claims.includes("repo"))];
  return {
    account,
    prefixes: isRead || !hasPrefix ? undefined : prefixesOf(repository, github.owner),
    template,
    sets,
    isPlanned: isRead || sets === "this stack",
  };
}

function expectedEnvironment(
  { name, protection, variables, secrets }: EnvironmentAccess,
  { name: account }: AccountAccess,
  published: readonly ExpectedValue[],
): ExpectedEnvironment {
  const own = [
    ...Object.entries(variables).map(([variable, value]): ExpectedValue => ({
      account,
      kind: "variable",
      name: variable,
      value,
    })),
    ...Object.keys(secrets).map((secret): ExpectedValue => ({
      account,
      kind: "secret",
      name: secret,
      value: undefined,
    })),
  ];
  return { account, name, protection, values: [...own, ...published] };
}

/** What roles publish in environments, in whichever account they are, by environment. */
function publishedInEnvironments(accounts: readonly AccountAccess[]): Map<string, ExpectedValue[]> {
  const byEnvironment = new Map<string, ExpectedValue[]>();
  for (const account of accounts)
    for (const role of account.roles)
      for (const published of role.publish) {
        if (!("environment" in published.place)) continue;
        const key = keyOf(published.place.repository, published.place.environment);
        const values = byEnvironment.get(key);
        if (values) values.push(publishedValue(published, role, account));
        else byEnvironment.set(key, [publishedValue(published, role, account)]);
      }
  return byEnvironment;
}

function publishedValue(
  { kind, name, value }: PublishedValue,
  role: RoleAccess,
  { name: account, partition, id, rolePath, region }: AccountAccess,
): ExpectedValue {
  const facts = {
    arn: String(roleArn(partition, id, rolePath, role.name)),
    name: role.name,
    region,
    accountId: id,
    partition,
  };
  return { account, kind, name, value: kind === "secret" ? undefined : facts[value] };
}

/** What the file itself gives. */
const givenValue = (given: GivenValue, account: string): ExpectedValue => ({
  account,
  kind: given.kind,
  name: given.name,
  value: given.kind === "variable" ? given.value : undefined,
});

const keyOf = (repository: string, environment: string): string => JSON.stringify([repository, environment]);
