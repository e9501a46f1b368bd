import { roleNameRule } from "../aws/role-rules";
import { quote, renderPath, type Path, type Problem } from "../yaml/problem";
import type { AccountDraft } from "./resolve-account";
import { accountNamed } from "./role-accounts";
import type { AccessConfig, EnvironmentConfig, RepositoryConfig, RepositoryRoleConfig } from "./schema";
import { pairsOf, TerraformPair } from "./terraform-pair";

/** A file in which each pair is written out as the two roles and the environment that it stands for. */
export interface ExpandedConfig {
  readonly config: AccessConfig;
  /** Where the file has what stands at a path of `config`. */
  readonly written: Written;
}

export type Written = (path: Path) => Path;

type Report = (problem: Problem) => void;

/** Writes out the pairs of plan and apply role: whatever reads the file then knows roles and environments alone. */
export function expandPairs(
  config: AccessConfig,
  accounts: ReadonlyMap<string, AccountDraft>,
  report: Report,
): ExpandedConfig {
  const expansion = new Expansion(config, accounts, report);
  const repositories = Object.entries(config.repositories).map(
    ([name, repository]) =>
      [name, repository?.terraform === undefined ? repository : expansion.of(name, repository)] as const,
  );
  return {
    config: { ...config, repositories: Object.fromEntries(repositories) },
    written: (path) => expansion.written(path),
  };
}

/** A repository while its pairs are written out. */
interface Draft {
  readonly name: string;
  readonly roles: Record<string, RepositoryRoleConfig>;
  readonly environments: Record<string, EnvironmentConfig | null>;
  /** What only one pair may have, and where that one stands. */
  readonly taken: Map<string, Path>;
}

class Expansion {
  /** By the path of a role or environment that was made: where the file has what stands below it. */
  private readonly places = new Map<string, Written>();

  constructor(
    private readonly config: AccessConfig,
    private readonly accounts: ReadonlyMap<string, AccountDraft>,
    private readonly report: Report,
  ) {}

  of(name: string, { terraform, ...repository }: RepositoryConfig): RepositoryConfig {
    const draft: Draft = {
      name,
      roles: { ...repository.roles },
      environments: { ...repository.environments },
      taken: new Map(),
    };
    for (const written of pairsOf(name, terraform)) {
      const { pair, path } = written;
      const account = accountNamed(pair.account, written.accountPath, path, {
        accounts: this.accounts,
        report: this.report,
      });
      if (!account || !this.isFirst(`account ${quote(account.name)}`, path, draft)) continue;
      const made = new TerraformPair(written, name, account.name, this.config);
      if (made.appliesNothing) this.report({ path, atKey: true, message: NO_PERMISSIONS });
      this.addPlanRole(made, draft);
      this.addApplyRole(made, draft);
    }
    return { ...repository, roles: draft.roles, environments: draft.environments };
  }

  written(path: Path): Path {
    const written =
      this.places.size > 0 && path[0] === "repositories" ? this.places.get(keyOf(path.slice(0, PREFIX))) : undefined;
    return written ? written(path.slice(PREFIX)) : path;
  }

  private addPlanRole(pair: TerraformPair, { name, roles }: Draft): void {
    const key = pair.planKey;
    const path: Path = ["repositories", name, "roles", key];
    if (Object.hasOwn(roles, key))
      return this.report({
        path,
        atKey: true,
        message: `role ${quote(key)} is what "terraform" makes: give this one another key`,
      });
    roles[key] = pair.planRole;
    this.places.set(keyOf(path), (rest) => pair.pathOf("plan", rest));
  }

  private addApplyRole(pair: TerraformPair, draft: Draft): void {
    const { environment: name, written } = pair;
    if (!this.isFirst(`environment ${quote(name)}`, written.path, draft)) return;
    const path: Path = ["repositories", draft.name, "environments", name];
    const declared = Object.hasOwn(draft.environments, name) ? (draft.environments[name] ?? {}) : undefined;
    if (declared?.role)
      return this.report({
        path: [...path, "role"],
        atKey: true,
        message: `"terraform" makes the role of environment ${quote(name)}: take this one away, or name another "environment" there`,
      });
    if (declared && !isProtected(declared))
      this.report({
        path,
        atKey: true,
        message: `environment ${quote(name)} has an apply role of "terraform", and whoever can push could use it: give it "reviewers" or "deployFrom", or remove it to create the role for branch ${quote(pair.branch)} only`,
      });
    const wrong = written.pair.apply?.name === undefined ? roleNameRule(pair.applyName) : undefined;
    if (wrong)
      this.report({
        path: written.path,
        atKey: true,
        message: `the apply role's default name ${quote(pair.applyName)} is not valid in IAM (${wrong}): give "apply" a "name"`,
      });
    draft.environments[name] = { ...(declared ?? { deployFrom: { branches: [pair.branch] } }), role: pair.applyRole };
    this.places.set(keyOf(path), (rest) =>
      rest[0] === "role" ? pair.pathOf("apply", rest.slice(1)) : declared ? [...path, ...rest] : written.path,
    );
  }

  private isFirst(what: string, path: Path, { taken }: Draft): boolean {
    const twin = taken.get(what);
    if (twin)
      this.report({
        path,
        message: `${what} is also that of the pair at ${renderPath(twin)}: each pair needs its own`,
      });
    else taken.set(what, path);
    return !twin;
  }
}

/** Length of the path `repositories.X.roles.R`, or `repositories.X.environments.E`. */
const PREFIX = 4;

const keyOf = (path: Path): string => JSON.stringify(path);

const isProtected = ({ reviewers, deployFrom }: EnvironmentConfig): boolean =>
  (reviewers?.teams?.length ?? 0) + (reviewers?.users?.length ?? 0) > 0 ||
  deployFrom === "protectedBranches" ||
  (deployFrom?.branches?.length ?? 0) + (deployFrom?.tags?.length ?? 0) > 0;

const NO_PERMISSIONS =
  'nothing says what the apply role may do: say it, as in "apply: {managedPolicies: [AmazonECS_FullAccess]}", here or under "terraform" of the account';
