import fc from "fast-check";
import { conditionKeys, prepare, type RequestContext } from "../../../lib/aws/policy/evaluate";
import { anyPolicy, arnText, dateText, ipText, KEYS, numberText, shortText } from "./any-policy";
import { plainDecision } from "./plain-meaning";
import { decideEvery, PROVIDER, read } from "./policies";
import { casesMet, runs } from "../../support/runs";

const value = fc.oneof(
  { weight: 4, arbitrary: shortText },
  numberText,
  dateText,
  arnText,
  ipText,
  fc.constantFrom("true", "false", "TRUE", "*", "QmluYXJ5"),
);
const values = fc.oneof({ weight: 4, arbitrary: value.map((each) => [each]) }, fc.array(value, { maxLength: 3 }));

const context: fc.Arbitrary<RequestContext> = fc
  .record({
    action: fc.constantFrom(
      "sts:AssumeRoleWithWebIdentity",
      "sts:AssumeRoleWithWebIdentity",
      "sts:assumeROLE",
      "sts:TagSession",
    ),
    principal: fc.constantFrom<RequestContext["principal"]>(
      { kind: "Federated", value: PROVIDER },
      { kind: "Federated", value: PROVIDER },
      { kind: "Federated", value: "accounts.google.com" },
      { kind: "Service", value: "ec2.amazonaws.com" },
    ),
    keys: fc.dictionary(fc.constantFrom(...KEYS, "A:X"), values),
  })
  .map(({ keys, ...others }) => ({ ...others, keys: conditionKeys(keys) }));

describe("the evaluator", () => {
  test("decides as the plain meaning does, by every entry point", () => {
    const seen = { allow: 0, explicitDeny: 0, implicitDeny: 0 };
    fc.assert(
      fc.property(anyPolicy, fc.array(context, { minLength: 1, maxLength: 5 }), (policy, contexts) => {
        const prepared = prepare(read(JSON.stringify(policy)));
        for (const each of contexts) {
          const expected = plainDecision(policy, each);
          seen[expected] += 1;
          expect(decideEvery(prepared, each).decision).toBe(expected);
        }
      }),
      { numRuns: runs(2_500) },
    );
    // Without all three, the law would be kept by an evaluator that always says the same.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(casesMet(200));
  });

  test("explains every statement as it decides", () => {
    fc.assert(
      fc.property(anyPolicy, context, (policy, each) => {
        for (const { applies, principalMatches, actionMatches, conditions } of decideEvery(
          prepare(read(JSON.stringify(policy))),
          each,
        ).statements) {
          expect(applies).toBe(principalMatches && actionMatches && conditions.every(({ holds }) => holds));
          for (const { wanted, actual, matches, condition } of conditions) {
            expect(matches).toHaveLength(condition.operator.base === "Null" ? 1 : (actual?.length ?? 0));
            for (const index of matches) expect(index).toBeLessThan(wanted.length);
          }
        }
      }),
      { numRuns: runs(1_000) },
    );
  });
});
