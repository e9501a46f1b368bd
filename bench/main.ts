/**
 * `npm run bench [-- --quick]`: what the toolkit costs, as ratios between things measured side by side in
 * the same run, and against the clock where so much was promised. Exits with 1 when one is over its bound.
 */
import { analysisClaims } from "./analysis";
import { assertComparable } from "./child";
import { growthClaims, overheadClaims, readingClaim } from "./claims";
import { decisionClaims } from "./decisions";
import { patternClaims } from "./pattern-cost";
import { holds, type Claim } from "./ratio";
import { measureRounds } from "./rounds";
import { startUpClaim } from "./start-up";
import { renderTable } from "./table";

function quickClaims(): Claim[] {
  const medium = measureRounds(1_000, 3, ["toolkit", "bare"]);
  return [...overheadClaims(medium), startUpClaim(15), ...decisionClaims(5), ...analysisClaims(1), ...patternClaims()];
}

function allClaims(): Claim[] {
  const small = measureRounds(100, 7, ["toolkit"]);
  const medium = measureRounds(1_000, 9, ["toolkit", "bare"]);
  const large = measureRounds(10_000, 5, ["toolkit", "bare", "read"]);
  return [...overheadClaims(medium), ...overheadClaims(large), ...growthClaims(small, medium, large), readingClaim(large), startUpClaim(25), ...decisionClaims(9), ...analysisClaims(5), ...patternClaims()];
}

function main(): void {
  assertComparable();
  const claims = process.argv.includes("--quick") ? quickClaims() : allClaims();
  console.log(renderTable(claims));
  if (!claims.every(holds)) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
