import type { Condition, ConditionValue } from "./condition";
import { type ConditionOperatorName, formatOperatorName, parseOperatorName } from "./condition-operator-name";
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
  const seen = new Set<string>();
  return node.members.flatMap((member) => {
    const operator = parseOperatorName(member.key);
    const name = operator && formatOperatorName(operator);
    // The same in another case: nobody can say which of the two AWS would keep.
    if (name !== undefined && seen.has(name))
      report(
        `Syntax error in policy: the operator ${quoted(member.key)} stands here a second time: use it once`,
        member.keyPosition,
      );
    if (name !== undefined) seen.add(name);
    return readOperator(operator, member, report);
  });
}

function readOperator(
  operator: ConditionOperatorName | undefined,
  { key, keyPosition, value }: JsonMember,
  report: Report,
): Condition[] {
  if (!operator) report(`Syntax error in policy: ${quoted(key)} is no condition operator`, keyPosition);
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
