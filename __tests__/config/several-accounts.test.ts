import { Access } from "../../lib/config/access";
import type { AccountAccess } from "../../lib/config/account-access";
import type { AccessConfig, EnvironmentConfig, RepositoryConfig } from "../../lib/config/schema";

const ACCOUNTS: AccessConfig["accounts"] = {
  staging: { id: "222233334444", region: "eu-west-1", rolePath: "/ci/" },
  "prod-eu": {
    id: "111122223333",
    region: "eu-central-1",
    permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary",
  },
  china: { id: "333344445555", region: "cn-north-1", oidcProvider: "existing" },
};

const accessOf = (repository: RepositoryConfig, accounts = ACCOUNTS): Access =>
  Access.from({ github: { owner: "octo-org" }, accounts, repositories: { web: repository } });
const inEnvironment = (environment: EnvironmentConfig): Access => accessOf({ environments: { live: environment } });
const publishedBy = ({ roles }: AccountAccess): string[] =>
  roles.flatMap(({ publish }) => publish.map(({ kind, name, value }) => `${kind} ${name}: ${value}`));
const byAccount = <T>(access: Access, of: (account: AccountAccess) => T): Record<string, T> =>
  Object.fromEntries(access.accounts.map((account) => [account.name, of(account)]));

describe("a role in several accounts", () => {
  test("is in those that are listed, under one name, and in all where the file says so", () => {
    const names = (accounts: "all" | string[]) =>
      byAccount(inEnvironment({ account: "staging", role: { accounts } }), ({ roles }) =>
        roles.map(({ name }) => name),
      );
    expect(names(["staging", "china"])).toEqual({ staging: ["web-live"], "prod-eu": [], china: ["web-live"] });
    expect(names("all")).toEqual({ staging: ["web-live"], "prod-eu": ["web-live"], china: ["web-live"] });
  });

  test("has each account's own policies of AWS, and everything else alike", () => {
    const access = inEnvironment({
      account: "staging",
      role: { accounts: "all", managedPolicies: ["ReadOnlyAccess"], sessionDuration: "2h", description: "Deploys" },
    });
    const roles = byAccount(access, ({ roles: [role] }) => role);
    expect(roles["china"]?.managedPolicies).toEqual(["arn:aws-cn:iam::aws:policy/ReadOnlyAccess"]);
    for (const role of Object.values(roles))
      expect(role).toMatchObject({
        name: "web-live",
        sessionSeconds: 7200,
        description: "Deploys",
        admits: roles["staging"]?.admits,
      });
  });

  test("publishes in each account under a name that ends in the account's", () => {
    expect(
      byAccount(inEnvironment({ account: "staging", role: { accounts: ["staging", "prod-eu"] } }), publishedBy),
    ).toEqual({
      staging: ["variable AWS_ROLE_ARN_STAGING: arn", "variable AWS_REGION_STAGING: region"],
      "prod-eu": ["variable AWS_ROLE_ARN_PROD_EU: arn", "variable AWS_REGION_PROD_EU: region"],
      china: [],
    });
  });

  test("has the account in a name that the file chose as well, and in that of a repository's value", () => {
    const access = accessOf({
      roles: {
        plan: {
          accounts: ["prod-eu"],
          allow: [{ branch: "main" }],
          publish: [{ secret: "PLAN" }, { variable: "PLAN_ID", value: "accountId" }],
        },
      },
    });
    expect(publishedBy(access.account("prod-eu"))).toEqual([
      "secret PLAN_PROD_EU: arn",
      "variable PLAN_ID_PROD_EU: accountId",
    ]);
  });

  test("keeps its published name when another account is added to the list", () => {
    const namesOf = (accounts: string[]) =>
      publishedBy(
        accessOf({ roles: { plan: { accounts, allow: [{ branch: "main" }], publish: { variable: "PLAN" } } } }).account(
          "staging",
        ),
      );
    expect(namesOf(["staging"])).toEqual(namesOf(["staging", "china"]));
  });

  test("tells a mistake that it makes in every account once", () => {
    expect(() =>
      inEnvironment({
        account: "staging",
        role: { accounts: ["staging", "prod-eu"], name: "a b" as string, inlinePolicies: { x: "none.json" } },
      }),
    ).toThrow(
      /^repositories\.web\.environments\.live\.role\.name: [^\n]*\nrepositories\.web\.environments\.live\.role\.inlinePolicies\.x: [^\n]*$/,
    );
  });
});

test("a few lines that ask for more roles than anybody has are refused, before there is no memory left", () => {
  const accounts = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, n) => [`a${n}`, { id: String(100_000_000_000 + n), region: "eu-west-1" }]),
  );
  const roles = (count: number): RepositoryConfig => ({
    roles: Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`r${n}`, { accounts: "all" as const, allow: [{ branch: "main" }] }]),
    ),
  });
  expect(() => accessOf(roles(5_000), accounts)).toThrow(
    /^repositories\.web\.roles\.r100: with this there are over 100000 roles in all accounts together: make several files of this one$/,
  );
});

describe("an environment with several roles", () => {
  const roles: EnvironmentConfig = {
    role: { account: "staging" },
    roles: { migrate: { account: "staging" }, "read.only": { account: "staging", publish: { secret: "READER" } } },
  };

  test("has a name for each, and a published name where the file gives none", () => {
    const { roles: made, environments } = inEnvironment(roles).account("staging");
    expect(made.map(({ name, scope }) => [name, scope])).toEqual([
      ["web-live", { environment: "live", key: undefined }],
      ["web-live-migrate", { environment: "live", key: "migrate" }],
      ["web-live-read.only", { environment: "live", key: "read.only" }],
    ]);
    expect(made.flatMap(({ publish }) => publish.map(({ name }) => name))).toEqual([
      "AWS_ROLE_ARN",
      "AWS_REGION",
      "AWS_ROLE_ARN_MIGRATE",
      "AWS_REGION_MIGRATE",
      "READER",
      "AWS_REGION_READ_ONLY",
    ]);
    expect(environments).toHaveLength(1);
  });

  test("admits its own jobs to each of them, and no others", () => {
    for (const { admits } of inEnvironment(roles).account("staging").roles)
      expect(admits.map(({ jobs }) => jobs)).toEqual([{ environment: "live" }]);
  });

  test("puts the key before the account", () => {
    const access = inEnvironment({ account: "china", roles: { "read.only": { accounts: ["prod-eu"] } } });
    expect(publishedBy(access.account("prod-eu"))).toEqual([
      "variable AWS_ROLE_ARN_READ_ONLY_PROD_EU: arn",
      "variable AWS_REGION_READ_ONLY_PROD_EU: region",
    ]);
  });

  test("gives its own account to a role that names none", () => {
    expect(
      byAccount(
        inEnvironment({ account: "china", roles: { one: {}, two: { account: "staging" } } }),
        ({ roles: all }) => all.length,
      ),
    ).toEqual({ china: 1, staging: 1, "prod-eu": 0 });
  });
});

describe("the stack that makes an environment", () => {
  test("is the one that the environment names, and the others wait for it", () => {
    const access = inEnvironment({ account: "prod-eu", role: { accounts: "all" } });
    expect(byAccount(access, ({ environments }) => environments.length)).toEqual({
      staging: 0,
      "prod-eu": 1,
      china: 0,
    });
    expect(byAccount(access, ({ waitsFor }) => waitsFor)).toEqual({
      staging: ["prod-eu"],
      "prod-eu": [],
      china: ["prod-eu"],
    });
  });

  test("comes before those that wait for it; the others stay in the file's order", () => {
    expect(
      inEnvironment({ account: "china", role: { accounts: ["staging", "china"] } }).accounts.map(({ name }) => name),
    ).toEqual(["china", "staging", "prod-eu"]);
    expect(inEnvironment({ role: { account: "china" } }).accounts.map(({ name }) => name)).toEqual([
      "staging",
      "prod-eu",
      "china",
    ]);
  });

  test("is waited for by nobody who publishes nothing there", () => {
    expect(
      byAccount(
        inEnvironment({ account: "prod-eu", role: { accounts: "all", publish: false } }),
        ({ waitsFor }) => waitsFor,
      ),
    ).toEqual({ staging: [], "prod-eu": [], china: [] });
  });

  test("is waited for by nobody who publishes in the organization alone", () => {
    expect(
      byAccount(
        inEnvironment({
          account: "prod-eu",
          role: { accounts: "all", publish: [{ variable: "LIVE", organization: "all" }] },
        }),
        ({ waitsFor }) => waitsFor,
      ),
    ).toEqual({ staging: [], "prod-eu": [], china: [] });
  });

  test("comes first through any number of others", () => {
    const accounts = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`a${n}`, { id: String(100_000_000_000 + n), region: "eu-west-1" }]),
    );
    const environments = Object.fromEntries(
      Array.from({ length: 299 }, (_, n) => [`e${n}`, { account: `a${n + 1}`, role: { accounts: [`a${n}`] } }]),
    );
    expect(accessOf({ environments }, accounts).accounts.map(({ name }) => name)).toEqual(
      Object.keys(accounts).reverse(),
    );
  });
});
