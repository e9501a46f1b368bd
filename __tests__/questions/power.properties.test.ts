import fc from "fast-check";
import { compareLevels, type Power } from "../../lib/aws/permissions/level";
import { ESCALATIONS } from "../../lib/aws/permissions/escalation";
import type { RoleModel } from "../../lib/model/model";
import { powerOf } from "../../lib/questions/power";
import { policyText, type Written } from "../aws/permissions/policies";
import { runs } from "../support/runs";

const ROLE = "arn:aws:iam::111122223333:role/deploy";

const action = fc.constantFrom(
  "*",
  "*:*",
  "s3:*",
  "s3:Get*",
  "s3:GetObject",
  "s3:Put*",
  "s3:PutObject",
  "*:Describe*",
  "iam:*",
  "iam:P*",
  "lambda:*",
  "sts:Get*",
  "sts:*",
  "kms:Decrypt",
  ...ESCALATIONS.flatMap(({ needs }) => needs.map((need) => need.action)),
);
const resource = fc.constantFrom(
  "*",
  "arn:aws:*",
  "arn:aws:s3:::web/*",
  "arn:aws:iam::*:role/*",
  "arn:aws:iam::111122223333:role/*",
  "arn:aws:iam::*:role/app-*",
  "arn:aws:iam::*:role/${aws:PrincipalTag/team}",
  "arn:aws:lambda:*:*:function:*",
  ROLE,
);
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: 3 });
const condition = fc.constantFrom<Written>(
  {},
  {},
  {},
  { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
  { Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } } },
);

const statement = (effect: "Allow" | "Deny"): fc.Arbitrary<Written> =>
  fc
    .tuple(
      fc.constantFrom("Action", "Action", "NotAction"),
      list(action),
      fc.constantFrom("Resource", "Resource", "NotResource"),
      list(resource),
      condition,
    )
    .map(([actionKey, actions, resourceKey, resources, conditions]) => ({
      Effect: effect,
      [actionKey]: actions,
      [resourceKey]: resources,
      ...conditions,
    }));

const any = fc.oneof(statement("Allow"), statement("Allow"), statement("Deny"));
const managed = fc.subarray(
  ["AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "AWSLambda_FullAccess", "NoSuchPolicy"],
  { maxLength: 2 },
);
const boundary = fc.constantFrom(
  null,
  null,
  "PowerUserAccess",
  "ReadOnlyAccess",
  "AWSLambda_FullAccess",
  "AdministratorAccess",
);

interface Given {
  readonly statements: readonly Written[];
  readonly managed: readonly string[];
  readonly boundary: string | null;
}

const given: fc.Arbitrary<Given> = fc.record({ statements: fc.array(any, { maxLength: 4 }), managed, boundary });

const arn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** A role with each statement in a policy of its own, or with all in one. */
function power({ statements, managed: names, boundary: limit }: Given, apart = true): Power {
  const documents =
    statements.length === 0 ? [] : apart ? statements.map((each) => policyText([each])) : [policyText(statements)];
  const role: RoleModel = {
    name: "deploy",
    arn: ROLE,
    path: "/",
    sessionSeconds: 3_600,
    permissionsBoundary: limit === null ? null : arn(limit),
    boundaryDocument: null,
    trust: { unknown: "of no matter here" },
    managedPolicies: names.map((name) => ({ arn: arn(name), document: null })),
    inlinePolicies: documents.map((document, index) => ({ name: `policy${index}`, document })),
    location: null,
  };
  return powerOf(role);
}

const often = { numRuns: runs(500) };

describe("what a role can do", () => {
  test("is never less with a statement more that allows", () =>
    fc.assert(
      fc.property(given, statement("Allow"), (role, more) => {
        expect(
          compareLevels(power({ ...role, statements: [...role.statements, more] }).level, power(role).level),
        ).toBeGreaterThanOrEqual(0);
      }),
      often,
    ));

  test("is never more with a statement more that denies", () =>
    fc.assert(
      fc.property(given, statement("Deny"), (role, more) => {
        expect(
          compareLevels(power({ ...role, statements: [...role.statements, more] }).level, power(role).level),
        ).toBeLessThanOrEqual(0);
      }),
      often,
    ));

  test("is never more with a permissions boundary", () =>
    fc.assert(
      fc.property(given, (role) => {
        expect(compareLevels(power(role).level, power({ ...role, boundary: null }).level)).toBeLessThanOrEqual(0);
      }),
      often,
    ));

  test("does not depend on the order of statements, nor on which policy they are in", () =>
    fc.assert(
      fc.property(given, (role) => {
        const { level } = power(role);
        expect(power({ ...role, statements: role.statements.toReversed() }).level).toBe(level);
        expect(power(role, false).level).toBe(level);
      }),
      often,
    ));

  test("always has a reason", () =>
    fc.assert(
      fc.property(
        given,
        (role) => power(role).because.length > 0 && power(role).because.every((reason) => reason !== ""),
      ),
      often,
    ));

  test("is nothing when everything is denied", () =>
    fc.assert(
      fc.property(given, (role) => {
        const known = { ...role, managed: role.managed.filter((name) => name !== "NoSuchPolicy") };
        expect(
          power({ ...known, statements: [...known.statements, { Effect: "Deny", Action: "*", Resource: "*" }] }).level,
        ).toBe("nothing");
      }),
      often,
    ));
});
