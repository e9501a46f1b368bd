import { exactTexts, isAnyText } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import type { RuleFinding } from "../rule";
import type { TrustPolicySubject } from "../subject";
import { conditions, MAIN, subject } from "../trust/examples";
import { OWNER_CLAIMS, type TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { bindingConditions, isBound, subjectValues } from "../trust/values";

const CALLEE = "octo-org/ci/.github/workflows/release.yml@refs/heads/main";

export const workflowAlone: TrustRule = {
  id: "L14",
  title: "A workflow that anyone may call",
  severity: "warning",
  explanation:
    'job_workflow_ref names the workflow that a job\'s steps come from, not its caller. Callers choose the inputs, and anyone may call a workflow of a public repository. With a commit after the "@", at least the steps are fixed: that is a note.',
  remedy: 'Add a condition on the caller too: its subject, or its "repository_owner_id".',
  source: SOURCES.githubReusable,
  appliesTo: "trustPolicy",
  compliant: [
    conditions("workflow and owner", { StringEquals: { job_workflow_ref: CALLEE, repository_owner_id: "65" } }),
    conditions("workflow and subject", { StringEquals: { job_workflow_ref: CALLEE, sub: MAIN } }),
  ],
  nonCompliant: [
    conditions("the workflow alone", { StringEquals: { job_workflow_ref: CALLEE } }),
    subject("a customised subject", `job_workflow_ref:${CALLEE}`),
    conditions("beside any subject", { StringEquals: { job_workflow_ref: CALLEE }, StringLike: { sub: "repo:*" } }),
  ],
  check: (policy) => [...byClaim(policy), ...bySubject(policy)],
};

const FIX = 'add "sub" or "repository_owner_id" of the repositories that may call it';

function byClaim({ admitted }: TrustPolicySubject): RuleFinding[] {
  return admitted.admissions
    .filter(
      (admission) =>
        isBound(admission, "job_workflow_ref") &&
        !isBound(admission, ...OWNER_CLAIMS) &&
        admission.breadth === "anyone",
    )
    .flatMap((admission): RuleFinding[] => {
      const [condition] = bindingConditions(admission, "job_workflow_ref");
      const workflows = admission.claims.get("job_workflow_ref");
      if (!condition || !workflows || isAnyText(workflows)) return [];
      const isFixed = exactTexts(workflows)?.every((text) => COMMIT.test(text)) ?? false;
      return [
        {
          position: condition.position,
          severity: isFixed ? "note" : "warning",
          message: `${quoted(condition.key)} limits which workflow runs, but nothing limits who calls it`,
          fix: FIX,
        },
      ];
    });
}

/** The same in a customised subject. */
function bySubject(policy: TrustPolicySubject): RuleFinding[] {
  return subjectValues(policy)
    .filter(
      ({ set, admission }) =>
        set.leadingClaim === "job_workflow_ref" && set.breadth === "anyone" && admission.breadth === "anyone",
    )
    .map(({ value }) => ({
      position: value.position,
      severity: COMMIT.test(value.text) ? "note" : "warning",
      message: `${quoted(value.text)} limits which workflow runs, but nothing limits who calls it`,
      fix: FIX,
    }));
}

const COMMIT = /@[0-9a-f]{40}$/;
