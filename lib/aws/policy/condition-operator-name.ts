import type { OperatorName } from "./condition-operators";
import { CONDITION_OPERATORS } from "./condition-operators";

/** How the values of a key that may have several are put together. */
export type Quantifier = "ForAllValues" | "ForAnyValue";

/** The name of a condition operator, taken apart: `ForAnyValue:StringLikeIfExists`. */
export interface ConditionOperatorName {
  readonly base: OperatorName;
  readonly quantifier: Quantifier | undefined;
  readonly ifExists: boolean;
}

const QUANTIFIERS: readonly Quantifier[] = ["ForAllValues", "ForAnyValue"];
const IF_EXISTS = "IfExists";

const isOperator = (name: string): name is OperatorName => Object.hasOwn(CONDITION_OPERATORS, name);

/**
 * Takes an operator's name apart; `undefined` for none of IAM's. AWS refuses a name in another case. `Null`
 * asks whether there is a value at all: neither `IfExists` nor a quantifier has a meaning beside it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://github.com/aws-samples/github-actions-oidc-cdk-construct/issues/5
 */
export function parseOperatorName(text: string): ConditionOperatorName | undefined {
  const quantifier = QUANTIFIERS.find((each) => text.startsWith(`${each}:`));
  const unquantified = quantifier ? text.slice(quantifier.length + 1) : text;
  const ifExists = unquantified.endsWith(IF_EXISTS);
  const base = ifExists ? unquantified.slice(0, -IF_EXISTS.length) : unquantified;
  if (!isOperator(base) || (base === "Null" && (ifExists || quantifier))) return undefined;
  return { base, quantifier, ifExists };
}

const FORMS: readonly string[] = [undefined, ...QUANTIFIERS].flatMap((quantifier) =>
  (Object.keys(CONDITION_OPERATORS) as OperatorName[]).flatMap((base) =>
    [false, true].map((ifExists) => formatOperatorName({ base, quantifier, ifExists })),
  ),
);

/** The operator that a name is in another case, or with its colon missing: `stringEquals`, `ForAllValuesStringEquals`. */
export function nearOperatorName(text: string): string | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(":", "");
  return FORMS.find((each) => plain(each) === plain(text) && parseOperatorName(each) !== undefined);
}

/**
 * Whether `IfExists` lets a request pass that lacks the key. Under `ForAnyValue` it does not: that quantifier asks
 * for a value that matches, and AWS was seen to deny where there is none.
 *
 * @see https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w
 */
export const passesWithoutKey = ({ quantifier, ifExists }: ConditionOperatorName): boolean =>
  ifExists && quantifier !== "ForAnyValue";

/**
 * Whether an operator holds for no request without the key. `IfExists`, `ForAllValues` and negated operators do, and `Null`
 * only asks for the key.
 */
export const wantsKey = (operator: ConditionOperatorName): boolean => {
  const { base, quantifier } = operator;
  return (
    base !== "Null" &&
    !CONDITION_OPERATORS[base].negated &&
    !passesWithoutKey(operator) &&
    quantifier !== "ForAllValues"
  );
};

/** The name as AWS writes it. */
export function formatOperatorName({ base, quantifier, ifExists }: ConditionOperatorName): string {
  return `${quantifier ? `${quantifier}:` : ""}${base}${ifExists ? IF_EXISTS : ""}`;
}
