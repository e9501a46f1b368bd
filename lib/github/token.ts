import type { TokenClaims } from "./claims";
import { jobProblems, pullRequestOf, type GithubEvent, type GithubJob } from "./job";
import { splitFullName } from "./names";
import { formatContext, formatSubject, type JobContext, type Subject, type SubjectPrefix } from "./subject";
import { formatTemplateSubject } from "./subject-template";

/** Seconds that a token is valid before and after it is minted: GitHub's page has 600 before, tokens of August 2026 300. */
export const TOKEN_SECONDS = { before: 300, after: 300 } as const;

/** Stand-ins for what a description leaves out and a token always has. */
const MADE_UP = {
  ownerId: "1000000001",
  repositoryId: "1000000002",
  actorId: "1000000003",
  run: "1000000004",
  checkRun: "1000000005",
  sha: "5ca1ab1e".repeat(5),
  jti: "00000000-0000-4000-8000-000000000000",
} as const;

/**
 * The claims of a job's token, as GitHub mints them.
 *
 * What GitHub does not document is filled in on the side that admits more: a job of `pull_request_target`
 * has the subject of its default branch, on whose workflow it runs, and an immutable subject looks the
 * same on ghe.com. A customised subject replaces all this.
 *
 * @throws RangeError for a job that GitHub cannot have: it says all that is wrong.
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function mintClaims(job: GithubJob): TokenClaims {
  const { owner } = checked(job);
  const iat = job.issuedAt ?? Math.floor(Date.now() / 1000);
  const subject: Subject = { prefix: prefixOf(job), context: contextOfJob(job) };
  const claims = {
    iss: job.issuer ?? "https://token.actions.githubusercontent.com",
    aud: job.audience ?? "sts.amazonaws.com",
    iat,
    nbf: iat - TOKEN_SECONDS.before,
    exp: iat + TOKEN_SECONDS.after,
    jti: MADE_UP.jti,
    actor: job.actor ?? "octocat",
    actor_id: String(job.actorId ?? MADE_UP.actorId),
    repository: job.repository,
    repository_id: String(job.repositoryId ?? MADE_UP.repositoryId),
    repository_owner: owner,
    repository_owner_id: String(job.ownerId ?? MADE_UP.ownerId),
    repository_visibility: job.visibility ?? "private",
    ...(job.enterprise === undefined
      ? {}
      : { enterprise: job.enterprise.slug, enterprise_id: String(job.enterprise.id) }),
    ...gitClaims(job),
    event_name: eventOf(job),
    run_id: MADE_UP.run,
    run_number: "1",
    run_attempt: "1",
    check_run_id: MADE_UP.checkRun,
    runner_environment: job.runner ?? "github-hosted",
    ...workflowClaims(job),
    ...(job.environment === undefined ? {} : { environment: job.environment }),
    ...propertyClaims(job),
  } as const;
  return {
    ...claims,
    sub: job.subjectTemplate ? formatTemplateSubject(job.subjectTemplate, subject, claims) : formatSubject(subject),
  };
}

/**
 * A job in plain words: `environment production on branch main of octo-org/web-shop`.
 *
 * @throws RangeError as `mintClaims` does.
 */
export function describeJob(job: GithubJob): string {
  checked(job);
  const place = `${placeInWords(job)} of ${job.repository}`;
  const what = job.environment === undefined ? place : `environment ${job.environment} on ${place}`;
  const event = eventOf(job) === eventOf({ ...job, event: undefined }) ? "" : `, started by ${eventOf(job)}`;
  return `${what}${event}${job.reusableWorkflow === undefined ? "" : `, through ${job.reusableWorkflow}`}`;
}

function checked(job: GithubJob): { owner: string; name: string } {
  const problems = jobProblems(job);
  const names = splitFullName(job.repository);
  if (problems.length > 0 || !names) throw new RangeError(`This is no job of GitHub Actions: ${problems.join("; ")}`);
  return names;
}

function prefixOf(job: GithubJob): SubjectPrefix {
  const { owner, name: repository } = checked(job);
  if (!job.immutableSubject) return { form: "name", owner, repository };
  return { form: "immutable", owner, ownerId: String(job.ownerId), repository, repositoryId: String(job.repositoryId) };
}

/** What the default subject says of a job. An environment wins over everything else. */
function contextOfJob(job: GithubJob): JobContext {
  if (job.environment !== undefined) return { kind: "environment", environment: job.environment };
  if (job.tag !== undefined) return { kind: "tag", tag: job.tag };
  if (job.mergeQueue !== undefined) return { kind: "mergeQueue", base: job.mergeQueue.base, entry: entryOf(job) };
  return job.pullRequest !== undefined && !runsOnTarget(job)
    ? { kind: "pullRequest" }
    : { kind: "branch", branch: branchOf(job) };
}

/** Where a job runs in git, and between which branches its pull request stands. */
function gitClaims(job: GithubJob): Pick<TokenClaims, "ref" | "ref_type" | "base_ref" | "head_ref" | "sha"> {
  const pullRequest = pullRequestOf(job);
  return {
    ref: refOf(job),
    ref_type: job.tag === undefined ? "branch" : "tag",
    base_ref: pullRequest ? (pullRequest.baseRef ?? defaultBranchOf(job)) : "",
    head_ref: pullRequest ? (pullRequest.headRef ?? `patch-${pullRequest.number}`) : "",
    sha: job.sha ?? MADE_UP.sha,
  };
}

/** The `ref` claim. What is not a pull request is behind the subject's `ref:` too. */
function refOf(job: GithubJob): string {
  const pullRequest = pullRequestOf(job);
  if (pullRequest && !runsOnTarget(job)) return `refs/pull/${pullRequest.number}/merge`;
  return formatContext(contextOfJob({ ...job, environment: undefined })).replace(/^ref:/, "");
}

/** The workflow that was started, and the one that the job's steps come from. Both keep plain names, without ids. */
function workflowClaims(
  job: GithubJob,
): Pick<TokenClaims, "workflow" | "workflow_ref" | "workflow_sha" | "job_workflow_ref" | "job_workflow_sha"> {
  const path = `.github/workflows/${job.workflowFile ?? "deploy.yml"}`;
  const sha = job.sha ?? MADE_UP.sha;
  const workflowRef = `${job.repository}/${path}@${refOf(job)}`;
  const pinned = /@([0-9a-f]{40})$/.exec(job.reusableWorkflow ?? "")?.[1];
  return {
    workflow: job.workflow ?? path,
    workflow_ref: workflowRef,
    workflow_sha: sha,
    job_workflow_ref: job.reusableWorkflow ?? workflowRef,
    job_workflow_sha: pinned ?? sha,
  };
}

/** Booleans as words, the values of a multi-select joined by commas. */
function propertyClaims({ properties = {} }: GithubJob): Record<`repo_property_${string}`, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [`repo_property_${name}`, String(value)]),
  );
}

function eventOf(job: GithubJob): GithubEvent {
  if (job.event !== undefined) return job.event;
  if (job.pullRequest !== undefined) return "pull_request";
  return job.mergeQueue === undefined ? "push" : "merge_group";
}

function placeInWords(job: GithubJob): string {
  if (job.tag !== undefined) return `tag ${job.tag}`;
  if (job.mergeQueue !== undefined) return `merge queue of ${job.mergeQueue.base}`;
  const pullRequest = pullRequestOf(job);
  return pullRequest ? `pull request ${pullRequest.number}` : `branch ${branchOf(job)}`;
}

/** Since December 2025 such a job always runs on the default branch, whatever branch the pull request is for. */
const runsOnTarget = (job: GithubJob): boolean => eventOf(job) === "pull_request_target";
const defaultBranchOf = (job: GithubJob): string => job.defaultBranch ?? "main";
const branchOf = (job: GithubJob): string =>
  runsOnTarget(job) ? defaultBranchOf(job) : (job.branch ?? defaultBranchOf(job));
const entryOf = (job: GithubJob): string => job.mergeQueue?.entry ?? `pr-1-${job.sha ?? MADE_UP.sha}`;
