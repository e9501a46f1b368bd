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

const BY_LOWER_CASE: ReadonlyMap<string, OperatorName> = new Map(
  (Object.keys(CONDITION_OPERATORS) as OperatorName[]).map((name) => [name.toLowerCase(), name]),
);

/**
 * Takes an operator's name apart, in whatever case it is written; `undefined` for none of IAM's. `Null`
 * asks whether there is a value at all: neither `IfExists` nor a quantifier has a meaning beside it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseOperatorName(text: string): ConditionOperatorName | undefined {
  const lower = text.toLowerCase();
  const quantifier = QUANTIFIERS.find((each) => lower.startsWith(`${each.toLowerCase()}:`));
  const unquantified = quantifier ? lower.slice(quantifier.length + 1) : lower;
  const ifExists = unquantified.endsWith(IF_EXISTS.toLowerCase());
  const base = BY_LOWER_CASE.get(ifExists ? unquantified.slice(0, -IF_EXISTS.length) : unquantified);
  if (base === undefined || (base === "Null" && (ifExists || quantifier))) return undefined;
  return { base, quantifier, ifExists };
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
export const formatOperatorName = ({ base, quantifier, ifExists }: ConditionOperatorName): string =>
  `${quantifier ? `${quantifier}:` : ""}${base}${ifExists ? IF_EXISTS : ""}`;
