import type { Condition, ConditionValue } from "./condition";
import { type ConditionOperatorName, nearOperatorName, parseOperatorName } from "./condition-operator-name";
import type { JsonMember, JsonNode } from "./json-reader";
import { describe, itemsOf, type Report } from "./node-rules";
import { parsePointInTime } from "./point-in-time";
import { quoted } from "./position";

/**
 * Reads the conditions of a statement. A list of values may be empty; an operator may have no keys.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function readConditions(node: JsonNode | undefined, report: Report): Condition[] {
  if (!node) return [];
  if (node.kind !== "object") {
    report(`Syntax error in policy: "Condition" is ${describe(node)}: use an object`, node.position);
    return [];
  }
  return node.members.flatMap((member) => readOperator(parseOperatorName(member.key), member, report));
}

function readOperator(
  operator: ConditionOperatorName | undefined,
  { key, keyPosition, value }: JsonMember,
  report: Report,
): Condition[] {
  if (!operator) report(unknownOperator(key), keyPosition);
  if (value.kind !== "object")
    report(
      `Syntax error in policy: a condition operator has an object of keys and values, and this is ${describe(value)}`,
      value.position,
    );
  if (!operator || value.kind !== "object") return [];
  return value.members.map((member) => ({
    operator,
    key: readKey(member, report),
    values: itemsOf(member.value).flatMap((node) => readValue(operator, node, report)),
    position: member.keyPosition,
    operatorPosition: keyPosition,
  }));
}

/** AWS tells cases of operators apart; that is said where case is all that is wrong. */
function unknownOperator(name: string): string {
  const meant = nearOperatorName(name);
  const remedy = meant === undefined ? "use one of IAM's condition operators" : `write ${quoted(meant)}`;
  return `Syntax error in policy: Invalid Condition type ${quoted(name)}: ${remedy}`;
}

function readKey({ key, keyPosition }: JsonMember, report: Report): string {
  if (key === "") report("Syntax error in policy: a condition key cannot be empty", keyPosition);
  return key;
}

function readValue(operator: ConditionOperatorName, node: JsonNode, report: Report): ConditionValue[] {
  switch (node.kind) {
    case "string":
      if (operator.base.startsWith("Date") && parsePointInTime(node.value) === undefined)
        report(`The policy failed legacy parsing: ${quoted(node.value)} is no date`, node.position);
      return [{ form: "string", text: node.value, position: node.position }];
    case "number":
    case "boolean":
      return [{ form: node.kind, text: node.text, position: node.position }];
    case "array":
    case "object":
    case "null":
      report(`Syntax error in policy: a condition compares with strings, and this is ${describe(node)}`, node.position);
      return [];
  }
}
