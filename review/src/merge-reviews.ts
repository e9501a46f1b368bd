import { compareLevels } from "../../lib/aws/permissions/level";
import type { AdmissionChange, Difference, PermissionChange, ProtectionChange } from "../../lib/access/difference/schema";
import { headlineWords } from "../../lib/report/review-words/headline";
import { byRole } from "../../lib/report/review-words/changes";
import type { Review } from "../../lib/review/review";
import { plainText } from "./plain-text";

/** Several reviews as one, each list with the worst first. Counts are taken of what is there: those that a review says itself are not relied on. */
export function mergeReviews(reviews: readonly Review[]): Review {
  const drifts = reviews.flatMap(({ drift }) => drift ?? []);
  const merged = {
    ...mergeDifferences(reviews),
    findings: { new: reviews.flatMap(({ findings }) => findings.new), gone: sum(reviews, ({ findings }) => findings.gone), old: sum(reviews, ({ findings }) => findings.old) },
    drift: drifts.length === 0 ? null : mergeDifferences(drifts),
    resources: { changing: sum(reviews, ({ resources }) => resources.changing), withoutAccess: sum(reviews, ({ resources }) => resources.withoutAccess), forgotten: reviews.flatMap(({ resources }) => resources.forgotten) },
    plans: reviews.flatMap(({ plans }) => plans),
  };
  const summary = summaryOf(merged);
  return { ...merged, summary: { ...summary, headline: plainText(headlineWords({ ...merged, summary })) } };
}

const mergeDifferences = (all: readonly Difference[]): Difference => ({
  gained: all.flatMap(({ gained }) => gained).sort(byPower),
  lost: all.flatMap(({ lost }) => lost).sort(byPower),
  widened: all.flatMap(({ widened }) => widened).sort(byPower),
  narrowed: all.flatMap(({ narrowed }) => narrowed).sort(byPower),
  permissions: all.flatMap(({ permissions }) => permissions).sort((a, b) => compareLevels(b.after, a.after)),
  protection: all.flatMap(({ protection }) => protection).sort((a, b) => DIRECTIONS.indexOf(a.direction) - DIRECTIONS.indexOf(b.direction)),
  values: all.flatMap(({ values }) => values),
  unknown: all.flatMap(({ unknown }) => unknown).sort((a, b) => Number(b.mayAdmit) - Number(a.mayAdmit)),
});

const byPower = (a: AdmissionChange, b: AdmissionChange): number => compareLevels(b.can.level, a.can.level);
const DIRECTIONS: readonly ProtectionChange["direction"][] = ["weaker", "changed", "stronger"];

const sum = (reviews: readonly Review[], of: (review: Review) => number): number => reviews.reduce((total, review) => total + of(review), 0);

function summaryOf({ gained, lost, widened, narrowed, permissions, protection, values, unknown, findings, drift, plans }: Omit<Review, "summary">): Review["summary"] {
  const rolesWith = (is: (change: PermissionChange) => boolean): number => byRole(permissions.filter(is)).length;
  return {
    headline: "",
    gained: gained.length,
    lost: lost.length,
    widened: widened.length,
    narrowed: narrowed.length,
    morePermissions: rolesWith(({ direction }) => direction !== "less"),
    lessPermissions: rolesWith(({ direction }) => direction === "less"),
    weakened: protection.filter(({ direction }) => direction !== "stronger").length,
    strengthened: protection.filter(({ direction }) => direction === "stronger").length,
    values: values.length,
    newFindings: findings.new.length,
    unknown: unknown.length,
    drift: drift === null ? 0 : Object.values(drift).reduce((total, list) => total + list.length, 0),
    errored: plans.some(({ errored }) => errored),
  };
}
