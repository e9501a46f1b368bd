import fc from "fast-check";
import { Access } from "../../lib/config/access";
import type { RoleAccess } from "../../lib/config/account-access";
import type { RepositoryRoleConfig } from "../../lib/config/schema";

const ACCOUNTS = {
  main: { id: "111122223333", region: "eu-west-1" },
  other: { id: "222233334444", region: "eu-west-1" },
};
const rolesOf = (role: Omit<RepositoryRoleConfig, "split">, account = "main"): readonly RoleAccess[] =>
  Access.from({
    github: { owner: "octo-org" },
    accounts: ACCOUNTS,
    repositories: {
      ci: {
        roles: {
          deploy: {
            account: role.accounts ? undefined : "main",
            ...role,
            split: "perRepository",
          } as RepositoryRoleConfig,
        },
      },
    },
  }).account(account).roles;

const ALLOW: RepositoryRoleConfig["allow"] = [
  { branch: "main" },
  { repository: "web", branch: "main" },
  { repository: "web", pullRequest: true },
  { repository: "octo-org/api", tag: "v*" },
  { repository: "WEB", any: true },
];

describe("A role that is split by repository", () => {
  test("is a role for each repository, with the jobs of that repository alone", () => {
    expect(
      rolesOf({ allow: ALLOW }).map(({ name, part, admits }) => [name, part, admits.map(({ jobs }) => jobs)]),
    ).toEqual([
      ["ci-deploy-ci", "ci", [{ branch: "main" }]],
      ["ci-deploy-web", "web", [{ branch: "main" }, { pullRequest: true }, { any: true }]],
      ["ci-deploy-api", "api", [{ tag: "v*" }]],
    ]);
  });

  test("is published in each of these repositories under one name", () => {
    const places = rolesOf({
      allow: ALLOW,
      publish: [{ variable: "ROLE" }, { variable: "ROLE_NAME", value: "name" }],
    }).flatMap(({ publish }) => publish.map(({ name, place }) => [name, place]));
    expect(places).toEqual(
      ["ci", "web", "api"].flatMap((repository) => [
        ["ROLE", { repository }],
        ["ROLE_NAME", { repository }],
      ]),
    );
  });

  test("has the owner of another's repository in the name, and its own name before", () => {
    expect(
      rolesOf({ name: "deployer", allow: [{ repository: "Hubot/web", branch: "main" }] }).map(({ name, part }) => [
        name,
        part,
      ]),
    ).toEqual([["deployer-Hubot-web", "Hubot/web"]]);
  });

  test("has its parts in each of its accounts", () => {
    for (const account of ["main", "other"]) {
      const roles = rolesOf({ accounts: "all", allow: ALLOW, publish: { secret: "ROLE" } }, account);
      expect(roles.map(({ name }) => name)).toEqual(["ci-deploy-ci", "ci-deploy-web", "ci-deploy-api"]);
      expect(new Set(roles.flatMap(({ publish }) => publish.map(({ name }) => name)))).toEqual(
        new Set([`ROLE_${account.toUpperCase()}`]),
      );
    }
  });

  test("has all of its parts where the whole would be over the quota", () => {
    const allow = Array.from({ length: 60 }, (_, n) => ({ repository: `repository-${n}`, branch: "main" }));
    expect(rolesOf({ allow })).toHaveLength(60);
    expect(() =>
      Access.from({
        github: { owner: "octo-org" },
        accounts: ACCOUNTS,
        repositories: { ci: { roles: { deploy: { account: "main", allow } } } },
      }),
    ).toThrow("over the quota of 2048");
  });

  test("changes only the part of a repository when a job of that repository is added, wherever in the list", () => {
    const entry = fc.record({
      repository: fc.constantFrom("web", "api", "ci"),
      branch: fc.constantFrom("main", "next", "v?"),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), entry, fc.nat(), (allow, added, place) => {
        const after = [
          ...allow.slice(0, place % (allow.length + 1)),
          added,
          ...allow.slice(place % (allow.length + 1)),
        ];
        const parts = new Map(rolesOf({ allow: after }).map((role) => [role.part, role]));
        for (const role of rolesOf({ allow }))
          if (role.part !== added.repository) expect(parts.get(role.part)).toEqual(role);
        expect(
          [...new Set([...rolesOf({ allow }).map(({ name }) => name), `ci-deploy-${added.repository}`])].sort(),
        ).toEqual([...parts.values()].map(({ name }) => name).sort());
      }),
    );
  });
});
