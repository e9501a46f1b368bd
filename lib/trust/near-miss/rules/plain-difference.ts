import { firstDifference } from "../pair";
import { conditionRule, type Finding } from "../rule";
import { quote } from "../words";

/** When nothing better can be said: where the nearest values begin to differ. */
export const plainDifference = conditionRule("plain-difference", ({ record, pairs: [pair] }): Finding => {
  const key = quote(record.key);
  if (pair) {
    const at = firstDifference(pair.wanted, pair.actual);
    return {
      message: `${key}: the policy requires ${quote(pair.wanted)}, but the token has ${quote(pair.actual)}; they differ from character ${at + 1} on.`,
      fix: `Admit ${quote(pair.actual)}, if this job should get in.`,
    };
  }
  if (record.reason === "excluded")
    return {
      message: `${key}: ${record.operator} excludes ${(record.actual ?? []).map(quote).join(", ")}.`,
      fix: "Remove the value from the list, if this job should get in.",
    };
  const actual = record.actual === undefined ? "no such key" : record.actual.map(quote).join(", ");
  return {
    message: `${key}: ${record.operator} requires ${record.wanted.map(quote).join(" or ") || "a value of an empty list"}, but the call has ${actual}.`,
    fix: "Change the condition, if this job should get in.",
  };
});
