import { concat, literalPattern, parsePattern, type Pattern } from "../../aws/pattern";
import type { Condition, ConditionValue } from "../../aws/policy/condition";
import { passesWithoutKey } from "../../aws/policy/condition-operator-name";
import { CONDITION_OPERATORS } from "../../aws/policy/condition-operators";
import { ANY } from "../../aws/policy/glob";
import { readTemplate, type TemplatePart } from "../../aws/policy/policy-variables";
import { type TextSet, textSet } from "./text-set";

/** Operators that compare texts, and that AWS accepts as a guard of the subject. */
const STRING = ["StringEquals", "StringEqualsIgnoreCase", "StringLike"] as const;
const NEGATED = ["StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike"] as const;

/**
 * Whether a condition says for certain what a claim's value must be. One that holds when the claim is
 * absent (`IfExists`, `ForAllValues`, a negated operator) does not, nor does one of another kind.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export const binds = ({ operator }: Condition): boolean =>
  isOneOf(STRING, operator.base) && !passesWithoutKey(operator) && operator.quantifier !== "ForAllValues";

/** Whether a condition asks that a claim's value be none of its own. */
export const excludes = ({ operator }: Condition): boolean => isOneOf(NEGATED, operator.base);

/** Whether a condition compares texts, negated or not. */
export const comparesTexts = (condition: Condition): boolean =>
  isOneOf(STRING, condition.operator.base) || excludes(condition);

const isOneOf = (names: readonly string[], name: string): boolean => names.includes(name);

/**
 * The values of a condition as a set of texts.
 *
 * @param variables whether the document's version knows policy variables; one is read as any text.
 */
export const valuesAsSet = ({ operator, values }: Condition, variables: boolean): TextSet => {
  const reads = {
    variables: variables && CONDITION_OPERATORS[operator.base].reads.variables,
    wildcards: operator.base.endsWith("Like"),
  };
  const templates = values.map(({ text }) => readTemplate(text, reads));
  const anyCase = operator.base.endsWith("IgnoreCase");
  return textSet(
    templates.map((parts) => [{ pattern: concat(...parts.map(partPattern)), anyCase }]),
    templates.every((parts) => parts.every((part) => !isVariable(part))),
  );
};

/** One value of a condition as a pattern: what it stands for in the operator beside it. */
export const valueAsSet = (condition: Condition, value: ConditionValue, variables: boolean): TextSet =>
  valuesAsSet({ ...condition, values: [value] }, variables);

function partPattern(part: TemplatePart): Pattern {
  if (typeof part === "string") return literalPattern(part);
  return parsePattern(isVariable(part) || part === ANY ? "*" : "?");
}

const isVariable = (part: TemplatePart): part is Exclude<TemplatePart, string | symbol> => typeof part === "object";
