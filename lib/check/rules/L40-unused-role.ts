import { formatText } from "../../trust/text";
import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";
import { besideProduction, workflowWith } from "../workflows/examples";

export const unusedRole: Rule<"agreement"> = {
  id: "L40",
  title: "A role that no workflow asks for",
  severity: "note",
  explanation:
    "A role admits jobs of this repository alone, and none of its workflows asks for it: what nobody uses is only there for somebody who should not. Workflows of branches other than the one that was read may ask for it.",
  remedy: "Take the role away, or let a workflow use it.",
  source: SOURCES.leastPrivilege,
  appliesTo: "agreement",
  compliant: [{ about: "a role that is used", workflow: workflowWith(), beside: besideProduction() }],
  nonCompliant: [
    {
      about: "one beside it that is not",
      workflow: workflowWith(),
      beside: besideProduction({ roles: { old: { allow: [{ branch: "main" }] } } }),
    },
  ],
  check: ({ fact, repository }) =>
    fact.kind === "unusedRole"
      ? [
          {
            message: `no workflow of ${repository} asks for role "${formatText(fact.role.role.name)}"`,
            fix: "take the role away, or use it",
          },
        ]
      : [],
};
