import fc from "fast-check";
import { anyTrustPolicy, type PolicyOptions, QUANTIFIERS, STRING_OPERATORS } from "./any-trust-policy";
import { anyDraw } from "./draw";
import { keyOfClaim, type PolicyJson, PROVIDER, type StatementJson, WEB_IDENTITY } from "./policy-json";
import { MUTATIONS } from "./policy-mutations";
import { REWRITES } from "./policy-rewrites";

/** A trust policy before a change and after it. */
export interface PolicyPair {
  readonly before: PolicyJson;
  readonly after: PolicyJson;
  /** How the one was made of the other; `independent` where it was not. */
  readonly made: string;
  /** Whether they are surely the same in other words. */
  readonly sameMeaning: boolean;
}

/** A policy and the same with one thing changed, in either direction. */
export const mutatedPair = (options: PolicyOptions = {}): fc.Arbitrary<PolicyPair> =>
  fc
    .record({ policy: anyTrustPolicy(options), draw: anyDraw, first: fc.nat(), isReversed: fc.boolean() })
    .map(({ policy, draw, first, isReversed }) => {
      const all = Object.entries(MUTATIONS);
      // From some kind on, the first one for which the policy has a place: the version can always change.
      for (const [name, mutation] of [...all.slice(first % all.length), ...all]) {
        const changed = mutation(policy, draw, options);
        if (changed === undefined) continue;
        const [before, after] = isReversed ? [changed, policy] : [policy, changed];
        return { before, after, made: `mutation: ${name}`, sameMeaning: false };
      }
      throw new Error("no mutation could be made of a policy");
    });

/** A policy and the same in other words, in either direction. */
export const rewrittenPair = (options: PolicyOptions = {}): fc.Arbitrary<PolicyPair> =>
  fc
    .record({
      policy: anyTrustPolicy(options),
      draw: anyDraw,
      rewrite: fc.constantFrom(...Object.entries(REWRITES)),
      isReversed: fc.boolean(),
    })
    .map(({ policy, draw, rewrite: [name, rewrite], isReversed }) => {
      const rewritten = rewrite(policy, draw);
      const [before, after] = isReversed ? [rewritten, policy] : [policy, rewritten];
      return { before, after, made: `rewrite: ${name}`, sameMeaning: true };
    });

/** An operator's name but for its quantifier and `IfExists`, with both drawn twice: before and after. */
const operatorTwice = fc
  .record({
    base: fc.constantFrom(...STRING_OPERATORS),
    quantifiers: fc.tuple(fc.constantFrom(...QUANTIFIERS), fc.constantFrom(...QUANTIFIERS)),
    ifExists: fc.constantFrom(["IfExists", "IfExists"], ["", ""], ["IfExists", ""], ["", "IfExists"]),
  })
  .map(({ base, quantifiers: [one, other], ifExists: [early, late] }) => [
    `${one}${base}${early}`,
    `${other}${base}${late}`,
  ]);

/**
 * Policies that differ in what a statement makes of a claim which a token may lack, or have without a value: where
 * quantifiers and `IfExists` part, and where readings of them do.
 */
const optionalClaimPair = (options: PolicyOptions): fc.Arbitrary<PolicyPair> =>
  fc
    .record({
      policy: anyTrustPolicy(options),
      effect: fc.constantFrom<StatementJson["Effect"]>("Allow", "Deny", "Deny"),
      claim: fc.constantFrom("environment", "environment", "enterprise_id", "repository_owner", "ref"),
      value: fc.constantFrom("dev", "dev", "*", "", "3"),
      operators: operatorTwice,
    })
    .map(({ policy, effect, claim, value, operators }) => {
      const [before, after] = operators.map((operator): PolicyJson => {
        const block = { [operator]: { [keyOfClaim(claim)]: value } };
        const principal = { Federated: PROVIDER };
        const statement = { Effect: effect, Principal: principal, Action: WEB_IDENTITY, Condition: block };
        return { ...policy, Statement: [...policy.Statement, statement] };
      });
      return { before: before ?? policy, after: after ?? policy, made: "mutation: optional claim", sameMeaning: false };
    });

/** Two policies that have nothing to do with each other but their values. */
const independentPair = (options: PolicyOptions): fc.Arbitrary<PolicyPair> =>
  fc
    .record({ before: anyTrustPolicy(options), after: anyTrustPolicy(options) })
    .map((pair) => ({ ...pair, made: "independent", sameMeaning: false }));

/** More than half are mutations: a pair that differs in one thing is what a pull request is. */
export const anyPolicyPair = (options: PolicyOptions = {}): fc.Arbitrary<PolicyPair> =>
  fc.oneof(
    { weight: 10, arbitrary: mutatedPair(options) },
    { weight: 2, arbitrary: optionalClaimPair(options) },
    { weight: 2, arbitrary: rewrittenPair(options) },
    { weight: 6, arbitrary: independentPair(options) },
  );
