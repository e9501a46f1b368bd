import { otherClaims, type JobFilter } from "./job-filter";
import { hasWildcard } from "./names";

/**
 * Jobs in plain words, without their repository and further conditions: `environment production`,
 * `branches release/*`, `any pull request`.
 */
export function describeJobs(jobs: JobFilter): string {
  if (jobs.subject !== undefined) return `subject ${jobs.subject}`;
  const ref =
    jobs.branch !== undefined
      ? named("branch", "branches", jobs.branch)
      : jobs.tag !== undefined
        ? named("tag", "tags", jobs.tag)
        : undefined;
  if (jobs.environment !== undefined)
    return [named("environment", "environments", jobs.environment), ...(ref === undefined ? [] : [`on ${ref}`])].join(
      " ",
    );
  if (ref !== undefined) return ref;
  if (jobs.mergeQueue !== undefined) return `merge queue of ${named("branch", "branches", jobs.mergeQueue)}`;
  return jobs.pullRequest ? "any pull request" : "every job";
}

/** What must hold beside: `through octo-org/ci/.github/workflows/release.yml@refs/heads/main`, `with actor_id 7`. */
export function describeConditions(jobs: JobFilter): string[] {
  const claims = [
    ...otherClaims(jobs),
    ...Object.entries(jobs.subjectClaims ?? {}).map(([claim, values]) => [claim, [values].flat()] as const),
  ].map(([claim, values]) => `with ${claim} ${values.join(" or ")}`);
  return jobs.workflow === undefined ? claims : [`through ${jobs.workflow}`, ...claims];
}

const named = (one: string, many: string, name: string): string => `${hasWildcard(name) ? many : one} ${name}`;
