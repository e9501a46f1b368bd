import type { PermissionChange } from "../../lib/difference/schema";
import { planChangeOfText } from "../../lib/readers/from-plan-change";
import type { Review } from "../../lib/review/review";
import { reviewSchema } from "../../lib/review/review";
import { reviewOf } from "../../lib/review/review-of";
import {
  ACCOUNT,
  attachmentValues,
  change,
  configured,
  held,
  managed,
  planText,
  roleValues,
  type SmallPlan,
} from "../readers/small-plan";
import { allow, policyText } from "../aws/permissions/policies";

const ROLE = "aws_iam_role.ci";
const ARN = `arn:aws:iam::${ACCOUNT}:policy/p`;
const READS = policyText([allow("s3:Get*")]);
const READS_TWICE = policyText([allow("s3:GetObject"), allow("s3:Get*", "*")]);
const ALL = policyText([allow("*")]);

const role = (more: object = {}) => change(ROLE, "no-op", roleValues("ci", { ...more }), roleValues("ci", { ...more }));
const policy = (document: string) => ({ name: "p", path: "/", id: ARN, arn: ARN, policy: document });
const policyBecomes = (document: string) => change("aws_iam_policy.p", "update", policy(READS), policy(document));
const own = { id: "p", role: "ci", policy_arn: ARN };
const attached = change("aws_iam_role_policy_attachment.p", "no-op", own, { ...own });

const review = (...plans: readonly SmallPlan[]): Review =>
  reviewSchema.parse(reviewOf(plans.map((plan, index) => planChangeOfText(planText(plan), `${index}.json`))));

type Line = [
  what: string,
  direction: PermissionChange["direction"],
  before: PermissionChange["before"],
  after: PermissionChange["after"],
];
const lines = ({ permissions }: Review): Line[] =>
  permissions.map(({ change: kind, what, direction, before, after }) => [`${kind}: ${what}`, direction, before, after]);

describe("A role of the plan whose policy is the plan's own", () => {
  test.each<[string, SmallPlan, Line[]]>([
    [
      "has it",
      { changes: [policyBecomes(ALL), role(), attached] },
      [[`statement added: every action on every resource (policy ${ARN})`, "more", "reads", "administrator"]],
    ],
    ["has it as before, in other words", { changes: [policyBecomes(READS_TWICE), role(), attached] }, []],
    [
      "is bounded by it",
      {
        changes: [
          policyBecomes(ALL),
          role({ permissions_boundary: ARN, managed_policy_arns: [managed("AdministratorAccess")] }),
        ],
      },
      [[`boundary changed: ${ARN}, now with every action on every resource`, "more", "reads", "administrator"]],
    ],
    [
      "is bounded by it as before, in other words",
      { changes: [policyBecomes(READS_TWICE), role({ permissions_boundary: ARN })] },
      [],
    ],
    [
      "is bounded by it, and it is not known until apply",
      {
        changes: [
          change(
            "aws_iam_policy.p",
            "update",
            policy(READS),
            { ...policy(""), policy: null },
            { change: { after_unknown: { policy: true } } },
          ),
          role({ permissions_boundary: ARN }),
        ],
        configuration: [configured("aws_iam_policy.p", { policy: "aws_s3_bucket.x.arn" })],
      },
      [
        [
          `not known: permissions boundary ${ARN}: its document is not known after: it is not all known: aws_s3_bucket.x.arn`,
          "changed",
          "nothing",
          "nothing",
        ],
      ],
    ],
    [
      "looks it up",
      {
        changes: [policyBecomes(ALL), role(), attached],
        prior: [held("data.aws_iam_policy.p", policy(READS))],
        configuration: [
          configured("aws_iam_role_policy_attachment.p", {
            role: `${ROLE}.name`,
            policy_arn: "data.aws_iam_policy.p.arn",
          }),
        ],
      },
      [[`statement added: every action on every resource (policy ${ARN})`, "more", "reads", "administrator"]],
    ],
    [
      "looks it up during apply",
      {
        changes: [
          policyBecomes(ALL),
          role(),
          change(
            "aws_iam_role_policy_attachment.p",
            "delete,create",
            own,
            { role: "ci" },
            { change: { after_unknown: { id: true, policy_arn: true } } },
          ),
        ],
        configuration: [
          configured("aws_iam_role_policy_attachment.p", {
            role: `${ROLE}.name`,
            policy_arn: "data.aws_iam_policy.p.arn",
          }),
        ],
      },
      [
        [
          "not known: attached is a policy that is not known: {?data.aws_iam_policy.p.arn}",
          "changed",
          "reads",
          "unknown",
        ],
        [`statement removed: s3:Get* on every resource (policy ${ARN})`, "less", "reads", "unknown"],
      ],
    ],
  ])("%s", (_, plan, expected) => {
    const reviewed = review(plan);
    expect(lines(reviewed)).toEqual(expected);
    expect(reviewed.unknown).toEqual([]);
  });
});

describe("A role that the plan does not have", () => {
  const A = "aws_iam_role_policy_attachment.a";
  const inline = (document: string) => ({ name: "x", role: "ci", policy: document });
  test.each<[string, SmallPlan, Line[]]>([
    [
      "is given a policy",
      { changes: [change(A, "create", null, attachmentValues("ci", "AdministratorAccess"))] },
      [["policy attached: AdministratorAccess", "more", "unknown", "administrator"]],
    ],
    [
      "loses a policy that denies",
      { changes: [change(A, "delete", attachmentValues("ci", "AWSDenyAll"), null)] },
      [["policy detached: AWSDenyAll", "more", "unknown", "unknown"]],
    ],
    [
      "is given one policy for another, by one that takes the other's place",
      {
        changes: [
          change(A, "delete", attachmentValues("ci", "ReadOnlyAccess"), null),
          change("aws_iam_role_policy_attachment.b", "create", null, attachmentValues("ci", "ReadOnlyAccess")),
        ],
      },
      [],
    ],
    [
      "is given more by an inline policy",
      { changes: [change("aws_iam_role_policy.a", "update", inline(READS), inline(ALL))] },
      [["statement added: every action on every resource (policy x)", "more", "unknown", "administrator"]],
    ],
    [
      "is given the same by an inline policy",
      { changes: [change("aws_iam_role_policy.a", "update", inline(READS), inline(READS_TWICE))] },
      [],
    ],
    [
      "is given more by a policy that it has",
      { changes: [policyBecomes(ALL), attached] },
      [[`statement added: every action on every resource (policy ${ARN})`, "more", "unknown", "administrator"]],
    ],
    [
      "is given a policy by a list of roles",
      {
        changes: [
          change("aws_iam_policy_attachment.a", "create", null, {
            name: "a",
            roles: ["ci"],
            policy_arn: managed("ReadOnlyAccess"),
          }),
        ],
      },
      [["policy attached: ReadOnlyAccess", "more", "unknown", "unknown"]],
    ],
    [
      "is given a policy by a list of policies",
      {
        changes: [
          change("aws_iam_role_policy_attachments_exclusive.a", "create", null, {
            role_name: "ci",
            policy_arns: [managed("ReadOnlyAccess")],
          }),
        ],
      },
      [["policy attached: ReadOnlyAccess", "more", "unknown", "unknown"]],
    ],
    [
      "keeps what it has",
      {
        changes: [
          change(
            A,
            "no-op",
            attachmentValues("ci", "AdministratorAccess"),
            attachmentValues("ci", "AdministratorAccess"),
          ),
        ],
      },
      [],
    ],
  ])("%s", (_, plan, expected) => {
    const reviewed = review(plan);
    expect(lines(reviewed)).toEqual(expected);
    expect(reviewed.permissions.every((each) => each.role === "ci" && each.roleArn === null && each.admits)).toBe(true);
    expect(reviewed.unknown).toEqual([]);
  });

  test("is told with the file of the plan, where there are several", () =>
    expect(
      review(
        { changes: [role()] },
        { changes: [change(A, "create", null, attachmentValues("ci", "AdministratorAccess"))] },
      ).permissions.map(({ location }) => location),
    ).toEqual([{ address: A, file: "1.json" }]));

  test("is not one that the plan makes, or deletes", () => {
    const makes = change(ROLE, "create", null, {
      name: "ci",
      path: "/",
      assume_role_policy: roleValues("ci")["assume_role_policy"],
    });
    const there = change(
      A,
      "no-op",
      attachmentValues("ci", "ReadOnlyAccess"),
      attachmentValues("ci", "ReadOnlyAccess"),
    );
    expect(review({ changes: [makes, there] }).permissions).toEqual([]);
    expect(review({ changes: [change(ROLE, "delete", roleValues("ci"), null), there] }).permissions).toEqual([]);
  });
});

describe("A policy that no role of the plan has", () => {
  test("may be that of others", () =>
    expect(review({ changes: [policyBecomes(ALL)] }).unknown).toEqual([
      {
        what: "aws_iam_policy.p",
        reason: `statement added: every action on every resource (policy ${ARN}); which roles have the policy, the plan does not say`,
        mayAdmit: false,
      },
    ]));

  test.each<[string, SmallPlan]>([
    ["says the same in other words", { changes: [policyBecomes(READS_TWICE)] }],
    [
      "is made",
      {
        changes: [
          change(
            "aws_iam_policy.p",
            "create",
            null,
            { name: "p", path: "/", policy: ALL },
            { change: { after_unknown: { arn: true, id: true } } },
          ),
        ],
      },
    ],
    ["is deleted", { changes: [change("aws_iam_policy.p", "delete", policy(ALL), null)] }],
  ])("and that %s is none", (_, plan) => expect(review(plan)).toMatchObject({ permissions: [], unknown: [] }));
});
