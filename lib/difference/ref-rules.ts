import type { EnvironmentModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText, isKnown, type Text } from "../trust/text";
import { includesRefs } from "./ref-patterns";
import type { ProtectionChange } from "./schema";

type Rule = EnvironmentModel["deployFrom"];
type Known = Exclude<Rule, { unknown: string }>;

/** `branches main, release/* and tags v*`. */
export function refWords(rule: Rule): string {
  if (typeof rule === "string") return rule;
  if (isUnknown(rule)) return `not known (${rule.unknown})`;
  const words = (kind: string, patterns: readonly Text[]): string[] =>
    patterns.length === 0 ? [] : [`${kind} ${[...new Set(patterns.map(formatText))].sort().join(", ")}`];
  return [...words("branches", rule.branches), ...words("tags", rule.tags)].join(" and ") || "no ref";
}

/** What becomes of which refs may deploy; `undefined` where that means the same. */
export function refDirection(before: Rule, after: Rule): ProtectionChange["direction"] | undefined {
  if (refWords(before) === refWords(after)) return undefined;
  if (isUnknown(before) || isUnknown(after)) return "changed";
  const [narrower, wider] = [isWithin(after, before), isWithin(before, after)];
  if (narrower && wider) return undefined;
  return narrower ? "stronger" : wider ? "weaker" : "changed";
}

/** Whether all refs of one rule are surely among those of another. */
function isWithin(one: Known, other: Known): boolean {
  if (other === "any ref" || one === other) return true;
  if (typeof one === "object" && one.branches.length + one.tags.length === 0) return true;
  return (
    typeof one === "object" &&
    typeof other === "object" &&
    allWithin(one.branches, other.branches) &&
    allWithin(one.tags, other.tags)
  );
}

const allWithin = (some: readonly Text[], others: readonly Text[]): boolean =>
  some.every((each) =>
    others.some(
      (other) =>
        formatText(each) === formatText(other) || (isKnown(each) && isKnown(other) && includesRefs(other, each)),
    ),
  );
