import { prepareCondition, type PreparedCondition } from "../policy/condition";
import { parseOperatorName } from "../policy/condition-operator-name";
import { compilePattern } from "../policy/glob";
import { type ConditionKeys, fillIn, readTemplate } from "../policy/policy-variables";
import type { PermissionsStatement } from "./read-policy";

/** What a principal asks for. */
export interface AccessRequest {
  /** As in `s3:GetObject`. */
  readonly action: string;
  /** ARN of what it is about. */
  readonly resource: string;
  /** Values of the condition keys, by the key in lower case; see `conditionKeys`. */
  readonly keys: ConditionKeys;
}

/**
 * Whether a role's own policies let a request through: one statement allows it and none denies it.
 *
 * @throws RangeError when a condition has an operator that IAM does not know.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function permits(statements: readonly PermissionsStatement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.some(({ effect }) => effect === "Allow") && applying.every(({ effect }) => effect === "Allow");
}

function applies(statement: PermissionsStatement, { action, resource, keys }: AccessRequest): boolean {
  const isAmong = statement.resources.some((each) => matches(each, resource, keys));
  return (
    statement.isAction(action) &&
    isAmong !== statement.notResource &&
    conditionsOf(statement).every(({ holds }) => holds(keys))
  );
}

function matches(pattern: string, resource: string, keys: ConditionKeys): boolean {
  const parts = fillIn(readTemplate(pattern, { variables: true, wildcards: true }), keys);
  return parts !== undefined && compilePattern(parts)(resource);
}

/** Where it stands does not matter to a decision. */
const position = { line: 1, column: 1 };

const conditionsOf = ({ conditions }: PermissionsStatement): PreparedCondition[] =>
  conditions.map(({ operator: name, key, values }) => {
    const operator = parseOperatorName(name);
    if (!operator) throw new RangeError(`${JSON.stringify(name)} is no operator of IAM`);
    return prepareCondition(
      {
        operator,
        key,
        values: values.map((text) => ({ form: "string", text, position })),
        position,
        operatorPosition: position,
      },
      true,
    );
  });
