import fc from "fast-check";
import { defaultAudience, partitionOf } from "../../lib/aws/partition";
import { roleNameRule, sessionNameRule } from "../../lib/aws/role-rules";
import { knowsGithubClaims } from "../../lib/aws/condition-keys";
import type { AccessConfig, AccountConfig, EnvironmentConfig, EnvironmentRoleConfig, RepositoryConfig, RepositoryRoleConfig, SubjectsConfig } from "../../lib/config/schema";
import { githubInstance } from "../../lib/github/issuer";
import { environmentNameRule, refNameRule, repositoryNameRule, type NameRule } from "../../lib/github/names";
import { grantsProtectionRules, VISIBILITIES, type Visibility } from "../../lib/github/protection";

/** What repositories and roles are made for. */
type World = Pick<AccessConfig, "github" | "accounts">;

const text = (alphabet: string, rule: NameRule = () => undefined, maxLength = 8): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength }).filter((each) => rule(each) === undefined && each !== "__proto__");

/** An object whose keys differ in more than case, as GitHub and AWS ask for. */
const named = <T>(name: fc.Arbitrary<string>, value: fc.Arbitrary<T>, maxKeys: number, minKeys = 0): fc.Arbitrary<Record<string, T>> =>
  fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key.toLowerCase(), minLength: minKeys, maxLength: maxKeys }).map((entries) => Object.fromEntries(entries));

/** Names that differ in more than case. */
const names = (name: fc.Arbitrary<string>, maxLength: number, minLength = 0): fc.Arbitrary<string[]> => fc.uniqueArray(name, { selector: (each) => each.toLowerCase(), minLength, maxLength });

/** Some of the keys of a record, or all. */
const partly = <T extends object>(model: { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> }): fc.Arbitrary<Partial<T>> => fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const digits = (length: number): fc.Arbitrary<string> => fc.bigInt({ min: 10n ** BigInt(length - 1), max: 10n ** BigInt(length) - 1n }).map(String);
const login = fc.constantFrom("octo-org", "octocat", "Hubot", "o", "octo_acme", "a".repeat(39));
const slug = text("ab0_-").filter((each) => /^[a-z0-9_].*[a-z0-9_]$/.test(each));
const repositoryName = fc.oneof(fc.constantFrom("web-shop", "ci", "constructor", "toString"), text("aB1_-.", repositoryNameRule));
const environmentName = fc.oneof(fc.constantFrom("production", "staging", "hasOwnProperty"), text("aB0_-/:. é日%$'\"\\#&*", environmentNameRule));
const key = text("aB0").chain((first) => text("aB0_-").map((rest) => `${first}${rest}`));
const valueName = text("AB0_").map((name) => `V_${name}`);
/** Whatever a variable may hold: quotes, lines, the marks of YAML and Terraform. */
const value = fc.oneof(
  fc.constantFrom("info", "no", "~", "0123", "1e3", "2026-11-20", "${x}", "%{x}", "- a", "a: b", " # x", "'", '"', "\\", "line\nline\n", "\ttab", "日本 👩‍🚀", "&a *b !c", "a ".repeat(100)),
  fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }).filter((each) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u.test(each)),
);
const ref = fc.oneof(fc.constantFrom("main", "release/*", "v?"), text("aB1/_-*?.", refNameRule));
const branchName = fc.constantFrom("main", "dev", "release/1");
const policyDocument = fc.constantFrom("*", "arn:aws:s3:::home/${aws:username}/*", "arn:{{partition}}:s3:{{region}}:{{accountId}}:*").map((resource) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: resource }] }));

const subjects = fc.constantFrom<SubjectsConfig>("lookup", "name", "immutable", "both", { both: { until: "2999-12-31" } });
const isBoth = (mode: SubjectsConfig | undefined): boolean => mode === "both" || typeof mode === "object";

const github: fc.Arbitrary<AccessConfig["github"]> = fc
  .record({
    owner: login,
    instance: fc.constantFrom<{ host?: string; enterpriseSlug?: string }>({}, { host: "github.com" }, { enterpriseSlug: "octo" }, { host: "octo.ghe.com" }, { host: "github.example.com" }),
    settings: partly<AccessConfig["github"]>({ owner: login, host: fc.constant("github.com"), enterpriseSlug: fc.constant("octo"), plan: fc.constantFrom("free", "pro", "team", "enterprise"), ownerId: digits(5), subjects }),
    withIds: fc.boolean(),
  })
  .map(({ owner, instance, settings: { plan, ownerId, subjects }, withIds }) => {
    const needsIds = subjects === "immutable" || (isBoth(subjects) && (withIds || instance.host === "github.example.com"));
    return { owner, ...instance, ...(plan && { plan }), ...(subjects && { subjects }), ...((ownerId ?? needsIds) && { ownerId: ownerId ?? "65" }) };
  });

const account: fc.Arbitrary<AccountConfig> = fc.tuple(digits(12), fc.constantFrom("eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1")).chain(([id, region]) => {
  const arn = (resource: string): fc.Arbitrary<string> => fc.constant(`arn:${partitionOf(region)}:iam::${id}:${resource}`);
  return partly<AccountConfig>({
    id: fc.constant(id),
    region: fc.constant(region),
    oidcProvider: fc.constantFrom("create", "existing"),
    audiences: fc.uniqueArray(fc.constantFrom(defaultAudience(partitionOf(region)), "octo"), { minLength: 1 }),
    claimKeys: fc.constant("asserted"),
    permissionsBoundary: arn("policy/boundary"),
    exclusive: fc.boolean(),
    rolePath: fc.constantFrom("/", "/github/"),
    tags: named(text("aé 0:"), text("aé 0:"), 2),
    preventDestroy: fc.boolean(),
    assumeRole: arn("role/terraform"),
    trustPolicyQuota: fc.integer({ min: 2_048, max: 8_192 }),
    backend: fc.constant({ s3: { bucket: "octo-state", key: `${id}.tfstate`, region, useLockfile: true } }),
  }).map((settings) => ({ ...settings, id, region }));
});

const accounts: fc.Arbitrary<AccessConfig["accounts"]> = named(fc.oneof(fc.constantFrom("staging", "production"), key.filter((name) => !(name in Object.prototype))), account, 3, 1).filter((each) => {
  const ids = Object.values(each).map(({ id }) => id);
  return new Set(ids).size === ids.length;
});

const suppress = named(
  fc.constantFrom("L7", "L17", "L120"),
  fc.oneof(fc.constant("a known reason"), fc.constant({ reason: "until the move is done" }), fc.constantFrom("2026-12-31", "2028-02-29", "2020-01-01").map((until) => ({ reason: "for the time being", until }))),
  2,
);

/** What the roles of one account can have. */
function roleParts(world: World, name: string): { [K in keyof EnvironmentRoleConfig]-?: fc.Arbitrary<Exclude<EnvironmentRoleConfig[K], undefined>> } {
  const { id = "", region = "" } = world.accounts[name] ?? {};
  return {
    account: fc.constant(name),
    name: text("aB0+=,.@_-", roleNameRule),
    description: value.filter((each) => /^[\t\n\u0020-\u007e\u00a1-\u00ff]+$/.test(each)),
    sessionDuration: fc.constantFrom("1h", "90m", "1h30m", "12h", 3_600, 43_200),
    sessionName: text("aB0=,.@_*?-", sessionNameRule),
    assumes: fc.constantFrom([]),
    alsoTrusts: fc.uniqueArray(
      fc.constantFrom<NonNullable<EnvironmentRoleConfig["alsoTrusts"]>[number]>({ account: "444455556666" }, { account: "444455556666", externalId: "octo", tagSession: true }, { role: `arn:${partitionOf(region)}:iam::444455556666:role/x/y` }, { service: "ecs-tasks.amazonaws.com" }, { service: "ec2.amazonaws.com", sourceAccount: false }),
      { maxLength: 1 },
    ),
    managedPolicies: fc.uniqueArray(fc.constantFrom("ReadOnlyAccess", "job-function/ViewOnlyAccess", `arn:${partitionOf(region)}:iam::${id}:policy/own`)),
    customerPolicies: named(text("aB0_=,.@+-"), policyDocument, 2),
    permissionsBoundary: fc.constantFrom(`arn:${partitionOf(region)}:iam::${id}:policy/own-boundary`, `arn:${partitionOf(region)}:iam::aws:policy/PowerUserAccess`),
    exclusive: fc.boolean(),
    inlinePolicies: named(text("aB0_=,.@+-"), policyDocument, 2),
    suppress,
    publish: fc.constantFrom(false as const, { variable: "ROLE" }, { secret: "ROLE" }),
    // The letters are not those of the accounts' tags, from which they must differ in more than case.
    tags: named(text("xyz"), text("aé 0:"), 2),
  };
}

/** The account of a role or environment; where there is only one it need not be named. */
function inAccount<T extends { readonly account?: string }>(world: World, make: (name: string) => fc.Arbitrary<T>): fc.Arbitrary<T> {
  const all = Object.keys(world.accounts);
  return fc.constantFrom(...all).chain((name) =>
    fc.tuple(make(name), fc.boolean()).map(([{ account, ...rest }, isNamed]) => (all.length > 1 || isNamed ? { ...rest, account: account ?? name } : rest) as T),
  );
}

const environmentRole = (world: World): fc.Arbitrary<EnvironmentRoleConfig> => inAccount(world, (name) => partly<EnvironmentRoleConfig>(roleParts(world, name)));

type AllowEntry = RepositoryRoleConfig["allow"][number];

function allowEntry(world: World, name: string): fc.Arbitrary<AllowEntry> {
  const { host, enterpriseSlug, subjects } = world.github;
  const hasClaims = world.accounts[name]?.claimKeys === "asserted" || knowsGithubClaims(githubInstance(host, enterpriseSlug).issuer, partitionOf(world.accounts[name]?.region ?? ""));
  const needsIds = subjects === "immutable" || isBoth(subjects);
  const plain = fc.oneof<fc.Arbitrary<AllowEntry>[]>(
    ref.map((branch) => ({ branch })),
    ref.map((tag) => ({ tag })),
    text("aB0:/ ", environmentNameRule).map((environment) => ({ environment })),
    fc.constantFrom<AllowEntry>({ pullRequest: true }, { any: true }, { mergeQueue: "main" }),
    fc.constantFrom<AllowEntry>(...(needsIds ? [] : [{ branch: "main", repository: "ci-of-others" }, { branch: "main", repository: "other/ci" }]), { any: true }),
  );
  const raw: fc.Arbitrary<AllowEntry> = fc.constantFrom({ subject: "repo:octo-org/raw:environment:x" }, { subject: "repo:octo-org@1/raw@2:*" }, { subject: "repository_id:74:environment:x" });
  const conditions: fc.Arbitrary<AllowEntry> = fc.constantFrom<AllowEntry>({}, { claims: { actor: "octocat" } }, { claims: { actor_id: "1", enterprise_id: "2" } }, { claims: { ref: ["refs/heads/main", "refs/tags/*"], workflow: "CI" } }, { claims: { repository: "octo-org/*", repository_id: "3" } }, { claims: { repository_owner_id: ["1", "2"] } }, { workflow: "octo-org/ci/.github/workflows/release.yml@refs/heads/*" });
  const withConditions = hasClaims ? fc.tuple(plain, conditions).map(([jobs, others]) => ({ ...jobs, ...others })) : plain;
  return fc.oneof({ weight: 4, arbitrary: withConditions }, { weight: 1, arbitrary: raw });
}

const repositoryRole = (world: World): fc.Arbitrary<RepositoryRoleConfig> =>
  inAccount(world, (name) => fc.tuple(partly<EnvironmentRoleConfig>(roleParts(world, name)), fc.array(allowEntry(world, name), { minLength: 1, maxLength: 2 })).map(([{ publish: _, ...role }, allow]) => ({ ...role, allow })));

function protection(plan: World["github"]["plan"], visibility: Visibility): fc.Arbitrary<Partial<EnvironmentConfig>> {
  const deployFrom = fc.oneof(
    fc.constant("protectedBranches" as const),
    fc.uniqueArray(ref, { minLength: 1, maxLength: 3 }).map((branches) => ({ branches })),
    fc.uniqueArray(ref, { minLength: 1, maxLength: 3 }).map((tags) => ({ tags, branches: [] })),
  );
  if (!grantsProtectionRules(plan, visibility)) return partly<Pick<EnvironmentConfig, "adminsCanBypass" | "deployFrom">>({ adminsCanBypass: fc.constant(true), deployFrom });
  const reviewers = fc.tuple(names(slug, plan === "pro" ? 0 : 3), names(login, 3, 1)).map(([teams, users]) => (teams.length > 0 ? { teams, users } : { users }));
  return partly<Pick<EnvironmentConfig, "reviewers" | "waitTimer" | "preventSelfReview" | "adminsCanBypass" | "deployFrom">>({
    reviewers,
    waitTimer: fc.integer({ min: 0, max: 43_200 }),
    preventSelfReview: fc.boolean(),
    adminsCanBypass: fc.boolean(),
    deployFrom,
  }).map(({ preventSelfReview, ...rest }) => (rest.reviewers && preventSelfReview !== undefined ? { ...rest, preventSelfReview } : rest));
}

const environment = (world: World, visibility: Visibility): fc.Arbitrary<EnvironmentConfig | null> => {
  const values = partly<Pick<EnvironmentConfig, "variables" | "secrets">>({ variables: named(valueName, value, 3), secrets: named(valueName, text("ab_").map((name) => ({ fromVariable: `s${name}` })), 3) });
  const withRole = environmentRole(world).map((role) => ({ role }));
  const withoutRole = inAccount<EnvironmentConfig>(world, () => fc.constant({}));
  const full = fc.tuple(protection(world.github.plan, visibility), values, fc.oneof(withRole, withoutRole)).map((parts) => Object.assign({}, ...parts) as EnvironmentConfig);
  return Object.keys(world.accounts).length === 1 ? fc.option(full) : full;
};

function repository(world: World): fc.Arbitrary<RepositoryConfig | null> {
  const { plan, subjects: ofGithub, ownerId, host } = world.github;
  const visibilities = VISIBILITIES.filter((each) => each !== "internal" || plan === undefined || plan === "enterprise");
  return fc.constantFrom(...visibilities).chain((visibility) =>
    fc
      .record({
        settings: partly<Omit<RepositoryConfig, "subjectTemplate">>({
          id: digits(6),
          suppress,
          visibility: fc.constant(visibility),
          account: fc.constantFrom(...Object.keys(world.accounts)),
          protectBranches: plan === "pro" || (plan === "free" && visibility !== "public") ? fc.constant([]) : fc.uniqueArray(branchName, { minLength: 1, maxLength: 2 }),
          subjects,
          environments: plan === "free" && visibility !== "public" ? fc.constant({}) : named(environmentName, environment(world, visibility), 3),
          formerly: fc.constant(""),
          roles: named(key, repositoryRole(world), 2),
        }),
        id: digits(6),
        withId: fc.boolean(),
      })
      .map(({ settings: { subjects: own, protectBranches, account: home = Object.keys(world.accounts)[0], ...settings }, id, withId }) => {
        const mode = own ?? ofGithub;
        const needsIds = mode === "immutable" || (isBoth(mode) && (withId || host === "github.example.com"));
        return { ...settings, ...(protectBranches?.length && { protectBranches, account: home }), visibility, ...(needsIds && { id }), ...(own && (!needsIds || ownerId !== undefined) && { subjects: own }) };
      }),
  );
}

/** Lets the first role of a repository assume roles of accounts in its partition. */
function withChain(config: AccessConfig, drawn: readonly boolean[]): AccessConfig {
  const [only = ""] = Object.keys(config.accounts);
  const partition = (name: string): string => partitionOf(config.accounts[name]?.region ?? "");
  const roles = Object.values(config.repositories).flatMap((each) => Object.values(each?.roles ?? {}).slice(0, 1));
  roles.forEach((role, index) => {
    if (!drawn[index]) return;
    const key = `chained-${index}`;
    const account = Object.keys(config.accounts).findLast((name) => partition(name) === partition(role.account ?? only)) ?? only;
    config.chainedRoles = { ...config.chainedRoles, [key]: { account, managedPolicies: ["ReadOnlyAccess"], ...(index === 1 && { description: "for one", sessionDuration: "1h", alsoTrusts: [{ service: "ecs-tasks.amazonaws.com" }] }) } };
    role.assumes = index === 0 ? [key] : [{ role: key, externalId: "octo:1", tagSession: false }];
  });
  return config;
}

/** Two forms of a subject, and principals beside GitHub, may take more room than the default quota has. */
function withRoom(config: AccessConfig): AccessConfig {
  if (/"(?:also|alsoTrusts|subjectTemplate)":/.test(JSON.stringify(config.repositories))) for (const each of Object.values(config.accounts)) each.trustPolicyQuota = Math.max(each.trustPolicyQuota ?? 0, 4_096);
  return config;
}

/** Templates whose values are always known, and one for which each entry must say the event. */
const TEMPLATES: readonly NonNullable<RepositoryConfig["subjectTemplate"]>[] = [
  "default",
  "organization",
  ["repo", "context", "repository_owner"],
  ["repository", "repo", "context"],
  { claims: ["repo", "context", "repository_owner"], also: "default" },
  { claims: "default", also: "organization" },
  ["repo", "context", "event_name"],
];
const template = fc.tuple(fc.constantFrom(...TEMPLATES), fc.boolean());

/** Gives repositories templates, in the account of each, and the organization one where a repository asks for it. */
function withTemplates(config: AccessConfig, drawn: readonly (readonly [NonNullable<RepositoryConfig["subjectTemplate"]>, boolean])[]): AccessConfig {
  const accountNames = Object.keys(config.accounts);
  const owner = accountNames.length > 1 ? { account: accountNames[0] ?? "" } : {};
  Object.values(config.repositories).forEach((each, index) => {
    const [subjectTemplate, isGiven] = drawn[index] ?? [];
    if (!each || subjectTemplate === undefined || !isGiven) return;
    const asksEvent = Array.isArray(subjectTemplate) && subjectTemplate.includes("event_name");
    if (asksEvent && Object.values(each.environments ?? {}).some((environmentConfig) => environmentConfig?.role)) return;
    if (asksEvent) for (const role of Object.values(each.roles ?? {})) for (const entry of role.allow) if (entry.subject === undefined) entry.subjectClaims = { event_name: ["push", "schedule"] };
    Object.assign(each, owner, { subjectTemplate });
    // Two forms of each subject take the room of two entries.
    if ("also" in Object(subjectTemplate)) for (const role of Object.values(each.roles ?? {})) role.allow = role.allow.slice(0, 1);
    if (JSON.stringify(subjectTemplate).includes("organization")) config.organization = { ...owner, subjectTemplate: ["repo", "repository_owner", "context"] };
    for (const role of Object.values(each.roles ?? {})) if (asksEvent) role.allow = role.allow.filter(({ repository: other }, at) => other === undefined || at === 0).map(({ repository: _, ...entry }) => entry);
  });
  return config;
}

/** Gives a name to each role whose default name IAM does not take, or another role of the account has. */
function withRoleNames(config: AccessConfig): AccessConfig {
  const [only = ""] = Object.keys(config.accounts);
  const taken = new Set<string>();
  const give = (repositoryKey: string, key: string, role: EnvironmentRoleConfig, account: string): void => {
    const isFree = (name: string): boolean => roleNameRule(name) === undefined && !taken.has(`${account} ${name.toLowerCase()}`);
    if (!isFree(role.name ?? `${repositoryKey}-${key}`)) role.name = `role-${taken.size}-of-these`;
    taken.add(`${account} ${(role.name ?? `${repositoryKey}-${key}`).toLowerCase()}`);
  };
  for (const [name, repositoryConfig] of Object.entries(config.repositories)) {
    for (const [key, each] of Object.entries(repositoryConfig?.environments ?? {})) if (each?.role) give(name, key, each.role, each.role.account ?? only);
    for (const [key, role] of Object.entries(repositoryConfig?.roles ?? {})) give(name, key, role, role.account ?? only);
  }
  return config;
}

/** IAM takes only Latin-1 in a trust policy: an environment with another name has no role. */
function withoutForeignRoles(config: AccessConfig): AccessConfig {
  for (const each of Object.values(config.repositories)) {
    for (const [name, environmentConfig] of Object.entries(each?.environments ?? {})) {
      if (!environmentConfig?.role || /^[\u0020-\u00ff]*$/.test(name)) continue;
      environmentConfig.account = environmentConfig.role.account;
      if (environmentConfig.account === undefined) delete environmentConfig.account;
      delete environmentConfig.role;
    }
  }
  return config;
}

/** Says of some repositories, environments and roles what they were called before. */
function withFormerNames(config: AccessConfig): AccessConfig {
  const isRenamed = (name: string): boolean => name.length % 3 === 0;
  for (const [name, each] of Object.entries(config.repositories)) {
    if (!each) continue;
    delete each.formerly;
    if (isRenamed(name)) each.formerly = `was-${name}`;
    for (const [key, environmentConfig] of Object.entries(each.environments ?? {})) if (environmentConfig && isRenamed(key)) environmentConfig.formerly = `was ${key}`;
    for (const [key, role] of Object.entries(each.roles ?? {})) if (isRenamed(key)) role.formerly = `was-${key}`;
  }
  return config;
}

/** Access files as people write them, each without a mistake. They use every key but policy files. */
export const validAccess: fc.Arbitrary<AccessConfig> = fc
  .record({ github, accounts })
  .chain((world) => fc.tuple(named(repositoryName, repository(world), 3), fc.array(template, { minLength: 3, maxLength: 3 }), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 })).map(([repositories, templates, chain]) => ({ config: { ...world, repositories }, templates, chain })))
  .map(({ config, templates, chain }) => withRoom(withChain(withTemplates(withFormerNames(withRoleNames(withoutForeignRoles(structuredClone(config)))), templates), chain)));
