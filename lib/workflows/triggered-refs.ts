import type { JobContext } from "../github/subject";
import { admittedRefs, type RefPattern } from "./ref-filter";
import type { Trigger } from "./workflow";

/** What the jobs of an event run on: as a subject says it, and as the `ref` claim does. Patterns of IAM. */
export interface TriggeredRef {
  readonly context: JobContext;
  /** `refs/heads/main`. */
  readonly ref: string;
  /** Whether GitHub may mint every subject of the pattern; otherwise perhaps fewer. */
  readonly exact: boolean;
}

const branch = ({ pattern, exact }: RefPattern): TriggeredRef => ({
  context: { kind: "branch", branch: pattern },
  ref: `refs/heads/${pattern}`,
  exact,
});
const tag = ({ pattern, exact }: RefPattern): TriggeredRef => ({
  context: { kind: "tag", tag: pattern },
  ref: `refs/tags/${pattern}`,
  exact,
});
const pullRequest: TriggeredRef = { context: { kind: "pullRequest" }, ref: "refs/pull/*/merge", exact: true };
/** Of what GitHub's documentation does not tell. */
const anything: TriggeredRef = { context: { kind: "any" }, ref: "*", exact: false };
const anyBranch = branch({ pattern: "*", exact: true });
const anyTag = tag({ pattern: "*", exact: true });
const perhaps = (refs: readonly TriggeredRef[]): TriggeredRef[] => refs.map((each) => ({ ...each, exact: false }));

/** Events that run on the default branch, whatever happened. */
const ON_DEFAULT_BRANCH = new Set([
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "delete",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "issue_comment",
  "issues",
  "label",
  "milestone",
  "public",
  "repository_dispatch",
  "schedule",
  "watch",
  "workflow_run",
]);

/**
 * What jobs without an environment may run on when an event starts them. Never less than that: where GitHub's
 * documentation leaves it open, more.
 *
 * @param defaultBranch `*` when it is not known
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function triggeredRefs(trigger: Trigger, defaultBranch: string): readonly TriggeredRef[] {
  const onDefault = branch({ pattern: defaultBranch, exact: true });
  switch (trigger.event) {
    case "push":
      return pushed(trigger);
    case "pull_request":
      // Once it is merged, the event "closed" runs on the base branch.
      return trigger.types?.includes("closed") ? [pullRequest, ...perhaps([anyBranch])] : [pullRequest];
    case "pull_request_target":
      // On the default branch since December 2025; what the subject says is not documented.
      return perhaps([onDefault, anyBranch, pullRequest]);
    case "workflow_dispatch":
    case "create":
      return [anyBranch, anyTag];
    case "release":
      return [anyTag];
    case "merge_group":
      return admittedRefs(trigger.branches, trigger.branchesIgnore).flatMap(queued);
    default:
      return ON_DEFAULT_BRANCH.has(trigger.event) ? [onDefault] : [anything];
  }
}

/** Filters for branches alone leave out tags, and the other way round. */
function pushed({ branches, branchesIgnore, tags, tagsIgnore }: Trigger): TriggeredRef[] {
  const saysBranches = branches !== null || branchesIgnore !== null;
  const saysTags = tags !== null || tagsIgnore !== null;
  return [
    ...(saysTags && !saysBranches ? [] : admittedRefs(branches, branchesIgnore).map(branch)),
    ...(saysBranches && !saysTags ? [] : admittedRefs(tags, tagsIgnore).map(tag)),
  ];
}

function queued({ pattern, exact }: RefPattern): TriggeredRef[] {
  return [
    { context: { kind: "mergeQueue", base: pattern }, ref: `refs/heads/gh-readonly-queue/${pattern}/pr-*`, exact },
  ];
}
