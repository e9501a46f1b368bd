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
    "A part of the trust policy depends on something that what was read does not say, as a variable, a value that is known only after apply, or one that is marked sensitive. Nothing is said of that part by any other rule. A policy that AWS would refuse is an error: the plan cannot be applied. So is a policy that cannot be judged at all: it may admit anyone.",
  remedy: "Check a plan in place of its configuration, or the role itself once it is applied.",
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
      message: `the trust policy depends on ${reason}, which is not known here`,
      fix: "check a plan, or the role once it is applied",
    }));
  },
};
