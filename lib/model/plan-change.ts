import type { AccessModel, AccountModel, RoleModel, Text } from "./model";

/** A plan as what was and what will be. */
export interface PlanChange {
  /** As it was given. */
  readonly file: string;
  /** What is there when the plan is made: Terraform's state, refreshed. */
  readonly before: AccessModel;
  /** What the plan leads to. A resource that Terraform forgets stays as it is. */
  readonly after: AccessModel;
  /** What Terraform had left before something else changed it; `undefined` where the plan saw no such change in anything that is read. */
  readonly beforeDrift: AccessModel | undefined;
  /** Version that made the plan. */
  readonly terraform: string | null;
  /** Whether planning ended with an error: the plan does not say all. */
  readonly errored: boolean;
  /** Whether something is left out of the plan, as `-target` does, or deferred to a later one. Terraform before 1.8 does not say. @default false */
  readonly partial?: boolean;
  /** What the plan changes: neither what stays as it is nor what it only reads. */
  readonly changes: readonly PlannedResource[];
  /** Arguments that change and are marked sensitive: what is in them is neither read nor shown. */
  readonly withheld: readonly {
    readonly address: string;
    readonly type: string;
    readonly attributes: readonly string[];
  }[];
  /** What concerns roles that the plan does not have itself. @default nothing */
  readonly elsewhere?: {
    /** With the policies that the plan gives them, and nothing else known of them. */
    readonly roles: readonly {
      readonly account: AccountModel;
      readonly before: RoleModel;
      readonly after: RoleModel;
    }[];
    /** Managed policies, with their documents, that change and that no role of the plan has: others may. */
    readonly policies: readonly {
      readonly address: string;
      readonly arn: Text;
      readonly before: Text | null;
      readonly after: Text | null;
    }[];
  };
}

export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly action: "create" | "update" | "delete" | "replace" | "forget" | "import" | "move";
  /** Address that it had before, where it is another one. */
  readonly movedFrom: string | undefined;
}
