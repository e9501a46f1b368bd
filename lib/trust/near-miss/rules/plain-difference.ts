import { firstDifference } from "../pair";
import { conditionRule, type Finding } from "../rule";
import { quote } from "../words";

/** When nothing better can be said: where the nearest values begin to differ. */
export const plainDifference = conditionRule("plain-difference", ({ record, pairs: [pair] }): Finding => {
  const key = quote(record.key);
  if (pair) {
    const at = firstDifference(pair.wanted, pair.actual);
    return {
      message: `${key}: ${quote(pair.wanted)} is wanted, and the token has ${quote(pair.actual)}; they differ from character ${at + 1} on.`,
      fix: `Let in ${quote(pair.actual)}, if this job is meant.`,
    };
  }
  if (record.reason === "excluded")
    return {
      message: `${key}: ${record.operator} shuts out ${(record.actual ?? []).map(quote).join(", ")}.`,
      fix: "Take the value off the list, if this job is meant.",
    };
  const actual = record.actual === undefined ? "no such key" : record.actual.map(quote).join(", ");
  return {
    message: `${key}: ${record.operator} wants ${record.wanted.map(quote).join(" or ") || "a value of an empty list"}, and the call has ${actual}.`,
    fix: "Change the condition, if this job is meant.",
  };
});
