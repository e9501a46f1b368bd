import { jobOf, mayAdmitPullRequests } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import { describePower, isKnownToWrite } from "../model/power";
import { conditions, MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import type { TrustPolicySubject } from "../subject";
import { isBound, subjectValues, type SubjectValue } from "../trust/values";

/** Of a policy alone a note: it does not say what the role may do, and reading is what such roles are for. */
export const pullRequest: TrustRule = {
  id: "L7",
  title: "Jobs of pull requests",
  severity: "note",
  explanation:
    "The subject of a pull request names neither the branch nor the author. Its code is unreviewed, including its workflow file, so whoever can push a branch to the repository can use the role. Forks get no token. This is a warning for a role that is known to write, unless the trust policy names the workflow.",
  remedy: "Limit the role to the reads that a plan needs; deploy with another role, behind an environment.",
  source: SOURCES.githubOidc,
  appliesTo: "trustPolicy",
  compliant: [
    subject("a branch", MAIN),
    conditions("jobs that run on a branch", {
      StringLike: { sub: "repo:octo-org/web-shop:*e*" },
      StringEquals: { ref: "refs/heads/main" },
    }),
  ],
  nonCompliant: [
    subject("pull requests", "repo:octo-org/web-shop:pull_request"),
    subject("pull requests among others", "repo:octo-org/web-shop:*pull*"),
  ],
  check: (policy) =>
    subjectValues(policy)
      .filter((each) => isOfPullRequests(each, policy))
      .map(({ value, admission, set }) => {
        const power = policy.power?.();
        const writes =
          isKnownToWrite(power) &&
          !isBound(admission, "job_workflow_ref") &&
          jobOf(set)?.claims["job_workflow_ref"] === undefined;
        return {
          position: value.position,
          severity: writes ? ("warning" as const) : ("note" as const),
          message: `${quoted(value.text)} admits the unreviewed code of pull requests${power ? `, and ${describePower(power)}` : ""}`,
          fix: writes
            ? "make the role read-only, or deploy from a branch or an environment"
            : "make sure that the role only reads, and reads no secrets",
        };
      }),
};

/** Whether a value lets in pull requests, in particular or among others; every job there is, is for L6. */
function isOfPullRequests({ admission, set }: SubjectValue, { document }: TrustPolicySubject): boolean {
  if (set.kinds.has("other") && set.kinds.size === 1) return jobOf(set)?.context?.kind === "pullRequest";
  const isSome = set.breadth === "exact" || set.breadth === "pattern";
  return set.kinds.has("pullRequest") && isSome && mayAdmitPullRequests(admission, set, document);
}
