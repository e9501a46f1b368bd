import type { RoleModel } from "../model";
import { readTrust } from "../read-trust";
import { formatText, isKnown, unknownText, type Text } from "../text";
import { blocksOf, listOf, Template, type Resource, type Value } from "./resource";
import type { Resources } from "./resources";

type Note = (text: string) => void;
type Managed = Exclude<RoleModel["managedPolicies"], { unknown: string }>;
type Inline = Exclude<RoleModel["inlinePolicies"], { unknown: string }>;

/** What a role without a `max_session_duration` has, in seconds. */
const DEFAULT_SESSION = 3_600;

/** The roles with the permissions that the same source gives them. */
export function rolesOf(resources: Resources, note: Note): { readonly resource: Resource; readonly model: RoleModel }[] {
  const attached = new Attached(resources, note);
  return resources.of("aws_iam_role").map((resource) => ({ resource, model: roleModel(resource, resources, attached) }));
}

function roleModel(resource: Resource, resources: Resources, attached: Attached): RoleModel {
  return {
    name: resources.nameOf(resource),
    arn: resources.attribute(resource, "arn"),
    path: resources.pathOf(resource),
    sessionSeconds: sessionOf(resource),
    permissionsBoundary: resources.optional(resource, "permissions_boundary"),
    trust: readTrust(resources.optional(resource, "assume_role_policy") ?? unknownText("the role has no assume_role_policy")),
    managedPolicies: managedOf(resource, resources, attached),
    inlinePolicies: inlineOf(resource, resources, attached),
    location: { address: resource.address },
  };
}

function sessionOf({ values }: Resource): RoleModel["sessionSeconds"] {
  const seconds = values["max_session_duration"] ?? DEFAULT_SESSION;
  const number = typeof seconds === "string" ? Number(seconds) : seconds;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : { unknown: "max_session_duration" };
}

/** Whether an argument is the configuration's word. What a provider computed of itself repeats the resources beside the role. */
const isWord = ({ configured }: Resource, attribute: string): boolean => configured === undefined || configured.has(attribute);

function managedOf(role: Resource, resources: Resources, attached: Attached): RoleModel["managedPolicies"] {
  const argument = isWord(role, "managed_policy_arns") ? role.values["managed_policy_arns"] : undefined;
  if (argument instanceof Template) return { unknown: "managed_policy_arns" };
  const own: Managed = listOf(argument).map((value) => managedPolicy(value instanceof Template ? resources.behind(value, role) : undefined, resources.text(value, role), resources));
  return distinct([...attached.managed(role), ...own], ({ arn }) => formatText(arn));
}

function inlineOf(role: Resource, resources: Resources, attached: Attached): RoleModel["inlinePolicies"] {
  const argument = isWord(role, "inline_policy") ? role.values["inline_policy"] : undefined;
  if (argument instanceof Template) return { unknown: "inline_policy" };
  const own: Inline = blocksOf(argument).flatMap((block) => {
    const policy = block["policy"];
    // An empty block asks that there be none.
    return policy === undefined || policy === null ? [] : [{ name: resources.text(block["name"] ?? "", role), document: resources.text(policy, role) }];
  });
  return distinct([...attached.inline(role), ...own], ({ name }) => formatText(name));
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}

function managedPolicy(policy: Resource | undefined, arn: Text, resources: Resources): Managed[number] {
  const known = policy ?? (isKnown(arn) ? resources.policyOf(arn) : undefined);
  const document = known?.type === "aws_iam_policy" && known.mode === "managed" ? resources.optional(known, "policy") : null;
  return { arn, document };
}

/** Policies that resources of their own give to roles. */
class Attached {
  private readonly managedOf = new Map<Resource, Managed>();
  private readonly inlineOf = new Map<Resource, Inline>();
  private readonly byName = new Map<string, Resource>();

  constructor(
    private readonly resources: Resources,
    private readonly note: Note,
  ) {
    for (const role of resources.of("aws_iam_role")) this.byName.set(this.keyOf(role, resources.nameOf(role)), role);
    for (const each of resources.of("aws_iam_role_policy_attachment")) this.attach(each, each.values["role"]);
    for (const each of resources.of("aws_iam_policy_attachment")) for (const role of listOf(each.values["roles"])) this.attach(each, role);
    for (const each of resources.of("aws_iam_role_policy_attachments_exclusive")) this.attachExclusive(each);
    for (const each of resources.of("aws_iam_role_policy")) this.addInline(each);
  }

  managed(role: Resource): Managed {
    return this.managedOf.get(role) ?? [];
  }

  inline(role: Resource): Inline {
    return this.inlineOf.get(role) ?? [];
  }

  private attach(attachment: Resource, roleValue: Resource["values"][string], value = attachment.values["policy_arn"]): void {
    const role = this.roleOf(attachment, roleValue);
    if (!role) return;
    const policy = managedPolicy(this.resources.behind(value, attachment), this.resources.text(value, attachment), this.resources);
    this.managedOf.set(role, [...this.managed(role), policy]);
  }

  /** What the list names and the role lacks is attached as well. */
  private attachExclusive(resource: Resource): void {
    const roleValue = resource.values["role_name"];
    const arns = listOf(resource.values["policy_arns"]);
    const isKnownPolicy = (arn: Value): boolean => isKnown(this.resources.text(arn, resource)) || this.resources.behind(arn, resource) !== undefined;
    for (const arn of arns.filter(isKnownPolicy)) this.attach(resource, roleValue, arn);
    // One that waits for a policy yet to be made is mostly that of an attachment beside it.
    const role = this.roleOf(resource, roleValue);
    if (role && this.managed(role).length === 0 && !arns.every(isKnownPolicy)) this.note(`${resource.address} attaches policies that are not known yet: they are in none of these`);
  }

  private addInline(resource: Resource): void {
    const role = this.roleOf(resource, resource.values["role"]);
    if (!role) return;
    this.inlineOf.set(role, [...this.inline(role), { name: this.resources.nameOf(resource), document: this.resources.text(resource.values["policy"], resource) }]);
  }

  /** The role meant; `undefined` for one that the source does not have. */
  private roleOf(resource: Resource, value: Resource["values"][string]): Resource | undefined {
    const behind = this.resources.behind(value, resource);
    if (behind?.type === "aws_iam_role" && behind.mode === "managed") return behind;
    const name = this.resources.text(value, resource);
    // Which role it is, is not known: any may have the policy.
    if (!isKnown(name)) this.note(`${resource.address} gives a policy to a role that is not known (${formatText(name)}): its permissions are in none of these`);
    return isKnown(name) ? this.byName.get(this.keyOf(resource, name)) : undefined;
  }

  private keyOf(resource: Resource, name: Text): string {
    return `${this.resources.accountOf(resource).id ?? resource.provider} ${formatText(name)}`;
  }
}
