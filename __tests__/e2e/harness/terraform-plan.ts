export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

export type Attributes = Readonly<Record<string, unknown>>;

/** What a plan will do to one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** A replacement is `["delete", "create"]`, or the other way round. */
  readonly actions: readonly Action[];
  readonly before: Attributes | null;
  readonly after: Attributes | null;
  /** `true` in the place of every value that is known only after apply. */
  readonly afterUnknown: Attributes;
  /** The id under which an existing object is taken over. Its action may then be `no-op`. */
  readonly importing: string | undefined;
}

/** A plan as `terraform show -json` tells it. */
export interface TerraformPlan {
  readonly resourceChanges: readonly ResourceChange[];
  /** The whole document, as text: what a command that reads plans is given. */
  readonly json: string;
}

export function parsePlan(json: string): TerraformPlan {
  const document = JSON.parse(json) as { resource_changes?: RawChange[] };
  return { resourceChanges: (document.resource_changes ?? []).map(resourceChange), json };
}

/** The changes that do something: neither untouched nor only read. */
export function effectiveChanges(plan: TerraformPlan): readonly ResourceChange[] {
  return plan.resourceChanges.filter(
    ({ actions, importing }) =>
      importing !== undefined || actions.some((action) => action !== "no-op" && action !== "read"),
  );
}

interface RawChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: Action[];
    readonly before: Attributes | null;
    readonly after: Attributes | null;
    readonly after_unknown: Attributes | false;
    readonly importing?: { readonly id: string };
  };
}

function resourceChange({ address, mode, type, name, change }: RawChange): ResourceChange {
  const { actions, before, after, after_unknown: unknown, importing } = change;
  return { address, mode, type, name, actions, before, after, afterUnknown: unknown || {}, importing: importing?.id };
}
