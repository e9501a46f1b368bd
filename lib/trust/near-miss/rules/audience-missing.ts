import { audiencesOf } from "../../sts/token";
import { conditionRule } from "../rule";

/** The token says nothing of whom it is for. */
export const audienceMissing = conditionRule(
  "audience-missing",
  ({ record, claim }, { call: { token }, verdict: { lookup } }) => {
    if (
      claim !== "aud" ||
      record.reason !== "keyMissing" ||
      audiencesOf(token).length > 0 ||
      !record.key.toLowerCase().startsWith(`${lookup.issuer?.toLowerCase()}:`)
    )
      return undefined;
    return {
      message: 'The claims have no "aud", but the policy requires one.',
      fix: token.signed
        ? "Request the token with an audience."
        : 'Add "aud" of the token to the claims: with configure-aws-credentials it is "sts.amazonaws.com".',
    };
  },
);
