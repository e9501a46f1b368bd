import { SESSION_NAME_KEY } from "../aws/condition-keys";
import { compileActions } from "../aws/policy/action";
import { formatOperatorName } from "../aws/policy/condition-operator-name";
import type { Condition } from "../aws/policy/condition";
import { readsVariables } from "../aws/policy/policy-variables";
import type { TrustDocument, TrustStatement } from "../aws/policy/trust-document";
import {
  AdmittedJobs,
  binds,
  claimOf,
  covers,
  isKnown as isKnownClaim,
  splitKey,
  textSet,
  tokenSource,
  valueAsSet,
  WEB_IDENTITY_ACTION,
  withSubjects,
  type Admission,
  type SubjectSet,
  type Term,
} from "../trust/admitted";
import { isOtherFederation } from "../trust/callers/statement-calls";
import { lookupsIn, type Lookups } from "../questions/job-groups";
import type { StatementModel } from "../trust/trust-model";
import { isUnjudged, type Unjudged } from "../trust/reparsed-trust";
import type { KnownTrust } from "../questions/role-call/partial-policy";
import { formatText, isKnown, type Lookup } from "../trust/text";
import { isOpen, widenedTrust } from "../trust/widened-trust";
import { canonicalCondition, canonicalConditions } from "./canonical";

/** What subjects of a repository are taken to begin with, where that is looked up. */
export type LookUp = (lookup: Lookup) => string;

/** Jobs of GitHub's that a trust policy lets in. */
export interface TrustedJobs {
  /** With anything in the place of what is not known: it admits no fewer than the true one. */
  readonly document: TrustDocument;
  /** Without the permissions of which a part is not known. */
  readonly sure: TrustDocument;
  /** Whether a denial is not all known: it may take away what is sure. */
  readonly hasOpenDenial: boolean;
  readonly parts: readonly JobPart[];
  /** As if nothing were denied. */
  readonly undenied: readonly JobPart[];
  /** Denials, each in one form. */
  readonly denials: ReadonlySet<string>;
  /** Condition keys by which a statement admits nobody, as AWS makes no such key. */
  readonly neverHolding: readonly string[];
}

/** Jobs that an admission lets in by one of its subjects. */
export interface JobPart {
  /** Of this subject alone. */
  readonly admission: Admission;
  /** The admission that it is of, with all subjects. */
  readonly whole: Admission;
  readonly subject: SubjectSet;
  readonly lookups: Lookups;
  /** The same for parts that say the same. */
  readonly key: string;
  /** Conditions that claims do not tell, each in one form. */
  readonly residual: readonly string[];
  /** Whether its claims are exact where those conditions hold. */
  readonly exactBeside: boolean;
  /** Whether a part of the statement is not known, and treated as a wildcard. */
  readonly isOpen: boolean;
}

const EMPTY: TrustDocument = { version: undefined, id: undefined, statements: [] };

/** Of a role that lets in no job. */
export const NO_JOBS: TrustedJobs = {
  document: EMPTY,
  sure: EMPTY,
  hasOpenDenial: false,
  parts: [],
  undenied: [],
  denials: new Set(),
  neverHolding: [],
};

/** What lets in the jobs of a trust policy; or why that cannot be told, so that nothing of it is known. */
export function trustedJobs({ version, statements }: KnownTrust, lookUp: LookUp): TrustedJobs | Unjudged {
  const concerned = statements.filter(isAboutJobs).map(inOneForm);
  const [allowing, denying] = (["Allow", "Deny"] as const).map((wanted) =>
    concerned.filter(({ effect }) => effect === wanted),
  ) as [StatementModel[], StatementModel[]];
  const widened = widenedTrust({ version, statements: allowing.length === 0 ? [] : [...allowing, ...denying] }, lookUp);
  if (isUnjudged(widened)) return widened;
  const { document } = widened;
  const permissions = document.statements.slice(0, allowing.length);
  const denials = document.statements.slice(allowing.length);
  const partsOf = (admissions: readonly Admission[]): JobPart[] =>
    admissions.flatMap((each) =>
      admitsNobody(each) ? [] : partsOfAdmission(each, allowing[each.index] as StatementModel, lookUp),
    );
  const admissions = admissionsOf(document);
  const parts = partsOf(admissions);
  return {
    document,
    // Denials stay behind the permissions, so that these keep their places.
    sure: {
      ...document,
      statements: [...permissions.filter((_, index) => !isOpen(allowing[index] as StatementModel)), ...denials],
    },
    hasOpenDenial: denying.some(isOpen),
    parts,
    undenied: denials.length === 0 ? parts : partsOf(admissionsOf({ ...document, statements: permissions })),
    denials: new Set(denying.flatMap((statement) => denialKeys(statement, readsVariables(version)))),
    neverHolding: admissions.flatMap((each) => (admitsNobody(each) ? idleKeys(each) : [])),
  };
}

const admissionsOf = (document: TrustDocument): readonly Admission[] => AdmittedJobs.of(document).written;

/** Of everybody the issuer is a guess: another's tokens may have the claim. */
const admitsNobody = ({ neverHolds, source }: Admission): boolean => neverHolds && source.issuer !== undefined;

/** The order of conditions and the case of their keys say nothing; a statement's name neither. */
function inOneForm(statement: StatementModel): StatementModel {
  const places = statement.conditions.map(({ operator, key }) => `${operator} ${key}`.toLowerCase());
  const isAlone = (place: string | undefined): boolean => places.filter((each) => each === place).length === 1;
  const conditions = statement.conditions.map((condition, index) =>
    isAlone(places[index]) && splitKey(condition.key) ? { ...condition, key: condition.key.toLowerCase() } : condition,
  );
  return {
    ...statement,
    sid: null,
    conditions: conditions.toSorted(
      (a, b) => compare(a.key.toLowerCase(), b.key.toLowerCase()) || compare(a.operator, b.operator),
    ),
  };
}

/** By code unit: the same on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether it is about tokens that GitHub's jobs send, or may. */
export const isAboutJobs = (statement: StatementModel): boolean =>
  isAboutTokens(statement) && statement.principals.some((principal) => maySendJobs(principal, statement));

const isAboutTokens = ({ actions, notAction }: StatementModel): boolean =>
  compileActions(actions, notAction)(WEB_IDENTITY_ACTION);

/** Whether tokens of GitHub's come from a principal; from a provider that is not known they may, unless it is another issuer's. */
function maySendJobs({ kind, value }: StatementModel["principals"][number], statement: StatementModel): boolean {
  if (isKnown(value)) return tokenSource({ kind, value, position: { line: 1, column: 1 } }) !== undefined;
  return kind === "Federated" && !isOtherFederation(value, statement);
}

function partsOfAdmission(whole: Admission, statement: StatementModel, lookUp: LookUp): JobPart[] {
  const residual = canonicalConditions(residualOf(whole).map(asModel), whole.variables);
  const exactBeside = whole.exact || isExactBeside(whole);
  const [lookups, open] = [lookupsIn(statement, lookUp), isOpen(statement)];
  return whole.subjects.map((subject): JobPart => {
    const admission = narrowedTo(whole, subject);
    return {
      admission,
      whole,
      subject,
      lookups,
      key: keyOf(admission, subject, open ? statement : undefined),
      residual,
      exactBeside,
      isOpen: open,
    };
  });
}

/** Of a part the jobs of a subject that lies within its own. */
export const ofSubject = (part: JobPart, subject: SubjectSet): JobPart => ({
  ...part,
  admission: narrowedTo(part.admission, subject),
  subject,
  key: `${part.key} ${subject.text}`,
});

function narrowedTo(whole: Admission, { term }: SubjectSet): Admission {
  const subjects = whole.claims.get("sub");
  if (subjects?.terms.length === 1 && subjects.terms[0] === term) return whole;
  return subjects
    ? withSubjects({ ...whole, claims: new Map([...whole.claims, ["sub", textSet([term], subjects.exact)]]) })
    : whole;
}

/** @param open the statement, where it is not all known: only one that says the very same is the same */
function keyOf(
  { source, statement, issuer, variables }: Admission,
  { term }: SubjectSet,
  open: StatementModel | undefined,
): string {
  const ofSubject = statement.conditions.filter(
    (condition) => binds(condition) && claimOf(condition, issuer) === "sub",
  );
  const besides = statement.conditions.filter((condition) => !ofSubject.includes(condition));
  const others = canonicalConditions(besides.map(asModel), variables);
  const texts = term.map(({ pattern, anyCase }) => JSON.stringify([pattern.tokens, anyCase])).sort();
  const asked = askedBeside(ofSubject, term, variables).sort();
  const whole = open ? canonicalStatement(open, variables) : null;
  return JSON.stringify([source.principal.value, texts, asked, others, whole]);
}

/**
 * What conditions on the subject ask for beside a term of subjects: nothing where the term lies within a value that is
 * exact. A value with a variable is taken for any text, and one list may stand for two where there are too many pairs.
 */
function askedBeside(conditions: readonly Condition[], term: Term, variables: boolean): string[] {
  // By far the most statements: each term is one of the values, or lies within one.
  if (conditions.length === 1 && conditions.every(isExact)) return [];
  return conditions.flatMap((condition) => {
    const sets = condition.values.map((value) => ({ value, set: valueAsSet(condition, value, variables) }));
    const around = sets.filter(({ set }) => covers(set.terms, term).answer === "yes");
    if (around.some(({ set }) => set.exact)) return [];
    const values = around.length > 0 ? around.map(({ value }) => value) : condition.values;
    return canonicalConditions([asModel({ ...condition, values })], variables);
  });
}

/** Whether nothing may be filled in in any value, whatever the version. */
const isExact = ({ values }: Condition): boolean => values.every(({ text }) => !text.includes("${"));

const canonicalStatement = ({ principals, conditions }: StatementModel, variables: boolean): unknown => [
  principals.map(({ kind, value }) => `${kind} ${formatText(value)}`).sort(),
  canonicalConditions(conditions, variables),
];

/** As the access model has it. */
const asModel = ({ operator, key, values }: Condition): StatementModel["conditions"][number] => ({
  operator: formatOperatorName(operator),
  key,
  values: values.map(({ text }) => text),
});

/** Conditions that an admission's claims do not tell. */
export const residualOf = ({ statement, issuer }: Admission): Condition[] =>
  statement.conditions.filter(
    (condition) =>
      !binds(condition) ||
      (claimOf(condition, issuer) === undefined && condition.key.toLowerCase() !== SESSION_NAME_KEY.toLowerCase()),
  );

/** Whether a statement would be exact without what its claims do not tell. */
function isExactBeside(admission: Admission): boolean {
  const { statement, source, denied } = admission;
  const residual = new Set(residualOf(admission));
  const bare: TrustStatement = {
    ...statement,
    principals: [source.principal],
    conditions: statement.conditions.filter((each) => !residual.has(each)),
  };
  return (
    !denied &&
    admissionsOf({ version: admission.variables ? "2012-10-17" : undefined, id: undefined, statements: [bare] }).every(
      ({ exact }) => exact,
    )
  );
}

/**
 * Each thing that a denial denies: one that lists several values denies each of them.
 *
 * @param variables whether the document's version reads policy variables
 */
function denialKeys({ principals, conditions }: StatementModel, variables: boolean): string[] {
  const canonical = conditions.map((each) => canonicalCondition(each, variables));
  const [only, ...more] = canonical;
  const isSplit = only !== undefined && more.length === 0 && !/Not|ForAllValues|Null/.test(only.operator);
  const alternatives = isSplit
    ? only.values.map((value) => [{ ...only, operator: plainest(only.operator, value), values: [value] }])
    : [canonical];
  return principals.flatMap(({ kind, value }) =>
    alternatives.map((each) =>
      JSON.stringify([kind, formatText(value), each.map((condition) => JSON.stringify(condition)).sort()]),
    ),
  );
}

const plainest = (operator: string, value: string): string =>
  /[*?$]/.test(value) ? operator : operator.replace("StringLike", "StringEquals");

/** Condition keys of an admission that no request has, as far as is known. */
function idleKeys({ statement, issuer, source }: Admission): string[] {
  return statement.conditions.flatMap((condition) => {
    const claim = claimOf(condition, issuer);
    const isIdle = claim === undefined ? splitKey(condition.key) !== undefined : !isKnownClaim(claim, issuer, source);
    return binds(condition) && isIdle ? [condition.key] : [];
  });
}
