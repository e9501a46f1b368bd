import { Refusal } from "./refusal";

/** The rules of a branch, as far as they were asked for. */
export interface BranchProtection {
  readonly enforceAdmins: boolean;
  readonly conversationResolution: boolean;
  /** Reviews that a pull request needs; `undefined` where none is needed. */
  readonly reviews?: {
    readonly approvals: number;
    readonly dismissStale: boolean;
    readonly codeOwners: boolean;
    readonly lastPush: boolean;
  };
}

/** A branch. */
export interface Branch {
  readonly name: string;
  readonly protection?: BranchProtection;
  /** Whether a ruleset is in force for it: GitHub lists it as protected, but it has no rules of its own. */
  readonly isRuled: boolean;
}

/** The branches of a repository, and what protects them. */
export class Branches {
  private readonly branches = new Map<string, Branch>();

  constructor(names: readonly string[]) {
    names.forEach((name) => this.push(name));
  }

  list(): Branch[] {
    return [...this.branches.values()];
  }

  get(name: string): Branch {
    const branch = this.branches.get(name);
    if (!branch) throw new Refusal("missing", "Branch not found");
    return branch;
  }

  /** What a first `git push` does. */
  push(name: string): void {
    if (!this.branches.has(name)) this.branches.set(name, { name, isRuled: false });
  }

  /** Gives a branch rules of its own, in place of those that it had. */
  protect(name: string, protection: BranchProtection): Branch {
    const branch = { ...this.get(name), protection };
    this.branches.set(name, branch);
    return branch;
  }

  /** Takes a branch's own rules away; refused when it has none. */
  unprotect(name: string): void {
    const { isRuled } = this.protected(name);
    this.branches.set(name, { name, isRuled });
  }

  /** What a person does on GitHub's pages: puts a ruleset in force for a branch, or ends it. */
  rule(name: string, isRuled = true): void {
    this.branches.set(name, { ...this.get(name), isRuled });
  }

  /** A branch with rules of its own. */
  protected(name: string): Branch & Required<Pick<Branch, "protection">> {
    const branch = this.get(name);
    const { protection } = branch;
    if (!protection) throw new Refusal("missing", "Branch not protected");
    return { ...branch, protection };
  }
}
