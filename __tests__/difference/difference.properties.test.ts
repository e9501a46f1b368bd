import fc from "fast-check";
import { differenceOf, isEmptyDifference } from "../../lib/difference/difference";
import type { AdmissionChange, Difference } from "../../lib/difference/schema";
import { readTrust } from "../../lib/trust/read-trust";
import { allows, prepare } from "../../lib/aws/policy/evaluate";
import { conditionKeys } from "../../lib/aws/token-keys";
import { mintClaims } from "../../lib/github/token";
import { anyPolicy } from "../aws/policy/any-policy";
import { ISSUER, PROVIDER, read, WEB_IDENTITY } from "../aws/policy/policies";
import { job, loosePolicy, ourPolicy } from "../trust/policies-of-jobs";
import { modelOf, role } from "./models";
import { casesMet, runs } from "../support/runs";

const policy = fc.oneof(ourPolicy, loosePolicy);
const between = (before: string, after: string): Difference =>
  differenceOf(modelOf(role(before)), modelOf(role(after)));
const isAllowed = (text: string, claims: Readonly<Record<string, unknown>>): boolean => {
  const { "sts:RoleSessionName": roleSessionName, ...token } = claims as Record<string, string>;
  const keys = conditionKeys(token, {
    issuer: ISSUER,
    partition: "aws",
    ...(roleSessionName === undefined ? {} : { roleSessionName }),
  });
  return allows(prepare(read(text)), { action: WEB_IDENTITY, principal: { kind: "Federated", value: PROVIDER }, keys });
};

test("between a policy and itself there is nothing", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        policy,
        anyPolicy.map((each) => JSON.stringify(each)),
      ),
      (text) => {
        const after = JSON.parse(JSON.stringify(readTrust(text))) as ReturnType<typeof readTrust>;
        expect(isEmptyDifference(differenceOf(modelOf(role(text)), modelOf(role(after))))).toBe(true);
      },
    ),
    { numRuns: runs(300) },
  );
});

test("the way back is the way there in a mirror", () => {
  const whom = (changes: readonly AdmissionChange[]) =>
    changes.map(({ who, certain, example }) => ({ who, certain, example }));
  const seen = { gained: 0, widened: 0 };
  fc.assert(
    fc.property(policy, policy, (one, other) => {
      const [there, back] = [between(one, other), between(other, one)];
      expect([whom(there.gained), whom(there.widened), whom(there.lost), whom(there.narrowed)]).toEqual([
        whom(back.lost),
        whom(back.narrowed),
        whom(back.gained),
        whom(back.widened),
      ]);
      seen.gained += there.gained.length;
      seen.widened += there.widened.length;
    }),
    { numRuns: runs(400) },
  );
  expect(seen.gained).toBeGreaterThan(casesMet(5));
  expect(seen.widened).toBeGreaterThan(casesMet(100));
});

test("whoever the evaluator lets in afterwards and not before is told of, and whoever is shut out", () => {
  const seen = { gained: 0, lost: 0 };
  fc.assert(
    fc.property(policy, policy, fc.array(job, { minLength: 10, maxLength: 10 }), (before, after, jobs) => {
      const difference = between(before, after);
      for (const claims of jobs.map((each) => ({ ...mintClaims(each) }))) {
        const [was, is] = [isAllowed(before, claims), isAllowed(after, claims)];
        if (is && !was) seen.gained += 1;
        if (was && !is) seen.lost += 1;
        if (is && !was)
          expect([before, after, claims.sub, difference.gained.length + difference.widened.length]).toEqual([
            before,
            after,
            claims.sub,
            1,
          ]);
        if (was && !is)
          expect([before, after, claims.sub, difference.lost.length + difference.narrowed.length]).toEqual([
            before,
            after,
            claims.sub,
            1,
          ]);
      }
    }),
    { numRuns: runs(600) },
  );
  expect(seen.gained).toBeGreaterThan(casesMet(100));
  expect(seen.lost).toBeGreaterThan(casesMet(100));
});

test("what is certain about jobs has an example, which is let in on the one side alone", () => {
  const seen = { certain: 0, uncertain: 0 };
  fc.assert(
    fc.property(policy, policy, (before, after) => {
      const { gained, widened, lost, narrowed } = between(before, after);
      for (const [changes, from, to] of [
        [[...gained, ...widened], before, after],
        [[...lost, ...narrowed], after, before],
      ] as const)
        for (const { certain, example, who } of changes) {
          seen[certain ? "certain" : "uncertain"] += 1;
          if (!certain) expect(example).toBeNull();
          if (certain && who.every(({ kind }) => kind === "jobs")) expect(example).not.toBeNull();
          // The evaluator is asked for github.com's tokens alone.
          if (example && example.issuer === ISSUER)
            expect([isAllowed(from, example.claims), isAllowed(to, example.claims), from, to, example]).toEqual([
              false,
              true,
              from,
              to,
              example,
            ]);
        }
    }),
    { numRuns: runs(400) },
  );
  expect(seen.certain).toBeGreaterThan(casesMet(200));
  // Far from everything may be left open.
  expect(seen.uncertain).toBeLessThan(seen.certain);
});

describe("a policy written another way", () => {
  interface Statement {
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }
  const reversed = <T>(items: readonly T[]): T[] => [...items].reverse();
  const list = (value: unknown): unknown[] => [value].flat();
  const mapConditions = (
    statement: Statement,
    change: (operator: string, key: string, values: unknown[]) => [operator: string, key: string, values: unknown],
  ): Statement => {
    const block: Record<string, Record<string, unknown>> = {};
    for (const [operator, keys] of reversed(Object.entries(statement.Condition ?? {})))
      for (const [key, values] of reversed(Object.entries(keys))) {
        const [newOperator, newKey, newValues] = change(operator, key, list(values));
        (block[newOperator] ??= {})[newKey] = newValues;
      }
    return { ...statement, ...(statement.Condition ? { Condition: block } : {}) };
  };
  /** A statement for each value of its subject. */
  const split = (statement: Statement): Statement[] => {
    const [operator, keys] =
      Object.entries(statement.Condition ?? {}).find(
        ([name, each]) => /^(?:ForAnyValue:)?String(?:Equals|Like)$/.test(name) && `${ISSUER}:sub` in each,
      ) ?? [];
    if (operator === undefined || keys === undefined || (statement as { Effect?: string }).Effect !== "Allow")
      return [statement];
    // No token is of two issuers: what such a statement means is left open where it is everybody's.
    if (JSON.stringify(statement).includes(`${ISSUER}/octo:`)) return [statement];
    return list(keys[`${ISSUER}:sub`]).map((value) => ({
      ...statement,
      Condition: { ...statement.Condition, [operator]: { ...keys, [`${ISSUER}:sub`]: value } },
    }));
  };
  const isPlain = (values: readonly unknown[]): boolean =>
    values.every((value) => typeof value === "string" && !/[*?$]/.test(value));
  const rewrites: Readonly<Record<string, (statements: readonly Statement[]) => readonly Statement[]>> = {
    "in another order": reversed,
    "with each value in a list": (all) =>
      all.map((each) => mapConditions(each, (operator, key, values) => [operator, key, values])),
    "with its values in another order": (all) =>
      all.map((each) => mapConditions(each, (operator, key, values) => [operator, key, reversed(values)])),
    "with StringLike in the place of StringEquals": (all) =>
      all.map((each) =>
        mapConditions(each, (operator, key, values) => [
          operator === "StringEquals" && isPlain(values)
            ? each.Condition?.["StringLike"]?.[key] === undefined
              ? "StringLike"
              : operator
            : operator,
          key,
          values,
        ]),
      ),
    "with ForAnyValue": (all) =>
      all.map((each) =>
        mapConditions(each, (operator, key, values) => [
          /^String(?:Equals|Like)$/.test(operator) &&
          !values.includes("*") &&
          each.Condition?.[`ForAnyValue:${operator}`] === undefined
            ? `ForAnyValue:${operator}`
            : operator,
          key,
          values,
        ]),
      ),
    "with a statement for each subject": (all) => all.flatMap(split),
    "with names for its statements": (all) => all.map((each, index) => ({ ...each, Sid: `Statement${index}` })),
    "with every statement twice": (all) => [...all, ...all],
  };

  test.each(Object.entries(rewrites))("%s says the same", (_, rewrite) => {
    fc.assert(
      fc.property(policy, (text) => {
        const { Statement: statements, ...rest } = JSON.parse(text) as { Statement: Statement | Statement[] };
        const other = JSON.stringify({ ...rest, Statement: rewrite([statements].flat()) });
        expect([text, other, between(text, other)]).toEqual([text, other, between(text, text)]);
      }),
      { numRuns: runs(100) },
    );
  });
});
