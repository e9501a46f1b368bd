import type { ValueChange } from "../difference/schema";
import type { Location, ValueModel } from "../model/model";
import type { PlanChange } from "../model/plan-change";
import { formatText } from "../trust/text";

/**
 * Variables and secrets that get another value, of which nothing more is ever told: what they are is marked
 * sensitive. What is told of them already stands in `told`, and is not told again.
 */
export function hiddenValues({ file, after, withheld }: PlanChange, told: readonly ValueChange[]): ValueChange[] {
  if (withheld.length === 0) return [];
  const known = new Set(told.flatMap(({ location }) => addressIn(location, file)));
  const byAddress = new Map(
    after.values.flatMap((value) => addressIn(value.location, file).map((address) => [address, value] as const)),
  );
  return withheld.flatMap(({ address }) => {
    const value = known.has(address) ? undefined : byAddress.get(address);
    return value ? [changed(value)] : [];
  });
}

const changed = ({ kind, name, repository, environment, location }: ValueModel): ValueChange => ({
  kind,
  name: formatText(name),
  repository: repository === null ? null : formatText(repository),
  environment: environment === null ? null : formatText(environment),
  change: "another value",
  before: null,
  after: null,
  location,
});

/** The address of what stands in a plan; nothing of what stands elsewhere. */
export const addressIn = (location: Location, file: string): string[] =>
  location !== null && "address" in location && (location.file ?? file) === file ? [location.address] : [];
