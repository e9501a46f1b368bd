import { quoted } from "../../aws/policy/position";
import { MAIN, subject } from "../trust/examples";
import { severityOf } from "../trust/severity";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";

/** Claims that name an owner or something of an owner's; by all others any repository can begin its subject. */
const SAYS_WHOSE: readonly string[] = [
  "repo",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "enterprise",
  "enterprise_id",
  "workflow_ref",
  "job_workflow_ref",
];

export const claimOfChoice: TrustRule = {
  id: "L16",
  title: "A customised subject that anyone can mint",
  severity: "error",
  explanation:
    "Every repository on GitHub may set a subject template. Some claims are chosen by the repository's owner: environment, workflow, ref, head_ref, base_ref, context, actor. Strangers can mint a subject that begins with one of these and does not name the repository.",
  remedy:
    'Begin the template and the policy\'s subject with "repo", or with "repository_owner_id" and "repository_id".',
  source: SOURCES.ohMyDc,
  appliesTo: "trustPolicy",
  compliant: [
    subject("the owner's id first", "repository_owner_id:65:environment:production"),
    subject("the repository first", MAIN),
  ],
  nonCompliant: [
    subject("an environment", "environment:production"),
    subject("a workflow's name", "workflow:Deploy"),
    subject("a branch", "ref:refs/heads/main"),
    subject("who started it", "actor:octocat"),
  ],
  check: (policy) =>
    subjectValues(policy)
      .filter(
        ({ set, value }) =>
          set.leadingClaim !== undefined && /^[a-z_]+:/.test(value.text) && !SAYS_WHOSE.includes(set.leadingClaim),
      )
      .map(({ value, set, admission }) => ({
        position: value.position,
        severity: set.breadth === "anyone" ? severityOf("error", admission, "anyone") : "note",
        message: `${quoted(value.text)} begins with "${set.leadingClaim ?? ""}", which any repository on GitHub can mint`,
        fix: 'begin the template with "repo" or "repository_owner_id"',
      })),
};
