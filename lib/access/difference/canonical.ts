import { formatOperatorName, parseOperatorName, passesWithoutKey } from "../../aws/policy/condition-operator-name";
import type { StatementModel, Text } from "../model";
import { formatText, isKnown } from "../text";

type ConditionModel = StatementModel["conditions"][number];

/** A condition in one form: two that say the same have the same form, as far as that is seen in them alone. */
export interface CanonicalCondition {
  readonly operator: string;
  /** In lower case: IAM tells no cases of keys apart. */
  readonly key: string;
  /** Each once, in order. */
  readonly values: readonly string[];
}

export function canonicalCondition({ operator, key, values }: ConditionModel): CanonicalCondition {
  return { operator: canonicalOperator(operator, values), key: key.toLowerCase(), values: [...new Set(values.map(formatText))].sort() };
}

/** Conditions must all hold, in whatever order they stand. */
export const canonicalConditions = (conditions: readonly ConditionModel[]): string[] => [...new Set(conditions.map((each) => JSON.stringify(canonicalCondition(each))))].sort();

/**
 * The plainest operator that means the same: `StringLike` without a wildcard is `StringEquals`, and
 * `ForAnyValue` of an operator that wants a value is the operator alone, with `IfExists` too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function canonicalOperator(name: string, values: readonly Text[]): string {
  const operator = parseOperatorName(name);
  if (!operator) return name;
  const { quantifier } = operator;
  const base = operator.base === "StringLike" && values.every(isPlain) ? "StringEquals" : operator.base;
  // For a quantifier an empty text is no value at all.
  const takesEmpty = (value: Text): boolean => !isKnown(value) || (base === "StringLike" ? /^\**$/.test(value) : value === "");
  const isIdle = quantifier === "ForAnyValue" && !/Not/.test(base) && !values.some(takesEmpty);
  return formatOperatorName({ base, quantifier: isIdle ? undefined : quantifier, ifExists: passesWithoutKey(operator) });
}

/** Whether a value is the same with wildcards and without: a policy variable has a meaning in both. */
const isPlain = (value: Text): boolean => isKnown(value) && !/[*?$]/.test(value);
