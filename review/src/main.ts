/** The action: reviews the plans of a step, says it where people look, and closes the gate when told to. */
import { SourceError } from "../../lib/model/source-error";
import { renderReviewMarkdown } from "../../lib/report/review-markdown";
import { outputAddress, outputText } from "../../lib/report/escape/github-commands";
import { closes } from "../../lib/review/gate";
import type { Review } from "../../lib/review/review";
import { annotationsOf } from "./annotations";
import { type CommentResult, REVIEW_LIMIT, writeComment } from "./comment/write-comment";
import { InputError } from "./input-error";
import { type Inputs, readInputs } from "./inputs";
import { type ReportFiles, writeReport } from "./report-files";
import { reviewNamed } from "./review-plans";
import { addSummary, annotate, mask, setOutputs } from "./step";
import { readWorkflowRun } from "./workflow-run";

/**
 * What GitHub takes of a step's summary, in bytes; what is more than that it does not show at all.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const SUMMARY_LIMIT = 1024 * 1024 - 1;

const NO_COMMENT: CommentResult = { url: "", warnings: [], notices: [] };

/** @returns the step's exit code. */
async function main(env: NodeJS.ProcessEnv): Promise<number> {
  const inputs = readInputs(env);
  mask(inputs.token);
  const review = reviewNamed(inputs);
  // Decided before anything is sent, so that nothing that is sent decides.
  const reasons = closes(review, inputs.gate);
  const report = writeReport(env, inputs.report, renderReviewMarkdown(review, { limit: Infinity }), review);
  if (!addSummary(env, renderReviewMarkdown(review, { limit: SUMMARY_LIMIT })))
    annotate("warning", "Summary", "The summary of the run cannot be written: the report has the review");
  for (const { level, title, message } of annotationsOf(review, inputs.gate, reasons)) annotate(level, title, message);
  const comment = inputs.comment ? await commentOn(env, inputs, review) : NO_COMMENT;
  for (const message of comment.warnings) annotate("warning", "Comment", message);
  for (const message of comment.notices) annotate("notice", "Comment", message);
  if (comment.url !== "" && outputAddress(comment.url) === undefined)
    annotate("warning", "Comment", "The address that GitHub gives the comment is unusual: comment-url stays empty");
  setOutputs(env, outputsOf(review, reasons.length > 0, report, comment));
  return reasons.length > 0 ? 1 : 0;
}

function commentOn(
  env: NodeJS.ProcessEnv,
  { matrix, key, author, token }: Inputs,
  review: Review,
): Promise<CommentResult> {
  const run = readWorkflowRun(env, matrix);
  return writeComment(run, {
    key: key || run.step,
    author,
    token,
    markdown: renderReviewMarkdown(review, { limit: REVIEW_LIMIT }),
  });
}

function outputsOf(
  { summary }: Review,
  closed: boolean,
  report: ReportFiles,
  comment: CommentResult,
): Record<string, string | number | boolean> {
  const { headline, gained, lost, widened, narrowed, weakened, unknown } = summary;
  // Another step may print the sentence: names in it are made harmless.
  return {
    headline: outputText(headline),
    closed,
    gained,
    lost,
    widened,
    narrowed,
    weakened,
    unknown,
    report: report.markdown,
    "report-json": report.json,
    "comment-url": outputAddress(comment.url) ?? "",
  };
}

/** A user's mistake is a sentence. */
function describe(error: unknown): string {
  if (error instanceof InputError || error instanceof SourceError) return error.message;
  return `This is a mistake of the action's own, please report it: ${error instanceof Error ? error.message : String(error)}`;
}

void main(process.env)
  .catch((error: unknown) => {
    annotate("error", "Review", describe(error));
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });
