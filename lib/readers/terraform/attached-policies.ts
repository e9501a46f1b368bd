import { addTo } from "../../model/add-to";
import { formatText, isKnown, type Text } from "../../trust/text";
import { isList, listOf, UNKNOWN_PROVIDER, type GivenPolicies, type Resource, type Value } from "./resource";
import type { Resources } from "./resources";
import { isWithheld } from "./withheld";

type Note = (text: string) => void;

/** A managed policy of a role. */
export interface ManagedPolicy {
  readonly arn: Text;
  /** What makes the policy, where the source does. */
  readonly policy: Resource | undefined;
}

export interface InlinePolicy {
  readonly name: Text;
  /** JSON */
  readonly document: Text;
}

/** What resources give to a role that the source does not have. */
export interface RoleElsewhere {
  readonly name: string;
  /** The first of what gives it something. */
  readonly giver: Resource;
  readonly managed: readonly ManagedPolicy[];
  readonly inline: readonly InlinePolicy[];
}

/** Policies that resources of their own give to roles. */
export class AttachedPolicies {
  private readonly managedOf = new Map<Resource, ManagedPolicy[]>();
  private readonly inlineOf = new Map<Resource, InlinePolicy[]>();
  /** What lists name that are to be a role's only policies. */
  private readonly listed = { managed: new Map<Resource, ManagedPolicy[]>(), inline: new Map<Resource, Set<string>>() };
  private readonly roles: RoleNames;
  private readonly rolesElsewhere = new Map<
    string,
    RoleElsewhere & { readonly managed: ManagedPolicy[]; readonly inline: InlinePolicy[] }
  >();
  private readonly policiesOfRoles = new Set<Resource>();

  constructor(
    private readonly resources: Resources,
    private readonly note: Note,
  ) {
    this.roles = new RoleNames(resources);
    for (const each of resources.of("aws_iam_role_policy_attachment")) this.attach(each, each.values["role"]);
    for (const each of resources.of("aws_iam_policy_attachment"))
      for (const role of listOf(each.values["roles"])) this.attach(each, role);
    for (const each of resources.of("aws_iam_role_policy")) this.addInline(each);
    for (const each of resources.of("aws_iam_role_policy_attachments_exclusive")) this.listManaged(each);
    for (const each of resources.of("aws_iam_role_policies_exclusive")) this.listInline(each);
  }

  /** Roles that the source does not have, by account and name. */
  get elsewhere(): ReadonlyMap<string, RoleElsewhere> {
    return this.rolesElsewhere;
  }

  /** Policies that any role has or is bounded by, as far as they were asked for. */
  get used(): ReadonlySet<Resource> {
    return this.policiesOfRoles;
  }

  /** Those attached, and what a list names and the role lacks: it is attached as well. */
  managed(role: Resource): readonly ManagedPolicy[] {
    const [attached = [], listed] = [this.managedOf.get(role), this.listed.managed.get(role)];
    return listed ? [...attached, ...listed] : attached;
  }

  inline(role: Resource): readonly InlinePolicy[] {
    return this.inlineOf.get(role) ?? [];
  }

  /** Whether a list of all that the role is to have leaves a policy out. */
  isTakenAway(role: Resource, kind: "managed" | "inline", key: Text): boolean {
    if (kind === "inline") return this.listed.inline.get(role)?.has(formatText(key)) === false;
    // What the list names is attached already.
    return this.listed.managed.has(role);
  }

  /** What a role has by resources that take it away when they go. A list leaves behind what it names. */
  get given(): GivenPolicies {
    const given = new Map<string, Set<string>>();
    const add = (role: Resource, keys: readonly Text[]): void => {
      const known = given.get(role.address) ?? new Set();
      given.set(role.address, known);
      for (const key of keys) known.add(formatText(key));
    };
    for (const [role, policies] of this.managedOf)
      add(
        role,
        policies.map(({ arn }) => arn),
      );
    for (const [role, policies] of this.inlineOf)
      add(
        role,
        policies.map(({ name }) => name),
      );
    return given;
  }

  /** The policy that a value names. @param from what names it */
  policy(value: Value | undefined, from: Resource): ManagedPolicy {
    const arn = this.resources.text(value, from);
    const known = this.resources.behind(value, from) ?? (isKnown(arn) ? this.resources.policyOf(arn) : undefined);
    const policy = known?.type === "aws_iam_policy" && known.mode === "managed" ? known : undefined;
    if (policy) this.policiesOfRoles.add(policy);
    return { arn, policy };
  }

  private attach(attachment: Resource, roleValue: Value | undefined): void {
    const role = this.roleOf(attachment, roleValue);
    if (role instanceof Elsewhere)
      this.atElsewhere(role).managed.push(this.policy(attachment.values["policy_arn"], attachment));
    else if (role) addTo(this.managedOf, role, this.policy(attachment.values["policy_arn"], attachment));
  }

  private addInline(resource: Resource): void {
    const role = this.roleOf(resource, resource.values["role"]);
    const policy: InlinePolicy = {
      name: this.resources.nameOf(resource),
      document: this.resources.text(resource.values["policy"], resource),
    };
    if (role instanceof Elsewhere) this.atElsewhere(role).inline.push(policy);
    else if (role) addTo(this.inlineOf, role, policy);
  }

  private listManaged(resource: Resource): void {
    const role = this.roleOf(resource, resource.values["role_name"]);
    const list = resource.values["policy_arns"];
    const arns = listOf(list);
    const isKnownPolicy = (arn: Value): boolean =>
      isKnown(this.resources.text(arn, resource)) || this.resources.behind(arn, resource) !== undefined;
    if (!role) return;
    // One that is withheld is there, whichever it is.
    const known = arns.filter((arn) => isWithheld(arn) || isKnownPolicy(arn)).map((arn) => this.policy(arn, resource));
    if (role instanceof Elsewhere) {
      this.atElsewhere(role).managed.push(...known);
      return;
    }
    if (isList(list) || isWithheld(list)) this.listed.managed.set(role, known);
    // One that waits for a policy yet to be made is mostly that of an attachment beside it.
    if (this.managed(role).length === 0 && !arns.every(isKnownPolicy))
      this.note(`${resource.address} attaches policies that are not known yet: they are not included`);
  }

  private listInline(resource: Resource): void {
    const role = this.roleOf(resource, resource.values["role_name"]);
    const names = resource.values["policy_names"];
    // A name that is withheld may be any: then nothing is known to be taken away.
    if (role && !(role instanceof Elsewhere) && isList(names) && !names.some(isWithheld))
      this.listed.inline.set(role, new Set(names.map((name) => formatText(this.resources.text(name, resource)))));
  }

  private atElsewhere({ name, giver }: Elsewhere): {
    readonly managed: ManagedPolicy[];
    readonly inline: InlinePolicy[];
  } {
    const key = keyOfRole(name, giver, this.resources);
    const known = this.rolesElsewhere.get(key) ?? { name, giver, managed: [], inline: [] };
    this.rolesElsewhere.set(key, known);
    return known;
  }

  /** The role meant; `undefined` where that is not known. */
  private roleOf(resource: Resource, value: Value | undefined): Resource | Elsewhere | undefined {
    const behind = this.resources.behind(value, resource);
    if (behind?.type === "aws_iam_role" && behind.mode === "managed") return behind;
    const name = this.resources.text(value, resource);
    const found = isKnown(name) ? this.roles.named(name, resource) : formatText(name);
    // Which role it is, is not known: any may have the policy.
    if (typeof found === "string")
      this.note(
        `${resource.address} gives a policy to a role that is not known (${found}): its permissions are not included`,
      );
    return typeof found === "string" ? undefined : (found ?? new Elsewhere(formatText(name), resource));
  }
}

/** A role that the source does not have. */
class Elsewhere {
  constructor(
    readonly name: string,
    readonly giver: Resource,
  ) {}
}

/** Roles by name, each in its account. */
class RoleNames {
  /** By id of the account, or provider where that is not known. */
  private readonly byAccount = new Map<string, Map<string, Resource>>();
  private byName: Map<string, Resource[]> | undefined;

  constructor(private readonly resources: Resources) {
    for (const role of resources.of("aws_iam_role")) {
      const account = this.accountOf(role);
      const known = this.byAccount.get(account) ?? new Map<string, Resource>();
      this.byAccount.set(account, known);
      known.set(formatText(resources.nameOf(role)), role);
    }
  }

  /** The role of that name in the account of another resource; why that is not known, in words; or `undefined` where there is none. */
  named(name: string, from: Resource): Resource | string | undefined {
    if (from.provider !== UNKNOWN_PROVIDER) return this.byAccount.get(this.accountOf(from))?.get(name);
    const [only, ...others] = this.inAnyAccount(name);
    return others.length > 0 ? `${name} of one of several accounts` : only;
  }

  private inAnyAccount(name: string): readonly Resource[] {
    if (!this.byName) {
      this.byName = new Map();
      for (const role of this.resources.of("aws_iam_role"))
        addTo(this.byName, formatText(this.resources.nameOf(role)), role);
    }
    return this.byName.get(name) ?? [];
  }

  private accountOf(resource: Resource): string {
    return this.resources.accountKeyOf(resource);
  }
}

/** The same for the same role. IAM ignores case in names. @param resource of the account that the role is in */
export const keyOfRole = (name: string, resource: Resource, resources: Resources): string =>
  JSON.stringify([resources.accountKeyOf(resource), name.toLowerCase()]);
