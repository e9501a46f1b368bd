import fc from "fast-check";
import type { AccessConfig, EnvironmentConfig, RepositoryConfig, RepositoryRoleConfig } from "../../lib/config/schema";
import { addresses, terraformJson, type TerraformJson } from "../constructs/terraform-json";
import { accessConfigs } from "./access-configs";
import { oneAccount, synthesize } from "./synthesize";
import { runs } from "../support/runs";

interface Move {
  readonly from: string;
  readonly to: string;
}

const movesOf = (json: TerraformJson): readonly Move[] => (json as { moved?: Move[] }).moved ?? [];
const moves = (repositories: AccessConfig["repositories"]): string[] =>
  movesOf(terraformJson(synthesize(oneAccount({ repositories })), "main"))
    .map(({ from, to }) => `${from} → ${to}`)
    .sort();

const document = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

describe("What was renamed is moved", () => {
  test("a role, with its policies", () => {
    expect(
      moves({
        web: {
          roles: {
            plan: {
              formerly: "read",
              name: "web-read",
              allow: [{ branch: "main" }],
              managedPolicies: ["ReadOnlyAccess"],
              inlinePolicies: { x: document },
              publish: { variable: "PLAN" },
            },
          },
        },
      }),
    ).toEqual([
      "aws_iam_role.web__role__read → aws_iam_role.web__role__plan",
      "aws_iam_role_policy.web__role__read__x → aws_iam_role_policy.web__role__plan__x",
      "aws_iam_role_policy_attachment.web__role__read__ReadOnlyAccess → aws_iam_role_policy_attachment.web__role__plan__ReadOnlyAccess",
    ]);
  });

  test("one of several roles of an environment, with its policies, but not with values that are called after it", () => {
    const publish = [{ variable: "MIGRATE" }];
    expect(
      moves({
        web: {
          environments: {
            production: {
              roles: {
                schema: { formerly: "migrate", name: "web-migrate", managedPolicies: ["ReadOnlyAccess"], publish },
                seed: { formerly: "fill", name: "web-fill" },
              },
            },
          },
        },
      }),
    ).toEqual([
      "aws_iam_role.web__production__role__fill → aws_iam_role.web__production__role__seed",
      "aws_iam_role.web__production__role__migrate → aws_iam_role.web__production__role__schema",
      "aws_iam_role_policy_attachment.web__production__role__migrate__ReadOnlyAccess → aws_iam_role_policy_attachment.web__production__role__schema__ReadOnlyAccess",
    ]);
  });

  test("a role of an environment, the environment and its repository at once, from the outside in", () => {
    expect(
      moves({
        shop: {
          formerly: "web",
          environments: {
            production: { formerly: "prod", roles: { schema: { formerly: "migrate", publish: false } } },
          },
        },
      }),
    ).toEqual([
      "aws_iam_role.shop__prod__role__migrate → aws_iam_role.shop__production__role__migrate",
      "aws_iam_role.shop__production__role__migrate → aws_iam_role.shop__production__role__schema",
      "aws_iam_role.web__prod__role__migrate → aws_iam_role.shop__prod__role__migrate",
      "github_repository_environment.shop__prod → github_repository_environment.shop__production",
      "github_repository_environment.web__prod → github_repository_environment.shop__prod",
    ]);
  });

  test("an environment, with its role, patterns and values", () => {
    expect(
      moves({
        web: {
          environments: {
            production: {
              formerly: "prod",
              deployFrom: { branches: ["main"] },
              variables: { A: "b" },
              role: { name: "web-prod" },
            },
          },
        },
      }),
    ).toEqual([
      "aws_iam_role.web__prod → aws_iam_role.web__production",
      "github_actions_environment_variable.web__prod__A → github_actions_environment_variable.web__production__A",
      "github_actions_environment_variable.web__prod__AWS_REGION → github_actions_environment_variable.web__production__AWS_REGION",
      "github_actions_environment_variable.web__prod__AWS_ROLE_ARN → github_actions_environment_variable.web__production__AWS_ROLE_ARN",
      "github_repository_environment.web__prod → github_repository_environment.web__production",
      "github_repository_environment_deployment_policy.web__prod__branch__main → github_repository_environment_deployment_policy.web__production__branch__main",
    ]);
  });

  test("a repository, with all that belongs to it", () => {
    expect(
      moves({
        shop: {
          formerly: "web",
          protectBranches: ["main"],
          environments: { production: {} },
          roles: {
            plan: { allow: [{ branch: "main" }], publish: { variable: "PLAN" } },
            release: { allow: [{ tag: "v*" }], publish: { secret: "RELEASE" } },
          },
        },
      }),
    ).toEqual([
      "aws_iam_role.web__role__plan → aws_iam_role.shop__role__plan",
      "aws_iam_role.web__role__release → aws_iam_role.shop__role__release",
      "github_actions_secret.web__RELEASE → github_actions_secret.shop__RELEASE",
      "github_actions_variable.web__PLAN → github_actions_variable.shop__PLAN",
      "github_branch_protection_v3.web__branch__main → github_branch_protection_v3.shop__branch__main",
      "github_repository_environment.web__production → github_repository_environment.shop__production",
    ]);
  });

  test("both names at once, in two steps, so that either change may have been applied already", () => {
    expect(moves({ shop: { formerly: "web", environments: { production: { formerly: "prod" } } } })).toEqual([
      "github_repository_environment.shop__prod → github_repository_environment.shop__production",
      "github_repository_environment.web__prod → github_repository_environment.shop__prod",
    ]);
  });

  test("and nothing where nothing was", () => {
    expect(
      terraformJson(synthesize(oneAccount({ repositories: { web: { environments: { a: {} } } } })), "main"),
    ).not.toHaveProperty("moved");
  });
});

const LATER = "renamed-later";

/** Every way to rename one thing of a file: what it was called before, and the file with its new name. */
function renamed(config: AccessConfig): AccessConfig[] {
  const isFree = (names: object): boolean => !Object.hasOwn(names, LATER);
  const rekeyed = <T>(all: Record<string, T>, name: string): Record<string, T> =>
    Object.fromEntries(
      Object.entries(all).map(([key, each]) => (key === name ? [LATER, { ...each, formerly: name }] : [key, each])),
    );
  return Object.entries(config.repositories).flatMap(([name, repository]): AccessConfig[] => {
    const withRepository = (changed: RepositoryConfig): AccessConfig => ({
      ...config,
      repositories: { ...config.repositories, [name]: changed },
    });
    const { environments = {}, roles = {} } = repository ?? {};
    return [
      ...(isFree(config.repositories) && repository
        ? [{ ...config, repositories: rekeyed(config.repositories as Record<string, RepositoryConfig>, name) }]
        : []),
      ...(isFree(environments) ? Object.keys(environments) : []).map((each) =>
        withRepository({
          ...repository,
          environments: rekeyed(environments as Record<string, EnvironmentConfig>, each),
        }),
      ),
      ...Object.entries(environments).flatMap(([name, environment]) =>
        // Values that are called after the key are others under another key.
        Object.entries(environment?.roles ?? {}).flatMap(([key, role]) =>
          isFree(environment?.roles ?? {}) && (role.publish === false || Array.isArray(role.publish))
            ? [
                withRepository({
                  ...repository,
                  environments: {
                    ...environments,
                    [name]: { ...environment, roles: rekeyed(environment?.roles ?? {}, key) },
                  },
                }),
              ]
            : [],
        ),
      ),
      ...(isFree(roles) ? Object.keys(roles) : []).map((each) =>
        withRepository({ ...repository, roles: rekeyed(roles as Record<string, RepositoryRoleConfig>, each) }),
      ),
    ];
  });
}

test("Whatever is renamed in whatever file, the moves lead from all that there was to all that there is", () => {
  const cases = accessConfigs.chain((config) =>
    fc.tuple(fc.constant(config), fc.constantFrom(undefined, ...renamed(config))),
  );
  fc.assert(
    fc.property(cases, ([before, after]) => {
      fc.pre(after !== undefined);
      const [old, now] = [synthesize(before), synthesize(after)];
      for (const stack of Object.keys(old.texts)) {
        const managed = (json: TerraformJson): string[] =>
          [...addresses(json).keys()].filter((address) => !address.startsWith("data."));
        const moved = new Map(movesOf(terraformJson(now, stack)).map(({ from, to }) => [from, to]));
        const there = managed(terraformJson(old, stack));
        expect(there.map((address) => moved.get(address) ?? address).sort()).toEqual(
          managed(terraformJson(now, stack)).sort(),
        );
        for (const from of moved.keys()) expect(there).toContain(from);
      }
    }),
    { numRuns: runs(60) },
  );
});
