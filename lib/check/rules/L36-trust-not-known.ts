import type { Rule } from "../rule";
import { exampleStatement, MAIN } from "../trust/examples";
import { SOURCES } from "../trust/sources";

const role = (sub: string, more: object = {}): object => ({
  ...more,
  resource: {
    aws_iam_role: {
      deploy: {
        name: "deploy",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [exampleStatement({ condition: { StringEquals: { sub, aud: "sts.amazonaws.com" } } })],
        }),
      },
    },
  },
});

export const trustNotKnown: Rule<"role"> = {
  id: "L36",
  title: "A trust policy that cannot be judged",
  severity: "note",
  explanation:
    "A part of the trust policy depends on something that the source does not tell: a variable, a value known only after apply, or a sensitive value. No other rule judges that part. A policy that AWS would refuse is an error: the plan cannot be applied. So is a policy that cannot be judged at all: it may admit anyone.",
  remedy: "Check a plan instead of its configuration, or the role itself once it is applied.",
  source: SOURCES.principal,
  appliesTo: "role",
  compliant: [{ about: "all is known", terraform: role(MAIN) }],
  nonCompliant: [
    { about: "a variable in the subject", terraform: role("repo:${var.owner}/web-shop:ref:refs/heads/main") },
    {
      about: "a policy that AWS would refuse",
      terraform: { resource: { aws_iam_role: { deploy: { name: "deploy", assume_role_policy: "{}" } } } },
    },
  ],
  check: ({ role: { trust }, unknown, unjudged }) => {
    if ("refused" in trust)
      return [
        {
          severity: "error",
          message: `AWS would refuse this role's trust policy: ${trust.refused.slice(0, 3).join("; ")}`,
          fix: "correct the policy",
        },
      ];
    if (unjudged !== undefined)
      return [
        {
          severity: "error",
          message: `this role's trust policy cannot be judged, so it may admit anyone: ${unjudged}`,
          fix: "read the policy by hand, or write it in a simpler form",
        },
      ];
    return unknown.map((reason) => ({
      message: dependsOn(reason),
      fix: "check a plan, or the role once it is applied",
    }));
  },
};

const AFTER_APPLY = /^known after apply(?:: (.*))?$/s;

/** A reason is what stands in place of the value, as `var.subject` or `known after apply: aws_x.y.arn`. */
function dependsOn(reason: string): string {
  const [isAfterApply, reference] = AFTER_APPLY.exec(reason) ?? [];
  if (isAfterApply === undefined) return `the trust policy depends on ${reason}, which is not known here`;
  return `the trust policy is known only after apply${reference === undefined ? "" : `: it depends on ${reference}`}`;
}
