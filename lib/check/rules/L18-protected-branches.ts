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
  title: "Protected branches, and no branch is protected",
  severity: "note",
  explanation:
    "An environment that may be deployed to from protected branches may be deployed to from every branch as long as the repository protects none. What was read has no rule that protects a branch of the repository; GitHub may have one. It is a warning where an administrator stands behind the environment and nobody reviews.",
  remedy: "Protect the branch beside the environment, or name the branches that may deploy.",
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
        message: `environment ${quoted(formatText(name))} of ${formatText(repository)} may be deployed to from protected branches, and nothing that was read protects one: GitHub then lets every branch deploy`,
        severity: isReviewed ? "note" : noteUnlessAdministrator(power()),
        fix: "protect the branch in the same plan, or name the branches that may deploy",
      },
    ];
  },
};
