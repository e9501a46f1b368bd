import type { RoleModel } from "../../model/model";
import { readTrust } from "../../trust/read-trust";
import { formatText, isKnown, unknownText, type Text } from "../../trust/text";
import { rememberTrust } from "../../model/written-subjects";
import { AttachedPolicies, type InlinePolicy, type ManagedPolicy, type RoleElsewhere } from "./attached-policies";
import {
  blocksOf,
  listOf,
  Template,
  type GivenPolicies,
  type Resource,
  type TerraformRoot,
  type Value,
} from "./resource";
import type { Resources } from "./resources";
import { whyUnknown } from "./withheld";

type Note = (text: string) => void;

/** What a role without a `max_session_duration` has, in seconds. */
const DEFAULT_SESSION = 3_600;

/** Models of roles, to be had again where a role is the same on the other side of a plan. */
export type KnownRoles = Map<Resource, GivenTo & { readonly model: RoleModel }>;

/** What resources beside a role say of it. */
interface GivenTo {
  readonly managed: Policies<ManagedPolicy>;
  readonly inline: Policies<InlinePolicy>;
  readonly boundary: ManagedPolicy | undefined;
}

type Policies<T> = readonly T[] | { readonly unknown: string };
/** Arguments of a role that list its policies. */
type Argument = "managed_policy_arns" | "inline_policy";

/** The roles with the permissions that the same source gives them. */
export class Roles {
  readonly all: readonly { readonly resource: Resource; readonly model: RoleModel }[];
  private readonly attached: AttachedPolicies;

  /** @param known is added to */
  constructor(
    private readonly resources: Resources,
    note: Note,
    private readonly found: TerraformRoot["found"],
    known: KnownRoles = new Map(),
  ) {
    this.attached = new AttachedPolicies(resources, note);
    this.all = resources.of("aws_iam_role").map((resource) => ({ resource, model: this.model(resource, known) }));
  }

  /** What is given to roles that the source does not have, by account and name. */
  get elsewhere(): ReadonlyMap<string, RoleElsewhere> {
    return this.attached.elsewhere;
  }

  /** Policies that any role has or is bounded by. */
  get policiesUsed(): ReadonlySet<Resource> {
    return this.attached.used;
  }

  /** What resources beside the roles give to them. */
  get given(): GivenPolicies {
    return this.attached.given;
  }

  private model(role: Resource, known: KnownRoles): RoleModel {
    const given: GivenTo = { managed: this.managed(role), inline: this.inline(role), boundary: this.boundary(role) };
    const before = known.get(role);
    // The same object: whoever compares the sides need not look into it.
    if (before && isSameGiven(before, given)) return before.model;
    const model = roleModel(role, this.resources, given);
    known.set(role, { ...given, model });
    return model;
  }

  private boundary(role: Resource): ManagedPolicy | undefined {
    const value = role.values["permissions_boundary"];
    return value === undefined || value === null || value === "" ? undefined : this.attached.policy(value, role);
  }

  private managed(role: Resource): Policies<ManagedPolicy> {
    const argument = this.counted(role, "managed_policy_arns");
    if (argument instanceof Template) return whyUnknown(argument, "managed_policy_arns");
    const own = listOf(argument)
      .map((value) => this.attached.policy(value, role))
      .filter(({ arn }) => this.stays(role, "managed_policy_arns", arn));
    return distinct([...this.attached.managed(role), ...own], ({ arn }) => formatText(arn));
  }

  private inline(role: Resource): Policies<InlinePolicy> {
    const argument = this.counted(role, "inline_policy");
    const hidden = [argument, ...listOf(argument)].find((each) => each instanceof Template);
    if (hidden) return whyUnknown(hidden, "inline_policy");
    const own = blocksOf(argument).flatMap((block): InlinePolicy[] => {
      const policy = block["policy"];
      // An empty block asks that there be none.
      return policy === undefined || policy === null
        ? []
        : [{ name: this.resources.text(block["name"] ?? "", role), document: this.resources.text(policy, role) }];
    });
    const all = [...this.attached.inline(role), ...own.filter(({ name }) => this.stays(role, "inline_policy", name))];
    // Two whose names are not known may be two.
    return distinct(all, ({ name, document }) => (isKnown(name) ? name : JSON.stringify([name, document])));
  }

  /** The value of an argument that the configuration sets, or that a provider found where that counts. */
  private counted(role: Resource, attribute: Argument): Value | undefined {
    const value = role.values[attribute];
    if (role.configured?.has(attribute)) return value;
    if (this.found === undefined) return role.configured === undefined ? value : undefined;
    // What a provider is yet to find, it finds beside.
    return value instanceof Template ? undefined : value;
  }

  /** Whether what the argument names is there after a plan: what a provider only found may be taken away. */
  private stays(role: Resource, attribute: Argument, key: Text): boolean {
    if (this.found === undefined || this.found === "all" || role.configured?.has(attribute)) return true;
    return (
      !this.found.get(role.address)?.has(formatText(key)) &&
      !this.attached.isTakenAway(role, attribute === "inline_policy" ? "inline" : "managed", key)
    );
  }
}

function roleModel(resource: Resource, resources: Resources, { managed, inline, boundary }: GivenTo): RoleModel {
  const policy =
    resources.optional(resource, "assume_role_policy") ?? unknownText("the role has no assume_role_policy");
  let trust: RoleModel["trust"] | undefined;
  const model: RoleModel = {
    name: resources.nameOf(resource),
    arn: resources.attribute(resource, "arn"),
    path: resources.pathOf(resource),
    sessionSeconds: sessionOf(resource),
    permissionsBoundary: boundary?.arn ?? null,
    boundaryDocument: boundary ? documentOf(boundary, resources) : null,
    // Read when it is asked for: of a role that a plan leaves as it is, nobody may ask.
    get trust() {
      return (trust ??= readTrust(policy));
    },
    managedPolicies:
      "unknown" in managed
        ? managed
        : managed.map((each) => ({ arn: each.arn, document: documentOf(each, resources) })),
    inlinePolicies: "unknown" in inline ? inline : [...inline],
    location: { address: resource.address },
  };
  rememberTrust(model, policy);
  return model;
}

/** JSON of a policy, where the source makes it. */
export const documentOf = ({ policy }: Pick<ManagedPolicy, "policy">, resources: Resources): Text | null =>
  policy ? resources.optional(policy, "policy") : null;

const isSameGiven = (a: GivenTo, b: GivenTo): boolean =>
  isSame(a.managed, b.managed, isSamePolicy) &&
  isSame(a.inline, b.inline, (one, other) => one.name === other.name && one.document === other.document) &&
  (a.boundary && b.boundary ? isSamePolicy(a.boundary, b.boundary) : a.boundary === b.boundary);

const isSamePolicy = (a: ManagedPolicy, b: ManagedPolicy): boolean => a.arn === b.arn && a.policy === b.policy;

const isSame = <T>(a: Policies<T>, b: Policies<T>, isEqual: (a: T, b: T) => boolean): boolean => {
  if ("unknown" in a || "unknown" in b) return "unknown" in a && "unknown" in b && a.unknown === b.unknown;
  return a.length === b.length && a.every((each, index) => isEqual(each, b[index] as T));
};

function sessionOf({ values }: Resource): RoleModel["sessionSeconds"] {
  const seconds = values["max_session_duration"] ?? DEFAULT_SESSION;
  const number = typeof seconds === "string" ? Number(seconds) : seconds;
  return typeof number === "number" && Number.isSafeInteger(number)
    ? number
    : whyUnknown(seconds, "max_session_duration");
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  if (items.length < 2) return items;
  const byKey = new Map<string, T>();
  for (const item of items) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}
