/**
 * What permissions amount to, the least first. What is not known stands above "reads", since it may be more,
 * and below "writes", since that is known to be so.
 */
export const LEVELS = ["nothing", "reads", "unknown", "writes", "administrator"] as const;

export type Level = (typeof LEVELS)[number];

/** A level, and what makes it that. */
export interface Power {
  readonly level: Level;
  /** A sentence each, with the policy and the actions; a few of them where there are many. */
  readonly because: readonly string[];
}

/** Negative when the first is less than the second, 0 when they are the same. */
export const compareLevels = (a: Level, b: Level): number => LEVELS.indexOf(a) - LEVELS.indexOf(b);

export const highest = <L extends Level>(levels: readonly L[], least: L): L =>
  levels.reduce((most, each) => (compareLevels(each, most) > 0 ? each : most), least);
