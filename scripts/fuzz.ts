/**
 * The long form of the fuzz tests: a million inputs for each parser. `npm run fuzz`, or with another number
 * and seed, `npm run fuzz -- 50000 7`. A failure names the seed and the run that shows it again.
 */
import { fuzz } from "../__tests__/fuzz/harness";
import { TARGETS } from "../__tests__/fuzz/targets";

const [runs = 1_000_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(runs) || !Number.isSafeInteger(seed) || runs < 1) {
  console.error("usage: npm run fuzz -- [runs] [seed]");
  process.exitCode = 2;
} else
  for (const target of TARGETS) {
    const report = fuzz(target, { runs, seed });
    console.log(`${target.name}: ${report.runs} inputs, seed ${seed}, slowest ${Math.round(report.slowest)} ms`);
  }
