import type { Review } from "../review/review";
import { firstOf, name, NOTHING, say, strong } from "./phrase";
import { gainsBlock, sectionBlocks, SIGNS } from "./review-markdown/blocks";
import { type Markdown, markdownOf, md } from "./review-markdown/escape";
import { fit, sizeOf } from "./review-markdown/fit";
import { planWords, sectionsOf } from "./review-sections";
import { headlineWords, markOf } from "./review-words/headline";

/** Most characters of a comment on GitHub, which refuses a longer one ("Body is too long (maximum is 65536 characters)"). */
export const COMMENT_LIMIT = 65_536;
/** Less has no room for the headline and the counts. */
export const LEAST_LIMIT = 1_000;

export interface ReviewMarkdownOptions {
  /** Most bytes of the document; at least 1,000. @default 65536 */
  readonly limit?: number;
  /** Where the full report is, as `artifact access-review`: told where something is left out. @default nothing is told */
  readonly reportHint?: string;
}

/**
 * A review as a comment of a pull request: the headline, everybody who is newly let in, then the rest in order of worth. It
 * is never longer than the limit; what has no room is counted.
 *
 * @throws RangeError for a limit below 1,000.
 */
export function renderReviewMarkdown(review: Review, { limit = COMMENT_LIMIT, reportHint }: ReviewMarkdownOptions = {}): string {
  if (limit < LEAST_LIMIT) throw new RangeError(`limit ${limit}: it is at least ${LEAST_LIMIT}`);
  const where = markdownOf(reportHint === undefined ? NOTHING : say`: in ${name(reportHint)}`);
  const head = [...erroredLines(review), md`### ${SIGNS[markOf(review)]} ${markdownOf(headlineWords(review))}`];
  const gains = review.gained.length + review.widened.length > 0 ? [gainsBlock(review, where)] : [];
  const blocks = [...gains, ...sectionsOf(review).flatMap((section) => sectionBlocks(section, where))];
  return fit(head, blocks, [footer(review)], limit);
}

function erroredLines({ plans }: Review): Markdown[] {
  const errored = plans.filter((plan) => plan.errored);
  if (errored.length === 0) return [];
  return [markdownOf(say`❌ ${strong(say`Planning ended with an error`)} (${firstOf(errored.map(({ file }) => name(file)), 1)}): the plan does not say all, and so neither does this.`)];
}

/** Which plan it is about; of several the account names are in the lines. */
function footer({ plans }: Review): Markdown {
  const [first] = plans;
  const what = first && plans.length === 1 ? markdownOf(planWords(first)) : md`${plans.length} plans`;
  return sizeOf(what) <= 200 ? md`<sub>Access review of ${what}</sub>` : md`<sub>Access review of ${plans.length} plans</sub>`;
}
