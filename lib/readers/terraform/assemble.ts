import type { AccessModel, AccountModel } from "../../model/model";
import type { PlanChange } from "../../model/plan-change";
import { elsewhere, type Side } from "./elsewhere";
import { environmentsOf } from "./environments";
import { providersOf } from "./oidc-providers";
import type { Plan } from "./plan";
import type { GivenPolicies, Resource, TerraformRoot } from "./resource";
import { Resources } from "./resources";
import { Roles, type KnownRoles } from "./roles";
import { branchProtectionsOf, newRepositoriesOf, subjectTemplatesOf } from "./repositories";
import { withObjectsOf } from "./same-objects";
import { valuesOf } from "./values";

/** The model of what a root module holds. */
export const assemble = (root: TerraformRoot): AccessModel => assembled(root).model;

/** The models of both sides of a plan. What is the same on both is the same object. */
export function assembleChange(plan: Plan): Pick<PlanChange, "before" | "after" | "beforeDrift" | "elsewhere"> {
  const accounts = plan.accounts();
  const drifted = plan.beforeDrift();
  const known: KnownRoles = new Map();
  const before = assembled(plan.root(plan.before, { accounts, found: "all" }), known);
  const beforeDrift = drifted && assembled(plan.root(drifted, { accounts, found: "all" }), new Map(known)).model;
  const after = assembled(plan.root(plan.after, { accounts, found: before.given, notes: plan.notes }), known);
  return {
    before: before.model,
    after: withObjectsOf(before.model, after.model),
    beforeDrift: beforeDrift && withObjectsOf(before.model, beforeDrift),
    elsewhere: elsewhere(before, after),
  };
}

interface Assembled extends Side {
  readonly model: AccessModel;
  readonly given: GivenPolicies;
}

function assembled(root: TerraformRoot, known?: KnownRoles): Assembled {
  const resources = new Resources(root);
  const notes = [...root.notes];
  const note = (text: string): void => void notes.push(text);
  const accounts = new Accounts(root.name, resources);
  const roles = new Roles(resources, note, root.found, known);
  for (const { resource, model } of providersOf(resources)) accounts.of(resource).providers.push(model);
  for (const { resource, model } of roles.all) accounts.of(resource).roles.push(model);
  const model = {
    accounts: accounts.all,
    environments: environmentsOf(resources, note),
    values: valuesOf(resources),
    subjectTemplates: subjectTemplatesOf(resources),
    branchProtections: branchProtectionsOf(resources),
    newRepositories: newRepositoriesOf(resources),
    notes,
  };
  return { model, given: roles.given, roles, resources };
}

/** The accounts that resources are in: one for each id and, where it is not known, for each provider's configuration. */
class Accounts {
  private readonly known = new Map<string, AccountModel>();

  constructor(
    private readonly name: string | null,
    private readonly resources: Resources,
  ) {}

  get all(): AccountModel[] {
    return [...this.known.values()];
  }

  of(resource: Resource): AccountModel {
    const { id, partition, region } = this.resources.accountOf(resource);
    const key = this.resources.accountKeyOf(resource);
    const account = this.known.get(key) ?? { name: this.name, id, partition, region, providers: [], roles: [] };
    // Of what is not configured any more the region may not be known.
    account.partition ??= partition;
    account.region ??= region;
    this.known.set(key, account);
    return account;
  }
}
