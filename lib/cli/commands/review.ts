import path from "node:path";
import { planChange } from "../../readers/from-plan-change";
import { SourceError } from "../../model/source-error";
import { quoted } from "../../aws/policy/position";
import { colors } from "../../report/colors";
import { renderReviewMarkdown } from "../../report/review-markdown";
import { renderReviewText } from "../../report/review-text";
import { closes } from "../../review/gate";
import type { Gate, Review } from "../../review/review";
import { reviewOf } from "../../review/review-of";
import { UsageError } from "../usage-error";

/** Options of `github-oidc review`, as the command line gives them. */
export interface ReviewOptions {
  readonly format: "text" | "markdown" | "json";
  /** Least change that the exit code tells of. */
  readonly failOn: Gate;
}

/** What standard input is called. */
const STANDARD_INPUT = "-";

/**
 * Says what plans change about access. Several, one for each account, make one review.
 *
 * @param files what `terraform show -json` prints of each; `-` is standard input
 * @returns whether the gate stays open.
 * @throws UsageError for plans that are missing, given twice, or cannot be read: then nothing is printed.
 */
export function review(files: readonly string[], { format, failOn }: ReviewOptions): boolean {
  const found = reviewOf(distinct(files).map(readPlan));
  process.stdout.write(`${render(found, format)}\n`);
  const reasons = closes(found, failOn);
  if (reasons.length > 0) process.stderr.write(`--fail-on ${failOn}: ${reasons.join("; ")}\n`);
  return reasons.length === 0;
}

/** Each file once: a plan that is read twice would count twice. */
function distinct(files: readonly string[]): readonly string[] {
  if (files.length === 0)
    throw new UsageError(
      'Name at least one plan: a file with what "terraform show -json" prints, or "-" for standard input',
    );
  const seen = new Set<string>();
  for (const file of files) {
    const key = file === STANDARD_INPUT ? file : path.resolve(file);
    if (seen.has(key)) throw new UsageError(`${quoted(file)} is given twice: give each plan once`);
    seen.add(key);
  }
  return files;
}

function readPlan(file: string): ReturnType<typeof planChange> {
  try {
    return planChange(file);
  } catch (error) {
    throw error instanceof SourceError ? new UsageError(error.message) : error;
  }
}

function render(found: Review, format: ReviewOptions["format"]): string {
  switch (format) {
    case "json":
      return JSON.stringify(found, null, 2);
    case "markdown":
      return renderReviewMarkdown(found);
    case "text":
      return renderReviewText(found, {
        colors: colors(process.stdout.isTTY),
        width: Math.min(Math.max(process.stdout.columns ?? 80, 80), 120),
      });
  }
}
