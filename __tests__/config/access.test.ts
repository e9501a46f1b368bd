import { readFileSync } from "node:fs";
import path from "node:path";
import { Access, type AccessOptions } from "../../lib/config/access";
import type { AccountAccess, EnvironmentAccess, RoleAccess } from "../../lib/config/account-access";
import { AccessConfigError } from "../../lib/yaml/problem";
import type {
  AccessConfig,
  AccountConfig,
  EnvironmentConfig,
  EnvironmentRoleConfig,
  PublishConfig,
  RepositoryConfig,
} from "../../lib/config/schema";
import { AccessFolder, mistakesOf } from "./access-folder";

const ROOT = path.join(__dirname, "../..");

/** A config with one account, `main`. */
const withRepository = (
  repository: RepositoryConfig | null,
  github: Partial<AccessConfig["github"]> = {},
  account: Partial<AccountConfig> = {},
): AccessConfig => ({
  github: { owner: "octo-org", ...github },
  accounts: { main: { id: "111122223333", region: "eu-west-1", ...account } },
  repositories: { "web-shop": repository },
});
const withEnvironment = (
  environment: EnvironmentConfig | null,
  github: Partial<AccessConfig["github"]> = {},
): AccessConfig => withRepository({ environments: { production: environment } }, github);
const withRole = (role: EnvironmentRoleConfig, account: Partial<AccountConfig> = {}): AccessConfig =>
  withRepository({ environments: { production: { role } } }, {}, account);

const main = (config: AccessConfig, options?: AccessOptions): AccountAccess =>
  Access.from(config, options).account("main");
const only = <T>(values: readonly T[]): T => {
  const [value] = values;
  if (value === undefined || values.length > 1) throw new Error(`There are ${values.length} of it`);
  return value;
};
const roleOf = (config: AccessConfig): RoleAccess => only(main(config).roles);
const environmentOf = (config: AccessConfig): EnvironmentAccess => only(main(config).environments);

/** What is wrong with a config, without the places. */
const messages = (config: AccessConfig): string[] =>
  mistakesOf(() => Access.from(config)).map((line) => line.replace(/^\S+: /, ""));

describe("the sample at the root of the project", () => {
  const access = Access.fromFile(path.join(ROOT, "access.yaml"));
  const policy = (name: string): unknown => JSON.parse(readFileSync(path.join(ROOT, "policies", name), "utf8"));
  const github = {
    owner: "octo-org",
    plan: "enterprise",
    terraformProvider: undefined,
    instance: {
      host: "github.com",
      kind: "github.com",
      issuer: "token.actions.githubusercontent.com",
      issuerUrl: "https://token.actions.githubusercontent.com",
      apiUrl: undefined,
    },
  };
  const webShop = { owner: "octo-org", name: "web-shop", subjects: "lookup", ids: undefined };

  test("has the account staging, with what is not said filled in", () => {
    expect(access.account("staging")).toStrictEqual({
      name: "staging",
      id: "222233334444",
      region: "eu-west-1",
      partition: "aws",
      github,
      preventDestroy: false,
      protectedBranches: [],
      renames: [],
      oidcProvider: "create",
      audiences: ["sts.amazonaws.com"],
      assertsClaimKeys: false,
      permissionsBoundary: undefined,
      exclusive: false,
      rolePath: "/",
      tags: {},
      assumeRole: undefined,
      backend: undefined,
      trustPolicyQuota: 2048,
      values: [],
      waitsFor: [],
      roles: [
        {
          repository: "web-shop",
          scope: { environment: "staging", key: undefined },
          part: undefined,
          name: "web-shop-staging",
          description: undefined,
          sessionSeconds: 3600,
          tags: {},
          sessionName: undefined,
          managedPolicies: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"],
          customerPolicies: [],
          inlinePolicies: [],
          permissionsBoundary: undefined,
          exclusive: false,
          admits: [{ repository: webShop, jobs: { environment: "staging" } }],
          alsoTrusts: [],
          publish: [
            {
              kind: "variable",
              name: "AWS_ROLE_ARN",
              value: "arn",
              place: { repository: "web-shop", environment: "staging" },
            },
            {
              kind: "variable",
              name: "AWS_REGION",
              value: "region",
              place: { repository: "web-shop", environment: "staging" },
            },
          ],
        },
      ],
      chainedRoles: [],
      subjectTemplates: [],
      environments: [
        {
          repository: "web-shop",
          visibility: "private",
          name: "staging",
          protection: {
            reviewers: { teams: [], users: [] },
            waitTimer: 0,
            preventSelfReview: false,
            adminsCanBypass: false,
            deployFrom: undefined,
          },
          variables: {},
          secrets: {},
        },
      ],
    });
  });

  test("has the account production, as it says", () => {
    const role = (each: Partial<RoleAccess>): object => ({
      repository: "web-shop",
      alsoTrusts: [],
      part: undefined,
      description: undefined,
      sessionSeconds: 3600,
      tags: { owner: "platform" },
      sessionName: undefined,
      managedPolicies: [],
      customerPolicies: [],
      inlinePolicies: [],
      permissionsBoundary: "arn:aws:iam::111122223333:policy/ci-boundary",
      exclusive: false,
      publish: [],
      ...each,
    });
    expect(access.account("production")).toStrictEqual({
      name: "production",
      id: "111122223333",
      region: "eu-west-1",
      partition: "aws",
      github,
      preventDestroy: false,
      protectedBranches: [],
      renames: [],
      oidcProvider: "existing",
      audiences: ["sts.amazonaws.com"],
      assertsClaimKeys: false,
      permissionsBoundary: "arn:aws:iam::111122223333:policy/ci-boundary",
      exclusive: false,
      rolePath: "/github/",
      tags: { owner: "platform" },
      assumeRole: "arn:aws:iam::111122223333:role/terraform",
      backend: { s3: { bucket: "octo-tfstate-production", key: "github-access.tfstate", region: "eu-west-1" } },
      trustPolicyQuota: 2048,
      values: [],
      waitsFor: [],
      roles: [
        role({
          scope: { environment: "production", key: undefined },
          name: "web-shop-production",
          sessionSeconds: 7200,
          managedPolicies: ["arn:aws:iam::aws:policy/AmazonECS_FullAccess"],
          inlinePolicies: [{ name: "deploy", document: policy("web-shop-deploy.json") as never }],
          admits: [{ repository: webShop as never, jobs: { environment: "production" } }],
          publish: [
            {
              kind: "variable",
              name: "AWS_ROLE_ARN",
              value: "arn",
              place: { repository: "web-shop", environment: "production" },
            },
            {
              kind: "variable",
              name: "AWS_REGION",
              value: "region",
              place: { repository: "web-shop", environment: "production" },
            },
          ],
        }),
        role({
          scope: { role: "plan" },
          name: "web-shop-plan",
          managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
          admits: [
            { repository: webShop as never, jobs: { pullRequest: true } },
            { repository: webShop as never, jobs: { branch: "main" } },
          ],
          publish: [{ kind: "variable", name: "AWS_PLAN_ROLE_ARN", value: "arn", place: { repository: "web-shop" } }],
        }),
        role({
          scope: { role: "release" },
          name: "web-shop-release",
          inlinePolicies: [{ name: "publish", document: policy("web-shop-release.json") as never }],
          admits: [
            {
              repository: webShop as never,
              jobs: { tag: "v*", workflow: "octo-org/ci/.github/workflows/release.yml@refs/heads/main" },
            },
          ],
          publish: [{ kind: "secret", name: "AWS_RELEASE_ROLE_ARN", value: "arn", place: { repository: "web-shop" } }],
        }),
      ],
      chainedRoles: [],
      subjectTemplates: [],
      environments: [
        {
          repository: "web-shop",
          visibility: "private",
          name: "production",
          protection: {
            reviewers: { teams: ["release-managers"], users: ["octocat"] },
            waitTimer: 10,
            preventSelfReview: true,
            adminsCanBypass: false,
            deployFrom: { branches: ["main", "release/*"], tags: ["v*"] },
          },
          variables: { LOG_LEVEL: "info" },
          secrets: { SENTRY_DSN: { fromVariable: "web_shop_sentry_dsn" } },
        },
      ],
    });
  });

  test("has these accounts and no other, in the file's order", () => {
    expect(access.accounts.map(({ name }) => name)).toEqual(["staging", "production"]);
  });
});

describe("an access", () => {
  test("is taken as it is", () => {
    const access = Access.from(withRepository({}));
    expect(Access.from(access)).toBe(access);
  });

  test("is plain data, and leaves the config alone, frozen or not", () => {
    const freeze = <T>(value: T): T =>
      typeof value === "object" && value !== null
        ? (Object.values(value).forEach(freeze), Object.freeze(value))
        : value;
    const { accounts } = Access.from(
      freeze(
        withEnvironment({
          reviewers: { users: ["b", "a"] },
          role: { managedPolicies: ["ReadOnlyAccess", "AmazonS3FullAccess"] },
        }),
      ),
    );
    expect(structuredClone(accounts)).toEqual(accounts);
    expect(JSON.parse(JSON.stringify(accounts))).toMatchObject([
      { name: "main", roles: [{ name: "web-shop-production" }] },
    ]);
  });

  test("tells which accounts there are when asked for another", () => {
    const access = Access.from({
      ...withRepository({}),
      accounts: {
        staging: { id: "222233334444", region: "eu-west-1" },
        production: { id: "111122223333", region: "eu-west-1" },
      },
    });
    expect(() => access.account("prod")).toThrow(
      new RangeError('There is no account "prod": there are staging, production'),
    );
  });

  test("tells of mistakes by their paths, having no lines", () => {
    let error: unknown;
    try {
      Access.from({
        ...withRepository({}),
        repositories: {
          "web-shop": {
            environments: { production: { waitTimer: -1 } },
            roles: { plan: { allow: [{ branch: "main" }, { tag: "a b" }] } },
          },
        },
      });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(AccessConfigError);
    expect((error as AccessConfigError).diagnostics).toEqual([
      {
        file: undefined,
        position: undefined,
        path: ["repositories", "web-shop", "environments", "production", "waitTimer"],
        message: expect.stringContaining('"waitTimer" -1'),
      },
      {
        file: undefined,
        position: undefined,
        path: ["repositories", "web-shop", "roles", "plan", "allow", 1, "tag"],
        message: expect.stringContaining('"tag" "a b"'),
      },
    ]);
    expect((error as AccessConfigError).message.split("\n")).toEqual([
      expect.stringMatching(/^repositories\.web-shop\.environments\.production\.waitTimer: /),
      expect.stringMatching(/^repositories\.web-shop\.roles\.plan\.allow\[1\]\.tag: /),
    ]);
  });

  test("reads policy files from the folder given, or the working directory", () => {
    const folder = new AccessFolder();
    folder.write("policies/deploy.json", '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}');
    const config = withRole({ inlinePolicies: { deploy: "policies/deploy.json" } });
    expect(main(config, { policyFolder: folder.path }).roles[0]?.inlinePolicies).toHaveLength(1);
    expect(mistakesOf(() => Access.from(config))).toEqual([
      expect.stringContaining('policy file "policies/deploy.json": there is no such file'),
    ]);
    folder.remove();
  });
});

describe("accounts", () => {
  test.each([
    ["eu-west-1", "aws", "sts.amazonaws.com"],
    ["cn-north-1", "aws-cn", "sts.amazonaws.com.cn"],
    ["cn-northwest-1", "aws-cn", "sts.amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "sts.amazonaws.com"],
    ["us-isob-east-1", "aws-iso-b", "sts.amazonaws.com"],
    ["eusc-de-east-1", "aws-eusc", "sts.amazonaws.com"],
  ])("in %s are of partition %s, with its audience and its policies", (region, partition, audience) => {
    const account = main(
      withRole(
        { managedPolicies: ["ReadOnlyAccess", `arn:${partition}:iam::111122223333:policy/own`] },
        {
          region,
          permissionsBoundary: `arn:${partition}:iam::aws:policy/PowerUserAccess`,
          assumeRole: `arn:${partition}:iam::111122223333:role/terraform`,
        },
      ),
    );
    expect([account.partition, account.audiences]).toEqual([partition, [audience]]);
    expect(account.roles[0]?.managedPolicies).toEqual([
      `arn:${partition}:iam::111122223333:policy/own`,
      `arn:${partition}:iam::aws:policy/ReadOnlyAccess`,
    ]);
  });

  test("have the audiences given, each once", () => {
    expect(main(withRepository({}, {}, { audiences: ["b", "a", "b"] })).audiences).toEqual(["b", "a"]);
  });

  test("need not be named where there is only one", () => {
    const { environments, roles } = main(
      withRepository({ environments: { a: null, b: {}, c: { role: {} } }, roles: { d: { allow: [{ any: true }] } } }),
    );
    expect(environments.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(roles.map(({ name }) => name)).toEqual(["web-shop-c", "web-shop-d"]);
  });

  test("own the environments of their roles, and those that name them", () => {
    const access = Access.from({
      github: { owner: "octo-org" },
      accounts: { one: { id: "111122223333", region: "eu-west-1" }, two: { id: "222233334444", region: "eu-west-1" } },
      repositories: {
        "web-shop": {
          environments: {
            a: { role: { account: "one" } },
            b: { account: "two" },
            c: { account: "two", role: {} },
            d: { account: "one", role: { account: "one" } },
          },
        },
      },
    });
    expect(access.accounts.map(({ environments }) => environments.map(({ name }) => name))).toEqual([
      ["a", "d"],
      ["b", "c"],
    ]);
    expect(access.accounts.map(({ roles }) => roles.map(({ name }) => name))).toEqual([
      ["web-shop-a", "web-shop-d"],
      ["web-shop-c"],
    ]);
  });

  test("may have states that differ only in case, in one bucket", () => {
    const backend = (key: string): AccountConfig["backend"] => ({
      s3: { bucket: "octo-state", key, region: "eu-west-1" },
    });
    const accounts = {
      one: { id: "111122223333", region: "eu-west-1", backend: backend("a") },
      two: { id: "222233334444", region: "eu-west-1", backend: backend("A") },
    };
    expect(messages({ github: { owner: "octo-org" }, accounts, repositories: {} })).toEqual([]);
  });
});

describe("GitHub", () => {
  test.each([
    [{}, "token.actions.githubusercontent.com", undefined],
    [{ enterpriseSlug: "octo" }, "token.actions.githubusercontent.com/octo", undefined],
    [{ host: "octo.ghe.com" }, "token.actions.octo.ghe.com", "https://api.octo.ghe.com/"],
    [{ host: "octo.ghe.com", enterpriseSlug: "octo" }, "token.actions.octo.ghe.com/octo", "https://api.octo.ghe.com/"],
    [{ host: "github.example.com" }, "github.example.com/_services/token", "https://github.example.com/"],
  ])("of %j has the issuer %s", (github, issuer, apiUrl) => {
    const { instance } = main(withRepository(null, github)).github;
    expect([instance.issuer, instance.apiUrl]).toEqual([issuer, apiUrl]);
  });
});

describe("environments", () => {
  test("without settings let everybody deploy from everywhere, and administrators bypass nothing", () => {
    const expected = {
      reviewers: { teams: [], users: [] },
      waitTimer: 0,
      preventSelfReview: false,
      adminsCanBypass: false,
      deployFrom: undefined,
    };
    expect(environmentOf(withEnvironment(null)).protection).toStrictEqual(expected);
    expect(environmentOf(withEnvironment({})).protection).toStrictEqual(expected);
  });

  test.each([
    ["enterprise", "private", false],
    ["team", "private", true],
    ["team", "public", false],
    ["pro", "private", true],
    ["free", "public", false],
    [undefined, "private", false],
  ] as const)("on plan %s, in a %s repository, let administrators bypass: %s", (plan, visibility, adminsCanBypass) => {
    const config = withRepository({ visibility, environments: { production: {} } }, plan ? { plan } : {});
    expect(environmentOf(config).protection.adminsCanBypass).toBe(adminsCanBypass);
  });

  test("have names in one order, however they are listed", () => {
    const { protection } = environmentOf(
      withEnvironment({ reviewers: { teams: ["b", "a"], users: ["d", "C"] }, deployFrom: { branches: ["z", "a"] } }),
    );
    expect(protection.reviewers).toEqual({ teams: ["a", "b"], users: ["C", "d"] });
    expect(protection.deployFrom).toEqual({ branches: ["a", "z"], tags: [] });
  });

  test("may deploy from protected branches only", () => {
    expect(environmentOf(withEnvironment({ deployFrom: "protectedBranches" })).protection.deployFrom).toBe(
      "protectedBranches",
    );
  });
});

describe("roles", () => {
  test.each([
    [undefined, 3600],
    ["1h", 3600],
    ["60m", 3600],
    ["90m", 5400],
    ["1h30m", 5400],
    ["5400s", 5400],
    [3600, 3600],
    [43200, 43200],
    ["12h", 43200],
  ])("whose session lasts %p have %p seconds", (sessionDuration, seconds) => {
    expect(roleOf(withRole(sessionDuration === undefined ? {} : { sessionDuration })).sessionSeconds).toBe(seconds);
  });

  test.each([3599, 43201, "59m59s", "12h1s", "0h", "1.5h", "1 h", "h", "1H", "PT1H", "-1h"])(
    "cannot have a session of %p",
    (sessionDuration) => {
      expect(messages(withRole({ sessionDuration }))).toEqual([
        expect.stringContaining(`session duration ${JSON.stringify(sessionDuration)}: `),
      ]);
    },
  );

  test("have each policy once, in one order", () => {
    const document = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
    const role = roleOf(
      withRole({
        managedPolicies: [
          "ReadOnlyAccess",
          "arn:aws:iam::aws:policy/AmazonS3FullAccess",
          "AmazonS3FullAccess",
          "ReadOnlyAccess",
        ],
        inlinePolicies: { z: document, a: document },
      }),
    );
    expect(role.managedPolicies).toEqual([
      "arn:aws:iam::aws:policy/AmazonS3FullAccess",
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
    ]);
    expect(role.inlinePolicies.map(({ name }) => name)).toEqual(["a", "z"]);
  });

  test("have the managed policies that are made for them, named after role and key", () => {
    const document = { Statement: { Effect: "Allow" as const, Action: "*", Resource: "*" } };
    expect(roleOf(withRole({ customerPolicies: { z: document, a: document } })).customerPolicies).toEqual([
      { key: "a", name: "web-shop-production-a", document },
      { key: "z", name: "web-shop-production-z", document },
    ]);
  });

  test("have the account's values in place of placeholders, and IAM's variables as they are", () => {
    const resource = (of: string): { Statement: object[] } => ({
      Statement: [{ Effect: "Allow", Action: "*", Resource: of }],
    });
    const source = resource("arn:{{partition}}:s3:{{region}}:{{accountId}}:${aws:username}/{{accountId}}{x}");
    const config = withRepository(
      {
        environments: { production: { role: { inlinePolicies: { own: source }, customerPolicies: { own: source } } } },
      },
      {},
      { region: "cn-north-1", audiences: ["octo"] },
    );
    const role = roleOf(config);
    const expected = resource("arn:aws-cn:s3:cn-north-1:111122223333:${aws:username}/111122223333{x}");
    expect([role.inlinePolicies[0]?.document, role.customerPolicies[0]?.document]).toEqual([expected, expected]);
    expect(source).toEqual(resource("arn:{{partition}}:s3:{{region}}:{{accountId}}:${aws:username}/{{accountId}}{x}"));
  });

  test("tell of an account that is wrong, whatever a placeholder would be there", () => {
    const config = withRepository(
      {
        environments: {
          production: {
            role: {
              inlinePolicies: {
                own: { Statement: [{ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::{{region}}" }] },
              },
            },
          },
        },
      },
      {},
      { region: '\u0000"' },
    );
    expect(() => Access.from(config)).toThrow(/accounts\.main\.region: region /);
  });

  test("have the account's boundary, or their own", () => {
    const account = { permissionsBoundary: "arn:aws:iam::111122223333:policy/of-account" };
    const boundary = (role: EnvironmentRoleConfig): unknown =>
      roleOf(withRepository({ environments: { production: { role } } }, {}, account)).permissionsBoundary;
    expect(boundary({})).toBe(account.permissionsBoundary);
    expect(boundary({ permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" })).toBe(
      "arn:aws:iam::aws:policy/PowerUserAccess",
    );
    expect(roleOf(withRole({})).permissionsBoundary).toBeUndefined();
  });

  test.each([
    [undefined, undefined, false],
    [true, undefined, true],
    [true, false, false],
    [false, true, true],
  ])("of an account whose exclusive is %p, and which say %p, are exclusive: %p", (ofAccount, own, exclusive) => {
    expect(
      roleOf(
        withRepository({ environments: { production: { role: { exclusive: own } } } }, {}, { exclusive: ofAccount }),
      ).exclusive,
    ).toBe(exclusive);
  });

  test.each([
    [undefined, ["variable AWS_ROLE_ARN: arn", "variable AWS_REGION: region"]],
    [false, []],
    [{ variable: "ARN" }, ["variable ARN: arn", "variable AWS_REGION: region"]],
    [{ secret: "ARN" }, ["secret ARN: arn", "variable AWS_REGION: region"]],
    [{ variable: "NAME", value: "name" }, ["variable NAME: name", "variable AWS_REGION: region"]],
    [[], []],
    [[{ variable: "ARN" }], ["variable ARN: arn"]],
    [
      [
        { variable: "A" },
        { secret: "B", value: "accountId" },
        { variable: "C", value: "partition" },
        { variable: "D", value: "region" },
        { secret: "E", value: "name" },
      ],
      ["variable A: arn", "secret B: accountId", "variable C: partition", "variable D: region", "secret E: name"],
    ],
  ] as [PublishConfig | undefined, string[]][])(
    "of an environment that say publish: %j publish %j",
    (publish, expected) => {
      expect(
        roleOf(withRole(publish === undefined ? {} : { publish })).publish.map(
          ({ kind, name, value }) => `${kind} ${name}: ${value}`,
        ),
      ).toEqual(expected);
    },
  );

  test("of a repository publish nothing unless that is said", () => {
    const publishOf = (publish?: { variable: string }): unknown =>
      roleOf(withRepository({ roles: { plan: { allow: [{ any: true }], ...(publish && { publish }) } } })).publish;
    expect(publishOf()).toEqual([]);
    expect(publishOf({ variable: "ARN" })).toEqual([
      { kind: "variable", name: "ARN", value: "arn", place: { repository: "web-shop" } },
    ]);
  });

  test("take the name given, or the one of what they belong to", () => {
    expect(roleOf(withRole({ name: "deployer" })).name).toBe("deployer");
    expect(roleOf(withRepository({ roles: { plan: { allow: [{ any: true }] } } })).name).toBe("web-shop-plan");
  });

  test("of two accounts may have one name", () => {
    const accounts = {
      one: { id: "111122223333", region: "eu-west-1" },
      two: { id: "222233334444", region: "eu-west-1" },
    };
    const role = (account: string): EnvironmentConfig => ({ role: { account, name: "deploy" } });
    expect(
      messages({
        github: { owner: "octo-org" },
        accounts,
        repositories: { "web-shop": { environments: { a: role("one"), b: role("two") } } },
      }),
    ).toEqual([]);
  });
});

describe("subjects", () => {
  const admitted = (config: AccessConfig): unknown => roleOf(config).admits[0]?.repository;
  const plan = (entry: { repository?: string; subject?: string } = {}): RepositoryConfig["roles"] => ({
    plan: { allow: [entry.subject === undefined ? { branch: "main", ...entry } : entry] },
  });

  test("are looked up unless that is said", () => {
    expect(admitted(withRepository({ roles: plan() }))).toEqual({
      owner: "octo-org",
      name: "web-shop",
      subjects: "lookup",
      ids: undefined,
    });
  });

  test("follow the file, or the repository against the file", () => {
    expect(admitted(withRepository({ roles: plan() }, { subjects: "name" }))).toMatchObject({
      subjects: "name",
      ids: undefined,
    });
    expect(admitted(withRepository({ subjects: "lookup", roles: plan() }, { subjects: "name" }))).toMatchObject({
      subjects: "lookup",
    });
  });

  test.each(["immutable", "both"] as const)("that are %s have the ids given", (subjects) => {
    expect(admitted(withRepository({ id: "74", subjects, roles: plan() }, { ownerId: "65" }))).toEqual({
      owner: "octo-org",
      name: "web-shop",
      subjects,
      ids: { owner: "65", repository: "74" },
    });
  });

  test.each(["2027-01-31T23:59:59Z", "2026-01-01T00:00:00Z"])("in both forms up to a day are so on %s", (today) => {
    const config = withRepository(
      { id: "74", subjects: { both: { until: "2027-01-31" } }, roles: plan() },
      { ownerId: "65" },
    );
    const [role] = Access.from(config, { today: new Date(today) }).accounts[0]?.roles ?? [];
    expect(role?.admits[0]?.repository).toEqual({
      owner: "octo-org",
      name: "web-shop",
      subjects: "both",
      until: "2027-01-31",
      ids: { owner: "65", repository: "74" },
    });
  });

  test("in both forms up to a day are refused on the day after, wherever that is said", () => {
    const today = new Date("2027-02-01T00:00:00Z");
    const past = { both: { until: "2027-01-31" } };
    for (const config of [withRepository({ subjects: past }), withRepository({}, { subjects: past })])
      expect(mistakesOf(() => Access.from(config, { today }))).toEqual([
        expect.stringContaining('subjects.both.until: "2027-01-31" is past'),
      ]);
  });

  test("in both forms have the ids read in the plan, where the file has none or one", () => {
    expect(admitted(withRepository({ subjects: "both", roles: plan() }))).toEqual({
      owner: "octo-org",
      name: "web-shop",
      subjects: "both",
      ids: undefined,
      expectedIds: { owner: undefined, repository: undefined },
    });
    expect(admitted(withRepository({ subjects: "both", roles: plan() }, { ownerId: "65" }))).toMatchObject({
      ids: undefined,
      expectedIds: { owner: "65" },
    });
    expect(
      admitted(withRepository({ roles: plan({ repository: "other/ci" }) }, { subjects: "both", ownerId: "65" })),
    ).toMatchObject({ owner: "other", ids: undefined, expectedIds: {} });
  });

  test("of another repository are its own", () => {
    const config = (repository: string): AccessConfig => {
      const base = withRepository({ roles: plan({ repository }) }, { ownerId: "65" });
      return { ...base, repositories: { ...base.repositories, ci: { id: "9", subjects: "both" } } };
    };
    expect(admitted(config("ci"))).toMatchObject({
      owner: "octo-org",
      name: "ci",
      subjects: "both",
      ids: { repository: "9" },
    });
    expect(admitted(config("Octo-Org/ci"))).toMatchObject({ name: "ci", subjects: "both" });
    expect(admitted(config("other/ci"))).toEqual({ owner: "other", name: "ci", subjects: "lookup", ids: undefined });
  });

  test("that are written out need neither ids nor a look at GitHub", () => {
    expect(
      admitted(withRepository({ subjects: "both", roles: plan({ subject: "repo:octo-org/ci:environment:x" }) })),
    ).toMatchObject({ subjects: "name" });
  });
});

describe("limits", () => {
  const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
  const object = <T>(count: number, make: (n: number) => [string, T]): Record<string, T> =>
    Object.fromEntries(many(count, make));

  test("64 characters of a role's name are accepted, 65 are not", () => {
    expect(messages(withRole({ name: "n".repeat(64) }))).toEqual([]);
    expect(messages(withRole({ name: "n".repeat(65) }))).toEqual([
      expect.stringContaining("use at most 64 characters, this has 65"),
    ]);
  });

  test("64 characters of a role's default name are accepted, 65 are not", () => {
    const withLength = (length: number): AccessConfig =>
      withRepository({ environments: { ["e".repeat(length - "web-shop-".length)]: { role: {} } } });
    expect(roleOf(withLength(64)).name).toHaveLength(64);
    expect(messages(withLength(65))).toEqual([
      expect.stringMatching(
        /^the role's default name "web-shop-e+" is not valid in IAM \(use at most 64 characters, this has 65\): give it a "name"$/,
      ),
    ]);
  });

  test("255 characters of an environment's name are accepted, 256 are not", () => {
    expect(messages(withRepository({ environments: { ["e".repeat(255)]: {} } }))).toEqual([]);
    expect(messages(withRepository({ environments: { ["e".repeat(256)]: {} } }))).toEqual([
      expect.stringContaining("use 1 to 255 characters, this has 256"),
    ]);
  });

  test("six reviewers are accepted, seven are not", () => {
    const reviewers = (teams: number, users: number): EnvironmentConfig => ({
      reviewers: { teams: many(teams, (n) => `t${n}`), users: many(users, (n) => `u${n}`) },
    });
    for (const six of [reviewers(6, 0), reviewers(0, 6), reviewers(3, 3)])
      expect(messages(withEnvironment(six))).toEqual([]);
    for (const seven of [reviewers(7, 0), reviewers(0, 7), reviewers(3, 4)])
      expect(messages(withEnvironment(seven))).toEqual([
        expect.stringMatching(/^7 reviewers: GitHub accepts at most 6 users and teams together/),
      ]);
  });

  test("0 and 43,200 minutes of waiting are accepted, fewer and more are not", () => {
    for (const waitTimer of [0, 43_200]) expect(messages(withEnvironment({ waitTimer }))).toEqual([]);
    for (const waitTimer of [-1, 43_201])
      expect(messages(withEnvironment({ waitTimer }))).toEqual([
        expect.stringContaining(`"waitTimer" ${waitTimer}: use at`),
      ]);
  });

  test("48 KB of a value are accepted, a byte more is not", () => {
    const withValue = (value: string): AccessConfig => withEnvironment({ variables: { V: value } });
    expect(messages(withValue("x".repeat(49_152)))).toEqual([]);
    expect(messages(withValue("é".repeat(24_576)))).toEqual([]);
    expect(messages(withValue("x".repeat(49_153)))).toEqual([
      "a value of 49153 bytes: shorten it, GitHub stores at most 49152",
    ]);
    expect(messages(withValue(`${"é".repeat(24_576)}x`))).toEqual([expect.stringContaining("a value of 49153 bytes")]);
  });

  test("100 variables with those that the role publishes are accepted, 101 are not", () => {
    const withVariables = (count: number, role?: EnvironmentRoleConfig): AccessConfig =>
      withEnvironment({ variables: object(count, (n) => [`V${n}`, "x"]), ...(role && { role }) });
    expect(messages(withVariables(100))).toEqual([]);
    expect(messages(withVariables(100, { publish: false }))).toEqual([]);
    expect(messages(withVariables(99, { publish: { secret: "ARN" } }))).toEqual([]);
    expect(messages(withVariables(98, {}))).toEqual([]);
    const tooMany = ["101 variables: GitHub keeps at most 100 in an environment, take some away"];
    expect(messages(withVariables(101))).toEqual(tooMany);
    expect(messages(withVariables(100, { publish: { secret: "ARN" } }))).toEqual(tooMany);
    expect(messages(withVariables(99, {}))).toEqual(tooMany);
  });

  test("100 secrets with the one that the role publishes are accepted, 101 are not", () => {
    const withSecrets = (count: number, role?: EnvironmentRoleConfig): AccessConfig =>
      withEnvironment({ secrets: object(count, (n) => [`S${n}`, { fromVariable: "s" }]), ...(role && { role }) });
    expect(messages(withSecrets(100, {}))).toEqual([]);
    expect(messages(withSecrets(99, { publish: { secret: "ARN" } }))).toEqual([]);
    expect(messages(withSecrets(100, { publish: { secret: "ARN" } }))).toEqual([
      "101 secrets: GitHub keeps at most 100 in an environment, take some away",
    ]);
  });

  test("25 managed policies are accepted, 26 are not", () => {
    const policies = (count: number): string[] => many(count, (n) => `arn:aws:iam::aws:policy/Policy${n}`);
    expect(messages(withRole({ managedPolicies: [...policies(25), ...policies(1)] }))).toEqual([]);
    expect(messages(withRole({ managedPolicies: policies(26) }))).toEqual([
      "26 managed policies: IAM attaches at most 25 to a role, make one of several",
    ]);
  });

  test("10,240 characters of inline policies are accepted, without white space, one more is not", () => {
    const document = (length: number): { Statement: object } => {
      const made = (resource: string): { Statement: object } => ({
        Statement: { Effect: "Allow", Action: "*", Resource: resource },
      });
      return made(`arn:${"x".repeat(length - JSON.stringify(made("arn:")).length)}`);
    };
    expect(messages(withRole({ inlinePolicies: { a: document(5_120), b: document(5_120) } }))).toEqual([]);
    expect(messages(withRole({ inlinePolicies: { a: document(5_120), b: document(5_121) } }))).toEqual([
      'inline policies of 10241 characters together exceed IAM\'s limit of 10240: put the largest under "customerPolicies", where each may have 6144',
    ]);
    const folder = new AccessFolder();
    folder.write("spacious.json", JSON.stringify(document(10_240), null, 8).padEnd(20_000));
    expect(
      mistakesOf(() =>
        Access.from(withRole({ inlinePolicies: { a: "spacious.json" } }), { policyFolder: folder.path }),
      ),
    ).toEqual([]);
    folder.remove();
  });

  test("6,144 characters of a policy made for a role are accepted, without white space, one more is not", () => {
    const document = (length: number): { Statement: object } => {
      const made = (resource: string): { Statement: object } => ({
        Statement: { Effect: "Allow", Action: "*", Resource: resource },
      });
      return made(`arn:${"x".repeat(length - JSON.stringify(made("arn:")).length)}`);
    };
    expect(messages(withRole({ customerPolicies: { a: document(6_144), b: document(6_144) } }))).toEqual([]);
    expect(messages(withRole({ customerPolicies: { a: document(6_145) } }))).toEqual([
      'policy "a" of 6145 characters exceeds IAM\'s limit of 6144 for a managed policy: split it in two',
    ]);
  });

  test("policies made for a role count among its managed ones", () => {
    const document = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
    const made = (count: number): Record<string, { Statement: object }> => object(count, (n) => [`p${n}`, document]);
    expect(messages(withRole({ managedPolicies: ["ReadOnlyAccess"], customerPolicies: made(24) }))).toEqual([]);
    expect(messages(withRole({ managedPolicies: ["ReadOnlyAccess"], customerPolicies: made(25) }))).toEqual([
      "26 managed policies: IAM attaches at most 25 to a role, make one of several",
    ]);
    expect(messages(withRole({ customerPolicies: made(26) }))).toEqual([
      "26 managed policies: IAM attaches at most 25 to a role, make one of several",
    ]);
  });

  test("50 tags are accepted, 51 are not", () => {
    const tagged = (count: number): AccessConfig =>
      withRepository({}, {}, { tags: object(count, (n) => [`t${n}`, "x"]) });
    expect(messages(tagged(50))).toEqual([]);
    expect(messages(tagged(51))).toEqual(["51 tags: IAM takes at most 50, remove some"]);
  });

  describe("a trust policy", () => {
    /** A role that admits branches of 200 characters, and one of a length of choice. */
    const admitting = (branches: number, length: number, account: Partial<AccountConfig> = {}): AccessConfig =>
      withRepository(
        {
          subjects: "name",
          roles: {
            deploy: {
              allow: [
                ...many(branches, (n) => ({ branch: `${"b".repeat(195)}${10_000 + n}` })),
                { branch: "c".repeat(length) },
              ],
            },
          },
        },
        {},
        account,
      );
    const sizeOf = (config: AccessConfig): number =>
      Number(/^trust policy of ([0-9]+) characters/.exec(messages(config)[0] ?? "")?.[1]);

    test.each([
      [2_048, 6],
      [4_096, 15],
      [8_192, 32],
    ])("is accepted at the quota of %i characters, and refused over it with its size", (trustPolicyQuota, branches) => {
      const account = trustPolicyQuota === 2_048 ? {} : { trustPolicyQuota };
      const atQuota = 240 - (sizeOf(admitting(branches, 240, account)) - trustPolicyQuota);
      expect(messages(admitting(branches, atQuota, account))).toEqual([]);
      const [message, ...others] = messages(admitting(branches, atQuota + 1, account));
      expect(others).toEqual([]);
      expect(message).toContain(
        `trust policy of ${trustPolicyQuota + 1} characters, over the quota of ${trustPolicyQuota}: admit fewer jobs, make two roles of it`,
      );
      expect(message?.includes('set "trustPolicyQuota"')).toBe(trustPolicyQuota < 8_192);
    });

    test("is accepted where the account's quota was raised", () => {
      expect(sizeOf(admitting(9, 200))).toBeGreaterThan(2_048);
      expect(messages(admitting(9, 200, { trustPolicyQuota: 4_096 }))).toEqual([]);
    });

    test("is reckoned with ids of ten digits while GitHub has not been asked", () => {
      const lookup = withRepository({
        roles: { deploy: { allow: many(10, (n) => ({ branch: `${"b".repeat(195)}${n}` })) } },
      });
      const byId = withRepository(
        {
          id: "1".repeat(10),
          subjects: "immutable",
          roles: { deploy: { allow: many(10, (n) => ({ branch: `${"b".repeat(195)}${n}` })) } },
        },
        { ownerId: "1".repeat(10) },
      );
      expect(messages(lookup)).toEqual(
        messages(byId).map((message) => message.replace("trust policy of", "trust policy of up to")),
      );
    });
  });
});
