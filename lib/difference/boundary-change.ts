import { awsManagedGrant } from "../aws/permissions/aws-managed";
import { excessOf } from "../aws/permissions/excess";
import { readPermissions } from "../aws/permissions/read-policy";
import type { RoleModel } from "../model/model";
import { documentNotKnown, type Told } from "./policy-changes";
import { boundaryOf, mayBeArn, type RolePolicy, sameText, statementsIn, unreadWhen } from "./role-policies";
import { addedStatements, isAllow, isDeny, removedStatements, type StatementChange } from "./statement-changes";
import { statementWords } from "./statement-words";

/** Most statements of a boundary that a sentence names. */
const NAMED = 4;

/** What changes about what bounds a role: another boundary, or another document of the same one. By meaning, where the documents are known. */
export function boundaryChange(before: RoleModel, after: RoleModel): Told[] {
  const [was, is] = [boundaryOf(before), boundaryOf(after)];
  if (!was && !is) return [];
  if (!was || !is)
    return [
      {
        change: is ? "boundary added" : "boundary removed",
        what: (is ?? was)?.name ?? "",
        direction: byLimits(was, is),
      },
    ];
  const isOther = !isSameArn(was, is);
  const [statementsBefore, statementsAfter] = [statementsIn(was.content), statementsIn(is.content)];
  if (statementsBefore && statementsAfter) {
    const changes = {
      added: addedStatements(statementsBefore, statementsAfter, statementsAfter),
      removed: removedStatements(statementsAfter, statementsBefore, statementsBefore),
    };
    if (changes.added.length + changes.removed.length === 0) return [];
    return [
      {
        change: "boundary changed",
        what: `${isOther ? insteadOf(is, was) : is.name}, ${inWords(changes.added, changes.removed)}`,
        direction: directionOf([...changes.added, ...changes.removed]),
      },
    ];
  }
  if (isOther) return [{ change: "boundary changed", what: insteadOf(is, was), direction: byLimits(was, is) }];
  const when = unreadWhen(was.content, is.content);
  return when === undefined ? [] : [documentNotKnown(is, when, "permissions boundary")];
}

const insteadOf = (is: RolePolicy, was: RolePolicy): string => `${is.name} instead of ${was.name}`;

/** Whether two boundaries are one, as far as their ARNs are known. */
const isSameArn = ({ arn: a }: RolePolicy, { arn: b }: RolePolicy): boolean =>
  a !== undefined && b !== undefined && (sameText(a, b) || mayBeArn(a, b) || mayBeArn(b, a));

function inWords(added: readonly StatementChange[], removed: readonly StatementChange[]): string {
  const words = [
    ...added.map(({ excess }) => `now with ${statementWords(excess)}`),
    ...removed.map(({ excess }) => `no longer with ${statementWords(excess)}`),
  ];
  return words.length <= NAMED
    ? words.join(", ")
    : `${words.slice(0, NAMED).join(", ")} and ${words.length - NAMED} more`;
}

/** More where everything that changes is, and is so for certain. */
function directionOf(changes: readonly StatementChange[]): Told["direction"] {
  const [only, ...others] = new Set(changes.map(({ direction }) => direction));
  return only === undefined || others.length > 0 ? "changed" : only;
}

function byLimits(was: RolePolicy | null, is: RolePolicy | null): Told["direction"] {
  if (limits(was) === limits(is)) return "changed";
  return limits(is) ? "less" : "more";
}

/** Whether a boundary may keep a role from something: one that allows everything is as good as none. */
function limits(boundary: RolePolicy | null): boolean {
  if (!boundary) return false;
  if (boundary.awsManaged !== undefined) return awsManagedGrant(boundary.awsManaged, [])?.everything === undefined;
  const statements = statementsIn(boundary.content);
  return !statements || statements.some(isDeny) || excessOf(EVERYTHING, statements.filter(isAllow)).length > 0;
}

const everything = readPermissions(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
);
const EVERYTHING = "statements" in everything ? everything.statements : [];
