import { type Admission, exactTexts, isAtLeast, narrowest, type SubjectSet } from "../../trust/admitted";
import { parseContext } from "../../github/subject";
import { describePower, isAdministrator } from "../model/power";
import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";

const plan = (allow: object, policy: string): { repositories: object } => ({
  repositories: { "web-shop": { roles: { plan: { allow: [allow], managedPolicies: [policy] } } } },
});

export const broadAdministrator: Rule<"role"> = {
  id: "L30",
  title: "An administrator role for unreviewed jobs",
  severity: "error",
  explanation:
    "The broader the trust, the more a strong role gives away. An administrator role for pull requests, every branch, every job or every repository puts the account in the hands of whoever can push, or of strangers. A policy that lets a role grant itself more counts as administrator too.",
  remedy: "Remove the permissions that the role does not need, or admit only an environment with reviewers.",
  source: SOURCES.leastPrivilege,
  appliesTo: "role",
  compliant: [
    { about: "pull requests that only read", access: plan({ pullRequest: true }, "ReadOnlyAccess") },
    { about: "an administrator for one branch", access: plan({ branch: "main" }, "AdministratorAccess") },
    {
      about: "a workflow that was looked at",
      access: plan(
        { pullRequest: true, workflow: "octo-org/ci/.github/workflows/plan.yml@refs/heads/main" },
        "AdministratorAccess",
      ),
    },
  ],
  nonCompliant: [
    { about: "pull requests", access: plan({ pullRequest: true }, "AdministratorAccess") },
    { about: "every branch", access: plan({ branch: "*" }, "AdministratorAccess") },
    { about: "every job", access: plan({ any: true }, "IAMFullAccess") },
  ],
  check: (role) => {
    const broad = new Set(
      role.admissions.flatMap((admission) => (isVetted(admission) ? [] : describeBroad(admission))),
    );
    if (broad.size === 0 || !isAdministrator(role.power())) return [];
    return [
      {
        message: `${describePower(role.power())}, and ${[...broad].join(", ")} may use it`,
        fix: "reduce its permissions, or admit only an environment with reviewers",
      },
    ];
  },
};

/** Whether the code that runs is a named workflow's. */
const isVetted = ({ claims }: Admission): boolean => {
  const workflow = claims.get("job_workflow_ref");
  return workflow !== undefined && exactTexts(workflow) !== undefined;
};

function describeBroad({ breadth, subjects }: Admission): string[] {
  return subjects.flatMap((set) => {
    const least = narrowest(set.breadth, breadth);
    if (least === "anyone") return ["strangers"];
    if (least === "organization") return ["every repository of an owner"];
    const jobs = describeJobs(set);
    return jobs === undefined ? [] : [set.repository === undefined ? jobs : `${jobs} of ${set.repository}`];
  });
}

function describeJobs({ kinds, context, breadth }: SubjectSet): string | undefined {
  if (isAtLeast(breadth, "repository")) return "every job";
  if (kinds.has("pullRequest")) return "any pull request";
  const parsed = parseContext(context);
  const isAny = (name: string): boolean => /^[*?]+$/.test(name) && name.includes("*");
  if (parsed?.kind === "branch" && isAny(parsed.branch)) return "any branch";
  if (parsed?.kind === "tag" && isAny(parsed.tag)) return "any tag";
  return parsed?.kind === "environment" && isAny(parsed.environment) ? "any environment" : undefined;
}
