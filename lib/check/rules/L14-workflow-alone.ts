import { quoted } from "../../aws/policy/position";
import { exactTexts, isAnyText } from "../../access/admitted";
import { conditions, MAIN } from "../trust/examples";
import { OWNER_CLAIMS, type TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { bindingConditions, isBound } from "../trust/values";

const CALLEE = "octo-org/ci/.github/workflows/release.yml@refs/heads/main";

export const workflowAlone: TrustRule = {
  id: "L14",
  title: "A workflow, called by whomever",
  severity: "warning",
  explanation:
    "job_workflow_ref names the workflow that a job's steps come from, not who calls it. Whoever may call it may pass it inputs of their own, and of a public repository that is anyone. With a commit behind the \"@\" at least the steps are fixed: that is a note.",
  remedy: 'Ask for the caller too: its subject, or its "repository_owner_id".',
  source: SOURCES.githubReusable,
  appliesTo: "trustPolicy",
  compliant: [conditions("workflow and owner", { StringEquals: { job_workflow_ref: CALLEE, repository_owner_id: "65" } }), conditions("workflow and subject", { StringEquals: { job_workflow_ref: CALLEE, sub: MAIN } })],
  nonCompliant: [conditions("the workflow alone", { StringEquals: { job_workflow_ref: CALLEE } }), conditions("beside any subject", { StringEquals: { job_workflow_ref: CALLEE }, StringLike: { sub: "repo:*" } })],
  check: ({ admitted }) =>
    admitted.admissions
      .filter((admission) => isBound(admission, "job_workflow_ref") && !isBound(admission, ...OWNER_CLAIMS) && admission.breadth === "anyone")
      .flatMap((admission) => {
        const [condition] = bindingConditions(admission, "job_workflow_ref");
        const workflows = admission.claims.get("job_workflow_ref");
        if (!condition || !workflows || isAnyText(workflows)) return [];
        const isFixed = exactTexts(workflows)?.every((text) => /@[0-9a-f]{40}$/.test(text)) ?? false;
        return [{ position: condition.position, severity: isFixed ? "note" : "warning", message: `${quoted(condition.key)} says which workflow runs, and nothing says who calls it`, fix: 'add "sub" or "repository_owner_id" of the repositories that may call it' } as const];
      }),
};
