import fc from "fast-check";
import { writtenSubjects } from "../../lib/model/written-subjects";
import type { RoleModel } from "../../lib/model/model";
import { change, changeOf, ISSUER, roleValues, rolesOf } from "../readers/small-plan";
import { casesMet, runs } from "../support/runs";

const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const SUBJECT = `${ISSUER}:sub`;

function roleWith(policy: string): RoleModel {
  const [role] = rolesOf(
    changeOf({
      changes: [
        change(
          "aws_iam_role.deploy",
          "no-op",
          roleValues("deploy", { assume_role_policy: policy }),
          roleValues("deploy", { assume_role_policy: policy }),
        ),
      ],
    }).after,
  );
  if (!role) throw new Error("no role");
  return role;
}

const statement = (condition: unknown, more: object = {}): object => ({
  Effect: "Allow",
  Principal: { Federated: PROVIDER },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: condition,
  ...more,
});
const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const written = (policy: string): readonly string[] | undefined => writtenSubjects(roleWith(policy));

/** As the policy has them once it is read. */
function readSubjects({ trust }: RoleModel): unknown[] | undefined {
  return "statements" in trust
    ? trust.statements.flatMap(({ conditions }) =>
        conditions.filter(({ key }) => /:sub$/i.test(key)).flatMap(({ values }) => values),
      )
    : undefined;
}

test.each([
  [
    "one",
    { StringEquals: { [SUBJECT]: "repo:octo-org/web-shop:environment:production" } },
    ["repo:octo-org/web-shop:environment:production"],
  ],
  [
    "a list",
    { StringLike: { [SUBJECT]: ["repo:octo-org/a:*", "repo:octo-org/b:ref:refs/heads/main]"] } },
    ["repo:octo-org/a:*", "repo:octo-org/b:ref:refs/heads/main]"],
  ],
  ["another case of the key", { StringLike: { [SUBJECT.toUpperCase()]: "repo:octo-org/*" } }, ["repo:octo-org/*"]],
])("subjects are told by the text alone: %s", (_, condition, expected) => {
  expect(written(policyOf(statement(condition)))).toStrictEqual(expected);
});

test.each([
  [
    "nothing is asked of the subject",
    policyOf(statement({ StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" } })),
  ],
  [
    "the subject is one that must not be",
    policyOf(statement({ StringNotLike: { [SUBJECT]: "repo:octo-org/web-shop:*" } })),
  ],
  [
    "the subject may be missing",
    policyOf(statement({ StringLikeIfExists: { [SUBJECT]: "repo:octo-org/web-shop:*" } })),
  ],
  [
    "there may be no value at all",
    policyOf(statement({ "ForAllValues:StringLike": { [SUBJECT]: "repo:octo-org/web-shop:*" } })),
  ],
  [
    "there is a second statement",
    policyOf(statement({ StringEquals: { [SUBJECT]: "repo:octo-org/a:pull_request" } }), statement({})),
  ],
  [
    "a subject is no repository's",
    policyOf(statement({ StringLike: { [SUBJECT]: ["repo:octo-org/a:pull_request", "*]"] } })),
  ],
  ["the list is empty", policyOf(statement({ StringLike: { [SUBJECT]: [] } }))],
  ["something is escaped", policyOf(statement({ StringEquals: { [SUBJECT]: 'repo:octo-org/a:ref:refs/heads/"x' } }))],
  [
    "two keys ask for it",
    policyOf(
      statement({
        StringEquals: { [SUBJECT]: "repo:octo-org/a:pull_request" },
        StringLike: { "example.com:sub": "repo:octo-org/b:*" },
      }),
    ),
  ],
])("a policy has to be read where %s", (_, policy) => {
  expect(written(policy)).toBeUndefined();
});

const values = fc.oneof(
  fc.constantFrom(
    "repo:octo-org/a:pull_request",
    "repo:octo-org/b:*",
    "repo:*",
    "*",
    "octo-org",
    "repo:x]y",
    "sts.amazonaws.com",
  ),
  fc.string({ maxLength: 12 }).map((each) => `repo:${each}`),
);
const conditions = fc.dictionary(
  fc.constantFrom("StringEquals", "StringLike", "ForAnyValue:StringLike", "StringNotEquals"),
  fc.dictionary(
    fc.constantFrom(SUBJECT, `${ISSUER}:aud`, "example.com:SUB"),
    fc.oneof(values, fc.array(values, { maxLength: 3 })),
    { maxKeys: 2 },
  ),
  { maxKeys: 2 },
);

test("what the text tells is what the policy says, once it is read", () => {
  let told = 0;
  fc.assert(
    fc.property(
      fc.oneof(fc.tuple(conditions), fc.tuple(conditions, conditions)),
      fc.constantFrom(0, 2),
      (each, space) => {
        const role = roleWith(
          JSON.stringify(
            { Version: "2012-10-17", Statement: each.map((condition) => statement(condition)) },
            null,
            space,
          ),
        );
        const subjects = writtenSubjects(role);
        if (subjects === undefined) return;
        told += 1;
        const read = readSubjects(role);
        // A policy that AWS would refuse lets nobody in, whatever it names.
        if (read !== undefined) expect(subjects).toStrictEqual(read);
        expect(each).toHaveLength(1);
      },
    ),
    { numRuns: runs(2_000) },
  );
  expect(told).toBeGreaterThan(casesMet(20));
});
