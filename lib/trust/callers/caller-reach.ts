import { type AssumeCall, callsOfActions, isEverybody } from "../../aws/policy/assume-calls";
import type { Condition, ConditionValue } from "../../aws/policy/condition";
import { wantsKey } from "../../aws/policy/condition-operator-name";
import { CONDITION_OPERATORS } from "../../aws/policy/condition-operators";
import type { TrustDocument, TrustStatement } from "../../aws/policy/trust-document";
import { isAbsentFrom, namedBy, type Naming } from "./caller-keys";

/**
 * Whom conditions leave of everybody, from the fewest to the most: `nobody`; `caller`, those whom they name; `limited`,
 * strangers in some networks, or services of AWS; `anyone`.
 */
const REACHES = ["nobody", "caller", "limited", "anyone"] as const;

export type CallerReach = (typeof REACHES)[number];

/**
 * Whom a statement that allows everybody lets in by a call, next to the statements that deny. Never less than AWS lets
 * in: a condition that also holds for a caller without the key, or whose value may be anybody's, counts for nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 */
export function callerReach(statement: TrustStatement, call: AssumeCall, document: TrustDocument): CallerReach {
  const variables = document.version === "2012-10-17";
  const { conditions } = statement;
  const denials = document.statements.filter((each) => each.effect === "Deny" && each.principals.some(isEverybody));
  return fewest([
    ...conditions.map((condition) => reachUnder(condition, conditions, call, variables)),
    ...denials.map((denial) => reachBeside(denial, call, variables)),
  ]);
}

const fewest = (reaches: readonly CallerReach[]): CallerReach =>
  REACHES.find((each) => reaches.includes(each)) ?? "anyone";

const most = (reaches: readonly CallerReach[]): CallerReach =>
  REACHES.findLast((each) => reaches.includes(each)) ?? "nobody";

/** @param beside all conditions of the statement: one may say that the key of another is there */
function reachUnder(
  condition: Condition,
  beside: readonly Condition[],
  call: AssumeCall,
  variables: boolean,
): CallerReach {
  if (!needsKey(condition, beside)) return "anyone";
  return isAbsentFrom(call, condition.key) ? "nobody" : (namedBy(condition, variables) ?? "anyone");
}

/** Whether a condition holds only for a request that has the key and one of the values. */
function needsKey({ key, operator }: Condition, beside: readonly Condition[]): boolean {
  if (operator.base === "Null" || isNegated(operator.base)) return false;
  return wantsKey(operator) || beside.some((each) => saysPresent(each, key));
}

/** `Null` with `false` alone: the request must have the key. */
const saysPresent = ({ operator, key, values }: Condition, wanted: string): boolean =>
  operator.base === "Null" && key.toLowerCase() === wanted.toLowerCase() && values.every(isFalse);

const isFalse = ({ text }: ConditionValue): boolean => text.toLowerCase() === "false";

const isNegated = (base: Condition["operator"]["base"]): boolean => CONDITION_OPERATORS[base].negated;

/** Whom a denial for everybody leaves: those of whom one of its conditions does not hold. */
function reachBeside(denial: TrustStatement, call: AssumeCall, variables: boolean): CallerReach {
  const { actions, notAction, conditions } = denial;
  const calls = callsOfActions(
    actions.map(({ text }) => text),
    notAction,
  );
  if (!calls.includes(call)) return "anyone";
  return most(conditions.map((condition) => exemptFrom(condition, call, variables) ?? "anyone"));
}

/** Of whom a condition of a denial does not hold; `undefined` where that may be a stranger. */
function exemptFrom(condition: Condition, call: AssumeCall, variables: boolean): Naming | undefined {
  const { operator, key, values } = condition;
  // Without the key a negated operator holds, unless it asks for any value.
  const { base, quantifier, ifExists } = operator;
  if (isNegated(base)) return quantifier === "ForAnyValue" ? undefined : namedBy(condition, variables);
  const isService = base === "Bool" && quantifier === undefined && key.toLowerCase() === "aws:principalisawsservice";
  const isForOthers = values.length > 0 && values.every(isFalse);
  return isService && isForOthers && (ifExists || call === "sts:AssumeRole") ? "limited" : undefined;
}
