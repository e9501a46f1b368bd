import { fromStackJson } from "../../lib/readers/from-synth";
import { grantsOf } from "../../lib/questions/grants";
import type { RoleModel } from "../../lib/model/model";
import { readTrust } from "../../lib/trust/read-trust";
import { explainRole } from "../../lib/questions/role-call/explain-role";
import type { Text } from "../../lib/trust/text";
import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import type { Finding } from "../../lib/check/finding";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { trustPolicySubject } from "../../lib/check/trust/policy-subject";
import { mintClaims } from "../../lib/github/token";
import { closes } from "../../lib/review/gate";
import type { Review } from "../../lib/review/review";
import { reviewOf } from "../../lib/review/review-of";
import { allowsJob } from "../../lib/testing/allows-job";
import { longPolicy } from "../aws/policy/long-policies";
import { bareClaims } from "../../lib/trust/sts/token";
import { policyText, statement } from "../aws/policy/policies";
import { modelOf, role } from "../difference/models";
import { ISSUER } from "../trust/calls";
import { account } from "../questions/role-call/roles";
import { change, changeOf, rolesOf, roleValues } from "./small-plan";

const ADDRESS = "aws_iam_role.deploy";
const GATES = ["gained", "widened", "weakened"] as const;

/** Review of a role that is created, or that has another trust policy before. */
const reviewing = (policy: string, before?: string): Review => {
  const values = (text: string): object => roleValues("deploy", { assume_role_policy: text });
  const [was, actions] = before === undefined ? [null, "create"] : [values(before), "update"];
  return reviewOf([changeOf({ changes: [change(ADDRESS, actions, was as never, values(policy) as never)] })]);
};

const checking = (...roles: RoleModel[]): Finding[] =>
  runRules(RULES, modelSubjects(modelOf(...roles), "plan", "plan.json"));
const rulesOf = (findings: readonly Finding[]): string[] => findings.map(({ rule, severity }) => `${severity} ${rule}`);

const stranger = { repository: "evil/evil", branch: "main", issuedAt: 1_795_000_000 };
const explaining = (trust: RoleModel) =>
  explainRole({ role: trust, account }, { token: bareClaims(mintClaims(stranger)), at: 1_795_000_000 });

describe.each([8_016, 8_017, 8_020, 8_146, 8_192])(
  "a trust policy of %d characters that AWS accepts, one statement of it for every repository",
  (length) => {
    const policy = longPolicy(length);

    test("has that length", () => expect(parseTrustDocument(policy)).toMatchObject({ length, problems: [] }));

    test("closes every gate of a review where its role is created", () => {
      const review = reviewing(policy);
      expect(review).toMatchObject({ gained: [{ role: "deploy", certain: true }], unknown: [] });
      expect(review.gained[0]?.who).toContainEqual(expect.objectContaining({ repository: "*", breadth: "anyone" }));
      for (const gate of GATES) expect(closes(review, gate)).not.toEqual([]);
    });

    test("closes the gates for widened roles where its role trusted a branch before", () => {
      const review = reviewing(
        policy,
        policyText([
          statement({
            Condition: { StringEquals: { [`${ISSUER}:sub`]: "repo:octo-org/web-shop:ref:refs/heads/main" } },
          }),
        ]),
      );
      expect(review).toMatchObject({ gained: [], widened: [{ role: "deploy", certain: true }], unknown: [] });
      expect(closes(review, "widened")).not.toEqual([]);
    });

    test("is found by check, in a plan and alone", () => {
      const inPlan = checking(role(policy));
      const alone = runRules(
        RULES,
        [trustPolicySubject("trust.json", parseTrustDocument(policy))].flatMap((each) => each ?? []),
      );
      for (const findings of [inPlan, alone]) {
        expect(rulesOf(findings)).toContain("error L2");
        expect(findings.find(({ rule }) => rule === "L28")?.message).toContain(`the policy has ${length} characters`);
      }
    });

    test("is in the answer of access", () => {
      const { grants, unread } = grantsOf(modelOf(role(policy)));
      expect(unread).toEqual([]);
      expect(grants).toHaveLength(22);
      expect(grants).toContainEqual(expect.objectContaining({ repository: "*", breadth: "anyone" }));
    });

    test("lets a stranger in, as explain and the matchers say", () => {
      expect(explaining(role(policy))).toMatchObject({ explained: { verdict: { decision: "allow" } } });
      expect(allowsJob(modelOf(role(policy)), { role: "deploy", job: stranger })).toMatchObject({
        explained: { verdict: { decision: "allow" } },
      });
    });
  },
);

const REFUSED: readonly [string, string, string][] = [
  [
    "of 8193 characters",
    longPolicy(8_193),
    "Cannot exceed quota for ACLSizePerRole: 8192, and this has 8193 characters",
  ],
  [
    "with an operator that AWS does not know",
    policyText([statement({ Condition: { StringMatches: { [`${ISSUER}:sub`]: "repo:*" } } })]),
    'Syntax error in policy: Invalid Condition type "StringMatches": use one of IAM\'s condition operators',
  ],
];

describe.each(REFUSED)("a trust policy %s", (_, policy, reason) => {
  test("is not known in a review that creates its role, and closes every gate", () => {
    const review = reviewing(policy);
    expect(review.unknown).toEqual([
      {
        what: "role deploy of 111122223333",
        reason: `whom it will trust: AWS would refuse the trust policy: ${reason}`,
        mayAdmit: true,
      },
    ]);
    expect(review.summary.headline).toBe("Nothing known to change; 1 thing could not be known; 1 new finding");
    for (const gate of GATES)
      expect(closes(review, gate)).toEqual(["1 thing could not be known that may let somebody in"]);
  });

  test("is not known in a review that updates its role, and closes every gate", () => {
    const review = reviewing(
      policy,
      policyText([
        statement({ Condition: { StringEquals: { [`${ISSUER}:sub`]: "repo:octo-org/web-shop:ref:refs/heads/main" } } }),
      ]),
    );
    expect(review.unknown).toMatchObject([
      { reason: `whom it will trust: AWS would refuse the trust policy: ${reason}`, mayAdmit: true },
    ]);
    for (const gate of GATES)
      expect(closes(review, gate)).toContain("1 thing could not be known that may let somebody in");
  });

  test("is an error of check, and a line of access", () => {
    expect(checking(role(policy))).toMatchObject([
      { rule: "L36", severity: "error", message: `AWS would refuse this role's trust policy: ${reason}` },
    ]);
    expect(grantsOf(modelOf(role(policy)))).toMatchObject({
      grants: [],
      unread: [{ role: "deploy", reason: `AWS would refuse its trust policy: ${reason}` }],
    });
  });

  test("is refused by explain, with the reason", () =>
    expect(explaining(role(policy))).toMatchObject({ refused: [reason] }));
});

describe("a trust policy that AWS would refuse before and after", () => {
  const [one, other] = ["repo:octo-org/web-shop:pull_request", "repo:*"].map((sub) =>
    policyText([statement({ Condition: { StringMatches: { [`${ISSUER}:sub`]: sub } } })]),
  ) as [string, string];

  test("is not known where it changes, though it is refused for the same reason", () => {
    const review = reviewing(other, one);
    expect(review.unknown).toHaveLength(2);
    for (const gate of GATES) expect(closes(review, gate)).not.toEqual([]);
  });

  test("is no change where another argument of the role changes", () => {
    const values = (description: string) => roleValues("deploy", { assume_role_policy: one, description }) as never;
    const review = reviewOf([changeOf({ changes: [change(ADDRESS, "update", values("a"), values("b"))] })]);
    expect(review.summary).toMatchObject({ headline: "No change in who can do what", unknown: 0 });
  });
});

describe("what is made of a policy while it is judged is not held to AWS's limits", () => {
  test("a character that AWS takes as an escape alone", () => {
    const policy = policyText([
      statement({ Condition: { StringLike: { [`${ISSUER}:sub`]: ["repo:*", "repo:octo-org/\u4e2d:*"] } } }),
    ]).replaceAll("\u4e2d", "\\u4e2d");
    expect(parseTrustDocument(policy).problems).toEqual([]);
    expect(rulesOf(checking(role(policy)))).toContain("error L2");
    expect(grantsOf(modelOf(role(policy)))).toMatchObject({ unread: [] });
    expect(reviewing(policy)).toMatchObject({ gained: [{ role: "deploy" }], unknown: [] });
    expect(explaining(role(policy))).toMatchObject({ explained: { verdict: { decision: "allow" } } });
  });

  test("what stands for a value that is not known is not counted", () => {
    const hole = { unknown: "known after apply" };
    const withHole = (length: number): Text => {
      const [start = "", end = ""] = longPolicy(length).split("b7-x");
      return [`${start}b7-`, hole, end];
    };
    // A character less than before, in whose place the hole stands.
    expect(readTrust(withHole(8_193))).toMatchObject({ length: 8_192, version: "2012-10-17" });
    expect(readTrust(withHole(8_194))).toEqual({ unknown: "known after apply" });
    expect(rulesOf(checking(role(withHole(8_193))))).toEqual(expect.arrayContaining(["error L2", "note L36"]));
  });

  test("a data source's document has the length that Terraform gives it, without brackets around single values", () => {
    const { Statement } = JSON.parse(longPolicy(8_192)) as {
      Statement: { Principal: { Federated: string }; Condition: Record<string, Record<string, string>> }[];
    };
    const statements = Statement.map(({ Principal, Condition }) => ({
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: [{ type: "Federated", identifiers: [Principal.Federated] }],
      condition: Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([variable, value]) => ({ test: operator, variable, values: [value] })),
      ),
    }));
    const model = fromStackJson({
      data: { aws_iam_policy_document: { trust: { statement: statements } } },
      resource: {
        aws_iam_role: { deploy: { name: "deploy", assume_role_policy: "${data.aws_iam_policy_document.trust.json}" } },
      },
    });
    expect(rolesOf(model)).toMatchObject([{ trust: { length: 8_192 } }]);
    expect(grantsOf(model).grants).toContainEqual(expect.objectContaining({ breadth: "anyone" }));
  });

  test("the quota of a policy is told by what is written, and not by what is made of it", () => {
    const padded = (length: number): string => {
      const text = (padding: number): string =>
        policyText([
          statement({
            Sid: "x".repeat(padding),
            Condition: {
              StringEquals: {
                [`${ISSUER}:aud`]: "sts.amazonaws.com",
                [`${ISSUER}:sub`]: "repo:octo-org/web-shop:environment:production",
              },
            },
          }),
        ]);
      return text(length - text(0).length);
    };
    expect(rulesOf(checking(role(padded(2_048))))).not.toContain("note L28");
    expect(rulesOf(checking(role(padded(2_049))))).toContain("note L28");
  });
});
