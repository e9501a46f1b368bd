import { awsManagedGrant } from "../../aws/permissions/aws-managed";
import { compareLevels, type Power } from "../../aws/permissions/level";
import { describeDuration } from "../duration";
import type { FoundRole } from "../find-role";
import { grantsOf } from "../grants";
import { isUnknown, type RoleModel } from "../model";
import { awsManagedName, powerOf } from "../power";
import { type Text } from "../text";
import { isThroughout, type KeptPair, type RolePair } from "./match";
import { policyChanges, type Told } from "./policy-changes";
import { mayBeArn, nameOfManaged, sameText } from "./role-policies";
import { placeOfRole } from "./role-place";
import type { PermissionChange } from "./schema";

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
  const permissions = [...boundaryChange(before, after), ...(samePolicies(before, after) ? [] : policyChanges(before, after))];
  const told = [...sessionChange(before, after), ...permissions];
  if (told.length === 0) return [];
  const is = powerOf(after);
  const was = permissions.length === 0 ? is : powerOf(before);
  const because = raising(was, is);
  const admits = admitsJobs(pair.before) || admitsJobs(pair.after);
  return told.map(({ change, what, direction }) => ({ ...placeOfRole(pair.after), change, what, direction, before: was.level, after: is.level, because: direction === "less" ? [] : because, admits }));
}

/** Why a role is more than it was, or may make itself more by a way that it did not have. */
function raising(was: Power, is: Power): string[] {
  if (compareLevels(is.level, was.level) > 0) return [...is.because];
  return is.level === "administrator" ? is.because.filter((reason) => !was.because.includes(reason)) : [];
}

/** Whether jobs of GitHub's may assume a role. Of a trust policy that cannot be read it is not known. */
function admitsJobs({ role, account }: FoundRole): boolean {
  const { grants, unread } = grantsOf({ accounts: [{ ...account, roles: [role] }], environments: [], values: [], subjectTemplates: [], branchProtections: [], newRepositories: [], notes: [] });
  return grants.length + unread.length > 0;
}

/** Most roles have the very same policies. */
function samePolicies(before: RoleModel, after: RoleModel): boolean {
  const [managed, inline] = [before.managedPolicies, before.inlinePolicies];
  const [managedAfter, inlineAfter] = [after.managedPolicies, after.inlinePolicies];
  if (isUnknown(managed) || isUnknown(inline) || isUnknown(managedAfter) || isUnknown(inlineAfter)) return false;
  return (
    sameList(managed, managedAfter, (a, b) => sameText(a.arn, b.arn) && sameDocument(a.document, b.document)) && sameList(inline, inlineAfter, (a, b) => sameText(a.name, b.name) && sameText(a.document, b.document))
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
    return [{ change: "not known", what: `its longest session: ${sessionWords(after)} instead of ${sessionWords(before)}`, direction: "changed" }];
  }
  if (before === after) return [];
  const isLonger = after > before;
  return [{ change: isLonger ? "session longer" : "session shorter", what: `${sessionWords(after)} instead of ${sessionWords(before)}`, direction: isLonger ? "more" : "less" }];
}

const sessionWords = (session: RoleModel["sessionSeconds"]): string => (isUnknown(session) ? `not known (${session.unknown})` : describeDuration(session));

function boundaryChange({ permissionsBoundary: before }: RoleModel, { permissionsBoundary: after }: RoleModel): Told[] {
  if (before === null && after === null) return [];
  if (before !== null && after !== null && (sameText(before, after) || mayBeArn(after, before) || mayBeArn(before, after))) return [];
  const change = before === null ? "boundary added" : after === null ? "boundary removed" : "boundary changed";
  const names = [after, before].filter((arn) => arn !== null).map(nameOfManaged);
  return [{ change, what: names.join(" instead of "), direction: limits(before) === limits(after) ? "changed" : limits(after) ? "less" : "more" }];
}

/** Whether a boundary may keep a role from something: one that allows everything is as good as none. */
function limits(boundary: Text | null): boolean {
  const name = boundary === null ? undefined : awsManagedName(boundary);
  return boundary !== null && (name === undefined || awsManagedGrant(name, [])?.everything === undefined);
}
