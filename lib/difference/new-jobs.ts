import { prefixWithoutIds, partsOf, type Lookup } from "../trust/text";
import { inclusion, intersect, subjectSet, textSet, type Admission } from "../trust/admitted";
import { writtenSubject } from "../questions/job-groups";
import { isUnjudged, type Unjudged } from "../trust/reparsed-trust";
import { lookupsIn as lookupsOf, type KnownTrust } from "../questions/role-call/partial-policy";
import { placeholderOf } from "../trust/widened-trust";
import { deniedIn, ExampleSearch, type JobExample } from "./job-example";
import { ofSubject, trustedJobs, type JobPart, type LookUp, type TrustedJobs } from "./trusted-jobs";

/** Jobs that one trust policy lets in and another does not. */
export interface NewJobs {
  readonly part: JobPart;
  /** A job that is surely let in by the one alone; `undefined` where none was found. */
  readonly example: JobExample | undefined;
  readonly certain: boolean;
}

/** A role's trust of jobs, by each form that looked-up prefixes may have. */
export type JobsByForm = readonly TrustedJobs[];

/** By each form, or why nothing of the policy can be judged. */
export function jobsByForm(trust: KnownTrust, forms: readonly LookUp[]): JobsByForm | Unjudged {
  const all = forms.map((lookUp) => trustedJobs(trust, lookUp));
  return all.find(isUnjudged) ?? all.filter((each): each is TrustedJobs => !isUnjudged(each));
}

/**
 * What looked-up prefixes may be, so that what holds of all of these holds: the repository's name, or the
 * same with ids; and where a policy has such ids, those.
 */
export function formsOf(trusts: readonly KnownTrust[]): readonly LookUp[] {
  const lookups = trusts.flatMap(lookupsOf);
  if (lookups.length === 0) return [placeholderOf];
  const found = writtenPrefixes(trusts);
  const written = (lookup: Lookup): string => found.get(lookup.lookup.toLowerCase()) ?? prefixWithoutIds(lookup.lookup);
  const isAny = (test: (lookup: Lookup) => boolean): boolean => lookups.some(test);
  return [
    placeholderOf,
    ...(isAny(({ withIds }) => !withIds) ? [({ lookup }: Lookup) => prefixWithoutIds(lookup)] : []),
    ...(isAny(({ lookup }) => found.has(lookup.toLowerCase())) ? [written] : []),
  ];
}

/** Prefixes with ids that policies have, by the repository in lower case. */
function writtenPrefixes(trusts: readonly KnownTrust[]): ReadonlyMap<string, string> {
  const texts = trusts.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) =>
      conditions.flatMap(({ values }) => values.map((value) => partsOf(value)[0])),
    ),
  );
  const prefixes = texts.flatMap((text) => {
    const [prefix, owner = "", name = ""] =
      (typeof text === "string" ? /^repo:([^/:@*?]+)@[0-9]+\/([^/:@*?]+)@[0-9]+(?=:)/.exec(text) : null) ?? [];
    return prefix === undefined ? [] : [[`${owner}/${name}`.toLowerCase(), prefix] as const];
  });
  return new Map(prefixes);
}

/** Jobs that `to` lets in and `from` does not, for certain or perhaps. Both by the same forms. */
export function newJobs(from: JobsByForm, to: JobsByForm): NewJobs[] {
  const found = new Map<string, { readonly jobs: NewJobs; readonly times: number }>();
  for (const [index, jobs] of to.entries())
    for (const each of newJobsOf(from[index] as TrustedJobs, jobs)) {
      const key = JSON.stringify([
        each.part.whole.index,
        each.part.admission.source.principal.value,
        writtenSubject(each.part.subject, each.part.lookups),
      ]);
      const { jobs: first = each, times = 0 } = found.get(key) ?? {};
      found.set(key, {
        jobs: { part: first.part, example: first.example ?? each.example, certain: first.certain && each.certain },
        times: times + 1,
      });
    }
  return [...found.values()].map(({ jobs, times }) => ({ ...jobs, certain: jobs.certain && times >= to.length }));
}

function newJobsOf(from: TrustedJobs, to: TrustedJobs): NewJobs[] {
  // What both deny makes no difference: then permissions are compared alone, and exactly.
  const isLifted = [...from.denials].some((denial) => !to.denials.has(denial));
  const known = isLifted ? from.parts : from.undenied;
  const same = new Set(known.filter(({ admission }) => !admission.denied).map(({ key }) => key));
  const sure = known.filter((each) => !each.isOpen);
  const other = to.parts
    .filter((part) => !same.has(part.key))
    .flatMap((part) => (isLifted ? withoutDenial(part, from) : [part]));
  const found = other.filter((part) => !isWithin(part, sure));
  if (found.length === 0) return [];
  const search = new ExampleSearch(from, to);
  return found.map((part) => {
    const example = search.find(part, coverOf(part, sure));
    return { part, example, certain: example !== undefined && !part.isOpen && !to.hasOpenDenial };
  });
}

/** Of jobs that were let in but for what was denied, those that were. */
function withoutDenial(part: JobPart, from: TrustedJobs): readonly JobPart[] {
  if (from.hasOpenDenial || !from.undenied.some(({ key }) => key === part.key)) return [part];
  return deniedIn(from)
    .filter((denied) => mayShare(denied, part.admission))
    .flatMap((denied) => {
      const subjects = denied.claims.get("sub");
      if (!subjects || !part.admission.claims.has("sub")) return [part];
      return intersect(textSet([part.subject.term]), subjects).terms.map((term) => ofSubject(part, subjectSet(term)));
    });
}

/** Whether tokens of one may be tokens of the other. */
const mayShare = ({ source: one }: Admission, { source: other }: Admission): boolean =>
  one.issuer === undefined || other.issuer === undefined || one.principal.value === other.principal.value;

/** Whether parts surely let in, all together, what one lets in. */
export function isWithin(part: JobPart, parts: readonly JobPart[]): boolean {
  const cover = coverOf(part, parts);
  return cover.length > 0 && inclusion(cover, part.admission).answer === "yes";
}

/** Of parts what may be held against one: where that asks for all that they ask for beside claims, they are exact. */
const coverOf = (part: JobPart, parts: readonly JobPart[]): Admission[] =>
  parts
    .filter(
      ({ admission: { source } }) =>
        source.issuer === undefined || source.principal.value === part.admission.source.principal.value,
    )
    .map(({ admission, exactBeside, residual }) =>
      !admission.exact && exactBeside && residual.every((each) => part.residual.includes(each))
        ? { ...admission, exact: true }
        : admission,
    );
