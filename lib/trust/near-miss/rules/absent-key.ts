import { conditionRule, type Finding } from "../rule";
import { quote } from "../words";

/** Keys of AWS's own that are often tried, and why they have no value. */
const REASONS: Readonly<Record<string, string>> = {
  "sts:externalid": "an external id belongs to AssumeRole, and a web identity cannot pass one",
  "aws:sourceip": "nothing is known here of the address that the call comes from",
  "aws:requestedregion": "nothing is known here of the region that is called",
};

/** The condition is on a key of AWS's own that such a call does not have. */
export const absentKey = conditionRule("absent-key", ({ record, prefix }): Finding | undefined => {
  if (record.reason !== "keyMissing" || !/^(aws|sts)$/i.test(prefix)) return undefined;
  const key = record.key.toLowerCase();
  const reason = Object.hasOwn(REASONS, key)
    ? REASONS[key]
    : "nobody has signed the call, so that there is no AWS principal yet";
  return {
    message: `The key ${quote(record.key)} has no value: ${reason}.`,
    fix: "Remove the condition, and bind the role to the token by its subject.",
  };
});
