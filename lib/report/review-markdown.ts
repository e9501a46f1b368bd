import type { Review } from "../review/review";
import { name, NOTHING, say } from "./phrase";
import { gainsBlock, sectionBlocks, SIGNS } from "./review-markdown/blocks";
import { markdownOf, md } from "./escape/markdown";
import { fit, sizeOf } from "./review-markdown/fit";
import { examplesSection, footWords, sectionsOf } from "./review-sections";
import { headlineWords, markOf } from "./review-words/headline";

/** Most characters of a comment on GitHub, which refuses a longer one ("Body is too long (maximum is 65536 characters)"). */
export const COMMENT_LIMIT = 65_536;
/** Less has no room for the headline and the counts. */
export const LEAST_LIMIT = 1_000;

const HINT_BYTES = 120;

export interface ReviewMarkdownOptions {
  /** Most bytes of the document; at least 1,000. @default 65536 */
  readonly limit?: number;
  /** Where the full report is, as `artifact access-review`: told where something is left out, up to 120 bytes. @default nothing is told */
  readonly reportHint?: string;
}

/**
 * A review as a comment of a pull request: the headline, everybody who is newly let in, then the rest in order of worth. It
 * is never longer than the limit; what has no room is counted.
 *
 * @throws RangeError for a limit below 1,000.
 */
export function renderReviewMarkdown(
  review: Review,
  { limit = COMMENT_LIMIT, reportHint }: ReviewMarkdownOptions = {},
): string {
  if (limit < LEAST_LIMIT) throw new RangeError(`limit ${limit}: it is at least ${LEAST_LIMIT}`);
  const head = [md`### ${SIGNS[markOf(review)]} ${markdownOf(headlineWords(review))}`];
  const gains = review.gained.length + review.widened.length > 0 ? [gainsBlock(review)] : [];
  const sections = sectionsOf(review);
  const inOrder = [
    ...sections.filter(({ folded }) => !folded),
    ...examplesSection(review),
    ...sections.filter(({ folded }) => folded),
  ];
  const blocks = [...gains, ...inOrder.flatMap(sectionBlocks)];
  const leftOut = md`✂️ ${markdownOf(say`There is more than a comment has room for${reportHint === undefined || sizeOf(reportHint) > HINT_BYTES ? NOTHING : say`: all of it is in ${name(reportHint)}`}.`)}`;
  return fit({ head, blocks, leftOut, foot: [md`<sub>${markdownOf(footWords(review))}</sub>`] }, limit);
}
