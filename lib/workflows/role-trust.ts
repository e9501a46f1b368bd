import { admits, type Admission } from "../trust/admitted";
import type { RoleModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { isUnjudged, type Unjudged } from "../trust/reparsed-trust";
import { partsOf } from "../trust/text";
import { textsOfStatement, widenedTrust } from "../trust/widened-trust";

/** What a role's trust policy admits: never less than it does. */
export interface RoleTrust {
  readonly admissions: readonly Admission[];
  /** Repositories, in lower case, whose subjects are looked up: of these the plan fails for a customised subject. */
  readonly lookedUp: ReadonlySet<string>;
}

/** What the policy admits; or why that cannot be told, as where AWS would refuse it. */
export function trustOf({ trust }: RoleModel): RoleTrust | Unjudged {
  if (isUnknown(trust)) return { unjudged: `it is not known: ${trust.unknown}` };
  if ("refused" in trust) return { unjudged: `AWS would refuse it: ${trust.refused[0] ?? ""}` };
  const widened = widenedTrust(trust);
  if (isUnjudged(widened)) return widened;
  const parts = trust.statements.flatMap(textsOfStatement).flatMap(partsOf);
  return {
    admissions: admits(widened.document).admissions,
    lookedUp: new Set(
      parts.flatMap((part) => (typeof part === "object" && "lookup" in part ? [part.lookup.toLowerCase()] : [])),
    ),
  };
}
