import type { Clock } from "./clock";
import { DeploymentPolicies, type DeploymentPolicy, type PolicyType } from "./deployment-policies";
import type { Ids } from "./ids";
import { LIMITS } from "./limits";
import {
  allowsPaidFeatures,
  allowsProtectionRules,
  branchPolicyRefused,
  protectionRuleRefused,
  upgradeNeeded,
} from "./plan";
import type { Entitlement } from "./plan";
import { changeProtection, UNPROTECTED, type Protection, type Reviewer } from "./protection";
import { invalid, notFound } from "./refusal";
import { Secrets } from "./secrets";
import { Variables } from "./variables";

/** What an environment needs to know of its repository. */
export interface EnvironmentHome {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly entitlement: Entitlement;
  knows(reviewer: Reviewer): boolean;
}

/** The rules that GitHub lists for an environment, each with an id of its own. */
export type RuleType = "wait_timer" | "required_reviewers" | "branch_policy";

/** A deployment environment. */
export class Environment {
  readonly id: number;
  /** As it was first written; found in any case. */
  readonly name: string;
  readonly createdAt: string;
  readonly variables: Variables;
  readonly secrets: Secrets;
  readonly policies: DeploymentPolicies;
  private current = UNPROTECTED;
  private changedAt = "";
  private readonly ruleIds = new Map<RuleType, number>();

  constructor(
    name: string,
    protection: Partial<Protection>,
    private readonly home: EnvironmentHome,
  ) {
    const { clock, ids } = home;
    const checkPlan = () => this.checkValuesAllowed();
    this.id = ids.take();
    this.name = name;
    this.variables = new Variables({ clock, limit: LIMITS.environment.variables, checkPlan });
    this.secrets = new Secrets({ clock, limit: LIMITS.environment.secrets, checkPlan });
    this.policies = new DeploymentPolicies(ids);
    this.protect(protection);
    this.createdAt = this.updatedAt;
  }

  get protection(): Protection {
    return this.current;
  }

  get updatedAt(): string {
    return this.changedAt;
  }

  /** Changes the protection, all of it or, when refused, nothing. What is left out stays. */
  protect(change: Partial<Protection>): void {
    this.checkPlan(change);
    const after = changeProtection(this.current, change);
    const stranger = change.reviewers?.find((reviewer) => !this.home.knows(reviewer));
    if (stranger)
      throw invalid(`Failed to create the environment protection rule. ${stranger.type} ${stranger.id} cannot review.`);
    this.current = after;
    this.changedAt = this.home.clock.tick();
    this.renumberRules();
  }

  /** The rules in force, with their ids. */
  get rules(): { readonly type: RuleType; readonly id: number }[] {
    return [...this.ruleIds].map(([type, id]) => ({ type, id }));
  }

  /** Adds a branch or tag pattern, which only counts, and is only accepted, when the environment goes by patterns. */
  addPolicy(name: string, type: PolicyType): DeploymentPolicy {
    if (this.current.deployableRefs !== "patterns") throw notFound();
    return this.policies.add(name, type);
  }

  /**
   * GitHub refuses the plan-gated fields for being there at all, whatever they say: reported for wait_timer,
   * reviewers and prevent_self_review, and assumed for can_admins_bypass, which clients always send with them.
   */
  private checkPlan(change: Partial<Protection>): void {
    const { deployableRefs, ...gated } = change;
    const { entitlement } = this.home;
    if (Object.keys(gated).length > 0 && !allowsProtectionRules(entitlement)) throw protectionRuleRefused();
    if ((deployableRefs ?? "any") !== "any" && !allowsPaidFeatures(entitlement)) throw branchPolicyRefused();
  }

  private checkValuesAllowed(): void {
    if (!allowsPaidFeatures(this.home.entitlement)) throw upgradeNeeded();
  }

  private renumberRules(): void {
    const { waitTimer, reviewers, deployableRefs } = this.current;
    this.numberRule("wait_timer", waitTimer > 0);
    this.numberRule("required_reviewers", reviewers.length > 0);
    this.numberRule("branch_policy", deployableRefs !== "any");
  }

  private numberRule(type: RuleType, inForce: boolean): void {
    if (!inForce) this.ruleIds.delete(type);
    else if (!this.ruleIds.has(type)) this.ruleIds.set(type, this.home.ids.take());
  }
}
