import { holds, median, type Claim } from "./ratio";

/** The claims as lines of at most 80 columns. */
export function renderTable(claims: readonly Claim[]): string {
  const head = row(["", "ratio", "all rounds", "bound", ""]);
  return [head, ...claims.map(renderClaim)].join("\n");
}

function renderClaim(claim: Claim): string {
  const { what, bound, ratios, problem } = claim;
  const line = row([what, ratios.length > 0 ? fixed(median(ratios)) : "-", range(ratios), fixed(bound), holds(claim) ? "ok" : "OVER"]);
  return problem === undefined ? line : `${line}\n  ${problem}`;
}

const range = (ratios: readonly number[]): string => (ratios.length > 1 ? `${fixed(Math.min(...ratios))}-${fixed(Math.max(...ratios))}` : "");
const fixed = (ratio: number): string => ratio.toFixed(2);
const row = ([what = "", ratio = "", rounds = "", bound = "", verdict = ""]: readonly string[]): string => `${what.padEnd(48)}${ratio.padStart(6)}${rounds.padStart(12)}${bound.padStart(7)}  ${verdict}`.trimEnd();
