import { quoted } from "../../aws/policy/position";
import { formatText } from "../../trust/text";
import { noteUnlessAdministrator } from "../model/power";
import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";

const environment = {
  resource: {
    github_repository_environment: {
      production: {
        repository: "web-shop",
        environment: "production",
        deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
      },
    },
  },
};

export const protectedBranches: Rule<"environment"> = {
  id: "L18",
  title: "Deployment from protected branches, but none is protected",
  severity: "note",
  explanation:
    "An environment that allows deployment from protected branches allows it from every branch while the repository protects none. No branch protection of the repository was found; GitHub may have one. This is a warning where the environment has an administrator role and no reviewers.",
  remedy: "Protect the branch, or name the branches that may deploy.",
  source: SOURCES.githubEnvironments,
  appliesTo: "environment",
  compliant: [
    {
      about: "branches by name",
      access: {
        repositories: { "web-shop": { environments: { production: { deployFrom: { branches: ["main"] } } } } },
      },
    },
    {
      about: "a branch protected beside it",
      terraform: {
        ...environment,
        resource: {
          ...environment.resource,
          github_branch_protection_v3: { main: { repository: "web-shop", branch: "main" } },
        },
      },
    },
    {
      about: "an access file: the plan fails where no branch is protected",
      access: { repositories: { "web-shop": { environments: { production: { deployFrom: "protectedBranches" } } } } },
    },
  ],
  nonCompliant: [{ about: "protected branches alone", terraform: environment }],
  check: ({ environment: { repository, name, deployFrom, reviewers }, power, facts }) => {
    if (deployFrom !== "protected branches" || facts.protectsBranches(repository)) return [];
    const isReviewed = Array.isArray(reviewers) && reviewers.length > 0;
    return [
      {
        message: `environment ${quoted(formatText(name))} of ${formatText(repository)} allows deployment from protected branches, but no branch protection was found: GitHub then lets every branch deploy`,
        severity: isReviewed ? "note" : noteUnlessAdministrator(power()),
        fix: "protect the branch in the same plan, or name the branches that may deploy",
      },
    ];
  },
};
