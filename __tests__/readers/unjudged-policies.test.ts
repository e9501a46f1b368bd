import { differenceOf } from "../../lib/difference/difference";
import { grantsOf } from "../../lib/questions/grants";
import type { AccessModel, RoleModel } from "../../lib/model/model";
import type { TrustModel } from "../../lib/trust/trust-model";
import { explainRole } from "../../lib/questions/role-call/explain-role";
import { bareClaims } from "../../lib/trust/sts/token";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { allowsJob } from "../../lib/testing/allows-job";
import { agreement } from "../../lib/workflows/agreement";
import { workflowOf } from "../workflows/workflows";
import { CLAIMS } from "../trust/calls";
import { modelOf, role, trusting } from "../difference/models";
import { account, condition, statement, subjects } from "../questions/role-call/roles";

/** Read, and no policy that AWS would take: no reader makes one today, and if one does, nobody may overlook it. */
const unjudged: TrustModel = {
  version: "2012-10-17",
  statements: [statement([condition("sub", ["repo:*"], "StringMatches")])],
};
const REASON = 'Syntax error in policy: Invalid Condition type "StringMatches": use one of IAM\'s condition operators';

const unknownIn = (before: AccessModel, after: AccessModel) => differenceOf(before, after).unknown;
const known = trusting("repo:octo-org/web-shop:pull_request");

describe("a trust policy that was read and cannot be judged", () => {
  test.each<[string, RoleModel[], RoleModel[], string[]]>([
    ["of a role that is created", [], [role(unjudged)], ["whom it will trust"]],
    ["in the place of one that can", [role(known)], [role(unjudged)], ["whom it will trust"]],
    ["in whose place one comes that can", [role(unjudged)], [role(known)], ["whom it trusted before"]],
    [
      "before and after",
      [role(unjudged)],
      [role({ ...unjudged, version: null })],
      ["whom it trusted before", "whom it will trust"],
    ],
  ])("%s may let in anyone, as a difference says", (_, before, after, expected) => {
    expect(unknownIn(modelOf(...before), modelOf(...after))).toEqual(
      expected.map((whom) => ({
        what: "role deploy of production",
        reason: `${whom}: the trust policy cannot be judged: ${REASON}`,
        mayAdmit: true,
      })),
    );
  });

  test("is no change where it stays as it is", () =>
    expect(unknownIn(modelOf(role(unjudged)), modelOf(role(unjudged, { description: "x" } as object)))).toEqual([]));

  test("is an error of check, in place of silence", () => {
    expect(runRules(RULES, modelSubjects(modelOf(role(unjudged)), "plan", "plan.json"))).toMatchObject([
      {
        rule: "L36",
        severity: "error",
        message: `this role's trust policy cannot be judged, so it may admit anyone: ${REASON}`,
      },
    ]);
  });

  test("is a line of access, beside what its other statements let in", () => {
    const { grants, unread } = grantsOf(
      modelOf(
        role({ ...unjudged, statements: [...unjudged.statements, subjects("repo:octo-org/web-shop:pull_request")] }),
      ),
    );
    expect(grants).toMatchObject([{ repository: "octo-org/web-shop" }]);
    expect(unread).toEqual([
      { account: "production", role: "deploy", reason: `one of its statements cannot be judged: ${REASON}` },
    ]);
  });

  test("is decided neither by explain nor by the matchers", () => {
    expect(explainRole({ role: role(unjudged), account }, { token: bareClaims(CLAIMS), at: 1_795_000_000 })).toEqual({
      unknown: [`the trust policy cannot be judged: ${REASON}`],
    });
    expect(
      allowsJob(modelOf(role(unjudged)), {
        role: "deploy",
        job: { repository: "octo-org/web-shop", branch: "main", issuedAt: 1_795_000_000 },
      }),
    ).toEqual({ undecided: `its trust policy cannot be judged: ${REASON}` });
  });

  test("is undecided beside workflows, with the reason", () => {
    const workflow = workflowOf(
      'on: push\npermissions: {id-token: write}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v6\n        with: {role-to-assume: "arn:aws:iam::111122223333:role/deploy"}\n',
    );
    expect(agreement(modelOf(role(unjudged)), [workflow], "octo-org/web-shop")).toMatchObject([
      { kind: "undecided", because: `the role's trust policy cannot be judged: ${REASON}` },
    ]);
  });
});

test("a policy of denials alone, of which nothing is known, lets nobody in", () => {
  const denial = statement([condition("sub", [[{ unknown: "var.sub" }]])], { effect: "Deny" });
  const model = modelOf(role({ version: "2012-10-17", statements: [denial] }));
  expect(grantsOf(model)).toMatchObject({ grants: [], unread: [] });
  expect(differenceOf(modelOf(), model)).toMatchObject({
    gained: [],
    unknown: [{ reason: "whom it will trust: not known until the plan is applied: var.sub" }],
  });
});
