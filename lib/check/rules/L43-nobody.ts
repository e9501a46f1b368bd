import { binds, claimOf, isKnown, type Admission } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import type { Condition } from "../../aws/policy/condition";
import type { TrustDocument } from "../../aws/policy/trust-document";
import { AdmissionSearch } from "../../trust/admission-search";
import type { RuleFinding } from "../rule";
import type { TrustPolicySubject } from "../subject";
import { conditions, MAIN, statements, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const aud = "sts.amazonaws.com";

export const nobody: TrustRule = {
  id: "L43",
  title: "A statement that admits nobody",
  severity: "error",
  explanation:
    "All conditions of a statement must hold for one token. A job in an environment has no branch in its subject, a token belongs to one repository, and a Deny overrides every Allow. Two valid conditions may have no token in common. AWS stores such a policy and refuses every job.",
  remedy: "Make all conditions match one job, or remove one of them.",
  source: SOURCES.logic,
  appliesTo: "trustPolicy",
  compliant: [
    subject("conditions that one job fulfils", MAIN),
    conditions("a branch of an environment's job", {
      StringEquals: { sub: "repo:octo-org/web-shop:environment:production", ref: "refs/heads/main" },
    }),
  ],
  nonCompliant: [
    conditions("two repositories", { StringEquals: { sub: MAIN, repository: "octo-org/orders" } }),
    conditions("a branch that is no pull request's", {
      StringEquals: { sub: "repo:octo-org/web-shop:pull_request", ref: "refs/heads/main" },
    }),
    conditions("an environment without a name", {
      StringEquals: { environment: "" },
      StringLike: { sub: "repo:octo-org/web-shop:*" },
    }),
    statements(
      "a denial of the same",
      { condition: { StringEquals: { aud, sub: MAIN } } },
      { effect: "Deny", condition: { StringLike: { sub: "repo:octo-org/*" } } },
    ),
  ],
  check: (policy) =>
    policy.admitted.denied
      .flatMap((each) => [deniedFinding(each)])
      .concat(policy.admitted.admissions.flatMap((each) => findingOf(policy, each))),
};

const deniedFinding = ({ position }: Admission["statement"]): RuleFinding => ({
  position,
  message: "this statement admits nobody: another one denies everything that it allows",
  fix: "narrow the Deny, or remove this statement",
});

function findingOf({ document }: TrustPolicySubject, admission: Admission): RuleFinding[] {
  const { statement, letsIn, neverHolds, source } = admission;
  if (letsIn !== "nobody" || neverHolds || source.issuer === undefined) return [];
  const isEmpty = (...some: readonly Condition[]): boolean => letsNobodyIn(document, admission, some);
  const alone = statement.conditions.find((condition) => isEmpty(condition));
  if (alone) return isForAnotherRule(alone, admission) ? [] : [conditionFinding(alone)];
  for (const [index, one] of statement.conditions.entries())
    for (const other of statement.conditions.slice(index + 1))
      if (isEmpty(one, other)) return [pairFinding(one, other)];
  if (!isEmpty(...statement.conditions)) return [deniedFinding(statement)];
  return [
    {
      position: statement.position,
      message: "this statement admits nobody: no token meets all of its conditions",
      fix: "make all conditions match one job",
    },
  ];
}

function letsNobodyIn(
  { version }: TrustDocument,
  { statement, source, issuer }: Admission,
  some: readonly Condition[],
): boolean {
  const only: TrustDocument = { version, id: undefined, statements: [{ ...statement, conditions: some }] };
  return (
    new AdmissionSearch(only, { issuer, partition: source.partition, arn: source.principal.value }).find().answer ===
    "no"
  );
}

/** Values of the subject are for L35, wildcards taken literally for L11, claims that AWS does not know for L13. */
const isForAnotherRule = (condition: Condition, { issuer, source }: Admission): boolean => {
  const claim = claimOf(condition, issuer);
  const isLiteral =
    binds(condition) &&
    condition.operator.base !== "StringLike" &&
    condition.values.every(({ text }) => /[*?]/.test(text));
  return claim === undefined || claim === "sub" || isLiteral || !isKnown(claim, issuer, source);
};

const conditionFinding = ({ key, position, values }: Condition): RuleFinding => ({
  position,
  message: `${quoted(key)} is never ${
    values
      .map(({ text }) => quoted(text))
      .slice(0, 3)
      .join(" or ") || "one of no values"
  }: this statement admits nobody`,
  fix: "write a value that GitHub's tokens have, or remove the condition",
});

const pairFinding = (one: Condition, other: Condition): RuleFinding => ({
  position: other.position,
  message: `no token has both ${inWords(one)} and ${inWords(other)}: this statement admits nobody`,
  fix: "make both conditions match one job, or remove one of them",
});

const inWords = ({ key, values }: Condition): string =>
  `${quoted(key.slice(key.lastIndexOf(":") + 1))} ${values
    .slice(0, 2)
    .map(({ text }) => quoted(text))
    .join(" or ")}`;
