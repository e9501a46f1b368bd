import { compileArnPattern } from "./arn-pattern";
import { compareDecimals, parseDecimal } from "./decimal";
import { compilePattern, type PatternPart } from "./glob";
import { parseIpAddress, parseIpRange, rangeIncludes } from "./ip-address";
import { oneOf } from "./one-of";
import { parsePointInTime } from "./point-in-time";

/** Says whether a value of the request is what a condition asks for. */
export type ValueTest = (actual: string) => boolean;

/** One of IAM's condition operators, without what `IfExists` and the quantifiers add. */
export interface ConditionOperator {
  /** Whether it asks that no value matches, as `StringNotEquals` does. */
  readonly negated: boolean;
  /** What a value may hold beside text. */
  readonly reads: { readonly variables: boolean; readonly wildcards: boolean };
  /** Makes a test of one value of the policy. Not negated: that is done with all of them. */
  readonly test: (wanted: readonly PatternPart[]) => ValueTest;
  /** The same for several values at once, where that is quicker. */
  readonly testAny?: (wanted: readonly (readonly PatternPart[])[]) => ValueTest;
  /** AWS's page on the operator. */
  readonly source: string;
}

const PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";

const NEVER: ValueTest = () => false;

/** The text of parts without wildcards. */
const textOf = (parts: readonly PatternPart[]): string =>
  parts.map((part) => (typeof part === "string" ? part : "")).join("");

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String */
const stringEquals: ConditionOperator = {
  negated: false,
  reads: { variables: true, wildcards: false },
  test: (parts) => {
    const wanted = textOf(parts);
    return (actual) => actual === wanted;
  },
  testAny: (all) => oneOf(all.map(textOf)),
  source: `${PAGE}#Conditions_String`,
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String */
const stringEqualsIgnoreCase: ConditionOperator = {
  ...stringEquals,
  test: (parts) => {
    const wanted = textOf(parts).toLowerCase();
    return (actual) => actual.toLowerCase() === wanted;
  },
  testAny: (all) => {
    const isWanted = oneOf(all.map((parts) => textOf(parts).toLowerCase()));
    return (actual) => isWanted(actual.toLowerCase());
  },
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String */
const stringLike: ConditionOperator = {
  negated: false,
  reads: { variables: true, wildcards: true },
  test: compilePattern,
  testAny: (all) => {
    const isPattern = (parts: readonly PatternPart[]): boolean => parts.some((part) => typeof part !== "string");
    const isExact = oneOf(all.filter((parts) => !isPattern(parts)).map(textOf));
    const patterns = all.filter(isPattern).map(compilePattern);
    return (actual) => {
      if (isExact(actual)) return true;
      for (const pattern of patterns) if (pattern(actual)) return true;
      return false;
    };
  },
  source: `${PAGE}#Conditions_String`,
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN */
const arnLike: ConditionOperator = {
  negated: false,
  reads: { variables: true, wildcards: true },
  test: compileArnPattern,
  source: `${PAGE}#Conditions_ARN`,
};

const LITERAL = { variables: false, wildcards: false } as const;

/** An operator that reads both values and compares them; what cannot be read matches nothing. */
const comparing = <T>(
  read: (text: string) => T | undefined,
  matches: (actual: T, wanted: T) => boolean,
  source: string,
): ConditionOperator => ({
  negated: false,
  reads: LITERAL,
  test: (parts) => {
    const wanted = read(textOf(parts));
    if (wanted === undefined) return NEVER;
    return (text) => {
      const actual = read(text);
      return actual !== undefined && matches(actual, wanted);
    };
  },
  source,
});

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric */
const numeric = (matches: (difference: number) => boolean): ConditionOperator =>
  comparing(parseDecimal, (actual, wanted) => matches(compareDecimals(actual, wanted)), `${PAGE}#Conditions_Numeric`);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date */
const date = (matches: (difference: number) => boolean): ConditionOperator =>
  comparing(parsePointInTime, (actual, wanted) => matches(actual - wanted), `${PAGE}#Conditions_Date`);

const truthValue = (text: string): string | undefined =>
  /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean */
const bool = comparing(truthValue, (actual, wanted) => actual === wanted, `${PAGE}#Conditions_Boolean`);

/** The request's value is `true` when the key is absent from it. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null */
const isNull: ConditionOperator = { ...bool, source: `${PAGE}#Conditions_Null` };

/** Base64 of bytes in the one form that all spellings of them share. */
const bytes = (text: string): string | undefined =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, "base64").toString("base64") : undefined;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals */
const binaryEquals = comparing(bytes, (actual, wanted) => actual === wanted, `${PAGE}#Conditions_BinaryEquals`);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress */
const ipAddress: ConditionOperator = {
  negated: false,
  reads: LITERAL,
  test: (parts) => {
    const range = parseIpRange(textOf(parts));
    if (!range) return NEVER;
    return (actual) => {
      const address = parseIpAddress(actual);
      return address !== undefined && rangeIncludes(range, address);
    };
  },
  source: `${PAGE}#Conditions_IPAddress`,
};

const not = (operator: ConditionOperator): ConditionOperator => ({ ...operator, negated: true });

const equal = (difference: number): boolean => difference === 0;
const below = (difference: number): boolean => difference < 0;
const above = (difference: number): boolean => difference > 0;
const atMost = (difference: number): boolean => difference <= 0;
const atLeast = (difference: number): boolean => difference >= 0;

/** Every operator of IAM, by the name that AWS gives it. */
export const CONDITION_OPERATORS = {
  StringEquals: stringEquals,
  StringNotEquals: not(stringEquals),
  StringEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringNotEqualsIgnoreCase: not(stringEqualsIgnoreCase),
  StringLike: stringLike,
  StringNotLike: not(stringLike),
  NumericEquals: numeric(equal),
  NumericNotEquals: not(numeric(equal)),
  NumericLessThan: numeric(below),
  NumericLessThanEquals: numeric(atMost),
  NumericGreaterThan: numeric(above),
  NumericGreaterThanEquals: numeric(atLeast),
  DateEquals: date(equal),
  DateNotEquals: not(date(equal)),
  DateLessThan: date(below),
  DateLessThanEquals: date(atMost),
  DateGreaterThan: date(above),
  DateGreaterThanEquals: date(atLeast),
  Bool: bool,
  BinaryEquals: binaryEquals,
  IpAddress: ipAddress,
  NotIpAddress: not(ipAddress),
  // The two are one: wildcards are allowed in both.
  ArnEquals: arnLike,
  ArnLike: arnLike,
  ArnNotEquals: not(arnLike),
  ArnNotLike: not(arnLike),
  Null: isNull,
} as const satisfies Readonly<Record<string, ConditionOperator>>;

export type OperatorName = keyof typeof CONDITION_OPERATORS;
