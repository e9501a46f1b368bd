import { isUnknown, type Unknown } from "../trust/trust-model";
import { isUnjudged, type Unjudged } from "../trust/reparsed-trust";
import { formsOf, isWithin, jobsByForm, newJobs, type JobsByForm, type NewJobs } from "./new-jobs";
import { overlookedJob } from "./overlooked-job";
import { NO_JOBS, type JobPart, type LookUp } from "./trusted-jobs";
import { isRefused, type RoleTrust } from "./role-trust";
import {
  isPrincipalWithin,
  newPrincipals,
  trustedPrincipals,
  type NewPrincipal,
  type PrincipalPart,
  type TrustedPrincipals,
} from "./trusted-principals";

/** Who one side of a change lets in and the other does not. */
export interface Newcomers {
  readonly jobs: readonly NewJobs[];
  readonly principals: readonly NewPrincipal[];
  /** Of the other side: who is let in there, and lies within these; or is let in on both sides. */
  readonly instead: { readonly jobs: readonly JobPart[]; readonly principals: readonly PrincipalPart[] };
  /** Of the other side: owners of the jobs that are let in there, in lower case; `*` for anyone. */
  readonly owners: ReadonlySet<string>;
  /** Whether the other side is not known, so that they may be none. */
  readonly doubt: boolean;
}

export interface TrustComparison {
  /** `undefined` where it is not known who is let in afterwards. */
  readonly gaining: Newcomers | undefined;
  /** `undefined` where either side is not known. */
  readonly losing: Newcomers | undefined;
  /** Whether anybody is let in, or may be. */
  readonly admittedBefore: boolean;
  readonly admittedAfter: boolean;
  /** Condition keys that only the policy afterwards has, and that no request has as far as is known. */
  readonly neverHolding: readonly string[];
  /** Why a policy that was read cannot be judged. */
  readonly unjudged: { readonly before: string | undefined; readonly after: string | undefined };
  /** A job, in words, that gets in afterwards and that `gaining` does not tell of. */
  readonly overlooked: string | undefined;
}

/** A trust policy taken apart. */
interface Side {
  readonly jobs: JobsByForm;
  readonly principals: TrustedPrincipals;
}

/** Holds two trust policies of a role beside each other. */
export function compareTrust(earlier: RoleTrust, later: RoleTrust): TrustComparison {
  const known = [earlier, later].flatMap((trust) => (isUnknown(trust) ? [] : [trust]));
  const forms = formsOf(known);
  const [was, is] = [sideOf(earlier, forms), sideOf(later, forms)];
  const [before, after] = [judged(was), judged(is)];
  const doubt = !before || isRefused(earlier) || isRefused(later);
  const gaining = after && newcomers(before ?? nobody(forms), after, doubt);
  const losing = before && after && newcomers(after, before, doubt);
  return {
    gaining: gaining && { ...gaining, instead: before ? lyingWithin(before, gaining) : NONE },
    losing: losing && gaining && { ...losing, instead: stillIn(after, gaining) },
    admittedBefore: !before || admitsAnybody(before),
    admittedAfter: !after || admitsAnybody(after),
    neverHolding: after ? idleKeys(after).filter((key) => !before || !idleKeys(before).includes(key)) : [],
    unjudged: { before: reasonOf(was), after: reasonOf(is) },
    overlooked: gaining?.jobs.length === 0 ? overlookedIn([earlier, later], [before?.jobs, after?.jobs]) : undefined,
  };
}

/** Only where each policy is one document: a prefix that is looked up has several forms. */
function overlookedIn(
  trusts: readonly [RoleTrust, RoleTrust],
  [before, after]: readonly [JobsByForm | undefined, JobsByForm | undefined],
): string | undefined {
  const [earlier, later] = [before?.[0], after?.[0]];
  if (!earlier || !later || before?.length !== 1 || after?.length !== 1) return undefined;
  return overlookedJob(trusts, [earlier.document, later.document]);
}

/** Stands for the owner of jobs that may be anybody's. */
export const ANYONE = "*";

const NONE = { jobs: [], principals: [] } as const;

/** A trust policy taken apart; or that it is not known or cannot be judged, so that it may let in anyone. */
function sideOf(trust: RoleTrust, forms: readonly LookUp[]): Side | Unknown | Unjudged {
  if (isUnknown(trust)) return trust;
  const jobs = jobsByForm(trust, forms);
  return isUnjudged(jobs) ? jobs : { jobs, principals: trustedPrincipals(trust) };
}

const nobody = (forms: readonly LookUp[]): Side => ({
  jobs: forms.map(() => NO_JOBS),
  principals: { parts: [], denials: [] },
});

const judged = (side: Side | Unknown | Unjudged): Side | undefined =>
  isUnknown(side) || isUnjudged(side) ? undefined : side;

const reasonOf = (side: Side | Unknown | Unjudged): string | undefined =>
  isUnjudged(side) ? side.unjudged : undefined;

const newcomers = (from: Side, to: Side, doubt: boolean): Omit<Newcomers, "instead"> => ({
  jobs: newJobs(from.jobs, to.jobs),
  principals: newPrincipals(from.principals, to.principals),
  owners: new Set(partsOf(from).map(ownerOfPart)),
  doubt,
});

const partsOf = ({ jobs: [first] }: Side): readonly JobPart[] => first?.parts ?? [];

const ownerOfPart = ({ subject: { owner } }: JobPart): string => owner?.toLowerCase() ?? ANYONE;

const admitsAnybody = (side: Side): boolean => partsOf(side).length + side.principals.parts.length > 0;

const idleKeys = ({ jobs: [first] }: Side): readonly string[] => first?.neverHolding ?? [];

/** Who was let in before, and lies within those who are new. */
function lyingWithin(before: Side, { jobs, principals }: Pick<Newcomers, "jobs" | "principals">): Newcomers["instead"] {
  const [newParts, newOnes] = [jobs.map(({ part }) => part), principals.map(({ part }) => part)];
  return {
    jobs: partsOf(before).filter((part) => newParts.some((each) => each.key !== part.key && isWithin(part, [each]))),
    principals: before.principals.parts.filter((part) =>
      newOnes.some((each) => !isSamePart(each, part) && isPrincipalWithin(part, [each])),
    ),
  };
}

const isSamePart = (one: PrincipalPart, other: PrincipalPart): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Who is let in afterwards, and was before. */
function stillIn(after: Side, { jobs, principals }: Pick<Newcomers, "jobs" | "principals">): Newcomers["instead"] {
  const [keys, newOnes] = [new Set(jobs.map(({ part }) => part.key)), new Set(principals.map(({ part }) => part))];
  return {
    jobs: partsOf(after).filter(({ key }) => !keys.has(key)),
    principals: after.principals.parts.filter((part) => !newOnes.has(part)),
  };
}
