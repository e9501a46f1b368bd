import fc from "fast-check";
import type {
  AccessConfig,
  AccountConfig,
  EnvironmentConfig,
  EnvironmentRoleConfig,
  RepositoryConfig,
  RepositoryRoleConfig,
} from "../../lib/config/schema";
import { nameSuffix } from "../../lib/config/published-names";
import { deploymentPatternRule, environmentNameRule, refNameRule, repositoryNameRule } from "../../lib/github/names";

const ACCOUNTS = ["staging", "production"] as const;

const text = (alphabet: string, rule: (text: string) => string | undefined = () => undefined): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 5 })
    .filter((each) => rule(each) === undefined);

/** Sometimes with what looks like the hash of an address behind it. */
const withHash = (name: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: name }, { weight: 1, arbitrary: name.map((each) => `${each}-0123abcd`) });

const repositoryName = withHash(
  fc.oneof(text("aB1_-.", repositoryNameRule), fc.constantFrom("Resource", "role", "web-shop")),
);
const environmentName = withHash(
  fc.oneof(text("aB0_-/:. é%$'\"\\", environmentNameRule), fc.constantFrom("Resource", "role", "production")),
);
const roleKey = fc.oneof(
  text("aB0"),
  fc.tuple(text("aB0"), text("aB0_-.")).map((parts) => parts.join("")),
  fc.constantFrom("Resource", "role"),
);
const policyName = fc.oneof(text("aB0_=,.@+-"), fc.constantFrom("Resource", "role"));
const valueName = text("AB_").map((name) => `V_${name}`);
const value = fc.oneof(text('aé ${}%"\\\n'), fc.constantFrom("${x}", "%{x}", "$${x}"));
const branch = text("aB1/_*?", refNameRule);
const pattern = text("aB1/_*?[]${}", deploymentPatternRule);

const account: fc.Arbitrary<Partial<AccountConfig>> = fc.record(
  {
    region: fc.constantFrom("eu-west-1", "eu-central-1"),
    oidcProvider: fc.constantFrom("create" as const, "existing" as const),
    audiences: fc.uniqueArray(fc.constantFrom("sts.amazonaws.com", "octo"), { minLength: 1 }),
    rolePath: fc.constantFrom("/", "/github/"),
    tags: fc.dictionary(text("ab -"), text("ab:/"), { maxKeys: 2, noNullPrototype: true }),
    backend: fc.constantFrom({ s3: { bucket: "octo-tfstate", key: "key", region: "eu-west-1", useLockfile: true } }),
  },
  { requiredKeys: [] },
);

const roleParts = {
  account: fc.constantFrom(...ACCOUNTS),
  description: value.filter((each) => !/[^\u0009\u000a\u0020-\u007e\u00a1-\u00ff]/.test(each)),
  sessionDuration: fc.constantFrom("1h", "90m", 43_200),
  sessionName: fc.constantFrom("deploy", "octo-*"),
  managedPolicies: fc.uniqueArray(
    fc.constantFrom("ReadOnlyAccess", "job-function/ViewOnlyAccess", "AmazonS3FullAccess"),
    { maxLength: 3 },
  ),
  exclusive: fc.boolean(),
  customerPolicies: fc.dictionary(
    policyName,
    fc.constant({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow" as const, Action: "s3:GetObject", Resource: "arn:{{partition}}:s3:::home/${aws:username}/*" },
      ],
    }),
    { maxKeys: 2, noNullPrototype: true },
  ),
  inlinePolicies: fc.dictionary(
    policyName,
    fc.constantFrom("arn:aws:s3:::home/${aws:username}/*", "*").map((resource) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: resource }],
    })),
    { maxKeys: 3, noNullPrototype: true },
  ),
};

const environmentRole: fc.Arbitrary<EnvironmentRoleConfig> = fc.record(
  { ...roleParts, publish: fc.constantFrom(false as const, { variable: "AWS_ROLE_ARN" }, { secret: "AWS_ROLE_ARN" }) },
  { requiredKeys: ["account"] },
);

/** Further roles of an environment; those in both accounts publish what no other does. */
const environmentRoles: fc.Arbitrary<Record<string, EnvironmentRoleConfig>> = fc
  .uniqueArray(fc.tuple(roleKey, environmentRole, fc.boolean()), { selector: ([key]) => nameSuffix(key), maxLength: 2 })
  .map((entries) =>
    Object.fromEntries(
      entries.map(([key, { account: _, ...role }, isEverywhere]) => [
        key,
        {
          ...role,
          accounts: isEverywhere ? "all" : ["production"],
          publish: role.publish === false ? false : { variable: `R${nameSuffix(key)}` },
        },
      ]),
    ),
  );

const repositoryRole: fc.Arbitrary<RepositoryRoleConfig> = fc.record(
  {
    ...roleParts,
    allow: fc.array(
      fc.oneof(
        branch.map((each) => ({ branch: each })),
        branch.map((each) => ({ tag: each, claims: { actor: ["octocat", "hubot"] } })),
        fc.constantFrom(
          { pullRequest: true },
          { any: true },
          { environment: "production", branch: "main" },
          { branch: "main", repository: "other/web" },
          { subject: "repo:octo-org/ci:environment:x" },
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    publish: fc.constantFrom(false as const),
  },
  { requiredKeys: ["account", "allow"] },
);

const deployFrom: fc.Arbitrary<NonNullable<EnvironmentConfig["deployFrom"]>> = fc.oneof(
  fc.constant("protectedBranches" as const),
  fc.record(
    {
      branches: fc.uniqueArray(pattern, { minLength: 1, maxLength: 3 }),
      tags: fc.uniqueArray(pattern, { maxLength: 2 }),
    },
    { requiredKeys: ["branches"] },
  ),
);

const environment: fc.Arbitrary<EnvironmentConfig> = fc
  .record({
    account: fc.constantFrom(...ACCOUNTS),
    rules: fc.record(
      {
        reviewers: fc.record({
          teams: fc.uniqueArray(fc.constantFrom("release", "ops"), { minLength: 1 }),
          users: fc.uniqueArray(fc.constantFrom("octocat", "1st"), { maxLength: 2 }),
        }),
        waitTimer: fc.nat(43_200),
        adminsCanBypass: fc.boolean(),
        deployFrom,
        variables: fc.dictionary(
          valueName,
          value.filter((each) => each.trim() !== ""),
          { maxKeys: 2, noNullPrototype: true },
        ),
        secrets: fc.dictionary(
          valueName,
          fc.constantFrom("one", "two", "Resource").map((fromVariable) => ({ fromVariable })),
          { maxKeys: 2, noNullPrototype: true },
        ),
        role: environmentRole,
        roles: environmentRoles,
      },
      { requiredKeys: [] },
    ),
  })
  // Where roles are in several accounts one of them makes the environment: always the same, so that they do not wait for each other.
  .map(({ account: owner, rules }) => {
    const accounts = new Set(
      [rules.role, ...Object.values(rules.roles ?? {})].flatMap((role): string[] =>
        role?.accounts === "all"
          ? [...ACCOUNTS]
          : (role?.accounts ?? (role?.account === undefined ? [] : [role.account])),
      ),
    );
    if (accounts.size === 0) return { ...rules, account: owner };
    return rules.roles ? { ...rules, account: "staging" } : rules;
  });

const named = <T>(name: fc.Arbitrary<string>, each: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc
    .uniqueArray(fc.tuple(name, each), { selector: ([key]) => key.toLowerCase(), maxLength: 3 })
    .map((entries) => Object.fromEntries(entries));

const repository: fc.Arbitrary<RepositoryConfig> = fc.record(
  {
    subjects: fc.constantFrom("lookup" as const, "name" as const, "both" as const),
    environments: named(environmentName, environment),
    roles: named(roleKey, repositoryRole),
  },
  { requiredKeys: [] },
);

/** Access files with two accounts and up to three repositories, whose names take pains to be mistaken for each other's. */
export const accessConfigs: fc.Arbitrary<AccessConfig> = fc
  .record({
    staging: account,
    production: account,
    host: fc.constantFrom(undefined, "octo.ghe.com"),
    repositories: named(repositoryName, repository),
  })
  .map(({ staging, production, host, repositories }) => ({
    github: { owner: "octo-org", ...(host === undefined ? {} : { host }) },
    accounts: {
      staging: {
        id: "222233334444",
        region: "eu-west-1",
        ...staging,
        ...(staging.backend ? { backend: { s3: { ...staging.backend.s3, key: "staging" } } } : {}),
      },
      production: { id: "111122223333", region: "eu-west-1", ...production },
    },
    repositories: withRoleNames(repositories, host === undefined),
  }));

/** Names that stay when another role is taken away, and a place of its own for what is published. */
function withRoleNames(
  repositories: Record<string, RepositoryConfig>,
  knowsClaims: boolean,
): Record<string, RepositoryConfig> {
  let count = 0;
  const map = <T, U>(record: Readonly<Record<string, T>> | undefined, to: (value: T) => U): Record<string, U> =>
    Object.fromEntries(Object.entries(record ?? {}).map(([key, each]) => [key, to(each)]));
  return map(repositories, (each) => ({
    ...each,
    environments: map(each.environments, (environment) => ({
      ...environment,
      ...(environment?.role && { role: { ...environment.role, name: `role-${++count}` } }),
      ...(environment?.roles && { roles: map(environment.roles, (role) => ({ ...role, name: `role-${++count}` })) }),
    })),
    roles: map(each.roles, (role) => ({
      ...role,
      name: `role-${++count}`,
      // Only of github.com's own issuer AWS knows more claims than the subject.
      allow: knowsClaims ? role.allow : [{ branch: "main" }],
      // Its jobs are all of its own repository: it has one part.
      ...(count % 3 === 0 &&
      role.allow.every(({ subject, repository }) => subject === undefined && repository === undefined)
        ? { split: "perRepository" }
        : {}),
      ...(knowsClaims &&
      role.allow.some(({ pullRequest }) => pullRequest) &&
      role.allow.some(({ environment, subject }) => environment ?? subject)
        ? { pullRequestsMayDeploy: true }
        : {}),
      ...(role.publish === undefined
        ? {}
        : { publish: count % 2 === 0 ? { variable: `ROLE_${count}` } : { secret: `ROLE_${count}` } }),
    })),
  }));
}
