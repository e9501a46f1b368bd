import { planChange } from "../../lib/readers/from-plan-change";
import { readTextFile } from "../../lib/readers/terraform/json-file";
import { mergeReviews } from "../../lib/review/merge-reviews";
import { type Review, reviewSchema } from "../../lib/review/review";
import { reviewOf } from "../../lib/review/review-of";
import { InputError } from "./input-error";
import type { Inputs } from "./inputs";
import { namedFiles } from "./named-files";

/**
 * The review of the plans that a step names, or the reviews that other steps wrote of theirs as one.
 *
 * @throws InputError, and SourceError for a file that is no plan, or larger than any.
 */
export const reviewNamed = ({ plans, reviews }: Pick<Inputs, "plans" | "reviews">): Review =>
  plans.length > 0
    ? reviewOf(namedFiles("plans", plans).map(planChange))
    : mergeReviews(namedFiles("reviews", reviews).map(readReview));

/** Another job wrote it, which may have run anybody's code: it is read as strictly as anything from outside. */
function readReview(file: string): Review {
  const { data } = reviewSchema.safeParse(jsonIn(file));
  if (!data)
    throw new InputError(
      `reviews: ${JSON.stringify(file)} is not what this version of the action writes as report-json`,
    );
  return data;
}

function jsonIn(file: string): unknown {
  const text = readTextFile(file);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
