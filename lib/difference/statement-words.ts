import type { Excess } from "../aws/permissions/excess";
import type { PermissionsCondition } from "../aws/permissions/read-policy";

/** Most actions, resources, conditions and values that a sentence names. */
const NAMED = 6;

/** `s3:PutObject on arn:aws:s3:::x/*`: of a statement what others are not about. */
export function statementWords({ statement, actions, resources }: Excess): string {
  const { effect, notAction, notResource, conditions } = statement;
  const about = `${allOrSome(actions, notAction, "action")} on ${allOrSome(resources, notResource, "resource")}${conditionWords(conditions)}`;
  return effect === "Deny" ? `denial of ${about}` : about;
}

/** `NotAction` is not a word for what it means: every action but those. */
function allOrSome(texts: readonly string[], not: boolean, one: string): string {
  if (not) return `every ${one} but ${listed(texts, ", ")}`;
  return texts.includes("*") ? `every ${one}` : listed(texts, ", ");
}

function conditionWords(conditions: readonly PermissionsCondition[]): string {
  if (conditions.length === 0) return "";
  return `, if ${listed(
    conditions.map(({ operator, key, values }) => `${key} ${operator} ${listed(values, " or ")}`),
    " and ",
  )}`;
}

/** How many are left out is said. */
function listed(texts: readonly string[], between: string): string {
  const distinct = [...new Set(texts)];
  const more = distinct.length - NAMED;
  return more > 0 ? `${distinct.slice(0, NAMED).join(between)} and ${more} more` : distinct.join(between);
}
