import { addressOf, type AccessModel, type Location } from "../../model/model";
import { sameJson } from "./plan-entry";

interface Located {
  readonly location: Location;
}

/**
 * A model in which everything that another one has as well, at the same address, is that one's object: whoever
 * compares the two need not look into it. Roles are not looked at.
 */
export const withObjectsOf = (other: AccessModel, model: AccessModel): AccessModel => ({
  ...model,
  environments: shared(other.environments, model.environments),
  values: shared(other.values, model.values),
  subjectTemplates: shared(other.subjectTemplates, model.subjectTemplates),
  branchProtections: shared(other.branchProtections, model.branchProtections),
  newRepositories: shared(other.newRepositories, model.newRepositories),
});

function shared<T extends Located>(others: readonly T[], objects: readonly T[]): T[] {
  const byAddress = new Map(others.map((each) => [addressOf(each.location), each]));
  return objects.map((each) => {
    const same = byAddress.get(addressOf(each.location));
    return same && sameJson(same, each) ? same : each;
  });
}
