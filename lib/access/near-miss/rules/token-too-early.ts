import { member } from "../../sts/read-object";
import { stepRule } from "../rule";

/** The token is of a later time than the call. */
export const tokenTooEarly = stepRule("token-too-early", "time", ({ call: { token, at } }) => {
  const [nbf, iat] = [member(token.claims, "nbf"), member(token.claims, "iat")].map(Number);
  return (nbf ?? 0) > at || (iat ?? 0) > at ? { message: "The token is of a later time than the call: a clock is wrong, or the times were written by hand.", fix: `Check the clocks. To judge the token as of its own time, add "--at ${iat || nbf}".` } : undefined;
});
