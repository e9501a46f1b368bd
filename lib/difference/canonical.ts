import { replaceVariables } from "../aws/policy/replace-variables";
import { formatOperatorName, parseOperatorName, passesWithoutKey } from "../aws/policy/condition-operator-name";
import { CONDITION_OPERATORS } from "../aws/policy/condition-operators";
import { escapeVariables } from "../aws/policy/policy-variables";
import type { Text } from "../model/model";
import type { StatementModel } from "../trust/trust-model";
import { formatText, isKnown, type TextPart } from "../trust/text";

type ConditionModel = StatementModel["conditions"][number];

/** A condition in one form: two that say the same have the same form, as far as that is seen in them alone. */
export interface CanonicalCondition {
  readonly operator: string;
  /** In lower case: IAM ignores case in keys. */
  readonly key: string;
  /** Each once, in order; as the language of 2012-10-17 writes them, whatever the version of the document. */
  readonly values: readonly string[];
}

/** @param variables whether the document's version reads policy variables */
export function canonicalCondition({ operator, key, values }: ConditionModel, variables: boolean): CanonicalCondition {
  const texts = variables || !hasVariables(operator) ? values : values.map(withoutVariables);
  return {
    operator: canonicalOperator(operator, texts),
    key: key.toLowerCase(),
    values: [...new Set(texts.map(formatText))].sort(),
  };
}

function withoutVariables(value: Text): Text {
  const escaped = (part: TextPart): TextPart => (typeof part === "string" ? escapeVariables(part) : part);
  return isKnown(value) ? escapeVariables(value) : value.map(escaped);
}

/** Whether an operator has variables in any version. Of one that is not known, no version is known to say the same. */
function hasVariables(name: string): boolean {
  const operator = parseOperatorName(name);
  return operator === undefined || CONDITION_OPERATORS[operator.base].reads.variables;
}

/**
 * Conditions must all hold, in whatever order they stand.
 *
 * @param variables whether the document's version reads policy variables
 */
export const canonicalConditions = (conditions: readonly ConditionModel[], variables: boolean): string[] =>
  [...new Set(conditions.map((each) => JSON.stringify(canonicalCondition(each, variables))))].sort();

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
  // For a quantifier an empty text is no value at all; a variable may be filled with one.
  const empty = base === "StringLike" ? /^\**$/ : /^$/;
  const takesEmpty = (value: Text): boolean => !isKnown(value) || empty.test(replaceVariables(value, "", VARIABLE));
  const isIdle = quantifier === "ForAnyValue" && !/Not/.test(base) && !values.some(takesEmpty);
  return formatOperatorName({
    base,
    quantifier: isIdle ? undefined : quantifier,
    ifExists: passesWithoutKey(operator),
  });
}

/** A variable, and none of the escapes `${*}`, `${?}` and `${$}`. */
const VARIABLE = /\$\{[^}*?$][^}]*\}/g;

/** Whether a value is the same with wildcards and without: a policy variable has a meaning in both. */
const isPlain = (value: Text): boolean => isKnown(value) && !/[*?$]/.test(value);
