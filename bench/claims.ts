import type { Measurement } from "./probe";
import { median, pairwise, type Claim } from "./ratio";
import type { Rounds } from "./rounds";

/** Checked names, canonical policies and stable addresses may cost this much over writing everything out by hand. */
const OVERHEAD = 1.15;
/** Larger heaps take longer to collect; a cost that grew with the square would come near ten. */
const GROWTH = 1.5;
/** The file is read and judged before anything is made of it: that must not be what people wait for. */
const READING = 0.4;

/** What the toolkit takes longer than the same resources in bare cdktf. */
export const timeClaim = (rounds: Rounds): Claim => ({
  what: `${rolesOf(rounds)}: time, to bare cdktf`,
  bound: OVERHEAD,
  ratios: pairwise(times(rounds.toolkit), times(rounds.bare)),
});

/** What the toolkit needs more of memory than the same resources in bare cdktf: of rounds measured for it. */
export const memoryClaim = (rounds: Rounds): Claim => ({
  what: `${rolesOf(rounds)}: peak memory, to bare cdktf`,
  bound: OVERHEAD,
  ratios: pairwise(peaks(rounds.toolkit), peaks(rounds.bare)),
});

/** That cost grows with the number of roles and no faster, from the smallest size to the largest. */
export function growthClaims(small: Rounds, medium: Rounds, large: Rounds): Claim[] {
  const [perRoleSmall, perRoleMedium, perRoleLarge] = [small, medium, large].map(
    (size) => median(times(size.toolkit)) / size.roles,
  ) as [number, number, number];
  const [a, b, c] = [small, medium, large].map(({ roles }) => roles.toLocaleString("en"));
  return [
    { what: `time per role: ${c} roles to ${b}`, bound: GROWTH, ratios: [perRoleLarge / perRoleMedium] },
    { what: `time per role: ${c} roles to ${a}`, bound: GROWTH, ratios: [perRoleLarge / perRoleSmall] },
    // What a process spends once, on compiling hot code most of all, drops out of a difference.
    {
      what: `time of a further role: beyond ${b} to below`,
      bound: GROWTH,
      ratios: [slope(medium, large) / slope(small, medium)],
    },
  ];
}

/** What reading and checking the file costs, to synthesizing what it says. */
export function readingClaim({ roles, toolkit, read }: Rounds): Claim {
  return {
    what: `${roles.toLocaleString("en")} roles: reading the file, to synthesis`,
    bound: READING,
    ratios: pairwise(times(read), times(toolkit)),
  };
}

const slope = (from: Rounds, to: Rounds): number =>
  (median(times(to.toolkit)) - median(times(from.toolkit))) / (to.roles - from.roles);
const rolesOf = ({ roles, shape }: Rounds): string =>
  `${roles.toLocaleString("en")} ${shape === "pairs" ? "in pairs" : "roles"}`;
const times = (measurements: readonly Measurement[]): number[] => measurements.map(({ milliseconds }) => milliseconds);
const peaks = (measurements: readonly Measurement[]): number[] => measurements.map(({ peakBytes }) => peakBytes);
