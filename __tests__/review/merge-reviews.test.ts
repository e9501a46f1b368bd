import path from "node:path";
import { planChange } from "../../lib/readers/from-plan-change";
import { mergeReviews } from "../../lib/review/merge-reviews";
import type { Review } from "../../lib/review/review";
import { reviewOf } from "../../lib/review/review-of";

const PLANS = path.join(__dirname, "../readers/fixtures/plans");
const plan = (name: string) => planChange(path.join(PLANS, name));
const FILES = [
  "story-created.json",
  "story-unchanged.json",
  "policy-document-module.json",
  "deprecated-arguments.json",
  "organization-wide.json",
];

describe("several reviews as one", () => {
  test.each(FILES)("is that of %s where it is the only one", (name) => {
    const review = reviewOf([plan(name)]);
    expect(mergeReviews([review])).toEqual(review);
  });

  test("counts what the review of both plans counts, where they have nothing to do with each other", () => {
    const [one, other] = [plan("story-created.json"), plan("policy-document-module.json")];
    const { summary, plans } = mergeReviews([reviewOf([one]), reviewOf([other])]);
    expect({ summary, plans }).toEqual({
      summary: reviewOf([one, other]).summary,
      plans: reviewOf([one, other]).plans,
    });
  });

  test("counts what is listed, not what a review says of itself", () => {
    const review = reviewOf([plan("story-created.json")]);
    const lying: Review = {
      ...review,
      summary: { ...review.summary, gained: 0, headline: "No change in who can do what" },
    };
    expect(mergeReviews([lying])).toEqual(review);
  });
});
