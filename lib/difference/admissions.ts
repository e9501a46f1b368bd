import { compareBreadth } from "../trust/admitted";
import type { FoundRole } from "../model/find-role";
import { permissionsOf } from "../questions/grants";
import type { AccessModel } from "../model/model";
import { Places } from "../questions/places";
import { powerOf } from "../questions/power";
import type { RolePair } from "./match";
import { AbsentProviders } from "./absent-providers";
import { ANYONE, compareTrust, type Newcomers } from "./compare-trust";
import { placeOfRole } from "./role-place";
import { isSameTrust, roleTrust } from "./role-trust";
import type { AdmissionChange, Difference, Who } from "./schema";
import { unknownsOfTrust } from "./unknown-trust";
import { jobsInWords, principalsInWords } from "./who";

export type AdmissionChanges = Pick<Difference, "gained" | "lost" | "widened" | "narrowed" | "unknown">;

/** Who is newly let in by roles, and who no longer: by what their trust policies mean, whatever their text. */
export function admissionChanges(
  before: AccessModel,
  after: AccessModel,
  pairs: readonly RolePair[],
): AdmissionChanges {
  const changes: AdmissionChanges = { gained: [], lost: [], widened: [], narrowed: [], unknown: [] };
  const absent = { before: new AbsentProviders(after, before), after: new AbsentProviders(before, after) };
  const isProviderOther = !absent.before.isEmpty || !absent.after.isEmpty;
  const changed = pairs.filter(({ unchanged }) => isProviderOther || !unchanged);
  if (changed.length === 0) return changes;
  const places: BothPlaces = { before: new Places(before), after: new Places(after) };
  for (const pair of changed) addChanges(changes, pair, places, absent);
  return changes;
}

interface BothPlaces {
  readonly before: Places;
  readonly after: Places;
}

interface BothAbsent {
  readonly before: AbsentProviders;
  readonly after: AbsentProviders;
}

function addChanges(changes: AdmissionChanges, pair: RolePair, places: BothPlaces, absent: BothAbsent): void {
  const { before, after } = pair;
  const [earlier, later] = [roleTrust(before, after, absent.before), roleTrust(after, before, absent.after)];
  // Most changes of a role are none of its trust.
  if (isSameTrust(earlier, later) && !isOpenedByProvider(after, absent.before)) return;
  const comparison = compareTrust(earlier, later);
  changes.unknown.push(...unknownsOfTrust(pair, earlier, later, comparison));
  const { gaining, losing } = comparison;
  if (after && gaining && !isEmpty(gaining))
    (comparison.admittedBefore ? changes.widened : changes.gained).push(
      entryOf(pair, after, gaining, [places.after, places.before]),
    );
  if (before && losing && !isEmpty(losing))
    (comparison.admittedAfter ? changes.narrowed : changes.lost).push(
      entryOf(pair, before, losing, [places.before, places.after]),
    );
}

/** Whether a provider that is made may let somebody in by a policy that cannot be read. */
const isOpenedByProvider = (after: FoundRole | undefined, made: AbsentProviders): boolean =>
  after !== undefined && made.mayBeIn(after.account.id) && !("statements" in after.role.trust);

const isEmpty = ({ jobs, principals }: Newcomers): boolean => jobs.length + principals.length === 0;

/** @param admitting the role on the side that lets them in, @param places of that side and of the other */
function entryOf(
  { before, after, state }: RolePair,
  admitting: FoundRole,
  newcomers: Newcomers,
  [own, others]: readonly [Places, Places],
): AdmissionChange {
  const jobs = newcomers.jobs.toSorted((a, b) => compareBreadth(b.part.admission.breadth, a.part.admission.breadth));
  const certain = !newcomers.doubt && [...jobs, ...newcomers.principals].some((each) => each.certain);
  const who = inWords(
    jobs.map(({ part }) => part),
    newcomers.principals.map(({ part }) => part),
    own,
  );
  const { level, because } = powerOf(admitting.role);
  return {
    ...placeOfRole(after ?? before ?? admitting),
    state,
    who,
    instead: inWords(newcomers.instead.jobs, newcomers.instead.principals, others),
    strangers: strangersAmong(who, newcomers.owners),
    example: certain ? exampleAmong(jobs) : null,
    certain,
    can: { level, because: [...because], permissions: permissionsOf(admitting.role) },
  };
}

const inWords = (
  jobs: Newcomers["instead"]["jobs"],
  principals: Newcomers["instead"]["principals"],
  places: Places,
): Who[] => [...jobsInWords(jobs, places), ...principalsInWords(principals)];

/** Owners whose jobs are new to a role that lets in others' already. Where other claims bind the owner, nobody is a stranger. */
function strangersAmong(who: readonly Who[], owners: ReadonlySet<string>): string[] {
  if (owners.size === 0 || owners.has(ANYONE)) return [];
  const named = who.flatMap(({ repository, breadth }) =>
    repository === null || (repository === ANYONE && breadth !== "anyone")
      ? []
      : [(repository.split("/")[0] ?? ANYONE).toLowerCase()],
  );
  return [...new Set(named)].filter((owner) => !owners.has(owner));
}

/** Not one with ids that stand for those that only GitHub knows. */
function exampleAmong(jobs: Newcomers["jobs"]): AdmissionChange["example"] {
  const example = jobs
    .flatMap((each) => (each.certain && each.example ? [each.example] : []))
    .find(({ claims }) => !/^repo:[^/]+@0\//.test(claims["sub"] ?? ""));
  return example ? { issuer: example.issuer, claims: { ...example.claims } } : null;
}
