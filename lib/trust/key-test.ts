import { CERTAIN_CLAIM_KEYS, GITHUB_CLAIM_KEYS, knowsGithubClaims, SESSION_NAME_KEY } from "../aws/condition-keys";
import { concat, literalPattern, parsePattern, type Pattern } from "../aws/pattern";
import type { Condition } from "../aws/policy/condition";
import { passesWithoutKey } from "../aws/policy/condition-operator-name";
import { CONDITION_OPERATORS } from "../aws/policy/condition-operators";
import { ANY } from "../aws/policy/glob";
import { readTemplate, type TemplatePart } from "../aws/policy/policy-variables";

/**
 * What to take for what cannot be known: `widest` lets in no fewer tokens than the policy does, `narrowest` no
 * more. Where both give the same answer it is the policy's own.
 */
export type Reading = "widest" | "narrowest";

export const opposite = (reading: Reading): Reading => (reading === "widest" ? "narrowest" : "widest");

/** Texts that a value of a condition stands for. */
export interface ValuePattern {
  readonly pattern: Pattern;
  /** `StringEqualsIgnoreCase`: every spelling of one text. */
  readonly anyCase: boolean;
}

/** A condition on one value of a request, which may be absent. */
export interface KeyTest {
  /** Name of the claim, or `SESSION_NAME_KEY`. */
  readonly subject: string;
  /** Alternatives: a value matches that any of them admits. */
  readonly patterns: readonly ValuePattern[];
  /** Whether the test holds where no pattern matches. */
  readonly negated: boolean;
  readonly whenAbsent: boolean;
  /** Quantifiers take an empty text for no value at all. `undefined`: it is a text like any other. */
  readonly whenEmpty: boolean | undefined;
}

/** Where tokens come from. */
export interface TokenOrigin {
  /** Without `https://`. */
  readonly issuer: string;
  readonly partition: string;
}

/** Claims of which AWS makes keys and that every token of GitHub's has, or may have. */
const MINTED: readonly string[] = ["sub", "aud", ...GITHUB_CLAIM_KEYS];
/** Keys of whoever signs a request: nobody signs AssumeRoleWithWebIdentity. */
const OF_A_SIGNER = /^aws:(?:principal|userid$|username$|multifactorauth)/;

/**
 * A condition as a test of a GitHub token, or the constant that it is for all of them.
 *
 * Conditions whose outcome cannot be told from a token (on the time or the caller's address, with policy
 * variables, by operators that compare no texts) are read as `reading` says.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function keyTest(
  condition: Condition,
  origin: TokenOrigin,
  variables: boolean,
  reading: Reading,
): KeyTest | boolean {
  const holds = reading === "widest";
  const key = condition.key.toLowerCase();
  const absent = whenAbsent(condition);
  if (key === SESSION_NAME_KEY.toLowerCase()) return valueTest(condition, SESSION_NAME_KEY, variables, reading);
  const claim = claimOfKey(key, origin.issuer);
  if (claim === undefined) return isForeignKey(key) || OF_A_SIGNER.test(key) ? absent : holds;
  if (!MINTED.includes(claim)) return absent;
  const test = valueTest(condition, claim, variables, reading);
  if ((CERTAIN_CLAIM_KEYS as readonly string[]).includes(claim) || knowsGithubClaims(origin.issuer, origin.partition))
    return test;
  // AWS does not say whether it makes a key of the claim there: either may be so.
  return absent === holds ? absent : test;
}

/** The claim that a key is of, in lower case; `undefined` for a key that is not of the issuer. */
function claimOfKey(key: string, issuer: string): string | undefined {
  const prefix = `${issuer.toLowerCase()}:`;
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}

/** Whether a key is one of another identity provider's: it is missing from the requests of this one. */
const isForeignKey = (key: string): boolean => key.includes(":") && !/^(?:aws|sts):/.test(key);

/** Whether a condition holds where the request lacks its key. */
function whenAbsent({ operator, values }: Condition): boolean {
  if (operator.base === "Null") return values.some(({ text }) => text.toLowerCase() === "true");
  if (operator.quantifier !== undefined) return operator.quantifier === "ForAllValues";
  return passesWithoutKey(operator) || CONDITION_OPERATORS[operator.base].negated;
}

function valueTest(condition: Condition, subject: string, variables: boolean, reading: Reading): KeyTest | boolean {
  const { operator, values } = condition;
  const { negated } = CONDITION_OPERATORS[operator.base];
  const absent = whenAbsent(condition);
  const whenEmpty = operator.quantifier === undefined ? undefined : operator.quantifier === "ForAllValues";
  if (operator.base === "Null") {
    const present = values.some(({ text }) => text.toLowerCase() === "false");
    return present === absent
      ? present
      : { subject, patterns: present ? EVERY_TEXT : [], negated: false, whenAbsent: absent, whenEmpty: undefined };
  }
  if (!operator.base.startsWith("String")) return comparedOtherwise(subject, absent, whenEmpty, reading);
  // What is excluded is narrower, the wider the patterns are.
  const takesWidest = (reading === "widest") !== negated;
  const patterns = values.flatMap(({ text }) => valuePattern(text, condition, variables, takesWidest) ?? []);
  return { subject, patterns, negated, whenAbsent: absent, whenEmpty };
}

/** Of a value that is there nothing is known. */
function comparedOtherwise(
  subject: string,
  absent: boolean,
  whenEmpty: boolean | undefined,
  reading: Reading,
): KeyTest | boolean {
  const holds = reading === "widest";
  if (absent === holds && (whenEmpty ?? holds) === holds) return holds;
  return { subject, patterns: holds ? EVERY_TEXT : [], negated: false, whenAbsent: absent, whenEmpty };
}

const EVERY_TEXT: readonly ValuePattern[] = [{ pattern: parsePattern("*"), anyCase: false }];

/** A value as a pattern; where a variable stands in it, any text or none at all. */
function valuePattern(
  text: string,
  { operator }: Condition,
  variables: boolean,
  takesWidest: boolean,
): ValuePattern | undefined {
  const reads = { variables, wildcards: operator.base.endsWith("Like") };
  const template = readTemplate(text, reads);
  if (template.some(isVariable) && !takesWidest) return undefined;
  return { pattern: concat(...template.map(partPattern)), anyCase: operator.base.endsWith("IgnoreCase") };
}

const isVariable = (part: TemplatePart): boolean => typeof part === "object";

function partPattern(part: TemplatePart): Pattern {
  if (typeof part === "string") return literalPattern(part);
  return parsePattern(isVariable(part) || part === ANY ? "*" : "?");
}
