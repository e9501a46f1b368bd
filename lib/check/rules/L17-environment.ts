import { type Admission, exactTexts } from "../../trust/admitted";
import type { EnvironmentModel } from "../../model/model";
import { isUnknown } from "../../trust/trust-model";
import { quoted } from "../../aws/policy/position";
import { type AdmittedEnvironment, environmentsAdmitted } from "../model/environments-admitted";
import { describePower, noteUnlessAdministrator } from "../model/power";
import type { Rule, RuleFinding } from "../rule";
import type { RoleSubject } from "../subject";
import { SOURCES } from "../trust/sources";

const ADMINISTRATOR = { role: { managedPolicies: ["AdministratorAccess"] } };
const production = (protection: object): { repositories: object } => ({
  repositories: { "web-shop": { environments: { production: { ...protection, ...ADMINISTRATOR } } } },
});

export const environment: Rule<"role"> = {
  id: "L17",
  title: "An environment that protects nothing",
  severity: "warning",
  explanation:
    "The subject of a job in an environment names neither branch nor event: only the environment's protection keeps a stranger's code from the role. Without reviewers or a branch rule, whoever can push a workflow to the repository may use the role; a wait timer only delays. GitHub creates a missing environment, unprotected, as soon as a job names it. This is a warning for an administrator, and for an environment that seems to be missing from the access file; otherwise a note.",
  remedy: "Add reviewers to the environment, or limit the branches and tags that may deploy to it.",
  source: SOURCES.githubEnvironments,
  appliesTo: "role",
  compliant: [
    { about: "reviewers", access: production({ reviewers: { teams: ["release-managers"] } }) },
    { about: "a rule for branches", access: production({ deployFrom: { branches: ["main"] } }) },
    {
      about: "a branch in the role's own trust",
      access: {
        repositories: {
          "web-shop": {
            environments: { production: {} },
            roles: {
              deploy: {
                allow: [{ environment: "production", branch: "main" }],
                managedPolicies: ["AdministratorAccess"],
              },
            },
          },
        },
      },
    },
  ],
  nonCompliant: [
    { about: "an administrator without any protection", access: production({}) },
    { about: "a timer alone", access: production({ waitTimer: 10 }) },
    {
      about: "an environment that is not in the file, beside one that is",
      access: {
        repositories: {
          "web-shop": {
            environments: { production: { reviewers: { users: ["octocat"] } } },
            roles: { deploy: { allow: [{ environment: "prod" }] } },
          },
        },
      },
    },
  ],
  // A ref or a workflow beside the environment protects as a rule for branches does.
  check: (role) =>
    environmentsAdmitted(
      role.admissions.filter((admission) => !isNamed(admission, "ref") && !isNamed(admission, "job_workflow_ref")),
    ).flatMap((each) => judge(role, each)),
};

const isNamed = ({ claims }: Admission, claim: string): boolean => {
  const set = claims.get(claim);
  return set !== undefined && exactTexts(set) !== undefined;
};

function judge({ facts, power }: RoleSubject, { repository, environment: name }: AdmittedEnvironment): RuleFinding[] {
  const found = facts.environment(repository, name);
  const where = `environment ${quoted(name)} of ${repository}`;
  if (found) {
    const gap = gapOf(found);
    return gap === undefined
      ? []
      : [
          {
            message: `${where} ${gap}, and ${describePower(power())}`,
            severity: noteUnlessAdministrator(power()),
            fix: 'add "reviewers" or "deployFrom"',
          },
        ];
  }
  const others = facts.environmentsOf(repository);
  const isForgotten = facts.source === "config" && others.length > 0;
  const made = `${where} was not found: GitHub creates it without protection when a job names it, unless it exists already`;
  const known = isForgotten ? ` (the file has ${others.slice(0, 5).join(", ")})` : "";
  return [
    {
      message: `${made}${known}`,
      severity: isForgotten ? "warning" : noteUnlessAdministrator(power()),
      fix: "manage the environment together with the role, or correct its name",
    },
  ];
}

/** What an environment lacks; nothing where it is not known. */
function gapOf({ reviewers, deployFrom, waitMinutes, adminsCanBypass }: EnvironmentModel): string | undefined {
  if (isUnknown(reviewers) || (typeof deployFrom === "object" && "unknown" in deployFrom)) return undefined;
  if (reviewers.length > 0)
    return adminsCanBypass === true ? "lets administrators of the repository bypass its reviewers" : undefined;
  if (deployFrom !== "any ref") return undefined;
  return waitMinutes === 0
    ? "has no reviewers and no branch rule"
    : "has a wait timer, but no reviewers and no branch rule";
}
