import { member } from "../../sts/read-object";
import { CLOCK_SKEW } from "../../sts/time-step";
import { stepRule } from "../rule";

/** The token is too old. @see https://github.com/aws-actions/configure-aws-credentials/issues/1848 */
export const tokenExpired = stepRule("token-expired", "time", ({ call: { token, at } }) => {
  const exp = member(token.claims, "exp");
  if (typeof exp !== "number" || at <= exp + CLOCK_SKEW) return undefined;
  return {
    message: "The token has expired: GitHub's are valid for five minutes.",
    fix: `Request a new token right before it is used. To judge this one as of its own time, add "--at ${exp}".`,
  };
});
