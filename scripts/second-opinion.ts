/**
 * The long form of the second opinion: pairs of trust policies about which Z3, the evaluator and the comparison behind
 * `review` are asked, and must agree. `npm run opinion -- --pairs 3000 --seed 7`. Exit code 1 where they do not.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { anyPolicyPair, type PolicyPair } from "../__tests__/trust/support/any-policy-pair";
import { reviewVerdict } from "../__tests__/trust/support/product-opinion";
import {
  type Answer,
  ask,
  type Comparing,
  type Disagreement,
  type Fault,
} from "../__tests__/trust/support/second-opinion";
import { smallest } from "../__tests__/trust/support/smaller-pair";
import { type Opinion, SecondOpinion } from "../__tests__/trust/support/z3-opinion";
import { Z3Process } from "../__tests__/trust/support/z3-process";

const USAGE = "usage: npm run opinion -- [--pairs 3000] [--seed N] [--milliseconds 2000] [--show 3]";

/** What a subject template might mint, and what is said with too much care, is counted and no more. */
const NO_FAULT: readonly Fault[] = ["comparison: certain of what GitHub does not mint", "comparison: perhaps nobody"];

interface Options {
  readonly pairs: number;
  readonly seed: number;
  readonly milliseconds: number;
  /** How many examples of each fault are made small and printed. */
  readonly show: number;
}

function readOptions(): Options | undefined {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { pairs: text, seed: text, milliseconds: text, show: text } });
  const number = (given: string | undefined, otherwise: number): number => Number(given ?? otherwise);
  const options = {
    pairs: number(values.pairs, 3_000),
    seed: number(values.seed, Date.now() % 1_000_000),
    milliseconds: number(values.milliseconds, 2_000),
    show: number(values.show, 3),
  };
  return Object.values(options).every((each) => Number.isSafeInteger(each) && each >= 0) ? options : undefined;
}

class Tally {
  private readonly counts = new Map<string, number>();

  add(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  print(): void {
    const inOrder = [...this.counts].toSorted(([a], [b]) => a.localeCompare(b));
    for (const [what, count] of inOrder) console.log(`${String(count).padStart(7)}  ${what}`);
  }
}

async function main(options: Options): Promise<void> {
  const z3 = await Z3Process.start();
  try {
    await compare(new SecondOpinion(z3, { milliseconds: options.milliseconds }), options);
  } finally {
    await z3.stop();
  }
}

async function compare(second: SecondOpinion, { pairs, seed, milliseconds, show }: Options): Promise<void> {
  const comparing: Comparing = { requests: 60, seed, comparison: reviewVerdict };
  const tally = new Tally();
  const found: Disagreement[] = [];
  console.log(`${pairs} pairs, seed ${seed}, at most ${milliseconds} ms for each question to Z3`);
  for (const pair of fc.sample(anyPolicyPair({ long: true }), { numRuns: pairs, seed })) {
    const answer = await ask(second, pair, comparing);
    count(tally, pair, answer);
    found.push(...answer.disagreements);
  }
  tally.print();
  for (const fault of new Set(found.map((each) => each.fault)))
    await showSome(
      second,
      comparing,
      fault,
      found.filter((each) => each.fault === fault),
      show,
    );
  process.exitCode = found.some(({ fault }) => !NO_FAULT.includes(fault)) ? 1 : 0;
}

function count(tally: Tally, pair: PolicyPair, { plain, minted, verdict, disagreements }: Answer): void {
  tally.add(`pairs: ${pair.made.replace(/:.*/, "")}`);
  tally.add(plain === "refused" ? "any claims: AWS refuses a policy" : `any claims: ${inWords(plain)}`);
  if (minted) tally.add(`of these, as GitHub mints them: ${inWords(minted)}`);
  if (verdict) tally.add(`comparison: ${verdict}`);
  for (const { fault } of disagreements) tally.add(`disagreement: ${fault}`);
}

const inWords = (opinion: Opinion): string =>
  opinion.answer === "undecided" ? `undecided, ${opinion.reason}` : opinion.answer;

const lengthOf = (pair: PolicyPair): number => JSON.stringify([pair.before, pair.after]).length;

async function showSome(
  second: SecondOpinion,
  comparing: Comparing,
  fault: Fault,
  some: readonly Disagreement[],
  show: number,
): Promise<void> {
  for (const { pair } of some.toSorted((a, b) => lengthOf(a.pair) - lengthOf(b.pair)).slice(0, show)) {
    const answer = (other: PolicyPair): Promise<Disagreement | undefined> =>
      ask(second, other, comparing).then(({ disagreements }) => disagreements.find((each) => each.fault === fault));
    // What is left of a rewriting need not mean the same any more.
    const small = pair.sameMeaning ? pair : await smallest(pair, async (other) => (await answer(other)) !== undefined);
    console.log(`\n${fault} (${pair.made})`);
    console.log(`  before ${JSON.stringify(small.before)}`);
    console.log(`  after  ${JSON.stringify(small.after)}`);
    const witness = (await answer(small))?.witness;
    if (witness) console.log(`  token  ${JSON.stringify(witness)}`);
  }
}

const options = readOptions();
if (options) void main(options);
else {
  console.error(USAGE);
  process.exitCode = 2;
}
