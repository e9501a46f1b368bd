import type { EnvironmentModel } from "../model/model";
import { isUnknown, type Unknown } from "../trust/trust-model";
import { formatText, isKnown, unknownsOf, type Text } from "../trust/text";
import { refDirection, refWords } from "./ref-rules";
import type { ProtectionChange } from "./schema";

/** What changes of an environment, whatever environment it is. */
export type Told = Pick<ProtectionChange, "aspect" | "before" | "after" | "direction">;

type Direction = ProtectionChange["direction"];

/** What changes about the protection of an environment that is there before and after. */
export const environmentChanges = (before: EnvironmentModel, after: EnvironmentModel): Told[] => [
  ...reviewersChange(before.reviewers, after.reviewers),
  ...told("wait timer", waitWords(before), waitWords(after), () => higher(before.waitMinutes, after.waitMinutes)),
  // Where nobody reviews there is no review to be one's own.
  ...(hasReviewers(before) && hasReviewers(after)
    ? told("self-review", selfReviewWords(before), selfReviewWords(after), () =>
        higher(before.preventSelfReview, after.preventSelfReview),
      )
    : []),
  ...told("administrators", bypassWords(before), bypassWords(after), () =>
    higher(after.adminsCanBypass, before.adminsCanBypass),
  ),
  ...told("refs", refWords(before.deployFrom), refWords(after.deployFrom), () =>
    refDirection(before.deployFrom, after.deployFrom),
  ),
];

/** All that protects an environment in words; `undefined` where nothing does. */
export function protectionWords(environment: EnvironmentModel): string | undefined {
  const { reviewers, waitMinutes, deployFrom } = environment;
  const rules = [
    ...(hasReviewers(environment)
      ? [isUnknown(reviewers) ? `reviewers ${notKnown(reviewers)}` : `approval by ${reviewerWords(reviewers)}`]
      : []),
    ...(waitMinutes === 0 ? [] : [`a wait of ${waitWords(environment)}`]),
    ...(deployFrom === "any ref" ? [] : [`from ${refWords(deployFrom)}`]),
  ];
  return rules.length === 0 ? undefined : rules.join(", ");
}

/** The same words mean the same. */
function told(aspect: Told["aspect"], before: string, after: string, direction: () => Direction | undefined): Told[] {
  const found = before === after ? undefined : direction();
  return found === undefined ? [] : [{ aspect, before, after, direction: found }];
}

const notKnown = ({ unknown }: Unknown): string => `not known (${unknown})`;

type Reviewers = EnvironmentModel["reviewers"];

const hasReviewers = ({ reviewers }: EnvironmentModel): boolean => isUnknown(reviewers) || reviewers.length > 0;

const keysOf = (reviewers: Exclude<Reviewers, Unknown>): Set<string> =>
  new Set(reviewers.map(({ kind, name }) => `${kind} ${formatText(name).toLowerCase()}`));

function reviewerWords(reviewers: Reviewers, withKinds = false): string {
  if (isUnknown(reviewers)) return notKnown(reviewers);
  return (
    reviewers
      .map(({ kind, name }) => `${withKinds && isKnown(name) ? `${kind} ` : ""}${reviewerName(name)}`)
      .join(" or ") || "nobody"
  );
}

/** Of one whom the plan does not name it has the number: `team 9`. */
const reviewerName = (name: Text): string => (isKnown(name) ? name : unknownsOf(name).join(" "));

function reviewersChange(before: Reviewers, after: Reviewers): Told[] {
  const direction = reviewersDirection(before, after);
  if (direction === undefined) return [];
  // A team and a user may have the same name.
  const isSaid = reviewerWords(before) !== reviewerWords(after);
  return [
    { aspect: "reviewers", before: reviewerWords(before, !isSaid), after: reviewerWords(after, !isSaid), direction },
  ];
}

/** One approval suffices: whoever may give it beside the others makes it easier to get. */
function reviewersDirection(before: Reviewers, after: Reviewers): Direction | undefined {
  if (isUnknown(before) || isUnknown(after))
    return isUnknown(before) && isUnknown(after) && before.unknown === after.unknown ? undefined : "changed";
  const [was, is] = [keysOf(before), keysOf(after)];
  const [fewer, more] = [[...is].every((each) => was.has(each)), [...was].every((each) => is.has(each))];
  if (fewer && more) return undefined;
  // None at all is not the fewest: then nobody is asked.
  if (was.size === 0 || is.size === 0) return is.size > 0 ? "stronger" : "weaker";
  return fewer ? "stronger" : more ? "weaker" : "changed";
}

/** The more, the stronger; on is more than off. */
function higher(before: number | boolean | Unknown, after: number | boolean | Unknown): Direction {
  if (isUnknown(before) || isUnknown(after)) return "changed";
  return after > before ? "stronger" : "weaker";
}

function waitWords({ waitMinutes }: EnvironmentModel): string {
  if (isUnknown(waitMinutes)) return notKnown(waitMinutes);
  return waitMinutes === 0 ? "no wait" : `${waitMinutes} ${waitMinutes === 1 ? "minute" : "minutes"}`;
}

const selfReviewWords = ({ preventSelfReview }: EnvironmentModel): string =>
  isUnknown(preventSelfReview)
    ? notKnown(preventSelfReview)
    : preventSelfReview
      ? "whoever starts a job may not approve it"
      : "whoever starts a job may approve it";

const bypassWords = ({ adminsCanBypass }: EnvironmentModel): string =>
  isUnknown(adminsCanBypass)
    ? notKnown(adminsCanBypass)
    : adminsCanBypass
      ? "administrators may bypass it"
      : "administrators may not bypass it";
