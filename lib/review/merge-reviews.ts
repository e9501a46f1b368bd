import type { Difference } from "../difference/schema";
import { worstFirst } from "../difference/worst-first";
import { headlineOf } from "./headline";
import type { Review } from "./review";
import { countsOf } from "./review-of";

/**
 * Reviews of different plans as one. Counts are taken of what is listed: those that a review says itself are not relied
 * on. What one plan says of environments does not hold for the roles of another, as it does where `reviewOf` gets both.
 */
export function mergeReviews(reviews: readonly Review[]): Review {
  const drifts = reviews.flatMap(({ drift }) => drift ?? []);
  const merged = {
    ...mergeDifferences(reviews),
    findings: {
      new: reviews.flatMap(({ findings }) => findings.new),
      gone: sum(reviews, ({ findings }) => findings.gone),
      old: sum(reviews, ({ findings }) => findings.old),
    },
    drift: drifts.length === 0 ? null : mergeDifferences(drifts),
    resources: {
      changing: sum(reviews, ({ resources }) => resources.changing),
      withoutAccess: sum(reviews, ({ resources }) => resources.withoutAccess),
      forgotten: reviews.flatMap(({ resources }) => resources.forgotten),
    },
    plans: reviews.flatMap(({ plans }) => plans),
  };
  return {
    ...merged,
    summary: { headline: headlineOf({ ...merged, newFindings: merged.findings.new.length }), ...countsOf(merged) },
  };
}

const mergeDifferences = (all: readonly Difference[]): Difference =>
  worstFirst({
    gained: all.flatMap(({ gained }) => gained),
    lost: all.flatMap(({ lost }) => lost),
    widened: all.flatMap(({ widened }) => widened),
    narrowed: all.flatMap(({ narrowed }) => narrowed),
    permissions: all.flatMap(({ permissions }) => permissions),
    protection: all.flatMap(({ protection }) => protection),
    values: all.flatMap(({ values }) => values),
    unknown: all.flatMap(({ unknown }) => unknown),
  });

const sum = (reviews: readonly Review[], of: (review: Review) => number): number =>
  reviews.reduce((total, review) => total + of(review), 0);
