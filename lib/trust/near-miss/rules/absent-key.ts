import { conditionRule, type Finding } from "../rule";
import { quote } from "../words";

/** Keys of AWS's own that are often tried, and why they have no value. */
const REASONS: Readonly<Record<string, string>> = {
  "sts:externalid": "an external id is a parameter of AssumeRole, and AssumeRoleWithWebIdentity has none",
  "aws:sourceip": "the address that the call comes from is not known here",
  "aws:requestedregion": "the region that the call goes to is not known here",
};

/** The condition is on a key of AWS's own that such a call does not have. */
export const absentKey = conditionRule("absent-key", ({ record, prefix }): Finding | undefined => {
  if (record.reason !== "keyMissing" || !/^(aws|sts)$/i.test(prefix)) return undefined;
  const key = record.key.toLowerCase();
  const reason = Object.hasOwn(REASONS, key) ? REASONS[key] : "the call is unsigned, so there is no AWS principal yet";
  return {
    message: `The key ${quote(record.key)} has no value: ${reason}.`,
    fix: "Remove the condition, and limit the role by the token's subject.",
  };
});
