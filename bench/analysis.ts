import type { Measurement } from "./probe";
import { median, pairwise, type Claim } from "./ratio";
import { measureRounds } from "./rounds";

/** Seconds for the larger size. */
const SECONDS = 2;
/** As for synthesis: a cost that grew with the square would come near ten. */
const GROWTH = 1.5;
const [SMALL, LARGE] = [1_000, 10_000];

/** What it costs to tell who may assume which role, and to check it all: in seconds, and as it grows. */
export function analysisClaims(count: number): Claim[] {
  const small = measureRounds(SMALL, count, ["access", "check"]);
  const large = measureRounds(LARGE, count, ["access", "check"]);
  return (["access", "check"] as const).flatMap((kind) => [
    {
      what: `${kind}, ${many(LARGE)} roles: seconds`,
      bound: SECONDS,
      ratios: large[kind].map(({ waited }) => waited / 1000),
    },
    {
      what: `${kind}, time per role: ${many(LARGE)} to ${many(SMALL)}`,
      bound: GROWTH,
      ratios: [median(perRole(large[kind], LARGE)) / median(perRole(small[kind], SMALL))],
    },
  ]);
}

const many = (roles: number): string => roles.toLocaleString("en");
const seconds = (measurements: readonly Measurement[]): number[] =>
  measurements.map(({ milliseconds }) => milliseconds / 1000);
const perRole = (measurements: readonly Measurement[], roles: number): number[] =>
  pairwise(
    seconds(measurements),
    measurements.map(() => roles),
  );
