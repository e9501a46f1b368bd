import { isAtLeast } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import { conditions, MAIN, subject } from "../trust/examples";
import { severityOf } from "../trust/severity";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";

export const looseValue: TrustRule = {
  id: "L9",
  title: "A broad value among narrow ones",
  severity: "warning",
  explanation:
    "The values of a key are alternatives: a list is as broad as its broadest value, and the narrow values next to it change nothing.",
  remedy: "Narrow the broad value, or remove it.",
  source: SOURCES.logic,
  appliesTo: "trustPolicy",
  compliant: [subject("two exact values", [MAIN, "repo:octo-org/web-shop:environment:production"])],
  nonCompliant: [
    conditions("a branch beside the whole organization", { StringLike: { sub: [MAIN, "repo:octo-org/*"] } }),
    conditions("a branch beside every job", { StringLike: { sub: [MAIN, "repo:octo-org/web-shop:*"] } }),
  ],
  check: (policy) => {
    const values = subjectValues(policy);
    const tight = new Set(
      values.filter(({ set }) => !isAtLeast(set.breadth, "repository")).map(({ condition }) => condition),
    );
    return values
      .filter(({ set, condition }) => isAtLeast(set.breadth, "repository") && tight.has(condition))
      .map(({ value, admission }) => ({
        position: value.position,
        severity: severityOf("warning", admission, "repository"),
        message: `${quoted(value.text)} makes the whole list broad: the values are alternatives`,
        fix: "narrow this value, or remove it",
      }));
  },
};
