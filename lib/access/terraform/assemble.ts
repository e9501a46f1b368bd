import type { AccessModel, AccountModel } from "../model";
import { environmentsOf } from "./environments";
import { providersOf } from "./oidc-providers";
import type { Plan } from "./plan";
import type { AccountFacts, Resource, TerraformRoot } from "./resource";
import { Resources } from "./resources";
import { rolesOf } from "./roles";
import { branchProtectionsOf, newRepositoriesOf, subjectTemplatesOf } from "./repositories";
import { valuesOf } from "./values";

/** The model of what a root module holds. */
export function assemble(root: TerraformRoot): AccessModel {
  const resources = new Resources(root);
  const notes = [...root.notes];
  const note = (text: string): void => void notes.push(text);
  const accounts = new Accounts(root.name);
  for (const { resource, model } of providersOf(resources)) accounts.of(resources.accountOf(resource), resource).providers.push(model);
  for (const { resource, model } of rolesOf(resources, note)) accounts.of(resources.accountOf(resource), resource).roles.push(model);
  return { accounts: accounts.all, environments: environmentsOf(resources, note), values: valuesOf(resources), subjectTemplates: subjectTemplatesOf(resources), branchProtections: branchProtectionsOf(resources), newRepositories: newRepositoriesOf(resources), notes };
}

/** The models of both sides of a plan. */
export function assembleChange(plan: Plan): { readonly before: AccessModel; readonly after: AccessModel; readonly beforeDrift: AccessModel | undefined } {
  const accounts = plan.accounts();
  const drifted = plan.beforeDrift();
  return {
    before: assemble(plan.root(plan.before, { accounts })),
    after: assemble(plan.root(plan.after, { accounts, notes: plan.notes })),
    beforeDrift: drifted && assemble(plan.root(drifted, { accounts })),
  };
}

/** The accounts that resources are in: one for each id and, where it is not known, for each provider's configuration. */
class Accounts {
  private readonly known = new Map<string, AccountModel>();

  constructor(private readonly name: string | null) {}

  get all(): AccountModel[] {
    return [...this.known.values()];
  }

  of({ id, partition, region }: AccountFacts, { provider }: Resource): AccountModel {
    const key = id ?? `provider ${provider}`;
    const account = this.known.get(key) ?? { name: this.name, id, partition, region, providers: [], roles: [] };
    this.known.set(key, account);
    return account;
  }
}
