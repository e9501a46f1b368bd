import fc from "fast-check";
import type { PolicyPair } from "./any-policy-pair";
import { type Comparison, evaluatorOf, isAdmitted, type Verdict } from "./product-opinion";
import { requestNear } from "./request-near";
import type { Opinion, SecondOpinion, Witness } from "./z3-opinion";

/** In what the product and the second opinion contradict each other. */
export type Fault =
  /** A witness that the evaluator does not deny before and admit after. */
  | "evaluator: not so"
  /** Z3 says that nobody is newly let in, and the evaluator lets somebody in. */
  | "evaluator: somebody"
  /** Policies that are the same in other words. */
  | "rewrite: not the same"
  /** A job that GitHub mints is newly let in, and the comparison says nothing. */
  | "comparison: silent"
  /** Nobody is newly let in, whatever the claims, and the comparison says that it is certain. */
  | "comparison: certain of nobody"
  /** The same, and the comparison says that somebody may be: too careful, and no fault. */
  | "comparison: perhaps nobody"
  /** As certain of nobody, but only as far as GitHub mints the token; a subject template may mint others. */
  | "comparison: certain of what GitHub does not mint";

export interface Disagreement {
  readonly fault: Fault;
  readonly pair: PolicyPair;
  readonly witness: Witness | undefined;
}

/** What came out for one pair. */
export interface Answer {
  /** `refused`: AWS does not take one of the policies, so nobody was asked. */
  readonly plain: Opinion | "refused";
  /** `undefined`: not asked, as no token at all is newly let in. */
  readonly minted: Opinion | undefined;
  readonly verdict: Verdict | undefined;
  readonly disagreements: readonly Disagreement[];
}

export interface Comparing {
  /** How many requests the evaluator is asked about where Z3 says that there is none. */
  readonly requests: number;
  /** Seed of those requests. */
  readonly seed: number;
  /** @default the evaluator alone is compared */
  readonly comparison?: Comparison;
}

/** Asks both sides about a pair of policies. */
export async function ask(second: SecondOpinion, pair: PolicyPair, comparing: Comparing): Promise<Answer> {
  const { requests, seed, comparison } = comparing;
  const [before, after] = [evaluatorOf(pair.before), evaluatorOf(pair.after)];
  if (!before || !after) return { plain: "refused", minted: undefined, verdict: undefined, disagreements: [] };
  const disagreements: Disagreement[] = [];
  const disagree = (fault: Fault, witness?: Witness): void => void disagreements.push({ fault, pair, witness });
  const isNew = (request: Witness): boolean => !isAdmitted(before, request) && isAdmitted(after, request);

  const plain = await second.about(pair.before, pair.after, "plain");
  // Whatever GitHub mints is among the plain tokens.
  const isDone = plain.answer === "unsat" || !comparison;
  const minted = isDone ? undefined : await second.about(pair.before, pair.after, "github");
  for (const opinion of [plain, minted]) {
    if (opinion?.answer !== "sat") continue;
    if (!isNew(opinion.witness)) disagree("evaluator: not so", opinion.witness);
    if (pair.sameMeaning) disagree("rewrite: not the same", opinion.witness);
  }
  if (plain.answer === "unsat") {
    const found = fc.sample(requestNear(pair.before, pair.after), { numRuns: requests, seed }).find(isNew);
    if (found) disagree("evaluator: somebody", found);
  }
  const verdict = comparison?.(pair.before, pair.after);
  if (verdict === "nothing" && minted?.answer === "sat") disagree("comparison: silent", minted.witness);
  if (verdict === "certain" && plain.answer === "unsat") disagree("comparison: certain of nobody");
  if (verdict === "perhaps" && plain.answer === "unsat") disagree("comparison: perhaps nobody");
  if (verdict === "certain" && minted?.answer === "unsat") disagree("comparison: certain of what GitHub does not mint");
  return { plain, minted, verdict, disagreements };
}
