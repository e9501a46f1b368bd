import fc from "fast-check";
import { defaultAudience, partitionOf } from "../../lib/aws/partition";
import { roleNameRule, sessionNameRule } from "../../lib/aws/role-rules";
import { knowsGithubClaims } from "../../lib/aws/condition-keys";
import type {
  AccessConfig,
  AccountConfig,
  EnvironmentConfig,
  EnvironmentRoleConfig,
  PairConfig,
  PairDefaults,
  PublishConfig,
  PublishItem,
  RepositoryConfig,
  RepositoryRoleConfig,
  StateAccessConfig,
  StatesConfig,
  SubjectsConfig,
} from "../../lib/config/schema";
import type { SecretSource } from "../../lib/config/account-access";
import { nameSuffix } from "../../lib/config/published-names";
import { githubInstance } from "../../lib/github/issuer";
import { environmentNameRule, refNameRule, repositoryNameRule, type NameRule } from "../../lib/github/names";
import { grantsProtectionRules, VISIBILITIES, type Visibility } from "../../lib/github/protection";

/** What repositories and roles are made for. */
type World = Pick<AccessConfig, "github" | "accounts" | "states">;

const text = (alphabet: string, rule: NameRule = () => undefined, maxLength = 8): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength })
    .filter((each) => rule(each) === undefined && each !== "__proto__");

/** An object whose keys differ in more than case, as GitHub and AWS ask for. */
const named = <T>(
  name: fc.Arbitrary<string>,
  value: fc.Arbitrary<T>,
  maxKeys: number,
  minKeys = 0,
): fc.Arbitrary<Record<string, T>> =>
  fc
    .uniqueArray(fc.tuple(name, value), {
      selector: ([key]) => key.toLowerCase(),
      minLength: minKeys,
      maxLength: maxKeys,
    })
    .map((entries) => Object.fromEntries(entries));

/** Names that differ in more than case. */
const names = (name: fc.Arbitrary<string>, maxLength: number, minLength = 0): fc.Arbitrary<string[]> =>
  fc.uniqueArray(name, { selector: (each) => each.toLowerCase(), minLength, maxLength });

/** Some of the keys of a record, or all. */
const partly = <T extends object>(model: { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> }): fc.Arbitrary<
  Partial<T>
> => fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const digits = (length: number): fc.Arbitrary<string> =>
  fc.bigInt({ min: 10n ** BigInt(length - 1), max: 10n ** BigInt(length) - 1n }).map(String);
const login = fc.constantFrom("octo-org", "octocat", "Hubot", "o", "octo_acme", "a".repeat(39));
const slug = text("ab0_-").filter((each) => /^[a-z0-9_].*[a-z0-9_]$/.test(each));
const repositoryName = fc.oneof(
  fc.constantFrom("web-shop", "ci", "constructor", "toString"),
  text("aB1_-.", repositoryNameRule),
);
const environmentName = fc.oneof(
  fc.constantFrom("production", "staging", "hasOwnProperty"),
  text("aB0_-/:. é日%$'\"\\#&*", environmentNameRule),
);
const key = text("aB0").chain((first) => text("aB0_-").map((rest) => `${first}${rest}`));
const valueName = text("AB0_").map((name) => `V_${name}`);
/** Whatever a variable may hold: quotes, lines, the marks of YAML and Terraform. */
const value = fc.oneof(
  fc.constantFrom(
    "info",
    "no",
    "~",
    "0123",
    "1e3",
    "2026-11-20",
    "${x}",
    "%{x}",
    "- a",
    "a: b",
    " # x",
    "'",
    '"',
    "\\",
    "line\nline\n",
    "\ttab",
    "日本 👩‍🚀",
    "&a *b !c",
    "a ".repeat(100),
  ),
  fc
    .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
    .filter((each) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u.test(each)),
);
const ref = fc.oneof(fc.constantFrom("main", "release/*", "v?"), text("aB1/_-*?.", refNameRule));
const branchName = fc.constantFrom("main", "dev", "release/1");
const policyDocument = fc
  .constantFrom("*", "arn:aws:s3:::home/${aws:username}/*", "arn:{{partition}}:s3:{{region}}:{{accountId}}:*")
  .map((resource) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: resource }],
  }));

const subjects = fc.constantFrom<SubjectsConfig>("lookup", "name", "immutable", "both", {
  both: { until: "2999-12-31" },
});
const isBoth = (mode: SubjectsConfig | undefined): boolean => mode === "both" || typeof mode === "object";

const github: fc.Arbitrary<AccessConfig["github"]> = fc
  .record({
    owner: login,
    instance: fc.constantFrom<{ host?: string; enterpriseSlug?: string }>(
      {},
      { host: "github.com" },
      { enterpriseSlug: "octo" },
      { host: "octo.ghe.com" },
      { host: "github.example.com" },
    ),
    settings: partly<AccessConfig["github"]>({
      owner: login,
      host: fc.constant("github.com"),
      enterpriseSlug: fc.constant("octo"),
      plan: fc.constantFrom("free", "pro", "team", "enterprise"),
      terraformProvider: fc.constantFrom("6.9.1", "6.10", "6.12", "6.13.0"),
      ownerId: digits(5),
      subjects,
    }),
    withIds: fc.boolean(),
  })
  .map(({ owner, instance, settings: { plan, ownerId, subjects, terraformProvider }, withIds }) => {
    const needsIds =
      subjects === "immutable" || (isBoth(subjects) && (withIds || instance.host === "github.example.com"));
    return {
      owner,
      ...instance,
      ...(plan && { plan }),
      ...(terraformProvider && { terraformProvider }),
      ...(subjects && { subjects }),
      ...((ownerId ?? needsIds) && { ownerId: ownerId ?? "65" }),
    };
  });

/** What an account gives to all of its pairs; of states a pair says itself. */
const pairDefaults = partly<Omit<PairDefaults, "state" | "workflow" | "environment">>({
  branch: fc.constantFrom("main", "release/*"),
  plan: fc.constantFrom(
    {},
    { managedPolicies: ["job-function/ViewOnlyAccess"] },
    { sessionDuration: "2h", inlinePolicies: {} },
  ),
  apply: fc.constantFrom(
    { managedPolicies: ["AmazonECS_FullAccess"] },
    {
      inlinePolicies: {
        deploy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ecs:*", Resource: "*" }] },
      },
    },
  ),
});

/** With a quota that has room: long names and claims come to more than the default one. */
const account: fc.Arbitrary<AccountConfig> = fc
  .tuple(digits(12), fc.constantFrom("eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"))
  .chain(([id, region]) => {
    const arn = (resource: string): fc.Arbitrary<string> =>
      fc.constant(`arn:${partitionOf(region)}:iam::${id}:${resource}`);
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
      trustPolicyQuota: fc.integer({ min: 7_000, max: 8_192 }),
      terraform: pairDefaults,
      backend: fc.constant({ s3: { bucket: "octo-state", key: `${id}.tfstate`, region, useLockfile: true } }),
    }).map((settings) => ({ ...settings, id, region, trustPolicyQuota: settings.trustPolicyQuota ?? 8_192 }));
  });

const accounts: fc.Arbitrary<AccessConfig["accounts"]> = named(
  fc.oneof(
    fc.constantFrom("staging", "production"),
    key.filter((name) => !(name in Object.prototype)),
  ),
  account,
  3,
  1,
).filter((each) => {
  const ids = Object.values(each).map(({ id }) => id);
  // Names that end in what is left of them in a variable's name.
  const suffixes = Object.keys(each).map((name) => nameSuffix(name));
  return new Set(ids).size === ids.length && new Set(suffixes).size === suffixes.length;
});

const suppress = named(
  fc.constantFrom("L7", "L17", "L120"),
  fc.oneof(
    fc.constant("a known reason"),
    fc.constant({ reason: "until the move is done" }),
    fc.constantFrom("2026-12-31", "2028-02-29", "2020-01-01").map((until) => ({ reason: "for the time being", until })),
  ),
  2,
);

/** Buckets of states, in any of the accounts. */
const states = (all: AccessConfig["accounts"]): fc.Arbitrary<NonNullable<AccessConfig["states"]>> =>
  named(
    fc.constantFrom("main", "old", "third"),
    fc.constantFrom(...Object.keys(all)).chain((account) => {
      const { id = "", region = "" } = all[account] ?? {};
      return partly<StatesConfig>({
        bucket: fc.constantFrom("octo-state", "octo-state-2"),
        account: fc.constant(account),
        region: fc.constant(region),
        lock: fc.constantFrom<NonNullable<StatesConfig["lock"]>>("file", "none", { dynamodbTable: "locks" }),
        kmsKey: fc.constant(`arn:${partitionOf(region)}:kms:${region}:${id}:key/1234abcd-12ab-44cd-86ef-1234567890ab`),
      }).map((settings) => ({ ...settings, bucket: settings.bucket ?? "octo-state-3", account }));
    }),
    2,
  );

/** Access of a role in one account to states that it can reach. */
function stateAccess(world: World, name: string): fc.Arbitrary<StateAccessConfig[]> {
  const { id = "", region = "" } = world.accounts[name] ?? {};
  const reachable = Object.entries(world.states ?? {}).filter(
    ([, { account: other = "", lock }]) =>
      partitionOf(world.accounts[other]?.region ?? "") === partitionOf(region) &&
      (typeof lock !== "object" || world.accounts[other]?.id === id),
  );
  if (reachable.length === 0) return fc.constant([]);
  const entry = fc.constantFrom(...reachable).chain(([name, { lock }]) =>
    fc.record({
      in: fc.constant(name),
      key: fc.constantFrom("network/", "network/main.tfstate", "web shop/a=b", "env:/x/"),
      access: fc.constantFrom(
        ...(lock === "none" ? (["read", "write"] as const) : (["read", "lock", "write"] as const)),
      ),
    }),
  );
  return fc.uniqueArray(entry, { selector: (each) => `${world.states?.[each.in]?.bucket} ${each.key}`, maxLength: 3 });
}

/** What the roles of one account can have. */
function roleParts(
  world: World,
  name: string,
): {
  [K in Exclude<keyof EnvironmentRoleConfig, "accounts">]-?: fc.Arbitrary<Exclude<EnvironmentRoleConfig[K], undefined>>;
} {
  const { id = "", region = "" } = world.accounts[name] ?? {};
  return {
    account: fc.constant(name),
    name: text("aB0+=,.@_-", roleNameRule),
    description: value.filter((each) => /^[\t\n\u0020-\u007e\u00a1-\u00ff]+$/.test(each)),
    sessionDuration: fc.constantFrom("1h", "90m", "1h30m", "12h", 3_600, 43_200),
    sessionName: text("aB0=,.@_*?-", sessionNameRule),
    assumes: fc.constantFrom([]),
    alsoTrusts: fc.uniqueArray(
      fc.constantFrom<NonNullable<EnvironmentRoleConfig["alsoTrusts"]>[number]>(
        { account: "444455556666" },
        { account: "444455556666", externalId: "octo", tagSession: true },
        { role: `arn:${partitionOf(region)}:iam::444455556666:role/x/y` },
        { service: "ecs-tasks.amazonaws.com" },
        { service: "ec2.amazonaws.com", sourceAccount: false },
      ),
      { maxLength: 1 },
    ),
    managedPolicies: fc.uniqueArray(
      fc.constantFrom(
        "ReadOnlyAccess",
        "job-function/ViewOnlyAccess",
        `arn:${partitionOf(region)}:iam::${id}:policy/own`,
      ),
    ),
    customerPolicies: named(text("aB0_=,.@+-"), policyDocument, 2),
    permissionsBoundary: fc.constantFrom(
      `arn:${partitionOf(region)}:iam::${id}:policy/own-boundary`,
      `arn:${partitionOf(region)}:iam::aws:policy/PowerUserAccess`,
    ),
    exclusive: fc.boolean(),
    inlinePolicies: named(text("aB0_=,.@+-"), policyDocument, 2),
    state: stateAccess(world, name).map((list) => (list.length === 1 ? (list[0] ?? list) : list)),
    suppress,
    publish: publishAs(""),
    // The letters are not those of the accounts' tags, from which they must differ in more than case.
    tags: named(text("xyz"), text("aé 0:"), 2),
  };
}

/** @param prefix of the names: two roles of an environment publish under names of their own */
const publishAs = (prefix: string): fc.Arbitrary<PublishConfig> =>
  fc.constantFrom<PublishConfig>(
    false,
    { variable: `${prefix}ROLE` },
    { secret: `${prefix}ROLE` },
    [],
    [
      { variable: `${prefix}ROLE` },
      { secret: `${prefix}ROLE`, value: "name" },
      { variable: `${prefix}ACCOUNT`, value: "accountId" },
    ],
    [{ variable: `${prefix}ROLE`, organization: "all" }, { secret: `${prefix}ROLE` }],
    { secret: `${prefix}ROLE`, organization: ["web-shop", "ci"] },
    [
      { secret: `${prefix}REGION`, value: "region" },
      { secret: `${prefix}PARTITION`, value: "partition" },
    ],
  );

/** A role in some of the accounts, or all. Its policies are AWS's own: every account has them. */
const inAccounts = (world: World): fc.Arbitrary<Pick<EnvironmentRoleConfig, "accounts">> =>
  fc.record({
    accounts: fc.oneof(
      fc.constant("all" as const),
      fc.uniqueArray(fc.constantFrom(...Object.keys(world.accounts)), { minLength: 1 }),
    ),
  });
const everywhere = (world: World, role: fc.Arbitrary<EnvironmentRoleConfig>): fc.Arbitrary<EnvironmentRoleConfig> =>
  fc
    .tuple(role, inAccounts(world))
    .map(
      ([
        {
          account: _,
          managedPolicies: _policies,
          permissionsBoundary: _boundary,
          alsoTrusts: _others,
          state: _state,
          ...rest
        },
        accounts,
      ]) => ({
        ...rest,
        ...accounts,
        managedPolicies: ["ReadOnlyAccess"],
        alsoTrusts: [{ service: "ecs-tasks.amazonaws.com" }],
      }),
    );

/** A list that turned out empty is left out. */
function withoutEmptyState<T extends Pick<EnvironmentRoleConfig, "state">>({
  state,
  ...role
}: T): Omit<T, "state"> & Pick<EnvironmentRoleConfig, "state"> {
  return state === undefined || (Array.isArray(state) && state.length === 0) ? role : { ...role, state };
}

/** The account of a role or environment; where there is only one it need not be named. */
function inAccount<T extends { readonly account?: string }>(
  world: World,
  make: (name: string) => fc.Arbitrary<T>,
): fc.Arbitrary<T> {
  const all = Object.keys(world.accounts);
  return fc
    .constantFrom(...all)
    .chain((name) =>
      fc
        .tuple(make(name), fc.boolean())
        .map(
          ([{ account, ...rest }, isNamed]) =>
            (all.length > 1 || isNamed ? { ...rest, account: account ?? name } : rest) as T,
        ),
    );
}

function environmentRole(world: World, prefix = ""): fc.Arbitrary<EnvironmentRoleConfig> {
  const role = inAccount<EnvironmentRoleConfig>(world, (name) =>
    partly<EnvironmentRoleConfig>({ ...roleParts(world, name), publish: publishAs(prefix) } as never).map(
      withoutEmptyState,
    ),
  );
  return fc.oneof({ weight: 2, arbitrary: role }, { weight: 1, arbitrary: everywhere(world, role) });
}

/** Further roles of an environment, under keys that stay apart in the names of variables. */
const environmentRoles = (world: World): fc.Arbitrary<Record<string, EnvironmentRoleConfig>> =>
  fc.record(
    { "read.only": environmentRole(world, "READ_"), Deploy: environmentRole(world, "DEPLOY_") },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, EnvironmentRoleConfig>>;

type AllowEntry = RepositoryRoleConfig["allow"][number];

/** @param accounts in which the role is */
function allowEntry(world: World, accounts: readonly string[]): fc.Arbitrary<AllowEntry> {
  const { host, enterpriseSlug, subjects } = world.github;
  const hasClaims = accounts.every(
    (name) =>
      world.accounts[name]?.claimKeys === "asserted" ||
      knowsGithubClaims(githubInstance(host, enterpriseSlug).issuer, partitionOf(world.accounts[name]?.region ?? "")),
  );
  const needsIds = subjects === "immutable" || isBoth(subjects);
  const plain = fc.oneof<fc.Arbitrary<AllowEntry>[]>(
    ref.map((branch) => ({ branch })),
    ref.map((tag) => ({ tag })),
    text("aB0:/ ", environmentNameRule).map((environment) => ({ environment })),
    fc.constantFrom<AllowEntry>({ pullRequest: true }, { any: true }, { mergeQueue: "main" }),
    fc.constantFrom<AllowEntry>(
      ...(needsIds
        ? []
        : [
            { branch: "main", repository: "ci-of-others" },
            { branch: "main", repository: "other/ci" },
          ]),
      { any: true },
    ),
  );
  const raw: fc.Arbitrary<AllowEntry> = fc.constantFrom(
    { subject: "repo:octo-org/raw:environment:x" },
    { subject: "repo:octo-org@1/raw@2:*" },
    { subject: "repository_id:74:environment:x" },
  );
  const conditions: fc.Arbitrary<AllowEntry> = fc.constantFrom<AllowEntry>(
    {},
    { claims: { actor: "octocat" } },
    { claims: { actor_id: "1", enterprise_id: "2" } },
    { claims: { ref: ["refs/heads/main", "refs/tags/*"], workflow: "CI" } },
    { claims: { repository: "octo-org/*", repository_id: "3" } },
    { claims: { repository_owner_id: ["1", "2"] } },
    { workflow: "octo-org/ci/.github/workflows/release.yml@refs/heads/*" },
  );
  const withConditions = hasClaims
    ? fc.tuple(plain, conditions).map(([jobs, others]) => ({ ...jobs, ...others }))
    : plain;
  return fc.oneof({ weight: 4, arbitrary: withConditions }, { weight: 1, arbitrary: raw });
}

/** Says twice what is to be said twice. */
const withSecondWord = (role: RepositoryRoleConfig): RepositoryRoleConfig =>
  role.allow.some(({ pullRequest }) => pullRequest) &&
  role.allow.some(({ environment, subject }) => environment !== undefined || subject?.includes(":environment:"))
    ? { ...role, pullRequestsMayDeploy: true }
    : role;

function repositoryRole(world: World): fc.Arbitrary<RepositoryRoleConfig> {
  const allow = (accounts: readonly string[]): fc.Arbitrary<AllowEntry[]> =>
    fc.array(allowEntry(world, accounts), { minLength: 1, maxLength: 2 });
  const plain = (name: string): fc.Arbitrary<EnvironmentRoleConfig> =>
    partly<EnvironmentRoleConfig>(roleParts(world, name) as never).map(({ publish: _, ...role }) =>
      withoutEmptyState(role),
    );
  const inOne = inAccount<RepositoryRoleConfig>(world, (name) =>
    fc.tuple(plain(name), allow([name])).map(([role, entries]) => ({ ...role, allow: entries })),
  );
  const inSeveral = fc
    .tuple(everywhere(world, plain("")), allow(Object.keys(world.accounts)))
    .map(([role, entries]) => ({ ...role, allow: entries }));
  return fc
    .tuple(fc.oneof({ weight: 2, arbitrary: inOne }, { weight: 1, arbitrary: inSeveral }), fc.boolean())
    .map(([role, isSplit]) => [withSecondWord(role), isSplit] as const)
    .map(([role, isSplit]) =>
      isSplit && role.allow.every(({ subject }) => subject === undefined) ? { ...role, split: "perRepository" } : role,
    );
}

function protection(plan: World["github"]["plan"], visibility: Visibility): fc.Arbitrary<Partial<EnvironmentConfig>> {
  const deployFrom = fc.oneof(
    fc.constant("protectedBranches" as const),
    fc.uniqueArray(ref, { minLength: 1, maxLength: 3 }).map((branches) => ({ branches })),
    fc.uniqueArray(ref, { minLength: 1, maxLength: 3 }).map((tags) => ({ tags, branches: [] })),
  );
  if (!grantsProtectionRules(plan, visibility))
    return partly<Pick<EnvironmentConfig, "adminsCanBypass" | "deployFrom">>({
      adminsCanBypass: fc.constant(true),
      deployFrom,
    });
  const reviewers = fc
    .tuple(names(slug, plan === "pro" ? 0 : 3), names(login, 3, 1))
    .map(([teams, users]) => (teams.length > 0 ? { teams, users } : { users }));
  return partly<
    Pick<EnvironmentConfig, "reviewers" | "waitTimer" | "preventSelfReview" | "adminsCanBypass" | "deployFrom">
  >({
    reviewers,
    waitTimer: fc.integer({ min: 0, max: 43_200 }),
    preventSelfReview: fc.boolean(),
    adminsCanBypass: fc.boolean(),
    deployFrom,
  }).map(({ preventSelfReview, ...rest }) =>
    rest.reviewers && preventSelfReview !== undefined ? { ...rest, preventSelfReview } : rest,
  );
}

const SEALED = Buffer.alloc(60, 7).toString("base64");
const secret = fc.oneof<fc.Arbitrary<SecretSource>[]>(
  text("ab_").map((name) => ({ fromVariable: `s${name}` })),
  fc.constant({ encrypted: SEALED, keyId: "568250167242549743" }),
);
const values = partly<{ variables: Record<string, string>; secrets: Record<string, SecretSource> }>({
  variables: named(valueName, value, 3),
  secrets: named(valueName, secret, 3),
});

const environment = (world: World, visibility: Visibility): fc.Arbitrary<EnvironmentConfig | null> => {
  const withRole = environmentRole(world).map((role) => ({ role }));
  const withoutRole = inAccount<EnvironmentConfig>(world, () => fc.constant({}));
  const withRoles = fc
    .record({ roles: environmentRoles(world) })
    .chain((some) => environmentRole(world).map((role) => ({ ...some, role })));
  const full = fc
    .tuple(protection(world.github.plan, visibility), values, fc.oneof(withRole, withRoles, withoutRole))
    .map((parts) => withOwner(Object.assign({}, ...parts) as EnvironmentConfig, world));
  return Object.keys(world.accounts).length === 1 ? fc.option(full) : full;
};

const rolesOf = ({ role, roles }: EnvironmentConfig): EnvironmentRoleConfig[] => [
  ...(role ? [role] : []),
  ...Object.values(roles ?? {}),
];

/** The accounts of a role. */
function accountsOf({ account, accounts }: EnvironmentRoleConfig, world: World): readonly string[] {
  const [only = ""] = Object.keys(world.accounts);
  return accounts === "all" ? Object.keys(world.accounts) : (accounts ?? [account ?? only]);
}

/** An environment with roles in several accounts belongs to the file's last, so that no two accounts wait for each other. */
function withOwner(config: EnvironmentConfig, world: World): EnvironmentConfig {
  const accounts = new Set(rolesOf(config).flatMap((role) => accountsOf(role, world)));
  const last = Object.keys(world.accounts).at(-1);
  return accounts.size > 1 && last !== undefined ? { ...config, account: last } : config;
}

/** A pair in an account of the world, for an environment that is declared with protection or not at all. */
const pairIn = (world: World, name: string): fc.Arbitrary<PairConfig> => {
  const { host, enterpriseSlug } = world.github;
  const hasClaims = knowsGithubClaims(
    githubInstance(host, enterpriseSlug).issuer,
    partitionOf(world.accounts[name]?.region ?? ""),
  );
  // Another one than those that the plan role reads besides.
  const pairState = stateAccess(world, name).map(
    ([first]) => first && { in: first.in, ...(first.access === "read" ? {} : { key: "pair/" }) },
  );
  return fc
    .record({
      settings: partly<Pick<PairConfig, "environment" | "branch" | "workflow" | "plan" | "apply">>({
        environment: fc.constantFrom(`deploy-${name}`, `terraform ${name}`),
        branch: fc.constantFrom("main", "release/*"),
        workflow: fc.constant("octo-org/ci/.github/workflows/plan.yml@refs/heads/main"),
        plan: partly<
          Pick<NonNullable<PairConfig["plan"]>, "description" | "managedPolicies" | "publish" | "suppress" | "state">
        >({
          description: fc.constant("Plans"),
          managedPolicies: fc.constant([]),
          publish: fc.constant(false as const),
          suppress,
          state: stateAccess(world, name),
        }).map(withoutEmptyState),
        apply: partly<Pick<NonNullable<PairConfig["apply"]>, "sessionDuration" | "publish">>({
          sessionDuration: fc.constant("12h"),
          publish: fc.constantFrom(false as const, { variable: "ROLE" }),
        }),
      }),
      state: fc.option(pairState, { nil: undefined }),
    })
    .map(({ settings: { workflow, apply, ...settings }, state }) => ({
      account: name,
      ...settings,
      ...(hasClaims && workflow !== undefined && { workflow }),
      ...(state && { state }),
      // The account may leave it to its repositories.
      apply: {
        ...apply,
        ...(world.accounts[name]?.terraform?.apply ? {} : { managedPolicies: ["AmazonECS_FullAccess"] }),
      },
    }));
};

/** Pairs of a repository: one, or a list of accounts. */
const terraform = (world: World): fc.Arbitrary<NonNullable<RepositoryConfig["terraform"]>> => {
  // In published names they must not come to be the same.
  const all = [
    ...new Map(
      Object.keys(world.accounts).map((name) => [name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_"), name]),
    ).values(),
  ];
  const word = all.filter((name) => world.accounts[name]?.terraform?.apply);
  return fc.oneof(
    fc.constantFrom(...all).chain((name) => pairIn(world, name)),
    ...(word.length > 0 ? [fc.constantFrom(...word)] : []),
    fc.shuffledSubarray(all, { minLength: 1 }).chain((names) => fc.tuple(...names.map((name) => pairIn(world, name)))),
  );
};

/** Keys and environments that pairs make are left to them, or protected. */
function withPairs(config: RepositoryConfig, world: World): RepositoryConfig {
  if (config.terraform === undefined) return config;
  const pairs = [config.terraform].flat().map((pair) => (typeof pair === "string" ? { account: pair } : pair));
  const { roles = {}, environments = {}, ...rest } = config;
  const isMade = (name: string): boolean =>
    pairs.some(({ account = "", environment }) => (environment ?? account).toLowerCase() === name.toLowerCase());
  const kept = Object.fromEntries(Object.entries(environments).filter(([name]) => !isMade(name)));
  const [first] = pairs;
  // One of them is declared, with protection, as a team does that wants reviewers.
  const declared =
    first && pairs.length === 1 && Object.keys(environments).length % 2 === 1
      ? {
          [first.environment ?? first.account ?? ""]: {
            deployFrom: { branches: ["main"] },
            ...(Object.keys(world.accounts).length > 1 && { account: first.account }),
          },
        }
      : {};
  return {
    ...rest,
    roles: Object.fromEntries(Object.entries(roles).filter(([key]) => !key.startsWith("plan"))),
    environments: { ...kept, ...declared } as NonNullable<RepositoryConfig["environments"]>,
  };
}

function repository(world: World): fc.Arbitrary<RepositoryConfig | null> {
  const { plan, subjects: ofGithub, ownerId, host } = world.github;
  const visibilities = VISIBILITIES.filter(
    (each) => each !== "internal" || plan === undefined || plan === "enterprise",
  );
  return fc.constantFrom(...visibilities).chain((visibility) =>
    fc
      .record({
        values: fc.option(
          inAccount<Pick<RepositoryConfig, "account" | "variables" | "secrets">>(world, (name) =>
            values.map((each) => ({ account: name, ...each })),
          ),
          { nil: {} as Pick<RepositoryConfig, "account" | "variables" | "secrets"> },
        ),
        settings: partly<Omit<RepositoryConfig, "variables" | "secrets" | "subjectTemplate">>({
          id: digits(6),
          suppress,
          visibility: fc.constant(visibility),
          account: fc.constantFrom(...Object.keys(world.accounts)),
          protectBranches:
            plan === "pro" || (plan === "free" && visibility !== "public")
              ? fc.constant([])
              : fc.uniqueArray(branchName, { minLength: 1, maxLength: 2 }),
          subjects,
          environments:
            plan === "free" && visibility !== "public"
              ? fc.constant({})
              : named(environmentName, environment(world, visibility), 3),
          formerly: fc.constant(""),
          roles: named(key, repositoryRole(world), 2),
          terraform: plan === "free" && visibility !== "public" ? fc.constant(undefined as never) : terraform(world),
        }),
        id: digits(6),
        withId: fc.boolean(),
      })
      .map(
        ({
          values: given,
          settings: { subjects: own, protectBranches, account: home = Object.keys(world.accounts)[0], ...settings },
          id,
          withId,
        }) => {
          const mode = own ?? ofGithub;
          const needsIds = mode === "immutable" || (isBoth(mode) && (withId || host === "github.example.com"));
          if (settings.terraform === undefined) delete settings.terraform;
          return {
            ...withPairs(settings, world),
            ...given,
            ...(protectBranches?.length && { protectBranches, account: given.account ?? home }),
            visibility,
            ...(needsIds && { id }),
            ...(own && (!needsIds || ownerId !== undefined) && { subjects: own }),
          };
        },
      ),
  );
}

/** Lets the first role of a repository assume roles of accounts in its partition. */
function withChain(config: AccessConfig, drawn: readonly boolean[]): AccessConfig {
  const [only = ""] = Object.keys(config.accounts);
  const partition = (name: string): string => partitionOf(config.accounts[name]?.region ?? "");
  const roles = Object.values(config.repositories).flatMap((each) => Object.values(each?.roles ?? {}).slice(0, 1));
  roles.forEach((role, index) => {
    if (!drawn[index] || role.accounts !== undefined) return;
    const key = `chained-${index}`;
    const account =
      Object.keys(config.accounts).findLast((name) => partition(name) === partition(role.account ?? only)) ?? only;
    config.chainedRoles = {
      ...config.chainedRoles,
      [key]: {
        account,
        managedPolicies: ["ReadOnlyAccess"],
        ...(index === 1 && {
          description: "for one",
          sessionDuration: "1h",
          alsoTrusts: [{ service: "ecs-tasks.amazonaws.com" }],
        }),
      },
    };
    role.assumes = index === 0 ? [key] : [{ role: key, externalId: "octo:1", tagSession: false }];
  });
  return config;
}

/** Two forms of a subject, and principals beside GitHub, may take more room than the default quota has. */
function withRoom(config: AccessConfig): AccessConfig {
  if (/"(?:also|alsoTrusts|subjectTemplate)":/.test(JSON.stringify(config.repositories)))
    for (const each of Object.values(config.accounts))
      each.trustPolicyQuota = Math.max(each.trustPolicyQuota ?? 0, 4_096);
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
function withTemplates(
  config: AccessConfig,
  drawn: readonly (readonly [NonNullable<RepositoryConfig["subjectTemplate"]>, boolean])[],
): AccessConfig {
  const accountNames = Object.keys(config.accounts);
  const owner = accountNames.length > 1 ? { account: accountNames[0] ?? "" } : {};
  Object.values(config.repositories).forEach((each, index) => {
    const [subjectTemplate, isGiven] = drawn[index] ?? [];
    if (!each || subjectTemplate === undefined || !isGiven) return;
    const asksEvent = Array.isArray(subjectTemplate) && subjectTemplate.includes("event_name");
    // Roles of environments and of pairs have no entries that could say it.
    if (asksEvent && each.terraform !== undefined) return;
    if (
      asksEvent &&
      Object.values(each.environments ?? {}).some(
        (environmentConfig) => environmentConfig && rolesOf(environmentConfig).length > 0,
      )
    )
      return;
    if (asksEvent)
      for (const role of Object.values(each.roles ?? {}))
        for (const entry of role.allow)
          if (entry.subject === undefined) entry.subjectClaims = { event_name: ["push", "schedule"] };
    Object.assign(
      each,
      { ...owner, ...(each.account !== undefined && { account: each.account }) },
      { subjectTemplate },
    );
    // Two forms of each subject take the room of two entries.
    if ("also" in Object(subjectTemplate))
      for (const role of Object.values(each.roles ?? {})) role.allow = role.allow.slice(0, 1);
    if (JSON.stringify(subjectTemplate).includes("organization"))
      config.organization = {
        ...owner,
        ...config.organization,
        subjectTemplate: ["repo", "repository_owner", "context"],
      };
    for (const role of Object.values(each.roles ?? {}))
      if (asksEvent)
        role.allow = role.allow
          .filter(({ repository: other }, at) => other === undefined || at === 0)
          .map(({ repository: _, ...entry }) => entry);
    // What was to be said twice may be gone.
    if (each.roles)
      each.roles = Object.fromEntries(
        Object.entries(each.roles).map(([key, { pullRequestsMayDeploy: _, ...role }]) => [key, withSecondWord(role)]),
      );
  });
  return config;
}

/** Gives a name to each role whose default name IAM does not take, or another role of one of its accounts has. */
function withRoleNames(config: AccessConfig): AccessConfig {
  const taken = new Set<string>();
  // Whether or not there is such a pair.
  for (const name of Object.keys(config.repositories)) {
    for (const account of Object.keys(config.accounts))
      for (const role of ["plan", "apply"])
        for (const end of ["", `-${account}`]) taken.add(`${account} ${`${name}-${role}${end}`.toLowerCase()}`);
  }
  const give = (otherwise: string, role: EnvironmentRoleConfig): void => {
    const keysOf = (name: string): string[] =>
      accountsOf(role, config).map((account) => `${account} ${name.toLowerCase()}`);
    if (
      roleNameRule(role.name ?? otherwise) !== undefined ||
      keysOf(role.name ?? otherwise).some((each) => taken.has(each))
    )
      role.name = `role-${taken.size}-of-these`;
    for (const each of keysOf(role.name ?? otherwise)) taken.add(each);
  };
  for (const [name, repositoryConfig] of Object.entries(config.repositories)) {
    for (const [each, environmentConfig] of Object.entries(repositoryConfig?.environments ?? {})) {
      if (environmentConfig?.role) give(`${name}-${each}`, environmentConfig.role);
      for (const [key, role] of Object.entries(environmentConfig?.roles ?? {})) give(`${name}-${each}-${key}`, role);
    }
    for (const [key, role] of Object.entries(repositoryConfig?.roles ?? {})) {
      // The names of its parts begin with its own, which is like no other.
      if (role.split) role.name = `parts-${taken.size}-of`;
      give(`${name}-${key}`, role);
      const isOwn = role.allow.every(({ repository: other = "" }) => !other.includes("/"));
      if (role.split && isOwn) role.publish = { variable: `PART_${taken.size}` };
    }
  }
  return config;
}

/** IAM takes only Latin-1 in a trust policy: an environment with another name has no role. */
function withoutForeignRoles(config: AccessConfig): AccessConfig {
  for (const each of Object.values(config.repositories)) {
    for (const [name, environmentConfig] of Object.entries(each?.environments ?? {})) {
      const [role] = environmentConfig ? rolesOf(environmentConfig) : [];
      if (!environmentConfig || !role || /^[\u0020-\u00ff]*$/.test(name)) continue;
      environmentConfig.account ??= accountsOf(role, config)[0] ?? "";
      delete environmentConfig.role;
      delete environmentConfig.roles;
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
    for (const [key, environmentConfig] of Object.entries(each.environments ?? {}))
      if (environmentConfig && isRenamed(key)) environmentConfig.formerly = `was ${key}`;
    for (const environmentConfig of Object.values(each.environments ?? {}))
      for (const [key, role] of Object.entries(environmentConfig?.roles ?? {}))
        if (isRenamed(key)) role.formerly = `was-${key}`;
    for (const [key, role] of Object.entries(each.roles ?? {})) if (isRenamed(key)) role.formerly = `was-${key}`;
  }
  return config;
}

/** Values of the organization have one name for each in the whole file; users have none, and on Free some repositories do not see them. */
function withOrganizationNames(config: AccessConfig): AccessConfig {
  const { plan } = config.github;
  let count = 0;
  const rename = (item: PublishItem): PublishItem => {
    if (item.organization === undefined) return item;
    const { organization, ...rest } = item;
    const name = "variable" in rest ? { ...rest, variable: `ROLE_${++count}` } : { ...rest, secret: `ROLE_${++count}` };
    return plan === "pro" || plan === "free" ? name : { ...name, organization };
  };
  const roles = Object.values(config.repositories).flatMap((each) => [
    ...Object.values(each?.environments ?? {}).flatMap((one) => (one ? rolesOf(one) : [])),
    ...Object.values(each?.roles ?? {}),
  ]);
  for (const role of roles)
    if (role.publish) role.publish = Array.isArray(role.publish) ? role.publish.map(rename) : rename(role.publish);
  return config;
}

function organization(world: World): fc.Arbitrary<AccessConfig["organization"]> {
  if (world.github.plan === "pro" || world.github.plan === "free") return fc.constant(undefined);
  const repositories = fc.oneof(fc.constantFrom("all" as const, "private" as const), names(repositoryName, 3, 1));
  return fc.option(
    inAccount(world, (name) =>
      fc.record({
        account: fc.constant(name),
        variables: named(valueName, fc.record({ value, repositories }), 2),
        secrets: named(
          valueName,
          fc.tuple(secret, repositories).map(([source, reach]) => ({ ...source, repositories: reach })),
          2,
        ),
      }),
    ),
    { nil: undefined },
  );
}

/** Access files as people write them, each without a mistake. They use every key but policy files. */
export const validAccess: fc.Arbitrary<AccessConfig> = fc
  .record({ github, accounts })
  .chain((world) =>
    fc.option(states(world.accounts), { nil: undefined }).map((own) => ({ ...world, ...(own && { states: own }) })),
  )
  .chain((world) =>
    fc
      .tuple(
        named(repositoryName, repository(world), 3),
        organization(world),
        fc.array(template, { minLength: 3, maxLength: 3 }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      )
      .map(([repositories, own, templates, chain]) => ({
        config: { ...world, ...(own && { organization: own }), repositories } as AccessConfig,
        templates,
        chain,
      })),
  )
  .map(({ config, templates, chain }) =>
    withRoom(
      withChain(
        withTemplates(
          withFormerNames(withOrganizationNames(withRoleNames(withoutForeignRoles(structuredClone(config))))),
          templates,
        ),
        chain,
      ),
    ),
  );
