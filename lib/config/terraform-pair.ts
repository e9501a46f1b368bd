import type { Path } from "../yaml/problem";
import { nameSuffix } from "./published-names";
import type {
  AccessConfig,
  EnvironmentRoleConfig,
  PairConfig,
  PairDefaults,
  RepositoryConfig,
  RepositoryRoleConfig,
  StateAccessConfig,
} from "./schema";

/** What a plan role may do, unless the file says otherwise. */
const READ_ONLY = "ReadOnlyAccess";
/** The branch that a pair is for, unless the file says otherwise. */
const DEFAULT_BRANCH = "main";
/** Variable of the repository that holds the plan role's ARN. */
const PLAN_VARIABLE = "AWS_PLAN_ROLE_ARN";

/** The two roles of a pair. */
export type PairRole = "plan" | "apply";

/** A pair as the file has it. */
export interface WrittenPair {
  readonly pair: PairConfig;
  readonly path: Path;
  /** Where its account is named. */
  readonly accountPath: Path;
  /** Whether it stands in a list: what it makes then has the account's name in its own. */
  readonly isListed: boolean;
}

/** The pairs of a repository: the file may have a word, an object or a list of these. */
export function pairsOf(repository: string, terraform: RepositoryConfig["terraform"]): WrittenPair[] {
  const path: Path = ["repositories", repository, "terraform"];
  if (terraform === undefined) return [];
  const isListed = Array.isArray(terraform);
  return [terraform].flat().map((each, index) => {
    const place = isListed ? [...path, index] : path;
    return typeof each === "string"
      ? { pair: { account: each }, path: place, accountPath: place, isListed }
      : { pair: each, path: place, accountPath: [...place, "account"], isListed };
  });
}

/** A plan and an apply role of a repository in one account, with what the account gives to all of its pairs. */
export class TerraformPair {
  private readonly defaults: PairDefaults;

  constructor(
    readonly written: WrittenPair,
    private readonly repository: string,
    readonly account: string,
    private readonly config: AccessConfig,
  ) {
    this.defaults = config.accounts[account]?.terraform ?? {};
  }

  /** Key of the plan role among the repository's roles. */
  get planKey(): string {
    return this.written.isListed ? `plan-${this.account}` : "plan";
  }

  get environment(): string {
    return this.setting("environment") ?? this.account;
  }

  get branch(): string {
    return this.setting("branch") ?? DEFAULT_BRANCH;
  }

  /** Name of the apply role, unless the file gives it one. */
  get applyName(): string {
    return `${this.repository}-apply${this.written.isListed ? `-${this.account}` : ""}`;
  }

  /** Whether the file leaves it open what the apply role may do. */
  get appliesNothing(): boolean {
    const { managedPolicies = [], customerPolicies = {}, inlinePolicies = {} } = this.roleSettings("apply");
    return managedPolicies.length + Object.keys(customerPolicies).length + Object.keys(inlinePolicies).length === 0;
  }

  /** For pull requests and the branch; with a workflow, for their jobs of that workflow alone. */
  get planRole(): RepositoryRoleConfig {
    const { state, ...settings } = this.roleSettings("plan");
    const workflow = this.setting("workflow");
    const bound = workflow === undefined ? {} : { workflow };
    return {
      account: this.account,
      managedPolicies: [READ_ONLY],
      publish: { variable: `${PLAN_VARIABLE}${nameSuffix(this.written.isListed ? this.account : undefined)}` },
      ...settings,
      allow: [
        { pullRequest: true, ...bound },
        { branch: this.branch, ...bound },
      ],
      ...this.states("lock", state),
    };
  }

  /** Of the environment. */
  get applyRole(): EnvironmentRoleConfig {
    const { state, ...settings } = this.roleSettings("apply");
    return { account: this.account, name: this.applyName, ...settings, ...this.states("write", state) };
  }

  /** Where the file has what stands below one of the roles. */
  pathOf(role: PairRole, rest: Path): Path {
    const [key, index, ...others] = rest;
    const { path } = this.written;
    if (key === undefined) return [...path, role];
    if (key === "account") return this.written.accountPath;
    if (key === "allow") return this.source(others[0] === "workflow" ? "workflow" : "branch");
    if (key === "state" && this.setting("state") !== undefined)
      return index === 0
        ? [...this.source("state"), ...others]
        : [
            ...this.roleSource(role, key),
            ...(Array.isArray(this.roleSettings(role).state) ? [Number(index) - 1, ...others] : others),
          ];
    return [...this.roleSource(role, key), ...rest.slice(1)];
  }

  private setting<K extends keyof PairDefaults>(key: K): PairDefaults[K] {
    return this.written.pair[key] ?? this.defaults[key];
  }

  /** What is said of one role: a key of the repository's takes the place of the account's. */
  private roleSettings(role: PairRole): NonNullable<PairConfig[PairRole]> {
    return { ...this.defaults[role], ...this.written.pair[role] };
  }

  /** The pair's own state, and what else the role uses. */
  private states(
    access: "lock" | "write",
    others: EnvironmentRoleConfig["state"] = [],
  ): Pick<EnvironmentRoleConfig, "state"> {
    const given = this.setting("state");
    const own = given === undefined ? [] : [this.ownState(typeof given === "string" ? { in: given } : given, access)];
    const all = [...own, ...[others].flat()];
    return all.length === 0 ? {} : { state: own.length === 0 ? others : all };
  }

  private ownState(
    { in: name, key }: { readonly in?: string | undefined; readonly key?: string | undefined },
    access: "lock" | "write",
  ): StateAccessConfig {
    const { states = {} } = this.config;
    const [only = ""] = Object.keys(states);
    const isLocked = (Object.hasOwn(states, name ?? only) ? states[name ?? only] : undefined)?.lock !== "none";
    return {
      ...(name !== undefined && { in: name }),
      key: key ?? `${this.repository}/${this.written.isListed ? `${this.account}/` : ""}`,
      access: access === "lock" && !isLocked ? "read" : access,
    };
  }

  private source(key: keyof PairDefaults): Path {
    if (this.written.pair[key] !== undefined) return [...this.written.path, key];
    return this.defaults[key] === undefined ? this.written.path : ["accounts", this.account, "terraform", key];
  }

  private roleSource(role: PairRole, key: string | number): Path {
    const isOfAccount =
      !Object.hasOwn(this.written.pair[role] ?? {}, key) && Object.hasOwn(this.defaults[role] ?? {}, key);
    return [...(isOfAccount ? ["accounts", this.account, "terraform"] : this.written.path), role, key];
  }
}
