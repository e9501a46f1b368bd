import fc from "fast-check";
import type { AccessConfig } from "../../lib/config/schema";
import { addresses, terraformJson, type Block } from "../constructs/terraform-json";
import { accessConfigs } from "./access-configs";
import { synthesize } from "./synthesize";
import { runs } from "../support/runs";

type Path = readonly string[];

/** Everything of a file that may be added to it by itself: repositories, environments, roles, policies, variables and secrets. */
function parts(config: AccessConfig): Path[] {
  const found: Path[] = [];
  const below = (path: Path, record: object | null | undefined): Path[] => {
    const paths = Object.keys(record ?? {}).map((key) => [...path, key]);
    found.push(...paths);
    return paths;
  };
  below(["repositories"], config.repositories);
  for (const [name, repository] of Object.entries(config.repositories)) {
    const path = ["repositories", name];
    below([...path, "environments"], repository?.environments);
    below([...path, "roles"], repository?.roles);
    for (const [each, environment] of Object.entries(repository?.environments ?? {})) {
      const environmentPath = [...path, "environments", each];
      below([...environmentPath, "variables"], environment?.variables);
      below([...environmentPath, "secrets"], environment?.secrets);
      for (const key of below([...environmentPath, "roles"], environment?.roles))
        below([...key, "inlinePolicies"], environment?.roles?.[key.at(-1) ?? ""]?.inlinePolicies);
      below([...environmentPath, "role", "inlinePolicies"], environment?.role?.inlinePolicies);
      below([...environmentPath, "role", "customerPolicies"], environment?.role?.customerPolicies);
      below([...environmentPath, "role", "managedPolicies"], environment?.role?.managedPolicies);
    }
    for (const [each, role] of Object.entries(repository?.roles ?? {})) {
      below([...path, "roles", each, "inlinePolicies"], role.inlinePolicies);
      below([...path, "roles", each, "customerPolicies"], role.customerPolicies);
      below([...path, "roles", each, "managedPolicies"], role.managedPolicies);
    }
  }
  return found;
}

function without(config: AccessConfig, path: Path): AccessConfig {
  const copy = structuredClone(config);
  const parent = path.slice(0, -1).reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], copy);
  const last = path.at(-1) ?? "";
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string, unknown>)[last];
  return copy;
}

function everything(config: AccessConfig): Map<string, Block> {
  const app = synthesize(config);
  return new Map(
    Object.keys(app.texts).flatMap((stack) =>
      [...addresses(terraformJson(app, stack))].map(([address, block]): [string, Block] => [
        `${stack}/${address}`,
        block,
      ]),
    ),
  );
}

describe("A repository, environment, role, policy, variable or secret more", () => {
  test("adds something, and changes neither the address nor the content of anything that was there", () => {
    const additions = accessConfigs.chain((config) =>
      fc.tuple(fc.constant(config), fc.constantFrom(undefined, ...parts(config))),
    );
    fc.assert(
      fc.property(additions, ([config, path]) => {
        fc.pre(path !== undefined);
        const [before, after] = [everything(without(config, path)), everything(config)];
        // What lists all that a role has is another list then.
        for (const [address, block] of before)
          if (!/_exclusive\.[^/]*$/.test(address)) expect([address, after.get(address)]).toEqual([address, block]);
        // A repository may be empty.
        if (path.length > 2) expect(after.size).toBeGreaterThan(before.size);
      }),
      { numRuns: runs(120) },
    );
  });

  test("has a place that nothing else has: as many things as the file names", () => {
    fc.assert(
      fc.property(accessConfigs, (config) => {
        const count = (type: string): number =>
          [...everything(config).keys()].filter((address) => address.includes(`/${type}.`)).length;
        const repositories = Object.values(config.repositories).map((repository) => repository ?? {});
        const environments = repositories
          .flatMap((repository) => Object.values(repository.environments ?? {}))
          .map((environment) => environment ?? {});
        const written = [
          ...environments.flatMap(({ role, roles }) => [...(role ? [role] : []), ...Object.values(roles ?? {})]),
          ...repositories.flatMap((repository) => Object.values(repository.roles ?? {})),
        ];
        const roles = written.flatMap((role) =>
          (role.accounts === "all" ? Object.keys(config.accounts) : (role.accounts ?? [""])).map(() => role),
        );
        const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
        expect({
          environments: count("github_repository_environment"),
          roles: count("aws_iam_role"),
          inlinePolicies: count("aws_iam_role_policy"),
          customerPolicies: count("aws_iam_policy"),
          managedPolicies: count("aws_iam_role_policy_attachment"),
          exclusive: [count("aws_iam_role_policies_exclusive"), count("aws_iam_role_policy_attachments_exclusive")],
          patterns: count("github_repository_environment_deployment_policy"),
        }).toEqual({
          environments: environments.length,
          roles: roles.length,
          inlinePolicies: sum(roles.map(({ inlinePolicies }) => Object.keys(inlinePolicies ?? {}).length)),
          customerPolicies: sum(roles.map(({ customerPolicies }) => Object.keys(customerPolicies ?? {}).length)),
          managedPolicies: sum(
            roles.map(
              ({ managedPolicies, customerPolicies }) =>
                (managedPolicies?.length ?? 0) + Object.keys(customerPolicies ?? {}).length,
            ),
          ),
          exclusive: Array<number>(2).fill(roles.filter(({ exclusive }) => exclusive).length),
          patterns: sum(
            environments.map(({ deployFrom }) =>
              typeof deployFrom === "object" ? (deployFrom.branches?.length ?? 0) + (deployFrom.tags?.length ?? 0) : 0,
            ),
          ),
        });
      }),
      { numRuns: runs(60) },
    );
  });
});
