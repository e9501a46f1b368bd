import { alike } from "../pair";
import { pairRule } from "../rule";
import { quote } from "../words";

/** The ids are the same and a name is not. */
export const renamedRepository = pairRule("renamed-repository", ({ wants, has }) => {
  if (wants.repository?.id === undefined || wants.repository.id !== has.repository?.id || !wants.owner || !has.owner)
    return undefined;
  if (alike(wants.owner.name, has.owner.name) && alike(wants.repository.name, has.repository.name)) return undefined;
  const [before, now] = [`${wants.owner.name}/${wants.repository.name}`, `${has.owner.name}/${has.repository.name}`];
  return {
    message: `The repository with id ${has.repository.id} was ${quote(before)} when the policy was written, and is ${quote(now)} now: it was renamed or transferred.`,
    fix: `Write ${quote(`repo:${has.owner.text}/${has.repository.text}:`)} in the policy.`,
  };
});
