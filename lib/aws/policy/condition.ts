import { type ConditionOperatorName, formatOperatorName, passesWithoutKey } from "./condition-operator-name";
import { CONDITION_OPERATORS, type ConditionOperator, type ValueTest } from "./condition-operators";
import { type ConditionKeys, fillIn, fixedParts, readTemplate, type Template } from "./policy-variables";
import type { LocatedText, Position } from "./position";

/** A value of a condition. IAM takes numbers and truth values beside strings and compares them as text. */
export interface ConditionValue extends LocatedText {
  readonly form: "string" | "number" | "boolean";
}

/** One key of one operator: holds or does not; all of a statement's must. */
export interface Condition {
  readonly operator: ConditionOperatorName;
  /** As it is written. Compared without regard to case. */
  readonly key: string;
  readonly values: readonly ConditionValue[];
  /** Where the key stands. */
  readonly position: Position;
  readonly operatorPosition: Position;
}

/** Why a condition holds or does not. */
export type ConditionReason =
  /** A value of the request is among those wanted; with `ForAllValues`, every one. */
  | "matched"
  | "notMatched"
  /** A negated operator: no value of the request is among those excluded. */
  | "notExcluded"
  | "excluded"
  /** The request has no such key, and the operator asks for a value. */
  | "keyMissing"
  /** The request has no such key, and for that very reason the condition holds. */
  | "keyMissingIfExists"
  | "keyMissingNegated"
  | "keyMissingForAllValues"
  /** `Null` alone: whether the request has the key. */
  | "keyAbsent"
  | "keyPresent";

/** How a condition was decided. */
export interface ConditionRecord {
  readonly condition: Condition;
  /** The operator as AWS writes it, with quantifier and `IfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  /** `undefined` when the request has no such key. */
  readonly actual: readonly string[] | undefined;
  /** For each actual value the index of the first wanted value that it matches, or -1. */
  readonly matches: readonly number[];
  readonly holds: boolean;
  readonly reason: ConditionReason;
}

/** A condition made ready to be decided many times. */
export interface PreparedCondition {
  readonly condition: Condition;
  readonly holds: (keys: ConditionKeys) => boolean;
  readonly explain: (keys: ConditionKeys) => ConditionRecord;
}

/** Tests a value of the request; the keys are there to fill in variables. */
type ContextTest = (actual: string, keys: ConditionKeys) => boolean;

/**
 * Prepares a condition.
 *
 * - Several values of the policy are alternatives; a negated operator excludes each of them.
 * - A key that the request lacks fails an operator, and satisfies a negated one, `IfExists` and
 *   `ForAllValues`. `ForAnyValue` it fails in every form, with `IfExists` too. A key without values, or for quantifiers with nothing but empty ones, is lacking.
 * - A key with several values and no quantifier matches by any of them. AWS says only that a quantifier
 *   belongs there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function prepareCondition(condition: Condition, variables: boolean): PreparedCondition {
  const operator: ConditionOperator = CONDITION_OPERATORS[condition.operator.base];
  const key = condition.key.toLowerCase();
  const reads = { variables: variables && operator.reads.variables, wildcards: operator.reads.wildcards };
  const templates = condition.values.map((value) => readTemplate(value.text, reads));
  const matches = anyOf(operator, templates);
  const single = templates.map((template) => testOf(operator, template));
  const decide = decider(condition.operator, operator.negated, matches);
  return {
    condition,
    holds: (keys) => decide(keys.get(key), keys),
    explain: (keys) => record(condition, operator.negated, single, keys.get(key), keys, decide),
  };
}

type Decide = (values: readonly string[] | undefined, keys: ConditionKeys) => boolean;

function decider(operator: ConditionOperatorName, negated: boolean, matches: ContextTest): Decide {
  const { base, quantifier } = operator;
  if (base === "Null") return (values, keys) => matches(String(isMissing(values)), keys);
  switch (quantifier) {
    case "ForAllValues":
      return (values, keys) => isMissingOrEmpty(values) || values.every((value) => matches(value, keys) !== negated);
    case "ForAnyValue":
      return (values, keys) => !isMissingOrEmpty(values) && values.some((value) => matches(value, keys) !== negated);
    case undefined: {
      const withoutKey = passesWithoutKey(operator) || negated;
      return (values, keys) => {
        if (isMissing(values)) return withoutKey;
        // The one value of nearly every key, without a closure.
        const first = values[0] ?? "";
        const any = values.length === 1 ? matches(first, keys) : values.some((value) => matches(value, keys));
        return any !== negated;
      };
    }
  }
}

const isMissing = (values: readonly string[] | undefined): values is undefined | readonly [] =>
  values === undefined || values.length === 0;

/** AWS takes an empty string for no value wherever it speaks of several. */
const isMissingOrEmpty = (values: readonly string[] | undefined): values is undefined =>
  values === undefined || values.every((value) => value === "");

/** Whether any of the values matches: those without variables are compared in one go. */
function anyOf(operator: ConditionOperator, templates: readonly Template[]): ContextTest {
  const fixed = templates.map(fixedParts).filter((parts) => parts !== undefined);
  const varying = templates
    .filter((template) => fixedParts(template) === undefined)
    .map((template) => testOf(operator, template));
  const tests: readonly ValueTest[] =
    operator.testAny && fixed.length > 1 ? [operator.testAny(fixed)] : fixed.map((parts) => operator.test(parts));
  const [only] = tests;
  if (varying.length === 0 && tests.length === 1 && only) return only;
  return (actual, keys) => {
    for (const test of tests) if (test(actual)) return true;
    for (const test of varying) if (test(actual, keys)) return true;
    return false;
  };
}

/** One value. A variable without a value leaves nothing that could match. */
function testOf(operator: ConditionOperator, template: Template): ContextTest {
  const fixed = fixedParts(template);
  if (fixed) return operator.test(fixed);
  return (actual, keys) => {
    const parts = fillIn(template, keys);
    return parts !== undefined && operator.test(parts)(actual);
  };
}

function record(
  condition: Condition,
  negated: boolean,
  tests: readonly ContextTest[],
  values: readonly string[] | undefined,
  keys: ConditionKeys,
  decide: Decide,
): ConditionRecord {
  const compared = condition.operator.base === "Null" ? [String(isMissing(values))] : (values ?? []);
  const holds = decide(values, keys);
  return {
    condition,
    operator: formatOperatorName(condition.operator),
    key: condition.key,
    wanted: condition.values.map((value) => value.text),
    actual: values,
    matches: compared.map((value) => tests.findIndex((test) => test(value, keys))),
    holds,
    reason: reasonFor(condition.operator, negated, values, holds),
  };
}

function reasonFor(
  { base, quantifier, ifExists }: ConditionOperatorName,
  negated: boolean,
  values: readonly string[] | undefined,
  holds: boolean,
): ConditionReason {
  if (base === "Null") return isMissing(values) ? "keyAbsent" : "keyPresent";
  if (quantifier ? isMissingOrEmpty(values) : isMissing(values)) {
    if (!holds) return "keyMissing";
    if (ifExists) return "keyMissingIfExists";
    return quantifier === "ForAllValues" ? "keyMissingForAllValues" : "keyMissingNegated";
  }
  if (negated) return holds ? "notExcluded" : "excluded";
  return holds ? "matched" : "notMatched";
}
