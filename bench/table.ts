import { holds, median, type Claim } from "./ratio";

/** The claims as lines of at most 80 columns. */
export const renderTable = (claims: readonly Claim[]): string =>
  [row(["", "ratio", "all rounds", "bound", ""]), ...claims.map(renderClaim), "", ...LEGEND].join("\n");

const LEGEND = [
  "ratio: the median of the rounds, each of a pair measured one right after the",
  "other, or the figure that the row names; time: of the processor, and by the",
  "clock for --help; bound: what it must not exceed, or with >= must come up to",
];

function renderClaim(claim: Claim): string {
  const { what, bound, atLeast = false, ratios, problem, skipped } = claim;
  if (skipped !== undefined) return `${what.padEnd(48)}skipped: ${skipped}`;
  const line = row([
    what,
    ratios.length > 0 ? fixed(median(ratios)) : "-",
    range(ratios),
    `${atLeast ? ">=" : ""}${fixed(bound)}`,
    holds(claim) ? "ok" : atLeast ? "LOW" : "OVER",
  ]);
  return problem === undefined ? line : `${line}\n  ${problem}`;
}

const range = (ratios: readonly number[]): string =>
  ratios.length > 1 ? `${fixed(Math.min(...ratios))}-${fixed(Math.max(...ratios))}` : "";
const fixed = (ratio: number): string => ratio.toFixed(ratio < 100 ? 2 : 1);
const row = ([what = "", ratio = "", rounds = "", bound = "", verdict = ""]: readonly string[]): string =>
  `${what.padEnd(48)}${ratio.padStart(6)}${rounds.padStart(12)}${bound.padStart(8)}  ${verdict}`.trimEnd();
