import type { Rule } from "../rule";
import { formatText } from "../../trust/text";
import { SOURCES } from "../trust/sources";
import { besideProduction, workflowWith } from "../workflows/examples";

const deploy = (seconds: number): string => workflowWith({ inputs: `role-duration-seconds: ${seconds}` });

export const sessionLength: Rule<"agreement"> = {
  id: "L29",
  title: "A session longer than the role allows",
  severity: "error",
  explanation:
    "A step asks for a session that is longer than the longest that the role gives. STS refuses the call as a whole, whatever the trust policy says.",
  remedy: "Ask for less, or let the role give longer sessions.",
  source: SOURCES.sessionLength,
  appliesTo: "agreement",
  compliant: [{ about: "what the role gives", workflow: deploy(3600), beside: besideProduction() }],
  nonCompliant: [{ about: "two hours of a role that gives one", workflow: deploy(7200), beside: besideProduction() }],
  check: ({ fact }) =>
    fact.kind === "longSession"
      ? [
          {
            message: `job "${fact.call.job}" asks for a session of ${fact.seconds} seconds, and role "${formatText(fact.role.role.name)}" gives ${fact.most} at most`,
            fix: `ask for ${fact.most} seconds, or raise the role's session duration`,
          },
        ]
      : [],
};
