import { nameOf } from "../../sts/trust-step";
import type { HintRule } from "../rule";

/** A statement with `"Effect": "Deny"` applies. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export const explicitDeny: HintRule = {
  id: "explicit-deny",
  find: ({ statement }) => {
    if (statement?.statement.effect !== "Deny" || !statement.applies) return undefined;
    const name = nameOf(statement);
    return {
      message: `${capital(name)} denies this call, and a Deny overrides every Allow.`,
      fix: `Narrow the conditions of ${name}, or remove it.`,
    };
  },
};

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
