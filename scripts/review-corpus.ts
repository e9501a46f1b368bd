/**
 * Makes the plans of `__tests__/review/corpus`, and of the example beside them, with real Terraform: all of them, or those that are named.
 *
 *   TERRAFORM_PROVIDER_MIRRORS=… npx tsx scripts/review-corpus.ts [NAME…]
 *
 * It needs what the end-to-end tests need. What a review must say of a plan, `expected.json`, is written by people
 * and never by this.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { folderOf, PlanMaker } from "../__tests__/e2e/review-corpus/plan-maker";
import { reasonsToSkip } from "../__tests__/e2e/harness/requirements";
import { CASES, EXAMPLE, type CorpusCase } from "../__tests__/review/corpus/cases";
import { trimPlan } from "../__tests__/review/corpus/trim-plan";

/** Terraform and its providers keep more than one processor busy. */
const WORKERS = 2;

async function main(names: readonly string[]): Promise<void> {
  const reasons = reasonsToSkip(["terraform", "aws", "github", "moto"]);
  if (reasons.length > 0) throw new Error(reasons.join("\n"));
  const all = [...CASES, EXAMPLE];
  const unknown = names.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) throw new Error(`No such case: ${unknown.join(", ")}`);
  const queue = all.filter(({ name }) => names.length === 0 || names.includes(name));
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    const maker = await PlanMaker.start();
    try {
      for (let next = queue.shift(); next; next = queue.shift())
        if (!(await written(maker, next))) failed.push(next.name);
    } finally {
      await maker.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(WORKERS, queue.length) }, work));
  if (failed.length > 0) throw new Error(`Not made: ${failed.join(", ")}`);
}

/** Whether the plans of a case could be made. */
async function written(maker: PlanMaker, each: CorpusCase): Promise<boolean> {
  const start = Date.now();
  try {
    for (const [file, json] of Object.entries(await maker.make(each)))
      writeFileSync(path.join(folderOf(each), file), trimPlan(json));
    console.log(`${each.name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
    return true;
  } catch (error) {
    console.error(`${each.name}: ${(error as Error).message}`);
    return false;
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
