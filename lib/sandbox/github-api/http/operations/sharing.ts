import { invalid, notFound, Refusal } from "../../state/refusal";
import type { Sharing, Visibility } from "../../state/sharing";
import { Fields } from "../fields";
import { param, type Answer, type Call } from "../operation";
import { page } from "../page";
import { simpleRepository } from "../shapes/repository";

/** Who sees an organization's value, as the body says. Repositories that it does not list stay as they were. */
export function sharingIn(call: Call, fields: Fields, visibility: Visibility, before?: Sharing): Sharing {
  const ids = fields.optionalIntegers("selected_repository_ids") ?? before?.repositoryIds ?? [];
  return { visibility, repositoryIds: known(call, ids) };
}

/** The repositories that see a value. */
export function listSelected(call: Call, sharing: Sharing | undefined): Answer {
  const selected = (sharing?.repositoryIds ?? []).flatMap((id) => call.state.findRepositoryById(id) ?? []);
  const { items, headers } = page(call, selected);
  const repositories = items.map((repository) => simpleRepository(repository, call.links));
  return { status: 200, headers, body: { total_count: selected.length, repositories } };
}

/** The sharing with exactly the repositories that the body lists. */
export const withSelected = (call: Call, sharing: Sharing): Sharing => ({
  ...selected(sharing),
  repositoryIds: known(call, new Fields(call.body).optionalIntegers("selected_repository_ids") ?? []),
});

/** The sharing with the repository in the path added. */
export function withAdded(call: Call, sharing: Sharing): Sharing {
  const { repositoryIds } = selected(sharing);
  return { ...sharing, repositoryIds: [...new Set([...repositoryIds, repositoryId(call)])] };
}

/** The sharing with the repository in the path taken out. */
export function withRemoved(call: Call, sharing: Sharing): Sharing {
  const gone = repositoryId(call);
  return { ...sharing, repositoryIds: selected(sharing).repositoryIds.filter((id) => id !== gone) };
}

/** Refuses to touch the list of repositories while it does not count. */
export function selected(sharing: Sharing): Sharing {
  if (sharing.visibility !== "selected") throw new Refusal("conflict", "Visibility type not set to 'selected'");
  return sharing;
}

function repositoryId(call: Call): number {
  const id = Number(param(call, "repository_id"));
  if (!call.state.findRepositoryById(id)) throw notFound();
  return id;
}

function known(call: Call, ids: readonly number[]): readonly number[] {
  const stranger = ids.find((id) => !call.state.findRepositoryById(id));
  if (stranger !== undefined) throw invalid(`Repository ${stranger} does not exist.`);
  return ids;
}
