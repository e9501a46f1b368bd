import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { trustedApiUrl } from "../../../lib/github/api-url";
import { CommentError } from "./comment-error";

/** How often a request is sent again. */
const RETRIES = 2;
/** Longest wait that GitHub may ask for, in seconds: a job that waits costs, and the summary has the review already. */
const LONGEST_WAIT = 60;
/** How long an answer may take, in milliseconds. */
const TIMEOUT = 20_000;
/** What does not go better the next time. 429 is a rate limit, for which it is GitHub that says when. */
const FINAL = [400, 401, 403, 404, 410, 422, 429, 451];

/** What a server says is not repeated: a line of it could be a command to the runner. */
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const Client = Octokit.plugin(retry, throttling);

/** Sends what may be sent again: GitHub's own failures after a pause, and what comes too fast when GitHub says so. */
const isWorthWaiting = (seconds: number, _options: unknown, _octokit: unknown, retryCount: number): boolean =>
  seconds <= LONGEST_WAIT && retryCount < RETRIES;

/** A client of GitHub's REST API. @throws CommentError for an address that the token must not be sent to. */
export function octokitFor(apiUrl: string, token: string): Octokit {
  const baseUrl = trustedApiUrl(apiUrl)?.replace(/\/$/, "");
  if (baseUrl === undefined)
    throw new CommentError('GITHUB_API_URL is no address that a token may be sent to: use one with "https://"');
  return new Client({
    auth: token,
    baseUrl,
    userAgent: "cdktf-github-oidc",
    request: {
      fetch: (url: string, init: RequestInit) => fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT) }),
      log: SILENT,
    },
    log: SILENT,
    retry: { doNotRetry: FINAL, retries: RETRIES },
    throttle: { onRateLimit: isWorthWaiting, onSecondaryRateLimit: isWorthWaiting },
  });
}
