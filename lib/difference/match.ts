import { isDeepStrictEqual } from "node:util";
import { parseIamArn } from "../aws/arn";
import { addTo } from "../model/add-to";
import { rolesIn, type FoundRole } from "../model/find-role";
import type { AccessModel } from "../model/model";
import { formatText, isKnown } from "../trust/text";

/** A role before a change and after it. At least one of the two is there. */
export interface RolePair {
  readonly before?: FoundRole;
  readonly after?: FoundRole;
  /** `replaced`: it is deleted and recreated, so that its ARN becomes another, or is not known until then. */
  readonly state: "created" | "deleted" | "replaced" | "kept";
  /** Whether both are there and say the same, wherever they are written. */
  readonly unchanged: boolean;
}

/** A role that is there before and after. */
export type KeptPair = RolePair & Required<Pick<RolePair, "before" | "after">>;

export const isThroughout = (pair: RolePair): pair is KeptPair => pair.before !== undefined && pair.after !== undefined;

/**
 * The roles of two models, those that are one beside each other: at the same place of the source, or else
 * of the same account and name. In the order of the models, those that are gone last.
 *
 * A role whose name or account changes is another one. IAM ignores case in names, and the path does not tell two roles apart.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function matchRoles(before: AccessModel, after: AccessModel): RolePair[] {
  const [earlier, later] = [rolesIn(before), rolesIn(after)];
  const found = sameObjects(earlier, later);
  const taken = new Set(found.values());
  const gone = new Candidates(earlier.filter((role) => !taken.has(role)));
  // By place first: where two sources have a role of one name, each keeps its own.
  for (const keyOf of [placeOf, nameOf])
    for (const role of later) {
      const match = found.has(role) ? undefined : gone.take(keyOf, role);
      if (match) found.set(role, match);
    }
  return [
    ...later.map((role) => pairOf(found.get(role), role)),
    ...gone.left.map((role): RolePair => ({ before: role, state: "deleted", unchanged: false })),
  ];
}

/** What a plan leaves as it is, is one object before and after: nearly all roles. */
function sameObjects(earlier: readonly FoundRole[], later: readonly FoundRole[]): Map<FoundRole, FoundRole> {
  const byRole = new Map(earlier.map((found) => [found.role, found]));
  const same = new Map<FoundRole, FoundRole>();
  for (const found of later) {
    const match = byRole.get(found.role);
    if (match) same.set(found, match);
    byRole.delete(found.role);
  }
  return same;
}

function pairOf(before: FoundRole | undefined, after: FoundRole): RolePair {
  if (!before) return { after, state: "created", unchanged: false };
  if (before.role === after.role) return { before, after, state: "kept", unchanged: true };
  const state = formatText(before.role.arn) === formatText(after.role.arn) ? "kept" : "replaced";
  return { before, after, state, unchanged: isSame(before, after) };
}

function isSame({ role: a }: FoundRole, { role: b }: FoundRole): boolean {
  return isDeepStrictEqual({ ...a, location: null }, { ...b, location: null });
}

type KeyOf = (role: FoundRole) => string | undefined;

/** Roles that may still be the same as another. */
class Candidates {
  private readonly byKey = new Map<string, FoundRole[]>();
  private readonly open: Set<FoundRole>;

  constructor(roles: readonly FoundRole[]) {
    this.open = new Set(roles);
    for (const role of roles)
      for (const key of [placeOf(role), nameOf(role)]) {
        if (key !== undefined) addTo(this.byKey, key, role);
      }
  }

  take(keyOf: KeyOf, role: FoundRole): FoundRole | undefined {
    const key = keyOf(role);
    const match =
      key === undefined ? undefined : this.byKey.get(key)?.find((each) => this.open.has(each) && mayBeSame(each, role));
    if (match) this.open.delete(match);
    return match;
  }

  get left(): readonly FoundRole[] {
    return [...this.open];
  }
}

/** An address stands once in a plan; places of an access file may be of a role in several accounts. */
function placeOf({ role: { location } }: FoundRole): string | undefined {
  return location !== null && "address" in location
    ? JSON.stringify([location.file ?? null, location.address])
    : undefined;
}

function nameOf(found: FoundRole): string | undefined {
  const [account, name] = [accountIdOf(found) ?? found.account.name ?? undefined, knownName(found)];
  return account === undefined || name === undefined ? undefined : JSON.stringify({ account, name });
}

/** Whether nothing that is known of two roles tells them apart. */
function mayBeSame(one: FoundRole, other: FoundRole): boolean {
  const differ = (of: KeyOf): boolean => of(one) !== undefined && of(other) !== undefined && of(one) !== of(other);
  return !differ(knownName) && !differ(accountIdOf);
}

const knownName = ({ role: { name } }: FoundRole): string | undefined =>
  isKnown(name) ? name.toLowerCase() : undefined;

function accountIdOf({ role: { arn }, account: { id } }: FoundRole): string | undefined {
  return (isKnown(arn) ? parseIamArn(arn)?.account : undefined) ?? id ?? undefined;
}
