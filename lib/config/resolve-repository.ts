import {
  MAX_REVIEWERS,
  branchProtectionProblem,
  grantsProtectionRules,
  planProblems,
  reviewerCount,
  type Visibility,
} from "../github/protection";
import type { EnvironmentAccess, GithubAccess, RenameAccess, RoleAccess, ValuePlace } from "./account-access";
import type { Written } from "./expand-pairs";
import type { PolicyFiles } from "./policy-file";
import { onceEach, quote, renderPath, type Path, type Problem } from "../yaml/problem";
import type { RepositorySubjects } from "./repository-subjects";
import type { ChainedRoles } from "./resolve-chain";
import { findTwins, type AccountDraft } from "./resolve-account";
import { checkReach } from "./resolve-organization";
import { pathOfPublished } from "./resolve-publish";
import { resolveEnvironmentRole, resolveRepositoryRole, type RoleContext } from "./resolve-role";
import type { States } from "./resolve-states";
import { accountNamed, accountsOfRole, listed, MAX_ROLES, type RoleAccount } from "./role-accounts";
import type { AccessConfig, EnvironmentConfig, EnvironmentRoleConfig, RepositoryConfig } from "./schema";
import type { StackOrder } from "./stack-order";
import type { ValueNames } from "./value-names";

/** What a repository is resolved with. */
export interface RepositoryContext {
  readonly github: GithubAccess;
  readonly accounts: ReadonlyMap<string, AccountDraft>;
  readonly states: States;
  readonly subjects: RepositorySubjects;
  readonly chain: ChainedRoles;
  readonly policies: PolicyFiles;
  readonly repositories: AccessConfig["repositories"];
  /** Names of values, of the whole file. */
  readonly names: ValueNames;
  readonly order: StackOrder;
  /** How many roles there are so far. */
  readonly count: { roles: number };
  /** Where the file has what messages tell of. */
  readonly written: Written;
  readonly report: (problem: Problem) => void;
}

/** Puts a repository's environments and roles into the accounts that they belong to. */
export function resolveRepository(name: string, repository: RepositoryConfig, context: RepositoryContext): void {
  const path: Path = ["repositories", name];
  const isImpossible =
    repository.visibility === "internal" && context.github.plan !== undefined && context.github.plan !== "enterprise";
  const visibility = isImpossible ? "private" : (repository.visibility ?? "private");
  if (isImpossible)
    context.report({
      path: [...path, "visibility"],
      message: `"internal" repositories exist only on GitHub Enterprise, and "plan" is "${context.github.plan}": use "private" or "public"`,
    });
  resolveValues(name, repository, path, context);
  const environments = Object.entries(repository.environments ?? {});
  findTwins(
    environments.map(([each]) => [each, [...path, "environments", each]]),
    (each) => `environment ${quote(each)}`,
    context.report,
    { atKey: true },
  );
  for (const [each, config] of environments)
    resolveEnvironment(name, visibility, each, config ?? {}, [...path, "environments", each], context);
  protectBranches(name, visibility, repository, path, context);
  checkRenames(
    Object.entries(repository.environments ?? {}).map(([each, config]) => [each, config?.formerly]),
    "environment",
    [...path, "environments"],
    context,
  );
  checkRenames(
    Object.entries(repository.roles ?? {}).map(([each, config]) => [each, config.formerly]),
    "role",
    [...path, "roles"],
    context,
  );
  // A repository may have things in every account.
  if (repository.formerly !== undefined)
    for (const account of context.accounts.values()) noteRename(name, undefined, repository.formerly, account);
  for (const [key, config] of Object.entries(repository.roles ?? {})) {
    const rolePath: Path = [...path, "roles", key];
    const accounts = accountsOfRole(config, rolePath, context);
    for (const { account } of accounts) noteRename(name, { role: key }, config.formerly, account);
    for (const each of roleContexts(name, rolePath, accounts, context, config.split ? config.allow.length : 1)) {
      for (const role of resolveRepositoryRole(config, key, each)) {
        each.account.roles.push(role);
        takeNames(role, config, path, each, context);
      }
    }
  }
}

function noteRename(
  repository: string,
  scope: RenameAccess["scope"],
  formerly: string | undefined,
  account: AccountDraft,
): void {
  if (formerly !== undefined) account.renames.push({ repository, scope, formerly });
}

/** What moves away from a name leaves it empty: nothing else may be there, nor two have come from there. */
export function checkRenames(
  renames: readonly (readonly [name: string, formerly: string | undefined])[],
  kind: string,
  path: Path,
  { report }: Pick<RepositoryContext, "report">,
): void {
  const names = new Set(renames.map(([name]) => name));
  const froms = renames.flatMap(([name, formerly]): [string, Path][] =>
    formerly === undefined ? [] : [[formerly, [...path, name, "formerly"]]],
  );
  for (const [from, place] of froms)
    if (names.has(from))
      report({
        path: place,
        message: `${quote(from)} is the name of ${kind === "environment" ? "an" : "a"} ${kind} that is there, at ${renderPath([...path, from])}: rename one thing at a time, and apply in between`,
      });
  findTwins(froms, (from) => `former name ${quote(from)}`, report, {
    regardsCase: true,
    remedy: "one thing cannot have become two",
  });
}

/** The branches to protect, in the stack of the repository's account. */
function protectBranches(
  repository: string,
  visibility: Visibility,
  { protectBranches: branches, account: named }: RepositoryConfig,
  path: Path,
  context: RepositoryContext,
): void {
  if (!branches) return;
  const place: Path = [...path, "protectBranches"];
  const problem = branchProtectionProblem(context.github.plan, visibility);
  if (problem !== undefined) context.report({ path: place, message: problem });
  findTwins(
    branches.map((branch, index) => [branch, [...place, index]]),
    (branch) => `branch ${quote(branch)}`,
    context.report,
    { regardsCase: true },
  );
  const account = accountNamed(named, [...path, "account"], place, context);
  account?.protectedBranches.push(...sorted(branches).map((branch) => ({ repository, branch })));
}

/** Puts the repository's own variables and secrets into the account whose stack sets them. */
function resolveValues(
  name: string,
  { account, variables = {}, secrets = {} }: RepositoryConfig,
  path: Path,
  context: RepositoryContext,
): void {
  const hasNone = Object.keys(variables).length + Object.keys(secrets).length === 0;
  if (hasNone && account === undefined) return;
  const owner = accountNamed(account, [...path, "account"], path, context);
  const place = { repository: name };
  takeGivenNames({ variables, secrets }, place, path, context);
  for (const [variable, value] of Object.entries(variables))
    owner?.values.push({ kind: "variable", name: variable, place, value });
  for (const [secret, source] of Object.entries(secrets))
    owner?.values.push({ kind: "secret", name: secret, place, source });
}

/** Takes the names of what the file itself gives an environment or repository. */
function takeGivenNames(
  { variables = {}, secrets = {} }: Pick<EnvironmentConfig, "variables" | "secrets">,
  place: ValuePlace,
  path: Path,
  { names }: RepositoryContext,
): void {
  for (const name of Object.keys(variables))
    names.take(place, path, { kind: "variable", name, path: [...path, "variables", name] });
  for (const name of Object.keys(secrets))
    names.take(place, path, { kind: "secret", name, path: [...path, "secrets", name] });
}

/** One for each account of a role. What is wrong in all of them is told once. @param parts most roles that it may become in an account */
function roleContexts(
  repository: string,
  path: Path,
  accounts: readonly RoleAccount[],
  { github, states, subjects, chain, policies, count, written, report }: RepositoryContext,
  parts = 1,
): RoleContext[] {
  const before = count.roles;
  count.roles += accounts.length * parts;
  if (count.roles > MAX_ROLES) {
    if (before <= MAX_ROLES)
      report({
        path,
        atKey: true,
        message: `with this there are over ${MAX_ROLES} roles in all accounts together: make several files of this one`,
      });
    return [];
  }
  const told = accounts.length > 1 ? onceEach(report) : report;
  return accounts.map(({ account, suffix }) => ({
    owner: github.owner,
    repository,
    path,
    account,
    suffix,
    states,
    subjects,
    chain,
    policies,
    written,
    report: told,
  }));
}

/** Takes the names of what a role publishes. @param home where the environment or repository stands */
function takeNames(
  role: RoleAccess,
  { publish }: EnvironmentRoleConfig,
  home: Path,
  { path, suffix, report }: RoleContext,
  context: RepositoryContext,
): void {
  const values = [...role.publish.entries()];
  // The region first: where both have one name it is the ARN's that can be another.
  if (!Array.isArray(publish)) values.reverse();
  for (const [index, { kind, name, value, place }] of values) {
    const where = pathOfPublished(publish, index, path);
    context.names.take(place, home, { kind, name, path: where, account: suffix, fact: value });
    if ("organization" in place) checkReach(place.organization, [...where, "organization"], { ...context, report });
  }
}

/** A role of an environment, with the accounts that it is in. */
interface EnvironmentRole {
  readonly config: EnvironmentRoleConfig;
  readonly key: string | undefined;
  /** Key that it had before. */
  readonly formerly: string | undefined;
  readonly path: Path;
  readonly accounts: readonly RoleAccount[];
}

function resolveEnvironment(
  repository: string,
  visibility: Visibility,
  name: string,
  config: EnvironmentConfig,
  path: Path,
  context: RepositoryContext,
): void {
  checkProtection(config, visibility, path, context);
  const own =
    config.account === undefined ? undefined : accountNamed(config.account, [...path, "account"], path, context);
  const roles = rolesOf(config, path, own, context);
  const owner = owningAccount(config, own, roles, path, context);
  if (!owner) return;
  takeGivenNames(config, { repository, environment: name }, path, context);
  for (const { config: roleConfig, key, path: rolePath, accounts } of roles) {
    for (const each of roleContexts(repository, rolePath, accounts, context)) {
      const role = resolveEnvironmentRole(roleConfig, { environment: name, key }, each);
      each.account.roles.push(role);
      takeNames(role, roleConfig, path, each, context);
      if (each.account !== owner && role.publish.some(({ place }) => "environment" in place))
        context.order.wait(each.account.name, owner.name, [...path, "account"]);
    }
  }
  checkRenames(
    Object.entries(config.roles ?? {}).map(([key, each]) => [key, each.formerly]),
    "role",
    [...path, "roles"],
    context,
  );
  for (const { key, formerly, accounts } of roles)
    for (const { account } of accounts) noteRename(repository, { environment: name, key }, formerly, account);
  for (const account of new Set([owner, ...roles.flatMap(({ accounts }) => accounts.map((each) => each.account))]))
    noteRename(repository, { environment: name, key: undefined }, config.formerly, account);
  owner.environments.push({
    repository,
    visibility,
    name,
    protection: {
      reviewers: { teams: sorted(config.reviewers?.teams), users: sorted(config.reviewers?.users) },
      waitTimer: config.waitTimer ?? 0,
      preventSelfReview: config.preventSelfReview ?? false,
      // Where the plan has no rules to bypass, GitHub refuses the setting as well.
      adminsCanBypass: config.adminsCanBypass ?? !grantsProtectionRules(context.github.plan, visibility),
      deployFrom:
        config.deployFrom === undefined || config.deployFrom === "protectedBranches"
          ? config.deployFrom
          : { branches: sorted(config.deployFrom.branches), tags: sorted(config.deployFrom.tags) },
    },
    variables: config.variables ?? {},
    secrets: config.secrets ?? {},
  } satisfies EnvironmentAccess);
}

/** @param own the environment's own account: that of the roles that name none */
function rolesOf(
  { role, roles = {} }: EnvironmentConfig,
  path: Path,
  own: AccountDraft | undefined,
  context: RepositoryContext,
): EnvironmentRole[] {
  const all = [
    ...(role ? [{ config: role, key: undefined, formerly: undefined, path: [...path, "role"] }] : []),
    ...Object.entries(roles).map(([key, config]) => ({
      config,
      key,
      formerly: config.formerly,
      path: [...path, "roles", key],
    })),
  ];
  return all.map((each) => ({ ...each, accounts: accountsOfRole(each.config, each.path, context, own) }));
}

/** An environment has one owner: the account of its only role, or the one that it names. */
function owningAccount(
  config: EnvironmentConfig,
  own: AccountDraft | undefined,
  roles: readonly EnvironmentRole[],
  path: Path,
  context: RepositoryContext,
): AccountDraft | undefined {
  if (roles.length === 0) return config.account === undefined ? accountNamed(undefined, path, path, context) : own;
  const [first, ...others] = new Set(roles.flatMap(({ accounts }) => accounts.map(({ account }) => account)));
  if (own && first && own !== first && config.role?.account !== undefined && config.roles === undefined) {
    context.report({
      path: [...path, "account"],
      message: `account ${quote(own.name)}, and the role at ${renderPath(context.written([...path, "role", "account"]))} is in ${quote(first.name)}: an environment belongs to the account of its role, leave this "account" out`,
    });
    return first;
  }
  if (config.account !== undefined || others.length === 0) return own ?? first;
  context.report({
    path,
    atKey: true,
    isLack: true,
    message: `its roles are in several accounts, and no "account" says whose stack makes the environment: name ${listed([first, ...others].map((each) => each?.name ?? ""))}`,
  });
  return undefined;
}

function checkProtection(
  config: EnvironmentConfig,
  visibility: Visibility,
  path: Path,
  { github, report }: RepositoryContext,
): void {
  for (const { key, message } of planProblems(config, github.plan, visibility))
    report({ path: key === undefined ? path : [...path, key], atKey: key === undefined, message });
  const { reviewers, deployFrom } = config;
  const count = reviewerCount(reviewers);
  if (count > MAX_REVIEWERS)
    report({
      path: [...path, "reviewers"],
      message: `${count} reviewers: GitHub accepts at most ${MAX_REVIEWERS} users and teams together, name a team instead of its members`,
    });
  if (reviewers && count === 0)
    report({
      path: [...path, "reviewers"],
      isLack: true,
      message: '"reviewers" names nobody: name a team or user, or leave it out',
    });
  for (const kind of ["teams", "users"] as const)
    findTwins(
      (reviewers?.[kind] ?? []).map((who, index) => [who, [...path, "reviewers", kind, index]]),
      (who) => `reviewer ${quote(who)}`,
      report,
    );
  if (config.preventSelfReview && count === 0)
    report({
      path: [...path, "preventSelfReview"],
      message: '"preventSelfReview" without reviewers does nothing: name reviewers, or leave it out',
    });
  if (deployFrom === undefined || deployFrom === "protectedBranches") return;
  if (!deployFrom.branches?.length && !deployFrom.tags?.length)
    report({
      path: [...path, "deployFrom"],
      isLack: true,
      message: '"deployFrom" has no pattern, so nothing could deploy: name branches or tags, or leave it out',
    });
  for (const kind of ["branches", "tags"] as const)
    findTwins(
      (deployFrom[kind] ?? []).map((pattern, index) => [pattern, [...path, "deployFrom", kind, index]]),
      (pattern) => `pattern ${quote(pattern)}`,
      report,
      { regardsCase: true },
    );
}

const sorted = (names: readonly string[] | undefined): string[] => [...(names ?? [])].sort();
