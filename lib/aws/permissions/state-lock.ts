import type { PermissionsCondition, PermissionsStatement } from "./read-policy";

/**
 * Whether an action can do no more, where a statement allows it, than take and release locks of Terraform states:
 * files beside states, or items of a table that are named as states are.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export function isStateLock(action: string, statement: PermissionsStatement): boolean {
  if (statement.notAction || statement.notResource) return false;
  switch (action.toLowerCase()) {
    case "s3:putobject":
    case "s3:deleteobject":
      return statement.resources.every((resource) => LOCK_FILE.test(resource));
    case "dynamodb:putitem":
    case "dynamodb:deleteitem":
      return isAboutLockItems(statement.conditions);
    default:
      return false;
  }
}

const LOCK_FILE = /^arn:[a-z-]+:s3:::[a-z0-9.-]+\/[^$]+\.tflock$/;
/** BUCKET/KEY; what ends in "-md5" is a state's digest, and part of it. */
const LOCK_ITEM = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[^*?$]+\*?$/;

function isAboutLockItems(conditions: readonly PermissionsCondition[]): boolean {
  const valuesOf = (name: string): readonly string[] =>
    conditions
      .filter(({ operator, key }) => operator === name && key.toLowerCase() === "dynamodb:leadingkeys")
      .flatMap(({ values }) => values);
  const items = [...valuesOf("ForAllValues:StringEquals"), ...valuesOf("ForAllValues:StringLike")];
  const areLocks = items.every(
    (item) =>
      LOCK_ITEM.test(item) &&
      !item.endsWith("-md5") &&
      (!item.endsWith("*") || valuesOf("ForAllValues:StringNotLike").includes("*-md5")),
  );
  // Without any value at all `ForAllValues` holds for everything.
  return items.length > 0 && areLocks && valuesOf("Null").includes("false");
}
