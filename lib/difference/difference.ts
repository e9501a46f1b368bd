import type { AccessModel } from "../model/model";
import { admissionChanges } from "./admissions";
import { matchRoles, type RolePair } from "./match";
import { permissionChanges } from "./permissions";
import { protectionChanges } from "./protection";
import { audienceChanges } from "./provider-audiences";
import type { Difference } from "./schema";
import { valueChanges } from "./values";
import { worstFirst } from "./worst-first";

/**
 * What lies between two access models, by meaning: the same said in other words is no change. Roles that do
 * not change cost next to nothing.
 *
 * Pure.
 *
 * @param pairs their roles, where they are paired already.
 */
export function differenceOf(
  before: AccessModel,
  after: AccessModel,
  pairs: readonly RolePair[] = matchRoles(before, after),
): Difference {
  const admissions = admissionChanges(before, after, pairs);
  const unknown = [...admissions.unknown, ...audienceChanges(before, after)];
  return worstFirst({
    ...admissions,
    unknown,
    permissions: permissionChanges(pairs),
    protection: protectionChanges(before, after, pairs),
    values: valueChanges(before, after, pairs),
  });
}

/** Whether there is nothing to tell, not even that something is not known. */
export const isEmptyDifference = (difference: Difference): boolean =>
  Object.values(difference).every((changes) => changes.length === 0);
