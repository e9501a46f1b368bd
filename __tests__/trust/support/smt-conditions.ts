import type { Atoms } from "./smt-atoms";
import { and, constant, type Formula, globOf, not, or } from "./smt-text";
import { matches } from "./smt-membership";
import { type KeyValue, NOW, type TextParts, type TokenShape } from "./smt-tokens";
import { type ConditionEntry, ISSUER, listOf } from "./policy-json";

/** What this opinion does not know how to ask Z3: the answer is then undecided, never guessed. */
export class NotAsked extends Error {}

interface Operator {
  readonly quantifier: string | undefined;
  readonly base: string;
  readonly isNegated: boolean;
  readonly ifExists: boolean;
}

function readOperator(text: string): Operator {
  const [, quantifier, name, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(text) ?? [];
  if (name === undefined) throw new NotAsked(`the operator ${text}`);
  const isNegated = /Not(?:Equals|Like|Ip)|^NotIp/.test(name);
  return { quantifier, base: isNegated ? name.replace("Not", "") : name, isNegated, ifExists: ifExists !== undefined };
}

/** Keys that no request with a token has. */
const ABSENT = new Set(["aws:principalarn", "aws:multifactorauthage", "aws:multifactorauthpresent", "sts:externalid"]);
const TIME_KEYS = ["aws:currenttime", "aws:epochtime"];

/**
 * When a condition holds of a request, as the IAM reference has it.
 *
 * @throws NotAsked
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionHolds(
  { operator, key, values }: ConditionEntry,
  tokens: TokenShape,
  hasVariables: boolean,
  atoms: Atoms,
): Formula {
  const { quantifier, base, isNegated, ifExists } = readOperator(operator);
  const name = key.toLowerCase();
  const wanted = listOf(values).map(String);
  if (hasVariables && wanted.some((value) => value.includes("${"))) throw new NotAsked("policy variables");
  const isTime = TIME_KEYS.includes(name);
  const actual = isTime ? undefined : tokens.keys.get(name);
  if (!actual && !isTime && !isAbsent(name)) throw new NotAsked(`the key ${key}`);
  const isPresent = isTime ? "true" : (actual?.isPresent ?? "false");
  if (base === "Null") return isNullHolds(wanted, isPresent);
  const isAny = (): Formula =>
    isTime ? or(wanted.map((value) => timeMatches(base, value))) : isOneOf(actual, base, wanted, atoms);
  const isMatch = isPresent === "false" ? "false" : isNegated ? not(isAny()) : isAny();
  const isEmpty = isTime || !actual ? "false" : matches(actual.text, [], false, atoms);
  const hasValue = and([isPresent, not(isEmpty)]);
  if (quantifier === "ForAllValues") return or([not(hasValue), isMatch]);
  // IfExists makes no difference here: there must be a value that matches.
  if (quantifier === "ForAnyValue") return and([hasValue, isMatch]);
  return or([and([isPresent, isMatch]), and([not(isPresent), constant(ifExists || isNegated)])]);
}

/** Claims that AWS makes no keys of, and those of other issuers, are absent; so are keys of whoever signs a call. */
const isAbsent = (name: string): boolean =>
  ABSENT.has(name) || name.startsWith(`${ISSUER}:`) || /^[a-z0-9.-]+\.[a-z]+(?:\/[^:]+)?:[a-z_]+$/.test(name);

const isNullHolds = (wanted: readonly string[], isPresent: Formula): Formula =>
  or(wanted.map((value) => (/^true$/i.test(value) ? not(isPresent) : /^false$/i.test(value) ? isPresent : "false")));

function isOneOf(actual: KeyValue | undefined, base: string, wanted: readonly string[], atoms: Atoms): Formula {
  if (!actual) return "false";
  return or(wanted.map((value) => valueMatches(actual, base, value, atoms)));
}

function valueMatches({ text }: KeyValue, base: string, value: string, atoms: Atoms): Formula {
  switch (base) {
    case "StringEquals":
      return matches(text, globOf(value, false), false, atoms);
    case "StringEqualsIgnoreCase":
      return matches(text, globOf(value, false), true, atoms);
    case "StringLike":
      return matches(text, globOf(value, true), false, atoms);
    case "Bool":
      return /^(?:true|false)$/i.test(value) ? matches(text, globOf(value, false), true, atoms) : "false";
    case "IpAddress":
      return matches(text, globOf(addressPattern(value), true), false, atoms);
    case "NumericEquals":
      if (!isNumber(text) || !/^[1-9][0-9]*$/.test(value)) throw new NotAsked("numbers of more than one spelling");
      return matches(text, globOf(value, false), false, atoms);
    default:
      throw new NotAsked(`the operator ${base} of a text`);
  }
}

const isNumber = ([part, ...others]: TextParts): boolean =>
  typeof part === "object" && part.isNumber === true && others.length === 0;

/** A range of addresses that ends between two bytes: `203.0.113.0/24` is `203.0.113.*`. */
function addressPattern(range: string): string {
  const [, address, bits = "32"] = /^([0-9.]+)(?:\/(8|16|24|32))?$/.exec(range) ?? [];
  const bytes = address?.split(".") ?? [];
  if (bytes.length !== 4) throw new NotAsked(`the addresses ${range}`);
  return Number(bits) === 32 ? bytes.join(".") : `${bytes.slice(0, Number(bits) / 8).join(".")}.*`;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  Equals: "=",
  LessThan: "<",
  LessThanEquals: "<=",
  GreaterThan: ">",
  GreaterThanEquals: ">=",
};

/** Times are compared as seconds since 1970. */
function timeMatches(base: string, value: string): Formula {
  const comparison = COMPARISONS[base.replace(/^(?:Date|Numeric)/, "")];
  const seconds = /^[0-9]+$/.test(value) ? Number(value) : Date.parse(value) / 1_000;
  if (comparison === undefined || !/^(?:Date|Numeric)/.test(base) || !Number.isSafeInteger(seconds))
    throw new NotAsked(`${base} of a time with ${value}`);
  return `(${comparison} ${NOW} ${seconds})`;
}
