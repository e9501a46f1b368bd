/**
 * `npm run bench [-- [--quick] [TOPIC…]]`: what the toolkit costs, as ratios between things measured side by
 * side in the same run, and against the clock where so much was promised. Exits with 1 when one is over its bound.
 */
import { analysisClaims } from "./analysis";
import { assertComparable, type Shape } from "./child";
import { growthClaims, memoryClaim, readingClaim, timeClaim } from "./claims";
import { decisionClaims } from "./decisions";
import { patternClaims } from "./pattern-cost";
import { holds, type Claim } from "./ratio";
import { measureRounds } from "./rounds";
import { reviewClaims } from "./review";
import { startUpClaim } from "./start-up";
import { renderTable } from "./table";

/** By the word that asks for them. */
const TOPICS: Readonly<Record<string, (isQuick: boolean) => Claim[]>> = {
  synthesis: (isQuick) => (isQuick ? overheadClaims(1_000, 3) : synthesisClaims()),
  pairs: (isQuick) =>
    isQuick
      ? overheadClaims(1_000, 3, "pairs")
      : [...overheadClaims(1_000, 9, "pairs"), ...overheadClaims(10_000, 5, "pairs")],
  start: (isQuick) => [startUpClaim(isQuick ? 15 : 25)],
  decisions: (isQuick) => decisionClaims(isQuick ? 5 : 9),
  analysis: (isQuick) => analysisClaims(isQuick ? 1 : 5),
  review: (isQuick) => reviewClaims(isQuick ? 1 : 5),
  patterns: () => patternClaims(),
};
/** The peaks of two rounds differ by a few hundredths. */
const MEMORY_ROUNDS = 3;

function synthesisClaims(): Claim[] {
  const small = measureRounds(100, 7, ["toolkit"]);
  const medium = measureRounds(1_000, 9, ["toolkit", "bare"]);
  const large = measureRounds(10_000, 5, ["toolkit", "bare", "read"]);
  return [
    timeClaim(medium),
    memoryOf(1_000),
    timeClaim(large),
    memoryOf(10_000),
    ...growthClaims(small, medium, large),
    readingClaim(large),
  ];
}

const overheadClaims = (roles: number, count: number, shape?: Shape): Claim[] => [
  timeClaim(measureRounds(roles, count, ["toolkit", "bare"], { shape })),
  memoryOf(roles, shape),
];
const memoryOf = (roles: number, shape?: Shape): Claim =>
  memoryClaim(measureRounds(roles, MEMORY_ROUNDS, ["toolkit", "bare"], { shape, figure: "memory" }));

function main(args: readonly string[]): void {
  const asked = args.filter((arg) => arg !== "--quick");
  const unknown = asked.find((topic) => !Object.hasOwn(TOPICS, topic));
  if (unknown !== undefined)
    throw new Error(
      `"${unknown}" is nothing to measure: name some of ${Object.keys(TOPICS).join(", ")}, or none for all`,
    );
  assertComparable();
  const claims = Object.entries(TOPICS).flatMap(([topic, claimsOf]) =>
    asked.length === 0 || asked.includes(topic) ? claimsOf(args.includes("--quick")) : [],
  );
  console.log(renderTable(claims));
  if (!claims.every(holds)) process.exitCode = 1;
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
