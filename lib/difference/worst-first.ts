import { compareLevels } from "../aws/permissions/level";
import { compareBreadth, widest, type Breadth } from "../trust/admitted";
import type { AdmissionChange, Difference, ProtectionChange, UnknownChange, ValueChange } from "./schema";

/** The same changes, each list with the worst first, and in one order whatever order they had. */
export const worstFirst = (difference: Difference): Difference => ({
  gained: difference.gained.toSorted(byAdmission),
  lost: difference.lost.toSorted(byAdmission),
  widened: difference.widened.toSorted(byAdmission),
  narrowed: difference.narrowed.toSorted(byAdmission),
  // These come with each role's together.
  permissions: difference.permissions,
  protection: difference.protection.toSorted(byProtection),
  values: difference.values.toSorted(byValue),
  unknown: difference.unknown.toSorted(byUnknown),
});

/** Strangers before all else, then what the role can do. */
function byAdmission(a: AdmissionChange, b: AdmissionChange): number {
  const [broadA, broadB] = [breadthOf(a), breadthOf(b)];
  return (
    Number(isStrangers(broadB)) - Number(isStrangers(broadA)) ||
    Number(b.strangers.length > 0) - Number(a.strangers.length > 0) ||
    compareLevels(b.can.level, a.can.level) ||
    compareBreadth(broadB, broadA) ||
    Number(b.certain) - Number(a.certain) ||
    byText([a.account, a.role], [b.account, b.role])
  );
}

const breadthOf = ({ who }: AdmissionChange): Breadth => widest(who.flatMap(({ breadth }) => breadth ?? []));

const isStrangers = (breadth: Breadth): boolean => breadth === "anyone";

const byProtection = (a: ProtectionChange, b: ProtectionChange): number =>
  rank(["weaker", "changed", "stronger"], a.direction, b.direction) ||
  b.roles.length - a.roles.length ||
  byText([a.repository ?? "", a.environment ?? "", a.aspect], [b.repository ?? "", b.environment ?? "", b.aspect]);

const byValue = (a: ValueChange, b: ValueChange): number =>
  rank(
    ["points elsewhere", "another value", "known after apply", "seen by more", "added", "removed", "seen by fewer"],
    a.change,
    b.change,
  ) ||
  byText(
    [a.repository ?? "", a.environment ?? "", a.kind, a.name],
    [b.repository ?? "", b.environment ?? "", b.kind, b.name],
  );

const byUnknown = (a: UnknownChange, b: UnknownChange): number =>
  Number(b.mayAdmit) - Number(a.mayAdmit) || byText([a.what, a.reason], [b.what, b.reason]);

const rank = <T>(order: readonly T[], a: T, b: T): number => order.indexOf(a) - order.indexOf(b);

/** By code unit: the same on every machine, whatever its language. */
function byText(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const other = b[index] ?? "";
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
