import { GITHUB_CLAIM_KEYS } from "../../../aws/condition-keys";
import { member } from "../../sts/read-object";
import { conditionRule } from "../rule";
import { quote } from "../words";

/** AWS knows the key, and the token has no such claim. */
export const claimMissing = conditionRule(
  "claim-missing",
  ({ record, prefix, claim }, { call: { token }, verdict: { lookup } }) => {
    // An environment and an audience have rules of their own.
    const known = claim === "sub" || GITHUB_CLAIM_KEYS.some((each) => each === claim && each !== "environment");
    if (record.reason !== "keyMissing" || !known || prefix.toLowerCase() !== lookup.issuer?.toLowerCase())
      return undefined;
    const value = member(token.claims, claim);
    if (typeof value === "string") return undefined;
    const message =
      value === undefined
        ? `The token has no claim ${quote(claim)}.`
        : `The claim ${quote(claim)} is not a string, as GitHub mints it.`;
    return {
      message,
      fix:
        claim === "enterprise_id"
          ? "Only tokens of an enterprise's repositories have it: remove the condition, or use a repository of the enterprise."
          : "Use a token, or claims, as GitHub minted them for a job.",
    };
  },
);
