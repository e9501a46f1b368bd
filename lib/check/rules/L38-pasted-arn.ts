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
    "An ARN in the workflow is a second copy of what the access file publishes. When the role is renamed, moved to another account or split, the workflow goes on asking for the old one, and a copy of the workflow in another environment asks for the wrong one.",
  remedy:
    "Name the variable or secret that the ARN is published in: of a job in an environment it is the environment's own.",
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
              fix: 'publish the ARN, and write "${{ vars.AWS_ROLE_ARN }}"',
            },
          ]
        : [],
    ),
};
