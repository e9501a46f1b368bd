import type { Condition } from "../../aws/policy/condition";
import { escapeVariables } from "../../aws/policy/policy-variables";
import type { Admission } from "./admission";
import { ANY_TEXT, covers, setAdmits, type Term, termExample, termsMeet, type TextSet } from "./text-set";

/** Claims of a job, by name: an example of what a policy admits. `sub` is always among them. */
export type ClaimExample = Readonly<Record<string, string>>;

/** Whether one policy admits all that another one does. */
export type Inclusion =
  | { readonly answer: "yes" }
  /** The job of the example is admitted by the other one alone. */
  | { readonly answer: "no"; readonly example: ClaimExample }
  /** Neither was found: treat it as no. The example may be such a job. */
  | { readonly answer: "undecided"; readonly example: ClaimExample | undefined };

/**
 * Do the admissions of a list surely admit, all together, what another one admits? Those that are not exact
 * may admit less than they say, so that they count only for the same statement.
 */
export function inclusion(list: readonly Admission[], other: Admission): Inclusion {
  let undecided: Inclusion | undefined;
  for (const term of claimSet(other, "sub").terms) {
    const result = termInclusion(list, other, term);
    if (result.answer === "no") return result;
    if (result.answer === "undecided") undecided ??= result;
  }
  return undecided ?? { answer: "yes" };
}

/** Whether one statement surely lets in all that another one does. */
export const surelyIncludes = (wide: Admission, narrow: Admission): boolean =>
  inclusion([wide], narrow).answer === "yes";

function termInclusion(list: readonly Admission[], other: Admission, term: Term): Inclusion {
  const sameIssuer = list.filter((each) => each.source.issuer === undefined || isSame(each.issuer, other.issuer));
  const wide = sameIssuer.filter(
    (each) => (each.exact || isSameStatement(each, other)) && includesOtherClaims(each, other),
  );
  const answer = covers(
    wide.flatMap((each) => claimSet(each, "sub").terms),
    term,
  );
  if (answer.answer === "yes") return { answer: "yes" };
  const subject = answer.answer === "no" ? answer.escapes : termExample(term);
  const example = subject === undefined ? undefined : exampleWith(other, subject, sameIssuer);
  // An example counts only when it is surely in the one, and surely not in any of the others.
  const counts =
    example !== undefined &&
    other.exact &&
    other.source.issuer !== undefined &&
    !sameIssuer.some((each) => admitsExample(each, example));
  return counts ? { answer: "no", example } : { answer: "undecided", example };
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function includesOtherClaims(wide: Admission, narrow: Admission): boolean {
  return [...wide.claims].every(
    ([claim, set]) =>
      claim === "sub" ||
      (narrow.claims.has(claim) &&
        claimSet(narrow, claim).terms.every((term) => covers(set.terms, term).answer === "yes")),
  );
}

/** Two statements that say the same, be it ever so odd, admit the same. */
function isSameStatement(a: Admission, b: Admission): boolean {
  return !a.denied && a.source.principal.value === b.source.principal.value && meaningOf(a) === meaningOf(b);
}

function meaningOf({ variables, statement: { conditions, notAction, actions } }: Admission): string {
  const textsOf = (values: Condition["values"]): string[] =>
    values.map(({ text }) => (variables ? text : escapeVariables(text))).sort();
  const saying = conditions.map(({ operator, key, values }) => [operator, key.toLowerCase(), textsOf(values)]);
  return JSON.stringify([
    notAction,
    actions.map(({ text }) => text),
    saying.map((each) => JSON.stringify(each)).sort(),
  ]);
}

/** A job that both may have, or `undefined` when surely none is. */
export function meeting(a: Admission, b: Admission): ClaimExample | undefined {
  if (a.source.issuer !== undefined && b.source.issuer !== undefined && !isSame(a.issuer, b.issuer)) return undefined;
  const example: Record<string, string> = {};
  for (const claim of new Set(["sub", ...a.claims.keys(), ...b.claims.keys()])) {
    const text = shared(claimSet(a, claim), claimSet(b, claim));
    if (text === undefined) return undefined;
    example[claim] = text;
  }
  return example;
}

/** A text that both sets have; one that at least the first has where there may be one. */
function shared(a: TextSet, b: TextSet): string | undefined {
  let perhaps: string | undefined;
  for (const one of a.terms)
    for (const other of b.terms) {
      const text = termsMeet(one, other);
      if (typeof text === "string") return text;
      if (text === null) perhaps ??= termExample(one) ?? "";
    }
  return perhaps;
}

/** A job of an admission with a subject; for its other claims, values that as few of the list as possible admit. */
function exampleWith(admission: Admission, subject: string, list: readonly Admission[]): ClaimExample | undefined {
  const example: Record<string, string> = { sub: subject };
  for (const claim of new Set([...admission.claims.keys(), ...list.flatMap((each) => [...each.claims.keys()])])) {
    if (claim === "sub") continue;
    const sets = list.flatMap((each) => each.claims.get(claim) ?? []);
    const text = outside(claimSet(admission, claim), sets);
    if (text === undefined) return undefined;
    example[claim] = text;
  }
  return example;
}

/** A text of a set, if there is one outside all of the others. */
function outside(set: TextSet, others: readonly TextSet[]): string | undefined {
  for (const term of set.terms) {
    const answer = covers(
      others.flatMap(({ terms }) => terms),
      term,
    );
    if (answer.answer === "no") return answer.escapes;
  }
  return set.terms.map(termExample).find((text) => text !== undefined);
}

const admitsExample = ({ claims }: Admission, example: ClaimExample): boolean =>
  [...claims].every(([claim, set]) => example[claim] !== undefined && setAdmits(set, example[claim]));

export const claimSet = ({ claims }: Admission, claim: string): TextSet => claims.get(claim) ?? ANY_TEXT;
