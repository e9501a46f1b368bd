import { isAtLeast } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import { conditions, MAIN } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { bindingConditions } from "../trust/values";

export const refAsProof: TrustRule = {
  id: "L26",
  title: "A ref as proof of a push",
  severity: "warning",
  explanation:
    "The ref of a token does not say where its code came from. Jobs of pull_request_target, workflow_run, or a merged pull request's closing have the ref of the default branch, and may run a stranger's code. With a subject that matches any job, a condition on the ref admits them.",
  remedy: "Name a branch in the subject, or an environment with a branch rule.",
  source: SOURCES.githubOidc,
  appliesTo: "trustPolicy",
  compliant: [
    conditions("an environment, on a branch", {
      StringEquals: { sub: "repo:octo-org/web-shop:environment:production", ref: "refs/heads/main" },
    }),
    conditions("a branch in the subject", { StringEquals: { sub: MAIN } }),
  ],
  nonCompliant: [
    conditions("any job with that ref", {
      StringEquals: { ref: "refs/heads/main" },
      StringLike: { sub: "repo:octo-org/web-shop:*" },
    }),
  ],
  check: ({ admitted }) =>
    admitted.admissions
      .filter(({ subjects }) =>
        subjects.some(
          ({ writtenBreadth, kinds, letsIn }) =>
            letsIn !== "nobody" && isAtLeast(writtenBreadth, "repository") && kinds.size > 1,
        ),
      )
      .flatMap((admission) => bindingConditions(admission, "ref"))
      .map(({ key, position }) => ({
        position,
        message: `${quoted(key)} does not prove a push: jobs of other events also carry the default branch's ref`,
        fix: "put the branch or an environment in the subject",
      })),
};
