import type { AdmissionChange, ProtectionChange } from "../difference/schema";
import { changesIn, placesOf, rolesThat, strongerPlaces } from "./counts";
import type { Review } from "./review";

/** What the headline is made of. */
export type Reviewed = Pick<
  Review,
  "gained" | "lost" | "widened" | "narrowed" | "permissions" | "protection" | "values" | "unknown" | "drift" | "plans"
> & { readonly newFindings: number };

/**
 * What plans change, in one sentence with the worst first: `2 jobs gain access to production, 1 role widened`.
 * That nothing changes is said only where everything is known.
 */
export function headlineOf(review: Reviewed): string {
  const [worse, better, unknown] = [worseInWords(review, asItIs), betterInWords(review, asItIs), unknownIn(review)];
  const asides = [
    ...some(unknown, (all) => `${count(all, "thing")} could not be known`),
    ...some(review.newFindings, (all) => count(all, "new finding")),
    ...some(changesIn(review.drift), (all) => `${count(all, "change")} of access happened outside Terraform`),
  ];
  return afterFailure(review, [mainOf(review, [...worse, ...better]), ...asides].join("; "));
}

/**
 * The worst of it alone, as a heading over lists of the rest: what is better stands there where nothing is worse.
 *
 * @param accountName how an account's name is written: nothing else in the sentence is somebody's text
 */
export function headingOf(review: Reviewed, accountName: (name: string) => string): string {
  const worse = worseInWords(review, accountName);
  return afterFailure(review, mainOf(review, worse.length > 0 ? worse : betterInWords(review, accountName)));
}

const asItIs = (name: string): string => name;

const unknownIn = ({ unknown }: Reviewed): number => unknown.length;
const failedIn = ({ plans }: Reviewed): number => plans.filter(({ errored }) => errored).length;

function mainOf(review: Reviewed, changes: readonly string[]): string {
  if (changes.length > 0) return changes.join(", ");
  return unknownIn(review) === 0 && failedIn(review) === 0 ? "No change in who can do what" : "Nothing known to change";
}

function afterFailure(review: Reviewed, sentence: string): string {
  const failed = failedIn(review);
  return failed === 0
    ? sentence
    : `${failedInWords(failed, review.plans.length)}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

const failedInWords = (failed: number, all: number): string =>
  all === 1
    ? "The plan ended with an error and does not say all"
    : failed === 1
      ? `1 of ${all} plans ended with an error and does not say all`
      : `${failed} of ${all} plans ended with an error and do not say all`;

function worseInWords(
  { gained, widened, permissions, protection }: Reviewed,
  accountName: (name: string) => string,
): string[] {
  const weaker = protection.filter(({ direction }) => direction !== "stronger");
  return [
    ...rolesInWords(widened.filter(isOpened), OPENED),
    ...gainingInWords(gained, ["gains", "gain"], accountName),
    ...rolesInWords(
      widened.filter((each) => !isOpened(each)),
      "widened",
    ),
    ...weakenedInWords(weaker),
    ...some(rolesThat(permissions, "more"), (roles) => `${count(roles, "role")} can do more`),
    ...some(rolesThat(permissions, "changed"), (roles) => `${count(roles, "role")} may do more`),
  ];
}

function betterInWords(
  { lost, narrowed, permissions, protection, values }: Reviewed,
  accountName: (name: string) => string,
): string[] {
  return [
    ...gainingInWords(lost, ["loses", "lose"], accountName),
    ...rolesInWords(narrowed, "narrowed"),
    ...some(rolesThat(permissions, "less"), (roles) => `${count(roles, "role")} can do less`),
    ...some(strongerPlaces(protection).length, (places) => `${count(places, "protection")} strengthened`),
    ...some(values.length, (all) => `${count(all, "value")} ${all === 1 ? "changes" : "change"}`),
  ];
}

/** How many jobs, or principals of AWS, get access where nobody had it, or the other way round. */
function gainingInWords(
  changes: readonly AdmissionChange[],
  [one, many]: readonly [string, string],
  accountName: (name: string) => string,
): string[] {
  const jobs = new Set(
    changes.flatMap(({ who }) =>
      who.flatMap((each) => each.jobs.map((job) => JSON.stringify([each.repository?.toLowerCase(), job]))),
    ),
  );
  const principals = new Set(changes.flatMap(({ who }) => who.flatMap(({ principal }) => principal ?? [])));
  const everybody = [
    ...some(jobs.size, (all) => count(all, "job")),
    ...some(principals.size, (all) => count(all, "AWS principal")),
  ];
  if (everybody.length === 0) return [];
  const may = isUncertain(changes) ? "may " : "";
  const verb = may === "" && jobs.size + principals.size === 1 ? one : many;
  return [`${everybody.join(" and ")} ${may}${verb} access to ${accountsOf(changes, accountName)}`];
}

/** Repositories of an owner whose jobs the role did not let in: more than another branch. */
export const isOpened = ({ strangers }: AdmissionChange): boolean => strangers.length > 0;

const OPENED = "opened to another owner's repositories";

const rolesInWords = (changes: readonly AdmissionChange[], done: string): string[] =>
  some(changes.length, (all) => `${count(all, "role")} ${isUncertain(changes) ? `perhaps ${done}` : done}`);

const isUncertain = (changes: readonly AdmissionChange[]): boolean => changes.every(({ certain }) => !certain);

/** What stands in place of an account that the plan does not tell. */
export const UNKNOWN_ACCOUNT = "account not known";

function accountsOf(changes: readonly AdmissionChange[], accountName: (name: string) => string): string {
  const accounts = new Set(changes.map(({ account }) => account));
  const [only = ""] = accounts;
  if (accounts.size > 1) return `${accounts.size} accounts`;
  return only === UNKNOWN_ACCOUNT ? "an account" : /^[0-9]{12}$/.test(only) ? `account ${only}` : accountName(only);
}

function weakenedInWords(weaker: readonly ProtectionChange[]): string[] {
  const withoutReviewers = new Set(
    placesOf(weaker.filter(({ aspect, after }) => aspect === "reviewers" && after === "nobody")),
  );
  const others = (wanted: (change: ProtectionChange) => boolean): number =>
    placesOf(weaker.filter(wanted)).filter((place) => !withoutReviewers.has(place)).length;
  return [
    ...some(
      withoutReviewers.size,
      (all) => `${count(all, "environment")} lost ${all === 1 ? "its" : "their"} reviewers`,
    ),
    ...some(
      others(({ environment }) => environment !== null),
      (all) => `${count(all, "environment")} weakened`,
    ),
    ...some(
      others(({ environment, aspect }) => environment === null && aspect !== "subject template"),
      (all) => `${count(all, "branch protection")} weakened`,
    ),
    ...some(
      others(({ environment, aspect }) => environment === null && aspect === "subject template"),
      (all) => `${count(all, "subject template")} changed`,
    ),
  ];
}

const some = (number: number, say: (number: number) => string): string[] => (number === 0 ? [] : [say(number)]);

/** `1 role`, `2 roles`. */
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
