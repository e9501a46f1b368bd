import { roleArn } from "../aws/arn";
import { externalIdRule, type OtherPrincipal } from "../aws/other-principals";
import { policyLength } from "../aws/policy-document";
import { roleNameRule, SESSION_SECONDS } from "../aws/role-rules";
import { otherTrustPolicy } from "../aws/trust-policy";
import { parseDuration } from "./duration";
import { nearest } from "../github/nearest";
import type { Written } from "./expand-pairs";
import { otherPrincipals } from "./other-principals";
import type { PolicyFiles } from "./policy-file";
import { quote, renderPath, type Path, type Problem } from "../yaml/problem";
import type { AccountDraft } from "./resolve-account";
import { resolvePolicies, type MadePolicy, type PoliciesContext } from "./resolve-policies";
import type { AccessConfig, AssumptionConfig, ChainedRoleConfig, EnvironmentRoleConfig } from "./schema";

/** Inline policy that holds what a role may assume. */
const ASSUME_POLICY = "assume";
/** What an ARN may not have where it stands in a condition: there they are wildcards. */
const WILDCARD = /[*?]/;

interface ChainContext {
  readonly accounts: ReadonlyMap<string, AccountDraft>;
  readonly policies: PolicyFiles;
  /** Where the file has what messages tell of. */
  readonly written: Written;
  readonly report: (problem: Problem) => void;
}

interface Target {
  readonly key: string;
  readonly config: ChainedRoleConfig;
  readonly path: Path;
  readonly account: AccountDraft;
  readonly name: string;
  readonly arn: string;
  readonly trusts: OtherPrincipal[];
}

/**
 * The roles that others of the file assume. Both ends are written from one line: the permission of the role
 * that assumes, and the trust of the one that is assumed.
 */
export class ChainedRoles {
  private readonly targets = new Map<string, Target>();

  constructor(
    private readonly config: AccessConfig,
    private readonly context: ChainContext,
  ) {
    for (const [key, role] of Object.entries(config.chainedRoles ?? {})) {
      const target = this.target(key, role, ["chainedRoles", key]);
      if (target) this.targets.set(key, target);
    }
  }

  /** The policy that lets a role assume what it names, of which each is told to trust the role. */
  assumedBy(
    { assumes = [] }: EnvironmentRoleConfig,
    name: string,
    { account, path, report }: PoliciesContext,
  ): MadePolicy[] {
    const arn = roleArn(account.partition, account.id, account.rolePath, name);
    const statements = assumes.map(settingsOf).flatMap(({ role: key, externalId, tagSession = true }, index) => {
      const place: Path = [...path, "assumes", index];
      const target = this.targets.get(key);
      const wrongId = externalId === undefined ? undefined : externalIdRule(externalId);
      if (wrongId !== undefined)
        report({ path: [...place, "externalId"], message: `external id ${quote(externalId)}: ${wrongId}` });
      const wrong = target ? mistake(arn, account, target) : this.unknown(key);
      if (!target || wrong !== undefined) {
        if (wrong !== undefined) report({ path: place, message: `chained role ${quote(key)}: ${wrong}` });
        return [];
      }
      if (target.trusts.some((each) => "role" in each && each.role === arn))
        report({ path: place, message: `chained role ${quote(key)} is a duplicate: keep one` });
      target.trusts.push({ role: arn, externalId, tagSession });
      return [
        {
          Action: tagSession ? ["sts:AssumeRole", "sts:TagSession"] : "sts:AssumeRole",
          Effect: "Allow" as const,
          Resource: target.arn,
        },
      ];
    });
    return statements.length === 0
      ? []
      : [
          {
            name: ASSUME_POLICY,
            by: "assumes",
            document: {
              Statement: statements.sort((a, b) => (a.Resource < b.Resource ? -1 : 1)),
              Version: "2012-10-17",
            },
          },
        ];
  }

  /** Gives the roles to their accounts, once all who assume them are known. */
  assign(): void {
    for (const { key, config, path, account, name, trusts } of this.targets.values()) {
      const context: PoliciesContext = {
        account,
        path,
        policies: this.context.policies,
        written: this.context.written,
        report: this.context.report,
      };
      const all = [...trusts, ...otherPrincipals(config.alsoTrusts ?? [], context)];
      this.checkTrust(all, account, path);
      account.chainedRoles.push({
        key,
        name,
        description: config.description,
        sessionSeconds: SESSION_SECONDS.min,
        ...resolvePolicies(config, name, context),
        trusts: all,
      });
    }
  }

  private checkTrust(trusts: readonly OtherPrincipal[], account: AccountDraft, path: Path): void {
    if (trusts.length === 0)
      return this.context.report({
        path,
        atKey: true,
        isLack: true,
        message: 'nobody could assume this role: name it in "assumes" of another, or take it out',
      });
    const length = policyLength(JSON.stringify(otherTrustPolicy({ principals: trusts, home: account })));
    if (length > account.trustPolicyQuota)
      this.context.report({
        path,
        atKey: true,
        message: `trust policy of ${length} characters, over the quota of ${account.trustPolicyQuota}: let fewer roles assume it, or make two roles of it`,
      });
  }

  private target(key: string, config: ChainedRoleConfig, path: Path): Target | undefined {
    const { accounts, report } = this.context;
    const [only, ...others] = accounts.values();
    const account =
      config.account === undefined ? (others.length === 0 ? only : undefined) : accounts.get(config.account);
    const name = config.name ?? key;
    const wrong = config.name === undefined ? roleNameRule(name) : undefined;
    if (wrong)
      report({
        path,
        atKey: true,
        message: `the role's default name ${quote(name)} is not valid in IAM (${wrong}): give it a "name"`,
      });
    this.checkDuration(config, path);
    if (!account) {
      report(
        config.account === undefined
          ? {
              path,
              atKey: true,
              isLack: true,
              message: `no "account" says where this role is: name one of ${[...accounts.keys()].slice(0, 10).join(", ")}`,
            }
          : {
              path: [...path, "account"],
              message: `unknown account ${quote(config.account)}${hintOf(config.account, accounts.keys())}`,
            },
      );
      return undefined;
    }
    const where: Path = config.name === undefined ? path : [...path, "name"];
    const twin = account.roleNames.get(name.toLowerCase());
    if (twin)
      report({
        path: where,
        atKey: config.name === undefined,
        message: `role name ${quote(name)} is also at ${renderPath(twin)}, in the same account (IAM does not regard case): give one of them another "name"`,
      });
    else account.roleNames.set(name.toLowerCase(), where);
    return {
      key,
      config,
      path,
      account,
      name,
      arn: roleArn(account.partition, account.id, account.rolePath, name),
      trusts: [],
    };
  }

  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
  private checkDuration({ sessionDuration }: ChainedRoleConfig, path: Path): void {
    const seconds = sessionDuration === undefined ? undefined : parseDuration(sessionDuration);
    if (seconds !== undefined && seconds > SESSION_SECONDS.min)
      this.context.report({
        path: [...path, "sessionDuration"],
        message: `session duration ${quote(sessionDuration)}: a role that is assumed from another has sessions of 1h at most, whatever its own setting: remove it`,
      });
  }

  private unknown(key: string): string | undefined {
    // What is wrong with the role itself is reported where it stands.
    if (Object.hasOwn(this.config.chainedRoles ?? {}, key)) return undefined;
    return `not found under "chainedRoles"${hintOf(key, this.targets.keys())}`;
  }
}

const hintOf = (name: string, known: Iterable<string>): string => {
  const meant = nearest(name, known);
  return meant === undefined ? ": correct the name" : `: did you mean "${meant}"?`;
};

const settingsOf = (assumption: AssumptionConfig): Exclude<AssumptionConfig, string> =>
  typeof assumption === "string" ? { role: assumption } : assumption;

function mistake(arn: string, account: AccountDraft, target: Target): string | undefined {
  if (account.partition !== target.account.partition)
    return `it is in partition "${target.account.partition}", and this role in "${account.partition}": no role is assumed across partitions`;
  return WILDCARD.test(arn)
    ? `the path of this role has a wildcard, and ${quote(arn)} would match other roles too: choose another "rolePath"`
    : undefined;
}
