import { isUnknown } from "../../trust/trust-model";
import { formatText, isKnown } from "../../trust/text";
import { quoted } from "../../aws/policy/position";
import { admitsPullRequests } from "../../github/deployment-pattern";
import { describePower, isAdministrator, isKnownToWrite } from "../model/power";
import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";

const production = (branches: readonly string[]): { repositories: object } => ({
  repositories: {
    "web-shop": {
      environments: { production: { deployFrom: { branches }, role: { managedPolicies: ["AmazonS3FullAccess"] } } },
    },
  },
});

export const pullRequestRefs: Rule<"environment"> = {
  id: "L19",
  title: "Pull requests may deploy to an environment",
  severity: "warning",
  explanation:
    "GitHub compares a branch rule with the ref of the job, which for a pull request is refs/pull/NUMBER/merge. A pattern that matches it lets unreviewed code into the environment, and so to its role. This is an error where the role is an administrator, and a note where no role is known to write or somebody must approve.",
  remedy: "Remove the pattern; for pull requests use a separate environment or a separate read-only role.",
  source: SOURCES.githubEnvironments,
  appliesTo: "environment",
  compliant: [
    { about: "branches", access: production(["main", "release/*"]) },
    { about: "a star that crosses no slash", access: production(["*"]) },
  ],
  nonCompliant: [{ about: "the refs of pull requests", access: production(["main", "refs/pull/*/merge"]) }],
  check: ({ environment: { repository, name, deployFrom, reviewers }, power: powerBehind }) => {
    if (typeof deployFrom === "string" || isUnknown(deployFrom)) return [];
    const isReviewed = Array.isArray(reviewers) && reviewers.length > 0;
    const patterns = deployFrom.branches.filter(isKnown).filter(admitsPullRequests);
    const power = patterns.length > 0 ? powerBehind() : undefined;
    const severity = isReviewed || !isKnownToWrite(power) ? "note" : isAdministrator(power) ? "error" : "warning";
    return patterns.map((pattern) => ({
      message: `${quoted(pattern)} lets the unreviewed code of pull requests into environment ${quoted(formatText(name))} of ${formatText(repository)}${power ? `, and ${describePower(power)}` : ""}`,
      severity,
      fix: "remove the pattern from the branches that may deploy",
    }));
  },
};
