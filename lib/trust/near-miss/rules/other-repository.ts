import { alike } from "../pair";
import { pairRule } from "../rule";
import { quote } from "../words";
import { hyphenated } from "./hyphen-ids";

/** The token is of another repository than the policy names, or of the same after it was renamed. */
export const otherRepository = pairRule("other-repository", (pair) => {
  const { wants, has } = pair;
  if (!wants.owner || !wants.repository || !has.owner || !has.repository || hyphenated(pair)) return undefined;
  const renamed = wants.repository.id !== undefined && wants.repository.id === has.repository.id;
  if (renamed || (alike(wants.owner.name, has.owner.name) && alike(wants.repository.name, has.repository.name)))
    return undefined;
  const [wanted, actual] = [`${wants.owner.name}/${wants.repository.name}`, `${has.owner.name}/${has.repository.name}`];
  if (wants.file !== undefined)
    return {
      message: `The job's steps come from a workflow of ${quote(actual)}, but the policy requires one of ${quote(wanted)}.`,
      fix: `Call the workflow of ${quote(wanted)} from the job, or admit ${quote(pair.actual)}.`,
    };
  return {
    message: `The job belongs to repository ${quote(actual)}, but the policy requires ${quote(wanted)}.`,
    fix: `Check that this is the right role; if ${quote(wanted)} was renamed to ${quote(actual)}, write the new name in the policy.`,
  };
});
