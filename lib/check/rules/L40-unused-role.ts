import { formatText } from "../../trust/text";
import type { Rule } from "../rule";
import { SOURCES } from "../trust/sources";
import { besideProduction, workflowWith } from "../workflows/examples";

export const unusedRole: Rule<"agreement"> = {
  id: "L40",
  title: "A role that no workflow uses",
  severity: "note",
  explanation:
    "A role admits only jobs of this repository, and none of its workflows uses it: an unused role serves only attackers. Workflows on branches other than the one read may use it.",
  remedy: "Remove the role, or use it in a workflow.",
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
            message: `no workflow of ${repository} uses role "${formatText(fact.role.role.name)}"`,
            fix: "remove the role, or use it",
          },
        ]
      : [],
};
