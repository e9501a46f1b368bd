import { isUnknown } from "../trust/trust-model";
import { unknownsOf } from "../trust/text";
import { isOpen, textsOfStatement } from "../trust/widened-trust";
import type { TrustComparison } from "./compare-trust";
import type { RolePair } from "./match";
import { placeOfRole } from "./role-place";
import { isRefused, type RoleTrust } from "./role-trust";
import type { UnknownChange } from "./schema";

/** What could not be known of whom a role trusts. */
export function unknownsOfTrust(
  pair: RolePair,
  earlier: RoleTrust,
  later: RoleTrust,
  { gaining, neverHolding, unjudged, overlooked }: TrustComparison,
): UnknownChange[] {
  const found = pair.after ?? pair.before;
  if (!found) return [];
  const { role, account } = placeOfRole(found);
  const say = (reason: string, mayAdmit: boolean): UnknownChange => ({
    what: `role ${role} of ${account}`,
    reason,
    mayAdmit,
  });
  const [was, becomes] = [reasonOf(earlier, unjudged.before), reasonOf(later, unjudged.after)];
  return [
    ...(becomes === undefined ? [] : [say(`whom it will trust: ${becomes}`, true)]),
    // Whoever it lets in afterwards may be new.
    ...(was === undefined ? [] : [say(`whom it trusted before: ${was}`, pair.after !== undefined)]),
    ...(becomes === undefined && gaining?.jobs.some((each) => !each.certain && isLookedUp(each.part.lookups))
      ? [say("what the subjects that it will trust begin with: it is read from GitHub when the plan is applied", true)]
      : []),
    ...(overlooked === undefined
      ? []
      : [say(`who else it will trust: ${overlooked} gets in, and did not before`, true)]),
    ...(neverHolding.length === 0
      ? []
      : [
          say(
            `whether a statement of its trust policy admits anybody: as far as is known AWS makes no condition key ${neverHolding.join(" and ")}`,
            false,
          ),
        ]),
  ];
}

const isLookedUp = (lookups: ReadonlyMap<string, unknown>): boolean => lookups.size > 0;

/** Why a trust policy, or a part of it, is not known. */
function reasonOf(trust: RoleTrust, unjudged: string | undefined): string | undefined {
  if (unjudged !== undefined) return `the trust policy cannot be judged: ${unjudged}`;
  if (isUnknown(trust)) return trust.unknown;
  if (isRefused(trust)) return `AWS would refuse the trust policy: ${trust.refused}`;
  const reasons = [...new Set(trust.statements.filter(isOpen).flatMap(textsOfStatement).flatMap(unknownsOf))];
  return reasons.length === 0 ? undefined : `not known until the plan is applied: ${reasons.join(", ")}`;
}
