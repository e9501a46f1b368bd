import type { Ids } from "./ids";
import { invalid, notFound } from "./refusal";

export type PolicyType = "branch" | "tag";

/** A pattern of branches or tags that may deploy to an environment. */
export interface DeploymentPolicy {
  readonly id: number;
  readonly name: string;
  readonly type: PolicyType;
}

/** An environment's branch and tag patterns. */
export class DeploymentPolicies {
  private readonly policies = new Map<number, DeploymentPolicy>();

  constructor(private readonly ids: Ids) {}

  list(): DeploymentPolicy[] {
    return [...this.policies.values()];
  }

  /** The policy with this very pattern, or undefined. */
  find(name: string, type: PolicyType): DeploymentPolicy | undefined {
    return this.list().find((policy) => policy.name === name && policy.type === type);
  }

  get(id: number): DeploymentPolicy {
    const policy = this.policies.get(id);
    if (!policy) throw notFound();
    return policy;
  }

  add(name: string, type: PolicyType): DeploymentPolicy {
    this.check(name, type);
    return this.keep({ id: this.ids.take(), name, type });
  }

  /** Changes the pattern; whether it is for branches or tags stays. */
  rename(id: number, name: string): DeploymentPolicy {
    const before = this.get(id);
    if (name !== before.name) this.check(name, before.type);
    return this.keep({ ...before, name });
  }

  delete(id: number): void {
    if (!this.policies.delete(id)) throw notFound();
  }

  private check(name: string, type: PolicyType): void {
    if (name.trim() === "") throw invalid("Name can't be blank");
    if (this.find(name, type)) throw invalid("Name has already been taken");
  }

  private keep(policy: DeploymentPolicy): DeploymentPolicy {
    this.policies.set(policy.id, policy);
    return policy;
  }
}
