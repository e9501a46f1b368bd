import { roleCallsOf } from "../../workflows";
import { quoted } from "../../aws/policy/position";
import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";
import { workflowWith } from "../workflows/examples";

export const pastedArn: Rule<"workflow"> = {
  id: "L38",
  title: "A role's ARN pasted into a workflow",
  severity: "note",
  explanation:
    "An ARN in the workflow duplicates what the access file publishes. When the role is renamed, split or moved to another account, the workflow still requests the old one. A copy of the workflow in another environment requests the wrong one.",
  remedy: "Use the variable or secret that holds the ARN; for a job in an environment, that of the environment.",
  source: SOURCES.githubVariables,
  appliesTo: "workflow",
  compliant: [{ about: "the published variable", workflow: workflowWith() }],
  nonCompliant: [
    { about: "an ARN", workflow: workflowWith({ role: "arn:aws:iam::111122223333:role/web-shop-production" }) },
  ],
  check: ({ workflow }) =>
    roleCallsOf(workflow).flatMap(({ role, rolePosition }) =>
      role.kind === "literal" && role.text.startsWith("arn:")
        ? [
            {
              position: rolePosition,
              message: `${quoted(role.text)} is pasted into the workflow`,
              fix: 'publish the ARN, and use "${{ vars.AWS_ROLE_ARN }}"',
            },
          ]
        : [],
    ),
};
