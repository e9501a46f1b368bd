import fc from "fast-check";
import { permissionChanges } from "../../lib/difference/permissions";
import type { PermissionChange } from "../../lib/difference/schema";
import { permits, type AccessRequest } from "../../lib/aws/permissions/decide";
import { statementsOf, type Written } from "../aws/permissions/policies";
import { inline, own, pairsOf, role } from "./role-pairs";
import { runs } from "../support/runs";

const action = fc.constantFrom(
  "*",
  "s3:*",
  "s3:Get*",
  "s3:getobject",
  "s3:GetObject",
  "s3:?etObject",
  "s3:PutObject",
  "*:Get*",
  "ec2:RunInstances",
);
const resource = fc.constantFrom(
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::web/*",
  "arn:aws:s3:::web/a",
  "arn:aws:s3:::w?b/a",
  "arn:aws:s3:::${aws:PrincipalTag/team}/*",
  "arn:aws:s3:::${aws:PrincipalTag/team}/a",
  "arn:aws:s3:::${aws:PrincipalTag/team, 'web'}/a",
);
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.uniqueArray(item, { minLength: 1, maxLength: 3 });

const REGION = "aws:RequestedRegion";
const values = list(fc.constantFrom("eu-west-1", "us-east-1", "eu-*", "e?-west-1"));
const operator = fc.constantFrom(
  "StringEquals",
  "StringLike",
  "StringNotEquals",
  "StringNotLike",
  "StringEqualsIfExists",
  "ForAnyValue:StringLike",
  "ForAllValues:StringEquals",
  "ForAllValues:StringNotLike",
  "ForAnyValue:StringNotEquals",
  "StringNotLikeIfExists",
  "StringEqualsIgnoreCase",
);
const condition: fc.Arbitrary<Written> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.tuple(operator, values).map(([name, wanted]) => ({ Condition: { [name]: { [REGION]: wanted } } })),
  },
  fc
    .constantFrom(["true"], ["false"], ["true", "false"])
    .map((wanted) => ({ Condition: { Null: { [REGION]: wanted } } })),
  fc.tuple(operator, values).map(([name, wanted]) => ({
    Condition: { [name]: { [REGION]: wanted }, Bool: { "aws:SecureTransport": "true" } },
  })),
);

const statement: fc.Arbitrary<Written> = fc
  .tuple(
    fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    fc.constantFrom("Action", "Action", "Action", "NotAction"),
    list(action),
    fc.constantFrom("Resource", "Resource", "Resource", "NotResource"),
    list(resource),
    condition,
  )
  .map(([Effect, actionKey, actions, resourceKey, resources, conditions]) => ({
    Effect,
    [actionKey]: actions,
    [resourceKey]: resources,
    ...conditions,
  }));
const statements = fc.array(statement, { maxLength: 4 });

const keys = fc
  .tuple(
    fc.constantFrom([], ["eu-west-1"], ["us-east-1"], ["eu-north-1"], ["eu-west-1", "us-east-1"]),
    fc.constantFrom([], ["true"], ["false"]),
    fc.constantFrom([], ["web"], ["ops"]),
  )
  .map(
    ([region, secure, team]) =>
      new Map(
        Object.entries({
          [REGION.toLowerCase()]: region,
          "aws:securetransport": secure,
          "aws:principaltag/team": team,
        }).filter(([, each]) => each.length > 0),
      ),
  );

const request: fc.Arbitrary<AccessRequest> = fc.record({
  action: fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "ec2:RunInstances", "iam:GetRole"),
  resource: fc.constantFrom(
    "arn:aws:s3:::web/a",
    "arn:aws:s3:::web/b",
    "arn:aws:s3:::wxb/a",
    "arn:aws:s3:::ops/a",
    "arn:aws:ec2:eu-west-1:111122223333:instance/i",
  ),
  keys,
});

/** A role that has each statement in a policy of its own, inline or managed, or all in one. */
const having = (all: readonly Written[], apart = true) =>
  role(
    apart
      ? {
          inlinePolicies: all
            .filter((_, index) => index % 2 === 0)
            .map((each, index) => inline(`inline${index}`, each)),
          managedPolicies: all.filter((_, index) => index % 2 === 1).map((each, index) => own(`own${index}`, each)),
        }
      : { inlinePolicies: all.length > 0 ? [inline("all", ...all)] : [] },
  );

const changes = (before: readonly Written[], after: readonly Written[], apart = true): PermissionChange[] =>
  permissionChanges(pairsOf([having(before)], [having(after, apart)]));

/** The change as it is told when the two sides are swapped. */
const mirrored = ({ change, direction, what }: Pick<PermissionChange, "change" | "direction" | "what">): string =>
  JSON.stringify([
    change === "statement added" ? "statement removed" : change === "statement removed" ? "statement added" : change,
    direction === "more" ? "less" : direction === "less" ? "more" : direction,
    what,
  ]);
const plain = ({ change, direction, what }: PermissionChange): string => JSON.stringify([change, direction, what]);

const often = { numRuns: runs(500) };

describe("what changes about permissions", () => {
  test("holds something for every request that is permitted after and not before, and the other way round", () =>
    fc.assert(
      fc.property(
        statements,
        statements,
        fc.array(request, { minLength: 8, maxLength: 8 }),
        (before, after, requests) => {
          const [was, is] = [
            before.length > 0 ? statementsOf(before) : [],
            after.length > 0 ? statementsOf(after) : [],
          ];
          const told = changes(before, after);
          for (const each of requests) {
            const [then, now] = [permits(was, each), permits(is, each)];
            if (now && !then) expect(told.filter(({ direction }) => direction !== "less")).not.toEqual([]);
            if (then && !now) expect(told.filter(({ direction }) => direction !== "more")).not.toEqual([]);
          }
        },
      ),
      often,
    ));

  test("holds something for what is permitted on one side alone because of conditions alone", () =>
    fc.assert(
      fc.property(fc.constantFrom("Allow", "Deny"), condition, condition, keys, (Effect, before, after, given) => {
        const everything = { Effect: "Allow", Action: "*", Resource: "*" };
        const under = (each: Written): Written[] => [
          ...(Effect === "Deny" ? [everything] : []),
          { Effect, Action: "s3:GetObject", Resource: "*", ...each },
        ];
        const [was, is] = [under(before), under(after)];
        const request = { action: "s3:GetObject", resource: "arn:aws:s3:::web/a", keys: given };
        const [then, now] = [permits(statementsOf(was), request), permits(statementsOf(is), request)];
        const unwanted = now && !then ? "less" : then && !now ? "more" : undefined;
        if (unwanted) expect(changes(was, is).filter(({ direction }) => direction !== unwanted)).not.toEqual([]);
      }),
      { numRuns: runs(3_000) },
    ));

  test("is nothing where the same statements stand in other policies, in another order", () =>
    fc.assert(
      fc.property(statements, (all) => {
        expect(changes(all, all.toReversed())).toEqual([]);
        expect(changes(all, all, false)).toEqual([]);
      }),
      often,
    ));

  test("is nothing where statements are split into one action, resource and asked-for value each", () =>
    fc.assert(
      fc.property(statements, (all) => {
        expect(changes(all, all.flatMap(split))).toEqual([]);
        expect(changes(all.flatMap(split), all)).toEqual([]);
      }),
      often,
    ));

  test("is nothing where a statement is added that another one holds already", () =>
    fc.assert(
      fc.property(statements, (all) => {
        const narrower = all.map((each) => ({
          ...each,
          Condition: {
            ...(each["Condition"] as object | undefined),
            StringEquals: {
              "aws:PrincipalOrgID": "o-1",
              ...((each["Condition"] as Written | undefined)?.["StringEquals"] as object | undefined),
            },
          },
        }));
        expect(changes(all, [...all, ...narrower])).toEqual([]);
      }),
      often,
    ));

  test("is mirrored when the two sides are swapped", () =>
    fc.assert(
      fc.property(statements, statements, (before, after) => {
        const [there, back] = [changes(before, after), changes(after, before)];
        expect(back.map(plain).sort()).toEqual(there.map(mirrored).sort());
        expect(back.map((each) => [each.after, each.before])).toEqual(there.map((each) => [each.before, each.after]));
      }),
      often,
    ));
});

/** A statement in as many as say the same together. */
function split(each: Written): Written[] {
  const apart = (statement: Written, key: string): Written[] =>
    Array.isArray(statement[key])
      ? (statement[key] as string[]).map((value) => ({ ...statement, [key]: value }))
      : [statement];
  return apart(each, "Action").flatMap((one) => apart(one, "Resource"));
}
