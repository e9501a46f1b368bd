import { admits, type Admission } from "../access/admitted";
import { isUnknown, type RoleModel } from "../access/model";
import { partsOf } from "../access/text";
import { textsOfStatement, widenedTrust } from "../access/widened-trust";
import { parseTrustDocument } from "../aws/policy/trust-document";

/** What a role's trust policy admits: never less than it does. */
export interface RoleTrust {
  readonly admissions: readonly Admission[];
  /** Repositories, in lower case, whose subjects are looked up: of these the plan fails for a customised subject. */
  readonly lookedUp: ReadonlySet<string>;
}

/** `undefined` where it is not known what the policy says, or AWS would refuse it. */
export function trustOf({ trust }: RoleModel): RoleTrust | undefined {
  if (isUnknown(trust) || "refused" in trust) return undefined;
  const widened = widenedTrust(trust);
  const document = widened && parseTrustDocument(widened.policy).document;
  if (!document) return undefined;
  const parts = trust.statements.flatMap(textsOfStatement).flatMap(partsOf);
  return { admissions: admits(document).admissions, lookedUp: new Set(parts.flatMap((part) => (typeof part === "object" && "lookup" in part ? [part.lookup.toLowerCase()] : []))) };
}
