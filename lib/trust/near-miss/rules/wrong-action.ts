import { WEB_IDENTITY_ACTION } from "../../sts/trust-step";
import type { HintRule } from "../rule";
import { quote } from "../words";

/** The statement is about another way of assuming a role. */
export const wrongAction: HintRule = {
  id: "wrong-action",
  find: ({ statement }) => {
    if (!statement || statement.actionMatches || !statement.principalMatches || statement.statement.effect === "Deny")
      return undefined;
    const actions = statement.statement.actions.map(({ text }) => quote(text)).join(", ");
    return {
      message: `The statement ${statement.statement.notAction ? "leaves out" : "allows"} ${actions}, but GitHub's jobs call "${WEB_IDENTITY_ACTION}".`,
      fix: `Set "Action" to "${WEB_IDENTITY_ACTION}".`,
    };
  },
};
