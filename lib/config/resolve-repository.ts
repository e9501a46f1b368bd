import { MAX_ENVIRONMENT_VALUES, MAX_REVIEWERS, branchProtectionProblem, grantsProtectionRules, planProblems, reviewerCount, type Visibility } from "../github/protection";
import type { EnvironmentAccess, GithubAccess, RenameAccess, RoleAccess } from "./account-access";
import type { PolicyFiles } from "./policy-file";
import { REGION_VARIABLE } from "./published-names";
import { quote, renderPath, type Path, type Problem } from "./problem";
import type { RepositorySubjects } from "./repository-subjects";
import type { ChainedRoles } from "./resolve-chain";
import { findTwins, type AccountDraft } from "./resolve-account";
import { resolveEnvironmentRole, resolveRepositoryRole, type RoleContext } from "./resolve-role";
import { nearest } from "./nearest";
import type { EnvironmentConfig, RepositoryConfig } from "./schema";

/** What a repository is resolved with. */
export interface RepositoryContext {
  readonly github: GithubAccess;
  readonly accounts: ReadonlyMap<string, AccountDraft>;
  readonly subjects: RepositorySubjects;
  readonly chain: ChainedRoles;
  readonly policies: PolicyFiles;
  readonly report: (problem: Problem) => void;
}

/** Puts a repository's environments and roles into the accounts that they belong to. */
export function resolveRepository(name: string, repository: RepositoryConfig, context: RepositoryContext): void {
  const path: Path = ["repositories", name];
  const isImpossible = repository.visibility === "internal" && context.github.plan !== undefined && context.github.plan !== "enterprise";
  const visibility = isImpossible ? "private" : (repository.visibility ?? "private");
  if (isImpossible)
    context.report({ path: [...path, "visibility"], message: `"internal" repositories exist only on GitHub Enterprise, and "plan" is "${context.github.plan}": use "private" or "public"` });
  const environments = Object.entries(repository.environments ?? {});
  findTwins(environments.map(([each]) => [each, [...path, "environments", each]]), (each) => `environment ${quote(each)}`, context.report, { atKey: true });
  for (const [each, config] of environments) resolveEnvironment(name, visibility, each, config ?? {}, [...path, "environments", each], context);
  protectBranches(name, visibility, repository, path, context);
  checkRenames(Object.entries(repository.environments ?? {}).map(([each, config]) => [each, config?.formerly]), "environment", [...path, "environments"], context);
  checkRenames(Object.entries(repository.roles ?? {}).map(([each, config]) => [each, config.formerly]), "role", [...path, "roles"], context);
  // A repository may have things in every account.
  if (repository.formerly !== undefined) for (const account of context.accounts.values()) noteRename(name, undefined, repository.formerly, account);
  const published = new Map<string, Path>();
  for (const [key, config] of Object.entries(repository.roles ?? {})) {
    const rolePath: Path = [...path, "roles", key];
    const account = accountOf(config.account, [...rolePath, "account"], rolePath, context);
    if (!account) continue;
    const role = resolveRepositoryRole(config, key, roleContext(name, rolePath, account, context));
    account.roles.push(role);
    noteRename(name, { role: key }, config.formerly, account);
    if (role.publish) claimName(published, role.publish.kind, role.publish.name, [...rolePath, "publish"], context);
  }
}

function noteRename(repository: string, scope: RenameAccess["scope"], formerly: string | undefined, account: AccountDraft): void {
  if (formerly !== undefined) account.renames.push({ repository, scope, formerly });
}

/** What moves away from a name leaves it empty: nothing else may be there, nor two have come from there. */
export function checkRenames(renames: readonly (readonly [name: string, formerly: string | undefined])[], kind: string, path: Path, { report }: Pick<RepositoryContext, "report">): void {
  const names = new Set(renames.map(([name]) => name));
  const froms = renames.flatMap(([name, formerly]): [string, Path][] => (formerly === undefined ? [] : [[formerly, [...path, name, "formerly"]]]));
  for (const [from, place] of froms)
    if (names.has(from)) report({ path: place, message: `${quote(from)} is the name of ${kind === "environment" ? "an" : "a"} ${kind} that is there, at ${renderPath([...path, from])}: rename one thing at a time, and apply in between` });
  findTwins(froms, (from) => `former name ${quote(from)}`, report, { regardsCase: true, remedy: "one thing cannot have become two" });
}

/** The branches to protect, in the stack of the repository's account. */
function protectBranches(repository: string, visibility: Visibility, { protectBranches: branches, account: named }: RepositoryConfig, path: Path, context: RepositoryContext): void {
  if (!branches) return;
  const place: Path = [...path, "protectBranches"];
  const problem = branchProtectionProblem(context.github.plan, visibility);
  if (problem !== undefined) context.report({ path: place, message: problem });
  findTwins(branches.map((branch, index) => [branch, [...place, index]]), (branch) => `branch ${quote(branch)}`, context.report, { regardsCase: true });
  const account = accountOf(named, [...path, "account"], place, context);
  account?.protectedBranches.push(...sorted(branches).map((branch) => ({ repository, branch })));
}

const roleContext = (repository: string, path: Path, account: AccountDraft, context: RepositoryContext): RoleContext => ({ owner: context.github.owner, repository, path, account, subjects: context.subjects, chain: context.chain, policies: context.policies, report: context.report });

/** The account named, or the only one; reports what is wrong with the name. */
function accountOf(name: string | undefined, path: Path, parent: Path, { accounts, report }: RepositoryContext): AccountDraft | undefined {
  if (name === undefined) {
    const [only, ...others] = accounts.values();
    if (others.length > 0) report({ path: parent, atKey: true, isLack: true, message: `no "account" says where this belongs: name ${listed(accounts.keys())}` });
    return others.length > 0 ? undefined : only;
  }
  const account = accounts.get(name);
  if (account) return account;
  const meant = nearest(name, accounts.keys());
  report({ path, message: `unknown account ${quote(name)}: ${meant === undefined ? `name ${listed(accounts.keys())}` : `did you mean "${meant}"?`}` });
  return undefined;
}

/** `one of staging, production`: not all of a hundred. */
function listed(names: Iterable<string>): string {
  const all = [...names];
  return `one of ${all.slice(0, 10).join(", ")}${all.length > 10 ? `, … (${all.length} stand under "accounts")` : ""}`;
}

function resolveEnvironment(repository: string, visibility: Visibility, name: string, config: EnvironmentConfig, path: Path, context: RepositoryContext): void {
  checkProtection(config, visibility, path, context);
  const account = owningAccount(config, path, context);
  if (!account) return;
  const role = config.role ? resolveEnvironmentRole(config.role, name, roleContext(repository, [...path, "role"], account, context)) : undefined;
  if (role) account.roles.push(role);
  noteRename(repository, { environment: name }, config.formerly, account);
  checkValues(config, role, path, context);
  account.environments.push({
    repository,
    visibility,
    name,
    protection: {
      reviewers: { teams: sorted(config.reviewers?.teams), users: sorted(config.reviewers?.users) },
      waitTimer: config.waitTimer ?? 0,
      preventSelfReview: config.preventSelfReview ?? false,
      // Where the plan has no rules to bypass, GitHub refuses the setting as well.
      adminsCanBypass: config.adminsCanBypass ?? !grantsProtectionRules(context.github.plan, visibility),
      deployFrom: config.deployFrom === undefined || config.deployFrom === "protectedBranches" ? config.deployFrom : { branches: sorted(config.deployFrom.branches), tags: sorted(config.deployFrom.tags) },
    },
    variables: config.variables ?? {},
    secrets: Object.fromEntries(Object.entries(config.secrets ?? {}).map(([secret, { fromVariable }]) => [secret, fromVariable])),
  } satisfies EnvironmentAccess);
}

/** An environment has one owner: the account of its role, or the one that it names. */
function owningAccount(config: EnvironmentConfig, path: Path, context: RepositoryContext): AccountDraft | undefined {
  const own = config.account === undefined ? undefined : accountOf(config.account, [...path, "account"], path, context);
  if (!config.role) return own ?? (config.account === undefined ? accountOf(undefined, path, path, context) : undefined);
  if (config.role.account === undefined && own) return own;
  const ofRole = accountOf(config.role.account, [...path, "role", "account"], [...path, "role"], context);
  if (own && ofRole && own !== ofRole)
    context.report({ path: [...path, "account"], message: `account ${quote(config.account)}, and the role at ${renderPath([...path, "role", "account"])} is in ${quote(config.role.account)}: an environment belongs to the account of its role, leave this "account" out` });
  return ofRole;
}

function checkProtection(config: EnvironmentConfig, visibility: Visibility, path: Path, { github, report }: RepositoryContext): void {
  for (const { key, message } of planProblems(config, github.plan, visibility)) report({ path: key === undefined ? path : [...path, key], atKey: key === undefined, message });
  const { reviewers, deployFrom } = config;
  const count = reviewerCount(reviewers);
  if (count > MAX_REVIEWERS) report({ path: [...path, "reviewers"], message: `${count} reviewers: GitHub takes at most ${MAX_REVIEWERS} users and teams together, name a team instead of its members` });
  if (reviewers && count === 0) report({ path: [...path, "reviewers"], isLack: true, message: '"reviewers" names nobody: name a team or user, or leave it out' });
  for (const kind of ["teams", "users"] as const) findTwins((reviewers?.[kind] ?? []).map((who, index) => [who, [...path, "reviewers", kind, index]]), (who) => `reviewer ${quote(who)}`, report);
  if (config.preventSelfReview && count === 0) report({ path: [...path, "preventSelfReview"], message: '"preventSelfReview" without reviewers does nothing: name reviewers, or leave it out' });
  if (deployFrom === undefined || deployFrom === "protectedBranches") return;
  if (!deployFrom.branches?.length && !deployFrom.tags?.length) report({ path: [...path, "deployFrom"], isLack: true, message: '"deployFrom" has no pattern, so nothing could deploy: name branches or tags, or leave it out' });
  for (const kind of ["branches", "tags"] as const) findTwins((deployFrom[kind] ?? []).map((pattern, index) => [pattern, [...path, "deployFrom", kind, index]]), (pattern) => `pattern ${quote(pattern)}`, report, { regardsCase: true });
}

/** Names within the environment: given, and published for its role. */
function checkValues(config: EnvironmentConfig, role: RoleAccess | undefined, path: Path, context: RepositoryContext): void {
  const taken = new Map<string, Path>();
  for (const name of Object.keys(config.variables ?? {})) claimName(taken, "variable", name, [...path, "variables", name], context);
  for (const name of Object.keys(config.secrets ?? {})) claimName(taken, "secret", name, [...path, "secrets", name], context);
  if (role?.publish) {
    const place: Path = config.role?.publish === undefined ? [...path, "role"] : [...path, "role", "publish"];
    claimName(taken, "variable", REGION_VARIABLE, place, context, "take that away, the role's region goes there");
    claimName(taken, role.publish.kind, role.publish.name, place, context);
  }
  for (const kind of ["variable", "secret"] as const) {
    const count = [...taken.keys()].filter((each) => each.startsWith(kind)).length;
    if (count > MAX_ENVIRONMENT_VALUES) context.report({ path, atKey: true, message: `${count} ${kind}s: GitHub keeps at most ${MAX_ENVIRONMENT_VALUES} in an environment, take some away` });
  }
}

/** @param remedy what to do where the name is taken; two names that clash under one path are a role's ARN and region. */
function claimName(taken: Map<string, Path>, kind: "variable" | "secret", name: string, path: Path, { report }: RepositoryContext, remedy = anotherName(kind)): void {
  const twin = taken.get(`${kind} ${name}`);
  if (twin) report({ path, message: `${kind} ${quote(name)} is also ${twin === path ? "the role's region" : `set at ${renderPath(twin)}`}: ${remedy}` });
  else taken.set(`${kind} ${name}`, path);
}

const anotherName = (kind: "variable" | "secret"): string => `publish the ARN under another name, as in "publish: {${kind}: NAME}"`;

const sorted = (names: readonly string[] | undefined): string[] => [...(names ?? [])].sort();
