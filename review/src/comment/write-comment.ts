import { COMMENT_LIMIT } from "../../../lib/report/review-markdown";
import type { PullRequest, WorkflowRun } from "../workflow-run";
import { CommentError } from "./comment-error";
import { GithubComments } from "./github-comments";
import { digestOf, FRAME_LIMIT } from "./marker";
import { octokitFor } from "./octokit";
import { isAuthor, writeSticky } from "./sticky-comment";

/** What a review may take of a comment, in bytes. */
export const REVIEW_LIMIT = COMMENT_LIMIT - FRAME_LIMIT;

/** What is to be written, and as whom. */
export interface CommentRequest {
  readonly markdown: string;
  readonly key: string;
  readonly author: string;
  readonly token: string;
}

/** What became of the comment. */
export interface CommentResult {
  /** Its address; empty where there is none. */
  readonly url: string;
  /** What its reader should know, in sentences. */
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** Writes the review onto the run's pull request. Whatever goes wrong is a warning: the review stands in the summary, and the gate does not wait for it. */
export async function writeComment(run: WorkflowRun, request: CommentRequest): Promise<CommentResult> {
  const { pullRequest } = run;
  if (!pullRequest)
    return {
      url: "",
      warnings: [],
      notices: ["No pull request belongs to this event: the review is in the summary of the run"],
    };
  try {
    if (request.token === "") throw new CommentError("There is no github-token");
    const { key, author, markdown } = request;
    const stamp = {
      workflow: run.workflow,
      number: run.number,
      attempt: run.attempt,
      head: pullRequest.head,
      digest: digestOf(markdown),
    };
    const written = await writeSticky(new GithubComments(octokitFor(run.apiUrl, request.token), pullRequest), {
      key,
      author,
      stamp,
      text: `${markdown}\n\n${footer(run, pullRequest)}`,
    });
    return {
      url: written.url,
      warnings: isAuthor(written.author, author)
        ? []
        : [`The comment is written by ${written.author}: set comment-author to that, or each run writes another`],
      notices: written.isLater ? ["A later run has written the comment already: this one leaves it as it is"] : [],
    };
  } catch (error) {
    const reason = error instanceof CommentError ? error.message : "something unforeseen happened";
    return {
      url: "",
      warnings: [`The review could not be written as a comment: ${reason}. It is in the summary of the run`],
      notices: [],
    };
  }
}

/** Longest address that a link is made of. */
const MAX_URL = 300;

/** Which commit it is about, and where the whole of it is. */
function footer({ url }: WorkflowRun, { head }: PullRequest): string {
  const commit = `Commit ${head.slice(0, 7)}`;
  const isLinkable = url !== undefined && url.length <= MAX_URL && !/[()<>]/.test(url);
  return `<sub>${commit}${isLinkable ? ` · [summary of the run](${url})` : ""}</sub>`;
}
