import { pairRule } from "../rule";
import { quote } from "../words";

/**
 * `*` and `?` mean nothing but themselves to an exact operator, and no subject has them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export const wildcardInExact = pairRule("wildcard-in-exact", ({ wanted }, { record }) => {
  if (!/^StringEquals/.test(record.condition.operator.base) || !/[*?]/.test(wanted)) return undefined;
  return {
    message: `${record.condition.operator.base} takes "${/[*]/.test(wanted) ? "*" : "?"}" literally, so ${quote(wanted)} matches no token.`,
    fix: `Write out the value, or move it to "${record.operator.replace(/StringEquals(IgnoreCase)?/, "StringLike")}" if it is a pattern.`,
  };
});
