import { formatOperatorName, parseOperatorName, passesWithoutKey } from "../policy/condition-operator-name";
import type { PermissionsCondition } from "./read-policy";
import { standsFor } from "./wildcards";

/** A condition in normal form: two that are the same are written the same. */
export interface NormalCondition {
  /** Without `IfExists`. */
  readonly operator: string;
  readonly ifExists: boolean;
  /** In lower case. */
  readonly key: string;
  /** In order, each once. */
  readonly values: readonly string[];
  /** Whether each value is excluded, rather than one of them asked for. */
  readonly negated: boolean;
}

export function normalCondition({ operator, key, values }: PermissionsCondition): NormalCondition {
  const name = parseOperatorName(operator);
  // AWS refuses what is no operator: then it equals itself alone.
  if (!name) return { operator, ifExists: false, key: key.toLowerCase(), values: distinct(values), negated: false };
  const { base } = name;
  const isTruth = base === "Bool" || base === "Null";
  return {
    operator: formatOperatorName({ ...name, base: simplest(base, values), ifExists: false }),
    ifExists: passesWithoutKey(name),
    key: key.toLowerCase(),
    values: distinct(isTruth ? values.map((value) => value.toLowerCase()) : values),
    negated: base.includes("Not"),
  };
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

/**
 * Operators that mean the same: `StringLike` without wildcards, and the two of ARNs, which behave alike.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function simplest<B extends string>(base: B, values: readonly string[]): B {
  const hasWildcard = values.some((value) => /[*?]/.test(value));
  if (base === "StringLike" || base === "StringNotLike")
    return (hasWildcard ? base : base.replace("Like", "Equals")) as B;
  return (base === "ArnEquals" ? "ArnLike" : base === "ArnNotEquals" ? "ArnNotLike" : base) as B;
}

/** Whether conditions hold wherever others do, as far as can be told: each is one of those, or says less than one. */
export const areImplied = (conditions: readonly NormalCondition[], by: readonly NormalCondition[]): boolean =>
  conditions.every((each) => by.some((other) => implies(other, each)));

function implies(one: NormalCondition, other: NormalCondition): boolean {
  if (one.key !== other.key || (one.ifExists && !other.ifExists)) return false;
  const takes = taking(one, other);
  if (!takes) return false;
  return one.negated
    ? other.values.every((value) => one.values.some((each) => takes(each, value)))
    : one.values.every((value) => other.values.some((each) => takes(each, value)));
}

/** How a value of the wider list takes one of the narrower; `undefined` where the operators do not compare. */
function taking(
  one: NormalCondition,
  other: NormalCondition,
): ((wider: string, narrower: string) => boolean) | undefined {
  const [wider, narrower] = one.negated ? [one, other] : [other, one];
  const isPattern = /String(?:Not)?Like$/.test(wider.operator);
  if (isPattern && narrower.operator.replace("Equals", "Like") === wider.operator.replace("Equals", "Like"))
    return (a, b) => a === b || (!a.includes("${") && !b.includes("${") && standsFor(a, b));
  return one.operator === other.operator ? (a, b) => a === b : undefined;
}

/** Most pieces that a list of conditions is taken apart into. */
const MOST_PIECES = 64;

/** Conditions of which one list or another must hold: as if a statement were split by the values that it asks for. */
export function pieces(conditions: readonly NormalCondition[]): (readonly NormalCondition[])[] {
  return conditions.reduce<NormalCondition[][]>(
    (lists, condition) => {
      const { negated, operator, values } = condition;
      const isSplit =
        !negated &&
        values.length > 1 &&
        !operator.startsWith("ForAllValues:") &&
        lists.length * values.length <= MOST_PIECES;
      const apart = isSplit ? values.map((value) => ({ ...condition, values: [value] })) : [condition];
      return lists.flatMap((list) => apart.map((each) => [...list, each]));
    },
    [[]],
  );
}
