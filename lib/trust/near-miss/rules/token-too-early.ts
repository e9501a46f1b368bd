import { member } from "../../sts/read-object";
import { CLOCK_SKEW } from "../../sts/time-step";
import { stepRule } from "../rule";

/** The token is of a later time than the call. */
export const tokenTooEarly = stepRule("token-too-early", "time", ({ call: { token, at } }) => {
  const times = ["nbf", "iat"]
    .map((name) => member(token.claims, name))
    .filter((each) => typeof each === "number" && each > at + CLOCK_SKEW);
  return times.length > 0
    ? {
        message: "The token's time is later than the call: a clock is wrong, or the times were written by hand.",
        fix: `Check the clocks. To judge the token as of its own time, add "--at ${times.at(-1)}".`,
      }
    : undefined;
});
