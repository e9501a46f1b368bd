import { TerraformResource, type TerraformStack } from "cdktf";
import type { RenameAccess } from "../lib/config/account-access";
import { addressOfPath } from "../lib/constructs/address";

/** A name within a repository, which may have been another before. */
export interface OwnName {
  /** What the name is of; `undefined` for what is never renamed. */
  readonly scope: RenameAccess["scope"];
  readonly now: string;
}

/** Gives the id of a construct from the names of the repository and of what leads to the thing in it; `nameOf` tells what another repository was called at that time. */
export type IdOf = (repository: string, names: readonly string[], nameOf: (repository: string) => string) => string;

/**
 * Tells Terraform where things were before they were renamed in the file, so that it keeps them.
 *
 * @see https://developer.hashicorp.com/terraform/language/moved
 */
export class Renames {
  private readonly former = new Map<string, string>();
  /** Ids of a construct under its names, the oldest first. */
  private readonly chains: string[][] = [];

  constructor(renames: readonly RenameAccess[]) {
    for (const { repository, scope, formerly } of renames) this.former.set(keyOf(repository, scope), formerly);
  }

  /** Notes a construct. Where several names are new, the repository's was changed first, and then the outermost. */
  note(repository: string, names: readonly OwnName[], idOf: IdOf): void {
    if (this.former.size === 0) return;
    const before = (name: string): string => this.former.get(keyOf(name, undefined)) ?? name;
    const now = (name: string): string => name;
    const formerOf = ({ scope, now: name }: OwnName): string =>
      (scope && this.former.get(keyOf(repository, scope))) ?? name;
    const formers = names.map(formerOf);
    const later = names.map((_, last) =>
      idOf(
        repository,
        names.map((name, index) => (index <= last ? name.now : formerOf(name))),
        now,
      ),
    );
    const ids = [...new Set([idOf(before(repository), formers, before), idOf(repository, formers, now), ...later])];
    if (ids.length > 1) this.chains.push(ids);
  }

  /** Adds a \`moved\` block for every resource of what was noted. */
  addTo(stack: TerraformStack): void {
    const moved = this.chains.flatMap((ids) => movesOf(stack, ids));
    if (moved.length > 0) stack.addOverride("moved", moved);
  }
}

const keyOf = (repository: string, scope: RenameAccess["scope"]): string => JSON.stringify([repository, scope ?? null]);

function movesOf(stack: TerraformStack, ids: readonly string[]): { from: string; to: string }[] {
  const construct = stack.node.tryFindChild(ids.at(-1) ?? "");
  const resources = (construct?.node.findAll() ?? []).filter(TerraformResource.isTerraformResource);
  return resources.flatMap((resource) => {
    const below = resource.node.scopes.slice(stack.node.scopes.length + 1).map(({ node }) => node.id);
    const addresses = ids.map((id) => `${resource.terraformResourceType}.${addressOfPath([id, ...below])}`);
    return addresses.slice(1).map((to, index) => ({ from: addresses[index] ?? "", to }));
  });
}
