import fc from "fast-check";
import { differenceOf } from "../../lib/difference/difference";
import { grantsOf } from "../../lib/questions/grants";
import { readTrust } from "../../lib/trust/read-trust";
import { explainRole } from "../../lib/questions/role-call/explain-role";
import { bareClaims } from "../../lib/trust/sts/token";
import { policyLength } from "../../lib/aws/policy-document";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { mintClaims } from "../../lib/github/token";
import { anyPolicy } from "../aws/policy/any-policy";
import { modelOf, NO_ACCESS, role } from "../difference/models";
import { job, loosePolicy, ourPolicy } from "../trust/policies-of-jobs";
import { account } from "../questions/role-call/roles";
import { runs } from "../support/runs";

const MOST = 8_192;

interface Statement {
  readonly Sid?: string;
}

/** The same policy with names for its statements, so long that all of it has so many characters. Names mean nothing. */
function withLongNames(policy: string, length: number): string {
  const { Statement, ...rest } = JSON.parse(policy) as { readonly Statement: Statement | readonly Statement[] };
  const statements = [Statement].flat();
  const named = (padding: number): string =>
    JSON.stringify({
      ...rest,
      Statement: statements.map((each, index) => ({
        ...each,
        Sid: `s${index}${index === 0 ? "x".repeat(padding) : ""}`,
      })),
    });
  return named(length - policyLength(named(0)));
}

const policy = fc
  .oneof(
    ourPolicy,
    loosePolicy,
    anyPolicy.map((each) => JSON.stringify(each)),
  )
  .filter((text) => policyLength(text) < 6_000);
/** Lengths about which the answers used to differ, and those at the very end, more often than others. */
const length = fc.oneof(
  fc.integer({ min: 6_500, max: MOST }),
  fc.integer({ min: 7_900, max: MOST }),
  fc.integer({ min: MOST - 3, max: MOST }),
);

/** Whatever the commands say of a policy, but for its length. */
function answersTo(text: string): object {
  const found = role(text);
  const findings = runRules(RULES, modelSubjects(modelOf(found), "plan", "plan.json")).filter(
    ({ rule }) => rule !== "L28",
  );
  return { created: differenceOf(NO_ACCESS, modelOf(found)), findings, grants: grantsOf(modelOf(found)) };
}

test("a policy of any length that AWS takes has the answers of the same policy with shorter names", () => {
  fc.assert(
    fc.property(policy, length, (short, characters) => {
      const long = withLongNames(short, characters);
      expect(policyLength(long)).toBe(characters);
      expect(answersTo(long)).toEqual(answersTo(short));
    }),
    { numRuns: runs(300) },
  );
});

test("between a policy and the same with longer names there is nothing", () => {
  fc.assert(
    fc.property(policy, length, (short, characters) => {
      const [one, other] = [modelOf(role(short)), modelOf(role(withLongNames(short, characters)))];
      for (const difference of [differenceOf(one, other), differenceOf(other, one)])
        expect(Object.values(difference).flat()).toEqual([]);
    }),
    { numRuns: runs(200) },
  );
});

test("a job is let in by a policy of any length that AWS takes if and only if the one with shorter names lets it in", () => {
  fc.assert(
    fc.property(policy, length, job, (short, characters, asking) => {
      const call = { token: bareClaims(mintClaims(asking)), at: 1_800_000_000 };
      const decisions = [short, withLongNames(short, characters)].map((text) => {
        const result = explainRole({ role: role(text), account }, call);
        return "explained" in result ? result.explained.verdict.decision : result;
      });
      expect(decisions[1]).toEqual(decisions[0]);
    }),
    { numRuns: runs(200) },
  );
});

test("a policy of more characters is refused, and never silently", () => {
  fc.assert(
    fc.property(policy, fc.integer({ min: MOST + 1, max: 2 * MOST }), (short, characters) => {
      const long = withLongNames(short, characters);
      expect(readTrust(long)).toMatchObject({
        refused: [expect.stringContaining(`this has ${characters} characters`)],
      });
      expect(answersTo(long)).toMatchObject({
        created: { unknown: [{ mayAdmit: true }] },
        findings: [{ rule: "L36", severity: "error" }],
        grants: { unread: [{ role: "deploy" }] },
      });
    }),
    { numRuns: runs(50) },
  );
});
