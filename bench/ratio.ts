/** A ratio, or a figure that the row names, measured several times over, and what it must not exceed. */
export interface Claim {
  readonly what: string;
  readonly bound: number;
  /** The bound is what it must come up to instead. @default false */
  readonly atLeast?: boolean;
  /** Empty when it could not be measured: `problem` then says why. */
  readonly ratios: readonly number[];
  readonly problem?: string;
  /** Why it was left out, when it was: that it holds is then not known. */
  readonly skipped?: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};

/** The ratio of each pair. */
export const pairwise = (dividends: readonly number[], divisors: readonly number[]): number[] =>
  dividends.map((dividend, index) => dividend / (divisors[index] ?? NaN));

export const holds = ({ ratios, bound, atLeast = false }: Claim): boolean =>
  ratios.length > 0 && (atLeast ? median(ratios) >= bound : median(ratios) <= bound);
