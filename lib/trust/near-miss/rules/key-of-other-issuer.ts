import { conditionRule } from "../rule";
import { quote } from "../words";

/** The key begins with another issuer than the token's, or is written with `https://`. */
export const keyOfOtherIssuer = conditionRule(
  "key-of-other-issuer",
  ({ record, prefix, claim }, { verdict: { lookup } }) => {
    const { issuer } = lookup;
    if (
      record.reason !== "keyMissing" ||
      issuer === undefined ||
      prefix.toLowerCase() === issuer.toLowerCase() ||
      !/[./]/.test(prefix)
    )
      return undefined;
    return {
      message: `The key ${quote(record.key)} belongs to an issuer other than the token's, ${quote(issuer)}: AWS has no value for it.`,
      fix: `Write ${quote(`${issuer}:${claim}`)}.`,
    };
  },
);
