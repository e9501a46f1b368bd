import type { Octokit } from "@octokit/core";
import { z } from "zod";
import type { PullRequest } from "../workflow-run";
import { CommentError } from "./comment-error";
import type { Comment, Comments } from "./sticky-comment";

const HEADERS = { "x-github-api-version": "2022-11-28" };
const PER_PAGE = 100;
/** GitHub keeps 2,500 comments on a pull request. */
const MOST_PAGES = 30;

/** @see https://docs.github.com/en/rest/issues/comments */
const commentSchema = z
  .object({
    id: z.int(),
    body: z.string().nullish(),
    html_url: z.string(),
    user: z.object({ login: z.string() }).nullable(),
  })
  .transform(({ id, body, html_url, user }): Comment => ({
    id,
    body: body ?? "",
    url: html_url,
    author: user?.login ?? "",
  }));

/** The comments on a pull request, which to GitHub are an issue's. Each method throws a `CommentError` when GitHub refuses or does not answer. */
export class GithubComments implements Comments {
  constructor(
    private readonly octokit: Octokit,
    private readonly pullRequest: PullRequest,
  ) {}

  async list(): Promise<readonly Comment[]> {
    const all: Comment[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { owner, repo, number } = this.pullRequest;
      const items = await this.ask(z.array(commentSchema), () =>
        this.octokit.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
          owner,
          repo,
          issue_number: number,
          per_page: PER_PAGE,
          page,
          headers: HEADERS,
        }),
      );
      all.push(...items);
      if (items.length < PER_PAGE) return all;
    }
    throw new CommentError(
      `The pull request has more than ${MOST_PAGES * PER_PAGE} comments, more than are looked through`,
    );
  }

  create(body: string): Promise<Comment> {
    const { owner, repo, number } = this.pullRequest;
    return this.ask(commentSchema, () =>
      this.octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        owner,
        repo,
        issue_number: number,
        body,
        headers: HEADERS,
      }),
    );
  }

  async update(id: number, body: string): Promise<Comment | undefined> {
    const { owner, repo } = this.pullRequest;
    return unlessGone(
      this.ask(commentSchema, () =>
        this.octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
          owner,
          repo,
          comment_id: id,
          body,
          headers: HEADERS,
        }),
      ),
    );
  }

  async delete(id: number): Promise<void> {
    const { owner, repo } = this.pullRequest;
    await unlessGone(
      this.ask(z.unknown(), () =>
        this.octokit.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
          owner,
          repo,
          comment_id: id,
          headers: HEADERS,
        }),
      ),
    );
  }

  private async ask<T>(schema: z.ZodType<T>, request: () => Promise<{ readonly data: unknown }>): Promise<T> {
    const { data } = await request().catch((error: unknown) => {
      throw refusalOf(error, this.pullRequest.onlyReads);
    });
    const parsed = schema.safeParse(data);
    if (!parsed.success) throw new CommentError("What answers is not GitHub's API: check GITHUB_API_URL");
    return parsed.data;
  }
}

/** GitHub's answer for what is not there, or is not shown to the token. */
class Gone extends CommentError {}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Gone) return undefined;
    throw error;
  }
}

/** What is read of an error of Octokit's. One without an answer has a status all the same. */
const errorSchema = z.object({
  status: z.int(),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
});

/** @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
function refusalOf(error: unknown, onlyReads: boolean): CommentError {
  const { data } = errorSchema.safeParse(error);
  if (!data?.response)
    return new CommentError("GitHub does not answer: check the network of the runner, and GITHUB_API_URL");
  const { status, message, response } = data;
  if (
    status === 429 ||
    (status === 403 && (response.headers["x-ratelimit-remaining"] === "0" || /\bsecondary rate\b/i.test(message)))
  )
    return new CommentError(`GitHub's rate limit for the token is used up (${status}): start the job again later`);
  switch (status) {
    case 401:
      return new CommentError("GitHub does not accept github-token (401): give one that is valid");
    case 403:
      return new CommentError(
        onlyReads
          ? "The pull request comes from a fork, whose token only reads (403)"
          : "github-token may not write comments (403): give the job the permission pull-requests: write",
      );
    case 404:
      return new Gone(
        "GitHub shows the token no such pull request (404): give the job the permission pull-requests: write",
      );
    case 410:
      return new CommentError("Comments are switched off there (410)");
    case 422:
      return new CommentError("GitHub does not accept the comment (422): is the conversation locked?");
    default:
      return new CommentError(`GitHub answers ${status}: see https://www.githubstatus.com, and start the job again`);
  }
}
