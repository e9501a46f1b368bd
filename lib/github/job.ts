import {
  environmentNameRule,
  enterpriseSlugRule,
  hasControlCharacter,
  hasWildcard,
  numericIdRule,
  ownerLoginRule,
  refNameRule,
  splitFullName,
  type NameRule,
} from "./names";
import { VISIBILITIES, type Visibility } from "./protection";
import { parseWorkflowRef } from "./workflow-ref";

/** Events that a job description may name. @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows */
export const EVENTS = [
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "create",
  "delete",
  "deployment",
  "deployment_status",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "image_version",
  "issue_comment",
  "issues",
  "label",
  "merge_group",
  "milestone",
  "page_build",
  "public",
  "pull_request",
  "pull_request_target",
  "push",
  "registry_package",
  "release",
  "repository_dispatch",
  "schedule",
  "status",
  "watch",
  "workflow_dispatch",
  "workflow_run",
] as const;

export type GithubEvent = (typeof EVENTS)[number];

/** A pull request within the repository: GitHub gives those of forks no token. */
export interface PullRequest {
  readonly number: number;
  /** Branch it is to be merged into. @default the default branch */
  readonly baseRef?: string;
  /** Branch it comes from. @default `patch-NUMBER` */
  readonly headRef?: string;
}

/**
 * A job of GitHub Actions, in short: enough to tell what its token says. At most one of `branch`, `tag`,
 * `pullRequest` and `mergeQueue` says what it runs on.
 */
export interface GithubJob {
  /** `OWNER/NAME`, in the spelling that GitHub shows. */
  readonly repository: string;
  /** @default a made-up id; required for an immutable subject */
  readonly ownerId?: string | number;
  /** @default a made-up id; required for an immutable subject */
  readonly repositoryId?: string | number;
  /** The subject carries the ids: so it is for repositories created, renamed or transferred since 2026-07-15. @default false */
  readonly immutableSubject?: boolean;
  /** @default private */
  readonly visibility?: Visibility;
  /** @default main */
  readonly defaultBranch?: string;
  /** Branch it runs on. @default the default branch, when nothing else says what it runs on */
  readonly branch?: string;
  /** Tag it runs on. @default none */
  readonly tag?: string;
  /** Pull request it runs for, or its number. @default none */
  readonly pullRequest?: number | PullRequest;
  /** Branch whose merge queue it runs for, and the place in it. @default none; entry `pr-1-` and the commit */
  readonly mergeQueue?: { readonly base: string; readonly entry?: string };
  /** What started it. @default push, pull_request or merge_group, by what it runs on */
  readonly event?: GithubEvent;
  /** Environment that it names. @default none */
  readonly environment?: string;
  /** Name of the workflow. @default its path, as GitHub does for a workflow without a name */
  readonly workflow?: string;
  /** File below `.github/workflows/`. @default deploy.yml */
  readonly workflowFile?: string;
  /** Reusable workflow its steps come from, `OWNER/REPO/.github/workflows/FILE.yml@REF`. @default none */
  readonly reusableWorkflow?: string;
  /** Login of whoever started it. @default octocat */
  readonly actor?: string;
  /** @default a made-up id */
  readonly actorId?: string | number;
  /** Audience it asks for. @default sts.amazonaws.com, as aws-actions/configure-aws-credentials does */
  readonly audience?: string;
  /** Slug of the owner's enterprise, and its id. @default none */
  readonly enterprise?: { readonly slug: string; readonly id: string | number };
  /** @default github-hosted */
  readonly runner?: "github-hosted" | "self-hosted";
  /** Keys of a customised subject, as in `["repo", "context", "job_workflow_ref"]`. @default GitHub's own form */
  readonly subjectTemplate?: readonly string[];
  /** `iss` of its token. @default https://token.actions.githubusercontent.com */
  readonly issuer?: string;
  /** When its token is minted, in seconds since 1970. @default now */
  readonly issuedAt?: number;
  /** Commit it runs on. @default a made-up one */
  readonly sha?: string;
  /** Custom properties of the repository that tokens carry, by name; several values are those of a multi-select. @default none */
  readonly properties?: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/** Events whose jobs run on something that only they run on. */
const RUNS_ON = {
  pull_request: "pullRequest",
  pull_request_target: "pullRequest",
  merge_group: "mergeQueue",
  release: "tag",
} as const;
const REFS = ["branch", "tag", "pullRequest", "mergeQueue"] as const;

/** Everything wrong with a job's description: which key, its value, and what to do. */
export function jobProblems(job: GithubJob): string[] {
  const problems: string[] = [];
  const check = (key: string, value: string | number | undefined, rule: NameRule): void => {
    const wrong = value === undefined ? undefined : rule(String(value));
    if (wrong) problems.push(`"${key}" ${JSON.stringify(value)}: ${wrong}`);
  };
  const pullRequest = pullRequestOf(job);
  check("repository", job.repository, (name) => (splitFullName(name) ? undefined : 'write it as "OWNER/NAME"'));
  check("ownerId", job.ownerId, numericIdRule);
  check("repositoryId", job.repositoryId, numericIdRule);
  check("visibility", job.visibility, (text) =>
    VISIBILITIES.some((each) => each === text) ? undefined : `use ${VISIBILITIES.join(", ")}`,
  );
  check("defaultBranch", job.defaultBranch, refRule);
  check("branch", job.branch, refRule);
  check("tag", job.tag, refRule);
  check("pullRequest", pullRequest?.number, (text) =>
    /^[1-9][0-9]{0,9}$/.test(text) ? undefined : "use the pull request's number",
  );
  check("baseRef", pullRequest?.baseRef, refRule);
  check("headRef", pullRequest?.headRef, refRule);
  check("mergeQueue", job.mergeQueue?.base, refRule);
  check("entry", job.mergeQueue?.entry, (text) =>
    /^pr-[^/]+$/.test(text) ? refRule(text) : 'write it as "pr-NUMBER-COMMIT"',
  );
  check("event", job.event, (text) =>
    EVENTS.some((each) => each === text) ? undefined : `no workflow starts by it: use one of ${EVENTS.join(", ")}`,
  );
  check("environment", job.environment, environmentNameRule);
  check("workflow", job.workflow, textRule);
  check("workflowFile", job.workflowFile, (file) =>
    /^[^/@\s]+\.ya?ml$/.test(file) ? textRule(file) : 'name the file below ".github/workflows/", as in "deploy.yml"',
  );
  check("reusableWorkflow", job.reusableWorkflow, calledWorkflowRule);
  check("actor", job.actor, actorRule);
  check("actorId", job.actorId, numericIdRule);
  check("audience", job.audience, textRule);
  check("enterprise", job.enterprise?.slug, enterpriseSlugRule);
  check("enterprise", job.enterprise?.id, numericIdRule);
  check("issuer", job.issuer, (url) =>
    /^https:\/\/[^\s/?#@:]+(\/[^\s?#]*[^\s?#/])?$/.test(url)
      ? undefined
      : 'write it as in the token, "https://HOST/PATH" without a slash at its end',
  );
  check("issuedAt", job.issuedAt, (seconds) =>
    /^[0-9]{1,15}$/.test(seconds) ? undefined : "use whole seconds since 1970",
  );
  check("sha", job.sha, (text) => (/^[0-9a-f]{40}$/.test(text) ? undefined : "use the 40 hex digits of a commit"));
  check("runner", job.runner, (text) =>
    text === "github-hosted" || text === "self-hosted" ? undefined : 'use "github-hosted" or "self-hosted"',
  );
  for (const name of Object.keys(job.properties ?? {}))
    check("properties", name, (text) =>
      /^[A-Za-z0-9_$#-]{1,75}$/.test(text)
        ? undefined
        : 'use the name of a custom property: letters, digits and "_-$#"',
    );
  return [...problems, ...combinationProblems(job)];
}

/** Keys that no job has together. */
function combinationProblems(job: GithubJob): string[] {
  const problems: string[] = [];
  const refs = REFS.filter((key) => job[key] !== undefined);
  if (refs.length > 1) problems.push(`"${refs[1]}" beside "${refs[0]}": a job runs on one of them`);
  const needed =
    job.event !== undefined && Object.hasOwn(RUNS_ON, job.event)
      ? RUNS_ON[job.event as keyof typeof RUNS_ON]
      : undefined;
  if (needed && job[needed] === undefined) problems.push(`"event" "${job.event}": say which, by "${needed}"`);
  if (needed !== "pullRequest" && job.pullRequest !== undefined && job.event !== undefined)
    problems.push(`"event" "${job.event}" beside "pullRequest": such a job runs on a branch, leave "pullRequest" out`);
  if (needed !== "mergeQueue" && job.mergeQueue !== undefined && job.event !== undefined)
    problems.push(`"event" "${job.event}" beside "mergeQueue": leave one of them out`);
  if (job.event === "schedule" && job.tag !== undefined)
    problems.push('"event" "schedule" beside "tag": a schedule runs on the default branch');
  if (job.immutableSubject && (job.ownerId === undefined || job.repositoryId === undefined))
    problems.push('"immutableSubject": give "ownerId" and "repositoryId" too, the subject consists of them');
  if (job.immutableSubject && job.issuer?.endsWith("/_services/token"))
    problems.push('"immutableSubject": GitHub Enterprise Server has none, leave it out');
  return problems;
}

/** The pull request of a job that has one. */
export const pullRequestOf = ({ pullRequest }: GithubJob): PullRequest | undefined =>
  typeof pullRequest === "number" ? { number: pullRequest } : pullRequest;

/** A job runs on one branch, so wildcards in its name are a mistake. */
const refRule: NameRule = (name) =>
  refNameRule(name) ?? (hasWildcard(name) ? 'remove "*" and "?": no branch or tag has them' : undefined);

const textRule: NameRule = (text) =>
  text === "" || hasControlCharacter(text) ? "write at least one character, and no control characters" : undefined;

/** Users, and apps such as `dependabot[bot]`. */
const actorRule: NameRule = (name) => ownerLoginRule(name.replace(/\[bot\]$/, ""));

/** The callee may be in the caller's repository, on a pull request's ref. */
function calledWorkflowRule(text: string): string | undefined {
  const parsed = parseWorkflowRef(text);
  if (!parsed || hasControlCharacter(text) || hasWildcard(text) || /\s/.test(text))
    return 'write it as "OWNER/REPO/.github/workflows/FILE.yml@REF", without wildcards';
  if (!splitFullName(`${parsed.owner}/${parsed.repository}`)) return 'begin with "OWNER/REPO/"';
  return /^refs\/(heads|tags)\/.|^refs\/pull\/[0-9]+\/merge$|^[0-9a-f]{40}$/.test(parsed.ref)
    ? undefined
    : 'behind the "@" write a full ref ("refs/heads/main", "refs/tags/v1") or a commit of 40 hex digits';
}
