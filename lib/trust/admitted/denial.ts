import type { Condition } from "../../aws/policy/condition";
import type { TrustDocument, TrustStatement } from "../../aws/policy/trust-document";
import { type Admission, claimOf, isAboutTokens, withSubjects } from "./admission";
import { comparesTexts, excludes, valuesAsSet } from "./condition-set";
import { ANY_TEXT, covers, intersect, type TextSet, textSet } from "./text-set";

/**
 * What is left of an admission beside the statements that deny. Only what is surely denied is taken away: a
 * statement with one condition, on the subject, which every token has. All else stays, and the admission is
 * then no longer exact.
 */
export function afterDenials(admission: Admission, { statements, version }: TrustDocument): Admission | undefined {
  let left: Admission = admission;
  for (const denial of statements.filter(({ effect }) => effect === "Deny").filter(isAboutTokens)) {
    if (!concerns(denial, admission)) continue;
    const rest = subtract(left, denial, version === "2012-10-17");
    if (!rest) return undefined;
    left = rest;
  }
  return left;
}

/** Whether a denial may be about the tokens of an admission. */
const concerns = ({ principals }: TrustStatement, { source }: Admission): boolean =>
  source.issuer === undefined ||
  principals.some((principal) => isEverybody(principal) || principal.value === source.principal.value);

/** Whether it is so for certain. */
const surelyConcerns = (denial: TrustStatement, { source }: Admission): boolean =>
  denial.principals.some(
    (principal) =>
      (isEverybody(principal) && principal.kind !== "Federated") || principal.value === source.principal.value,
  );

const isEverybody = ({ kind, value }: TrustStatement["principals"][number]): boolean =>
  value === "*" && (kind === "*" || kind === "AWS" || kind === "Federated");

/** `undefined` when nothing is left. */
function subtract(admission: Admission, denial: TrustStatement, variables: boolean): Admission | undefined {
  if (!surelyConcerns(denial, admission)) return { ...admission, exact: false, denied: true };
  const [only, ...more] = denial.conditions;
  if (!only) return undefined;
  // Whose tokens have another issuer lack the key, and everybody includes them.
  const isSubject =
    admission.source.issuer !== undefined &&
    more.length === 0 &&
    claimOf(only, admission.issuer) === "sub" &&
    comparesTexts(only);
  const denied = isSubject ? valuesAsSet(only, variables) : undefined;
  if (!denied?.exact) return { ...admission, exact: false, denied: true };
  const left = without(admission.claims.get("sub") ?? ANY_TEXT, only, denied);
  return left.terms.length === 0
    ? undefined
    : withSubjects({
        ...admission,
        claims: new Map([...admission.claims, ["sub", left]]),
        exact: admission.exact && left.exact,
        denied: admission.denied || !left.exact,
      });
}

/** A negated condition denies all but its values; any other one, those. */
function without(subjects: TextSet, condition: Condition, denied: TextSet): TextSet {
  if (excludes(condition)) return intersect(subjects, denied);
  const kept = subjects.terms.filter((term) => covers(denied.terms, term).answer !== "yes");
  const untouched = kept.every((term) => intersect(textSet([term]), denied).terms.length === 0);
  return textSet(kept, subjects.exact && untouched);
}
