import type {
  AdmissionChange,
  Difference,
  PermissionChange,
  ProtectionChange,
  UnknownChange,
  ValueChange,
  Who,
} from "../../../lib/difference/schema";
import type { Review } from "../../../lib/review/review";

/** A review in short, as people write it down; what is empty is left out. */
export interface Verdict extends Changes {
  readonly headline: string;
  /** Findings of `check` that are new: their rules. */
  readonly findings?: readonly string[];
  readonly drift?: Changes;
  readonly forgotten?: readonly string[];
  readonly errored?: true;
}

interface Changes {
  readonly gained?: Admissions;
  readonly lost?: Admissions;
  readonly widened?: Admissions;
  readonly narrowed?: Admissions;
  readonly permissions?: readonly string[];
  readonly protection?: readonly string[];
  readonly values?: readonly string[];
  readonly unknown?: readonly string[];
}

/** Who, by role. */
type Admissions = Readonly<Record<string, readonly string[]>>;

export const verdictOf = ({ summary, findings, drift, resources, ...difference }: Review): Verdict => ({
  headline: summary.headline,
  ...changesOf(difference),
  ...withoutEmpty({ findings: sorted(findings.new, ({ rule }) => rule), forgotten: resources.forgotten }),
  ...(drift === null ? {} : { drift: changesOf(drift) }),
  ...(summary.errored ? { errored: true } : {}),
});

const changesOf = ({
  gained,
  lost,
  widened,
  narrowed,
  permissions,
  protection,
  values,
  unknown,
}: Difference): Changes =>
  withoutEmpty({
    gained: admissions(gained),
    lost: admissions(lost),
    widened: admissions(widened),
    narrowed: admissions(narrowed),
    permissions: sorted(permissions, permissionWords),
    protection: sorted(protection, protectionWords),
    values: sorted(values, valueWords),
    unknown: sorted(unknown, unknownWords),
  });

const withoutEmpty = <T extends object>(all: T): Partial<T> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => Object.keys(value as object).length > 0)) as Partial<T>;

/** The order in which a review has them is tested elsewhere. */
const sorted = <T>(changes: readonly T[], words: (change: T) => string): string[] => changes.map(words).sort();

const admissions = (changes: readonly AdmissionChange[]): Admissions =>
  Object.fromEntries(changes.map((each) => [roleWords(each), admissionWords(each)]));

const roleWords = ({ role, account, state }: AdmissionChange): string =>
  `${role} in ${account}${state === "kept" ? "" : `, ${state}`}`;

const admissionWords = ({ who, instead, certain, can }: AdmissionChange): string[] => [
  ...who.map(whoWords).sort(),
  ...instead.map((each) => `in place of ${whoWords(each)}`).sort(),
  ...(can.level === "nothing" ? [] : [`can: ${can.level}`]),
  ...(certain ? [] : ["not certain"]),
];

function whoWords({ kind, jobs, repository, principal, conditions }: Who): string {
  const beside = Object.entries(conditions).flatMap(([claim, values]) =>
    claim === "aud" ? [] : [`with ${claim} ${values.join(" or ")}`],
  );
  return [kind === "principal" ? (principal ?? "") : `${jobs.join(" and ")} of ${repository ?? ""}`, ...beside].join(
    ", ",
  );
}

const permissionWords = ({ role, change, what, direction, before, after }: PermissionChange): string =>
  `${role}: ${change} ${what} (${direction}${before === after ? "" : `: ${before} → ${after}`})`;

const place = (environment: string | null, repository: string | null): string =>
  environment === null ? (repository ?? "the organization") : `environment ${environment} of ${repository ?? ""}`;

const protectionWords = ({ repository, environment, aspect, before, after, direction }: ProtectionChange): string =>
  `${place(environment, repository)}, ${aspect}: ${before} → ${after} (${direction})`;

const valueWords = ({ kind, name, repository, environment, change, before, after }: ValueChange): string =>
  `${kind} ${name} in ${place(environment, repository)}: ${change}${before === null && after === null ? "" : ` (${before ?? ""} → ${after ?? ""})`}`;

const unknownWords = ({ what, mayAdmit }: UnknownChange): string =>
  `${what}${mayAdmit ? " (may let somebody in)" : ""}`;
