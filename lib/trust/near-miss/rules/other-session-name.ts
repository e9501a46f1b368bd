import { SESSION_NAME_KEY } from "../../../aws/condition-keys";
import { conditionRule } from "../rule";
import { quote } from "../words";

/** The caller calls its session by another name than the policy wants. */
export const otherSessionName = conditionRule("other-session-name", ({ record }) => {
  if (record.key.toLowerCase() !== SESSION_NAME_KEY.toLowerCase() || record.reason !== "notMatched") return undefined;
  return {
    message: `The policy requires a session named ${record.wanted.map(quote).join(" or ")}, but the call names it ${(record.actual ?? []).map(quote).join(", ")}.`,
    fix: 'Set "role-session-name" of configure-aws-credentials to such a name.',
  };
});
