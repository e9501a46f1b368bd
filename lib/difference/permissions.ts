import { compareLevels, highest, type Level, type Power } from "../aws/permissions/level";
import { describeDuration } from "../aws/duration";
import type { FoundRole } from "../model/find-role";
import { grantsOfRole } from "../questions/grants";
import type { AccountModel, RoleModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { powerOf } from "../questions/power";
import { type Text } from "../trust/text";
import { boundaryChange } from "./boundary-change";
import { isThroughout, type KeptPair, type RolePair } from "./match";
import { policyChanges, type Told } from "./policy-changes";
import { sameText } from "./role-policies";
import { placeOfRole } from "./role-place";
import type { PermissionChange } from "./schema";
import { isAboutJobs } from "./trusted-jobs";

/**
 * What changes about what roles can do, of those that are there before and after, in the order of the pairs. Statements
 * are compared by meaning across all policies whose documents are known: it does not matter which policy has one.
 */
export const permissionChanges = (pairs: readonly RolePair[]): PermissionChange[] =>
  pairs
    .filter((pair) => !pair.unchanged)
    .filter(isThroughout)
    .flatMap(changesOfRole);

function changesOfRole(pair: KeptPair): PermissionChange[] {
  const [before, after] = [pair.before.role, pair.after.role];
  const permissions = [
    ...boundaryChange(before, after),
    ...(samePolicies(before, after) ? [] : policyChanges(before, after)),
  ];
  const told = [...sessionChange(before, after), ...permissions];
  if (told.length === 0) return [];
  const is = powerOf(after);
  const was = permissions.length === 0 ? is : powerOf(before);
  return told.map(entryOf(pair.after, was, is, admitsJobs(pair.before) || admitsJobs(pair.after)));
}

/** @param was what the role could do before all that changes of it */
function entryOf(found: FoundRole, was: Power, is: Power, admits: boolean): (told: Told) => PermissionChange {
  const because = raising(was, is);
  return (told) => ({
    ...placeOfRole(found),
    ...told,
    before: was.level,
    after: is.level,
    because: told.direction === "less" ? [] : because,
    admits,
  });
}

/**
 * What changes of what a plan gives to a role that it does not have: of the role's own permissions and trust nothing is known.
 *
 * @param pair the role with what is given alone.
 */
export function givenChanges({
  account,
  before,
  after,
}: {
  readonly account: AccountModel;
  readonly before: RoleModel;
  readonly after: RoleModel;
}): PermissionChange[] {
  const told = samePolicies(before, after) ? [] : policyChanges(before, after);
  if (told.length === 0) return [];
  const entry = entryOf({ role: after, account }, powerOf(before), powerOf(after), true);
  return told
    .map(entry)
    .map((change) => ({ ...change, before: atLeastUnknown(change.before), after: atLeastUnknown(change.after) }));
}

const atLeastUnknown = (level: Level): Level => highest<Level>([level], "unknown");

/** Why a role is more than it was, or may make itself more by a way that it did not have. */
function raising(was: Power, is: Power): string[] {
  if (compareLevels(is.level, was.level) > 0) return [...is.because];
  return is.level === "administrator" ? is.because.filter((reason) => !was.because.includes(reason)) : [];
}

/** Whether jobs of GitHub's may assume a role. Of a trust policy that cannot be read it is not known. */
function admitsJobs({ role, account }: FoundRole): boolean {
  // Most roles of an account are none of GitHub's.
  if ("statements" in role.trust && !role.trust.statements.some((each) => each.effect === "Allow" && isAboutJobs(each)))
    return false;
  const { grants, unread } = grantsOfRole(role, account);
  return grants.length + unread.length > 0;
}

/** Most roles have the very same policies. */
function samePolicies(before: RoleModel, after: RoleModel): boolean {
  const [managed, inline] = [before.managedPolicies, before.inlinePolicies];
  const [managedAfter, inlineAfter] = [after.managedPolicies, after.inlinePolicies];
  if (isUnknown(managed) || isUnknown(inline) || isUnknown(managedAfter) || isUnknown(inlineAfter)) return false;
  return (
    sameList(managed, managedAfter, (a, b) => sameText(a.arn, b.arn) && sameDocument(a.document, b.document)) &&
    sameList(inline, inlineAfter, (a, b) => sameText(a.name, b.name) && sameText(a.document, b.document))
  );
}

const sameDocument = (a: Text | null, b: Text | null): boolean => (a === null || b === null ? a === b : sameText(a, b));

const sameList = <T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((each, index) => {
      const other = b[index];
      return other !== undefined && same(each, other);
    }));

function sessionChange({ sessionSeconds: before }: RoleModel, { sessionSeconds: after }: RoleModel): Told[] {
  if (isUnknown(before) || isUnknown(after)) {
    if (isUnknown(before) && isUnknown(after) && before.unknown === after.unknown) return [];
    return [
      {
        change: "not known",
        what: `its longest session: ${sessionWords(after)} instead of ${sessionWords(before)}`,
        direction: "changed",
      },
    ];
  }
  if (before === after) return [];
  const isLonger = after > before;
  return [
    {
      change: isLonger ? "session longer" : "session shorter",
      what: `${sessionWords(after)} instead of ${sessionWords(before)}`,
      direction: isLonger ? "more" : "less",
    },
  ];
}

const sessionWords = (session: RoleModel["sessionSeconds"]): string =>
  isUnknown(session) ? `not known (${session.unknown})` : describeDuration(session);
