import {
  type Admission,
  binds,
  claimOf,
  comparesTexts,
  type SubjectSet,
  type TextPattern,
  valueAsSet,
} from "../../trust/admitted";
import { formatPattern } from "../../aws/pattern";
import type { Condition, ConditionValue } from "../../aws/policy/condition";
import type { TrustDocument } from "../../aws/policy/trust-document";
import type { TrustPolicySubject } from "../subject";

/** A value of a condition that decides who is let in, and what it stands for by itself. */
export interface SubjectValue {
  readonly admission: Admission;
  readonly condition: Condition;
  readonly value: ConditionValue;
  readonly set: SubjectSet;
}

/**
 * Every value that a statement asks the subject to be, one by one: a list is as loose as its loosest value.
 * Left out are those by which nobody gets in, and those that another condition on the subject, or a denial, takes
 * back: what is judged is what is let in.
 */
export function subjectValues(policy: TrustPolicySubject): readonly SubjectValue[] {
  if (last?.policy !== policy) last = { policy, values: readValues(policy) };
  return last.values;
}

/** Nearly every rule asks for them, one after the other before the next policy is looked at. */
let last: { readonly policy: TrustPolicySubject; readonly values: readonly SubjectValue[] } | undefined;

function readValues({ admitted, document }: TrustPolicySubject): SubjectValue[] {
  return admitted.admissions.flatMap((admission) => {
    const sets = new Map(admission.subjects.flatMap((set) => set.term.map((pattern) => [keyOf(pattern), set])));
    return bindingConditions(admission, "sub").flatMap((condition) =>
      condition.values.flatMap((value) => {
        const pattern = valueAsSet(condition, value, knowsVariables(document)).terms[0]?.[0];
        const set = pattern && sets.get(keyOf(pattern));
        return set && set.letsIn !== "nobody" ? [{ admission, condition, value, set }] : [];
      }),
    );
  });
}

/** Every value that a statement asks the subject to be, whether anybody gets in by it or not. */
export const writtenSubjects = ({ admitted }: TrustPolicySubject): ConditionValue[] =>
  admitted.admissions.flatMap((admission) => bindingConditions(admission, "sub").flatMap(({ values }) => values));

const keyOf = ({ pattern, anyCase }: TextPattern): string =>
  `${anyCase ? "any case" : "as it is"}:${formatPattern(pattern)}`;

/** Whether `${…}` is a variable there, and not text. */
export const knowsVariables = ({ version }: TrustDocument): boolean => version === "2012-10-17";

/** The conditions of a statement that say for certain what a claim must be. */
export const bindingConditions = ({ statement, issuer }: Admission, claim: string): Condition[] =>
  statement.conditions.filter((condition) => binds(condition) && claimOf(condition, issuer) === claim);

/** Whether a statement says for certain what a claim must be. */
export const isBound = (admission: Admission, ...claims: readonly string[]): boolean =>
  claims.some((claim) => admission.claims.has(claim));

/** A condition on one of GitHub's claims, in a statement of any effect. */
export interface ClaimCondition {
  readonly admission: Admission;
  readonly condition: Condition;
  readonly claim: string;
}

/** The conditions of allowing statements on claims of their issuer. */
export const claimConditions = ({ admitted }: TrustPolicySubject): ClaimCondition[] =>
  admitted.admissions.flatMap((admission) =>
    admission.statement.conditions.flatMap((condition) => {
      const claim = claimOf(condition, admission.issuer);
      return claim === undefined ? [] : [{ admission, condition, claim }];
    }),
  );

/** Whether the values of a condition are compared as texts in which wildcards have no meaning. */
export const isLiteral = (condition: Condition): boolean =>
  comparesTexts(condition) && !condition.operator.base.endsWith("Like");
