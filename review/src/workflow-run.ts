import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** What the runner says of the run. @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
const environmentSchema = z.object({
  GITHUB_API_URL: z.string().default("https://api.github.com"),
  GITHUB_SERVER_URL: z.string().default("https://github.com"),
  GITHUB_REPOSITORY: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/)
    .optional()
    .catch(undefined),
  GITHUB_EVENT_NAME: z.string().default(""),
  GITHUB_EVENT_PATH: z.string().default(""),
  GITHUB_WORKFLOW_REF: z.string().default(""),
  GITHUB_JOB: z.string().default(""),
  GITHUB_ACTION: z.string().default(""),
  GITHUB_RUN_ID: z.coerce.number().int().positive().optional().catch(undefined),
  GITHUB_RUN_NUMBER: z.coerce.number().int().nonnegative().catch(0),
  GITHUB_RUN_ATTEMPT: z.coerce.number().int().nonnegative().catch(0),
});

/** Events that come with a pull request of their own. */
const PULL_REQUEST_EVENTS = ["pull_request", "pull_request_target"];

/** @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
const eventSchema = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/), repo: z.object({ full_name: z.string() }).nullish() }),
  }),
});

/** Where a comment goes. */
export interface PullRequest {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Commit that the run is about. */
  readonly head: string;
  /** Whether GitHub gives the run a token that only reads, as it does for pull requests from forks. */
  readonly onlyReads: boolean;
}

/** The run that a review is made in. */
export interface WorkflowRun {
  readonly apiUrl: string;
  /** Page of the run; `undefined` outside of GitHub Actions. */
  readonly url: string | undefined;
  /** `undefined` for an event that has none. */
  readonly pullRequest: PullRequest | undefined;
  /** The same in every run of the workflow, another for each workflow. */
  readonly workflow: string;
  /** The same in every run of the step, another for each step of each job. */
  readonly step: string;
  /** Of the workflow's runs, the later has the higher one. */
  readonly number: number;
  /** Higher each time that the run is started again. */
  readonly attempt: number;
}

/** Reads what the runner says of the run. What it does not say is left out: a review needs none of it. */
export function readWorkflowRun(env: NodeJS.ProcessEnv, matrix: string): WorkflowRun {
  const given = environmentSchema.parse(env);
  // Without the ref behind it, which for a pull request is its own.
  const [file = ""] = given.GITHUB_WORKFLOW_REF.split("@");
  const page =
    given.GITHUB_REPOSITORY === undefined || given.GITHUB_RUN_ID === undefined
      ? undefined
      : `${given.GITHUB_SERVER_URL}/${given.GITHUB_REPOSITORY}/actions/runs/${given.GITHUB_RUN_ID}`;
  return {
    apiUrl: given.GITHUB_API_URL,
    url: page !== undefined && URL.canParse(page) ? new URL(page).href : undefined,
    pullRequest: PULL_REQUEST_EVENTS.includes(given.GITHUB_EVENT_NAME) ? pullRequestIn(given) : undefined,
    workflow: digest([file]),
    step: digest([file, given.GITHUB_JOB, given.GITHUB_ACTION, matrix]),
    number: given.GITHUB_RUN_NUMBER,
    attempt: given.GITHUB_RUN_ATTEMPT,
  };
}

function pullRequestIn({
  GITHUB_EVENT_NAME: event,
  GITHUB_EVENT_PATH: file,
  GITHUB_REPOSITORY: repository,
}: z.infer<typeof environmentSchema>): PullRequest | undefined {
  const { data } = eventSchema.safeParse(jsonIn(file));
  const [owner, repo] = repository?.split("/") ?? [];
  if (!data || owner === undefined || repo === undefined) return undefined;
  const { number, head } = data.pull_request;
  return {
    owner,
    repo,
    number,
    head: head.sha,
    onlyReads: event === "pull_request" && head.repo?.full_name.toLowerCase() !== repository?.toLowerCase(),
  };
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Short, and of characters that mean nothing anywhere. */
const digest = (parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
