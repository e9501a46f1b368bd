import { type AssumeCall, isEverybody } from "../aws/policy/assume-calls";
import { readsVariables } from "../aws/policy/policy-variables";
import { callsBesideJobs } from "../trust/callers/statement-calls";
import type { StatementModel } from "../trust/trust-model";
import { conditionsOf, isOfPrincipal } from "../questions/others";
import type { KnownTrust } from "../questions/role-call/partial-policy";
import { formatText, isKnown, type Text } from "../trust/text";
import { isOpen } from "../trust/widened-trust";
import { canonicalCondition, type CanonicalCondition } from "./canonical";
import { writtenValue } from "./written-value";

type Principal = StatementModel["principals"][number];
type Kind = Principal["kind"];

/** Somebody beside GitHub's jobs that a statement lets in by one call. */
export interface PrincipalPart {
  readonly call: AssumeCall;
  readonly kind: Kind;
  /** Of an account its id, in whichever way it is written. */
  readonly value: string;
  /** ARN, service or `*`; of an account that is held to one of its principals, that one. */
  readonly name: string;
  readonly conditions: readonly CanonicalCondition[];
  /** What must hold beside, by condition key, in words. */
  readonly described: Record<string, string[]>;
  /** Whether something of the statement is not known. */
  readonly isOpen: boolean;
}

export interface TrustedPrincipals {
  readonly parts: readonly PrincipalPart[];
  /** What is denied to such principals. */
  readonly denials: readonly PrincipalPart[];
}

/** Principals that one trust policy lets in and another does not. */
export interface NewPrincipal {
  readonly part: PrincipalPart;
  readonly certain: boolean;
}

/** Accounts, roles, services and foreign identity providers that a trust policy lets in. */
export function trustedPrincipals({ version, statements }: KnownTrust): TrustedPrincipals {
  const variables = readsVariables(version);
  const partsOf = (wanted: StatementModel["effect"]): PrincipalPart[] =>
    statements.filter(({ effect }) => effect === wanted).flatMap((each) => partsOfStatement(each, variables));
  const denials = partsOf("Deny");
  return { parts: partsOf("Allow").filter((part) => !denials.some((denial) => deniesAll(denial, part))), denials };
}

/** Principals that `to` lets in and `from` does not, for certain or perhaps. */
export function newPrincipals(from: TrustedPrincipals, to: TrustedPrincipals): NewPrincipal[] {
  const lifted = from.denials.filter((denial) => !to.denials.some((each) => isSameDenial(denial, each)));
  return to.parts.flatMap((part): NewPrincipal[] => {
    if (!isPrincipalWithin(part, from.parts)) {
      const doubtful = part.isOpen || to.denials.some((denial) => concerns(denial, part));
      return [{ part, certain: !doubtful && !from.parts.some((each) => dependsOnVariables(part, each)) }];
    }
    return lifted.some((denial) => concerns(denial, part)) ? [{ part, certain: false }] : [];
  });
}

/** Whether one part may lie within another after all: it depends on what fills a policy variable. */
function dependsOnVariables(part: PrincipalPart, other: PrincipalPart): boolean {
  const unlike = (of: PrincipalPart, from: PrincipalPart): CanonicalCondition[] => {
    const same = new Set(from.conditions.map((each) => JSON.stringify(each)));
    return of.conditions.filter((each) => !same.has(JSON.stringify(each)));
  };
  const different = [...unlike(part, other), ...unlike(other, part)];
  return includesPrincipal(other, part) && different.some(({ values }) => values.some((value) => value.includes("${")));
}

/** Whether everybody whom one part names is named by another, whatever the conditions. */
const includesPrincipal = (wide: PrincipalPart, part: PrincipalPart): boolean =>
  wide.call === part.call && (isSamePrincipal(wide, part) || (isEverybody(wide) && part.kind !== "Federated"));

/**
 * Whether a list has a part that lets in at least as much: the same principal or everybody, on no other conditions. AWS
 * does not say that everybody includes whom an identity provider signs in.
 */
export const isPrincipalWithin = (part: PrincipalPart, parts: readonly PrincipalPart[]): boolean =>
  parts.some((each) => includesPrincipal(each, part) && areImplied(each.conditions, part.conditions));

const areImplied = (conditions: readonly CanonicalCondition[], by: readonly CanonicalCondition[]): boolean =>
  conditions.every((condition) => by.some((narrower) => implies(narrower, condition)));

function partsOfStatement(statement: StatementModel, variables: boolean): PrincipalPart[] {
  return statement.principals.flatMap((principal) =>
    callsBesideJobs(principal, statement).flatMap((call) => partsOfCall(principal, call, statement, variables)),
  );
}

function partsOfCall(
  { kind, value }: Principal,
  call: AssumeCall,
  statement: StatementModel,
  variables: boolean,
): PrincipalPart[] {
  // Who has signed the call: nobody signs one with a token or an assertion.
  const isSigned = call === "sts:AssumeRole" && (kind === "AWS" || kind === "*");
  const [only, ...more] = isSigned ? statement.conditions.filter(isOfPrincipal) : [];
  const named = only && more.length === 0 ? only.values : [undefined];
  const own = { call, kind, value: plainValue(kind, value), isOpen: isOpen(statement) };
  return named.map((name): PrincipalPart => {
    const about = statement.conditions.map((each) =>
      each === only && name !== undefined ? { ...each, values: [name] } : each,
    );
    const conditions = inOneOrder(about.map((each) => canonicalCondition(each, variables)));
    const described = inWords(conditionsOf(statement, name !== undefined), variables);
    return { ...own, name: formatText(name ?? value), conditions, described };
  });
}

/** All must hold, in whatever order they stand. */
const inOneOrder = (conditions: readonly CanonicalCondition[]): CanonicalCondition[] => {
  const distinct = new Map(conditions.map((each) => [JSON.stringify(each), each]));
  return [...distinct].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
};

const inWords = (conditions: PrincipalPart["described"], variables: boolean): PrincipalPart["described"] =>
  Object.fromEntries(
    Object.entries(conditions).map(([key, values]) => [key, values.map((value) => writtenValue(value, variables))]),
  );

/** An account is the same by its id and by the ARN of its root. */
function plainValue(kind: Kind, value: Text): string {
  const account =
    kind === "AWS" && isKnown(value) ? /^(?:arn:[^:]+:iam::)?([0-9]{12})(?::root)?$/.exec(value)?.[1] : undefined;
  return account ?? formatText(value);
}

const isSamePrincipal = (one: PrincipalPart, other: PrincipalPart): boolean =>
  one.value === other.value && (one.kind === other.kind || (isEverybody(one) && isEverybody(other)));

/** Whether what fulfils one condition surely fulfils another. */
function implies(narrow: CanonicalCondition, wide: CanonicalCondition): boolean {
  if (narrow.key !== wide.key || /^ForAllValues|Null/.test(wide.operator))
    return JSON.stringify(narrow) === JSON.stringify(wide);
  const [less, more] = /Not/.test(wide.operator) ? [wide, narrow] : [narrow, wide];
  // An exact value is one of a pattern's own spelling.
  const isSameOperator =
    narrow.operator === wide.operator || (narrow.operator === "StringEquals" && wide.operator === "StringLike");
  return isSameOperator && less.values.every((value) => more.values.includes(value));
}

const isSameDenial = (one: PrincipalPart, other: PrincipalPart): boolean =>
  one.call === other.call &&
  isSamePrincipal(one, other) &&
  JSON.stringify(one.conditions) === JSON.stringify(other.conditions);

/** Whether a denial may be about a principal: one of AWS may be denied by many names, and everybody includes all. */
const concerns = (denial: PrincipalPart, part: PrincipalPart): boolean =>
  denial.call === part.call && (isEverybody(denial) || isEverybody(part) || denial.kind === part.kind);

const deniesAll = (denial: PrincipalPart, part: PrincipalPart): boolean =>
  denial.call === part.call &&
  denial.conditions.length === 0 &&
  !denial.isOpen &&
  (isEverybody(denial) || isSamePrincipal(denial, part));
