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
    "A step requests a session that exceeds the role's maximum. STS refuses the call, whatever the trust policy says.",
  remedy: "Request a shorter session, or raise the role's maximum.",
  source: SOURCES.sessionLength,
  appliesTo: "agreement",
  compliant: [{ about: "what the role gives", workflow: deploy(3600), beside: besideProduction() }],
  nonCompliant: [{ about: "two hours of a role that gives one", workflow: deploy(7200), beside: besideProduction() }],
  check: ({ fact }) =>
    fact.kind === "longSession"
      ? [
          {
            message: `job "${fact.call.job}" requests a session of ${fact.seconds} seconds, but role "${formatText(fact.role.role.name)}" allows ${fact.most} at most`,
            fix: `request ${fact.most} seconds, or raise the role's maximum session duration`,
          },
        ]
      : [],
};
