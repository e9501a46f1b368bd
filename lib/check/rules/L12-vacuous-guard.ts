import { binds, excludes, isKnown } from "../../trust/admitted";
import { formatOperatorName, passesWithoutKey } from "../../aws/policy/condition-operator-name";
import { quoted } from "../../aws/policy/position";
import { conditions, MAIN, statements, subject } from "../trust/examples";
import { TENANCY_CLAIMS, type TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { type ClaimCondition, claimConditions, isBound } from "../trust/values";

/** Claims that only some tokens have. */
const SOMETIMES: readonly string[] = ["environment", "enterprise_id"];

export const vacuousGuard: TrustRule = {
  id: "L12",
  title: "A condition that holds when the claim is absent",
  severity: "warning",
  explanation:
    "An operator with IfExists or ForAllValues, or a negated one, holds when the token lacks the claim, or when AWS has no condition key for it. ForAllValues is for multivalued keys; GitHub's keys have one value. For a claim that every token has, this is a note: nobody gets in through it today.",
  remedy: "Use the plain operator: StringEquals, or StringLike for a pattern.",
  source: SOURCES.multiValued,
  appliesTo: "trustPolicy",
  compliant: [
    subject("a plain operator", MAIN),
    conditions("ForAnyValue, under which IfExists lets nobody pass without the claim", {
      "ForAnyValue:StringEqualsIfExists": { sub: MAIN },
    }),
    conditions("an exception from what a pattern admits", {
      StringLike: { sub: "repo:octo-org/web-shop:environment:*" },
      StringNotEquals: { sub: "repo:octo-org/web-shop:environment:production" },
    }),
  ],
  nonCompliant: [
    conditions("ForAllValues", { "ForAllValues:StringLike": { sub: MAIN } }),
    conditions("IfExists", { StringEquals: { sub: MAIN }, StringEqualsIfExists: { ref: "refs/heads/main" } }),
    conditions("an environment that a job need not name", {
      StringLike: { sub: "repo:octo-org/web-shop:*" },
      StringEqualsIfExists: { environment: "production" },
    }),
    conditions("everybody but one", { StringNotEquals: { sub: "repo:octo-org/web-shop:pull_request" } }),
    statements("an audience that may be absent", {
      condition: { StringEquals: { sub: MAIN }, "ForAllValues:StringEquals": { aud: "sts.amazonaws.com" } },
    }),
  ],
  check: (policy) =>
    claimConditions(policy)
      .filter(isVacuous)
      .map(({ admission, condition, claim }) => {
        const isOnlyGuard =
          (TENANCY_CLAIMS as readonly string[]).includes(claim) &&
          excludes(condition) &&
          !isBound(admission, ...TENANCY_CLAIMS);
        return {
          position: condition.position,
          severity: isOnlyGuard ? "error" : SOMETIMES.includes(claim) || excludes(condition) ? "warning" : "note",
          message: `${formatOperatorName(condition.operator)} on ${quoted(condition.key)} ${excludes(condition) ? "only excludes callers" : "also holds when the claim is absent"}${isOnlyGuard ? ", and nothing else limits whose jobs get in" : ""}`,
          fix: "use StringEquals, or StringLike for a pattern, without IfExists and ForAllValues",
        };
      }),
};

/** A negated operator beside a subject that is bound takes something away, and is what it is for. */
function isVacuous({ admission, condition, claim }: ClaimCondition): boolean {
  // A claim that AWS makes no key of is for L13.
  if (!isKnown(claim, admission.issuer, admission.source)) return false;
  if (binds(condition) || condition.operator.base === "Null") return false;
  const isException =
    excludes(condition) &&
    condition.operator.quantifier !== "ForAllValues" &&
    isBound(admission, ...TENANCY_CLAIMS) &&
    !SOMETIMES.includes(claim);
  return (
    !isException &&
    (excludes(condition) || passesWithoutKey(condition.operator) || condition.operator.quantifier === "ForAllValues")
  );
}
