import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { fromConfig } from "../../lib/readers/from-config";
import { Access } from "../../lib/config/access";
import type { AccountAccess, RoleAccess } from "../../lib/config/account-access";
import type { AccessConfig, PairDefaults, RepositoryConfig } from "../../lib/config/schema";
import { AccessFolder } from "./access-folder";

const APPLY = { managedPolicies: ["AmazonVPCFullAccess"] };
const WORKFLOW = "octo-org/ci/.github/workflows/plan.yml@refs/heads/main";

/** One repository, in an account that gives its pairs what is said. */
const file = (
  network: RepositoryConfig,
  terraform: PairDefaults = { apply: APPLY },
  lock: "file" | "none" = "file",
): AccessConfig => ({
  github: { owner: "octo-org", subjects: "name" },
  accounts: {
    staging: { id: "222233334444", region: "eu-west-1", terraform: { apply: APPLY } },
    production: { id: "111122223333", region: "eu-west-1", terraform },
  },
  states: { main: { account: "production", bucket: "octo-tfstate", lock } },
  repositories: { network },
});

const accountsOf = (config: AccessConfig): readonly AccountAccess[] => Access.from(config).accounts;

/** The long form of what a pair makes, in account production. */
const longForm = (
  environment: string,
  {
    plan = {},
    apply = {},
    protection = { deployFrom: { branches: ["main"] } },
  }: { plan?: object; apply?: object; protection?: object } = {},
): RepositoryConfig =>
  ({
    environments: {
      [environment]: { ...protection, role: { account: "production", name: "network-apply", ...APPLY, ...apply } },
    },
    roles: {
      plan: {
        account: "production",
        allow: [{ pullRequest: true }, { branch: "main" }],
        managedPolicies: ["ReadOnlyAccess"],
        publish: { variable: "AWS_PLAN_ROLE_ARN" },
        ...plan,
      },
    },
  }) as RepositoryConfig;

describe("a pair is short for the long form:", () => {
  test.each<[string, AccessConfig, RepositoryConfig]>([
    ["a word", file({ terraform: "production" }), longForm("production")],
    ["an object", file({ terraform: { account: "production" } }), longForm("production")],
    [
      "an environment that is declared keeps its protection",
      file({ terraform: "production", environments: { production: { reviewers: { users: ["octocat"] } } } }),
      longForm("production", { protection: { reviewers: { users: ["octocat"] } } }),
    ],
    [
      "an environment of another name",
      file({ terraform: { account: "production", environment: "live" } }),
      longForm("live"),
    ],
    [
      "another branch",
      file({ terraform: { account: "production", branch: "trunk" } }),
      longForm("production", {
        plan: { allow: [{ pullRequest: true }, { branch: "trunk" }] },
        protection: { deployFrom: { branches: ["trunk"] } },
      }),
    ],
    [
      "a workflow binds every alternative of the plan role",
      file({ terraform: "production" }, { apply: APPLY, workflow: WORKFLOW }),
      longForm("production", {
        plan: {
          allow: [
            { pullRequest: true, workflow: WORKFLOW },
            { branch: "main", workflow: WORKFLOW },
          ],
        },
      }),
    ],
    [
      "the state is locked and written",
      file({ terraform: { account: "production", state: "main" } }),
      longForm("production", {
        plan: { state: { key: "network/", access: "lock" } },
        apply: { state: { key: "network/", access: "write" } },
      }),
    ],
    [
      "a state that is not locked is read",
      file({ terraform: { account: "production", state: "main" } }, { apply: APPLY }, "none"),
      longForm("production", {
        plan: { state: { key: "network/", access: "read" } },
        apply: { state: { key: "network/", access: "write" } },
      }),
    ],
    [
      "a state by its key",
      file({ terraform: { account: "production", state: { key: "a.tfstate" } } }),
      longForm("production", {
        plan: { state: { key: "a.tfstate", access: "lock" } },
        apply: { state: { key: "a.tfstate", access: "write" } },
      }),
    ],
    [
      "further states come behind the pair's own",
      file({ terraform: { account: "production", state: "main", plan: { state: { key: "dns/", access: "read" } } } }),
      longForm("production", {
        plan: {
          state: [
            { key: "network/", access: "lock" },
            { key: "dns/", access: "read" },
          ],
        },
        apply: { state: { key: "network/", access: "write" } },
      }),
    ],
    [
      "settings of the roles",
      file({
        terraform: {
          account: "production",
          plan: { managedPolicies: [], publish: false, name: "planner" },
          apply: { sessionDuration: "2h", publish: { secret: "ROLE" } },
        },
      }),
      longForm("production", {
        plan: { managedPolicies: [], publish: false, name: "planner" },
        apply: { sessionDuration: "2h", publish: { secret: "ROLE" } },
      }),
    ],
    [
      "a repository's key takes the place of its account's",
      file(
        { terraform: { account: "production", plan: { description: "own" } } },
        { apply: APPLY, plan: { description: "common", sessionDuration: "3h" } },
      ),
      longForm("production", { plan: { description: "own", sessionDuration: "3h" } }),
    ],
  ])("%s", (_, pair, long) => {
    const roles = (config: AccessConfig): unknown =>
      accountsOf(config).map((account) => ({
        ...account,
        roles: [...account.roles].sort((a, b) => (a.name < b.name ? -1 : 1)),
      }));
    expect(roles(pair)).toEqual(roles({ ...pair, repositories: { network: long } }));
  });

  test("the long form in the documentation is that of the first example there", () => {
    const page = readFileSync(path.join(__dirname, "../../docs/plan-and-apply.md"), "utf8");
    const block = (fence: string): unknown =>
      parse(new RegExp(`^\`\`\`${fence}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)?.[1] ?? "");
    const example = block("yaml access") as AccessConfig;
    const { network } = example.repositories;
    expect(network).toEqual({ terraform: "production" });
    const only = (repository: RepositoryConfig): AccessConfig => ({
      ...example,
      repositories: { network: repository },
    });
    expect(accountsOf(only(network ?? {}))).toEqual(
      accountsOf(only(block("yaml access of a pair") as RepositoryConfig)),
    );
  });
});

test("pairs of a list have their accounts' names, and states of their own", () => {
  const config = file({ terraform: ["staging", { account: "production", state: "main" }] }, { apply: APPLY });
  const roles = accountsOf(config).flatMap((account) => account.roles);
  expect(
    roles.map(({ name, publish }) => [name, publish.filter(({ value }) => value === "arn").map((each) => each.name)]),
  ).toEqual([
    ["network-apply-staging", ["AWS_ROLE_ARN"]],
    ["network-plan-staging", ["AWS_PLAN_ROLE_ARN_STAGING"]],
    ["network-apply-production", ["AWS_ROLE_ARN"]],
    ["network-plan-production", ["AWS_PLAN_ROLE_ARN_PRODUCTION"]],
  ]);
  const states = (role: RoleAccess | undefined): string => JSON.stringify(role?.inlinePolicies);
  expect(states(roles[2])).toContain("arn:aws:s3:::octo-tfstate/network/production/*");
  expect(states(roles[0])).toBe("[]");
});

describe("where it is written", () => {
  const folder = new AccessFolder();
  afterAll(() => folder.remove());
  const HEAD = `github: {owner: octo-org}
accounts:
  production: {id: "111122223333", region: eu-west-1}
repositories:
  network:
`;

  test("is the pair for its roles, and for an environment that was made", () => {
    const { accounts, environments, values } = fromConfig(
      folder.read(`${HEAD}    terraform:\n      apply: {managedPolicies: [PowerUserAccess]}\n`),
    );
    expect(accounts[0]?.roles.map(({ name, location }) => [name, location])).toEqual([
      ["network-apply", expect.objectContaining({ line: 7, path: ["repositories", "network", "terraform", "apply"] })],
      ["network-plan", expect.objectContaining({ line: 6, path: ["repositories", "network", "terraform", "plan"] })],
    ]);
    expect(environments[0]?.location).toMatchObject({ line: 6, path: ["repositories", "network", "terraform"] });
    expect(values.map(({ location }) => location)).toContainEqual(
      expect.objectContaining({ path: ["repositories", "network", "terraform", "plan"] }),
    );
  });

  test("is its own place for an environment that is declared", () => {
    const { environments } = fromConfig(
      folder.read(
        `${HEAD}    terraform: {environment: live, apply: {managedPolicies: [PowerUserAccess]}}\n    environments:\n      live: {deployFrom: protectedBranches}\n`,
      ),
    );
    expect(environments[0]?.location).toMatchObject({
      line: 8,
      path: ["repositories", "network", "environments", "live"],
    });
  });

  test("is where a finding of one role is excused", () => {
    const access = folder.read(
      `${HEAD}    terraform:\n      - plan: {suppress: {L7: the plan role reads what everybody may see}}\n        apply: {managedPolicies: [PowerUserAccess]}\n`,
    );
    const [plan] = fromConfig(access).accounts[0]?.roles.slice(1) ?? [];
    expect(access.suppressions).toEqual([
      {
        rule: "L7",
        reason: "the plan role reads what everybody may see",
        until: undefined,
        path: ["repositories", "network", "terraform", "0", "plan"],
      },
    ]);
    expect(plan?.location).toMatchObject({ line: 7, path: ["repositories", "network", "terraform", "0", "plan"] });
  });
});
