/**
 * How broad a set of jobs is: `exact`, one subject; `pattern`, some jobs of a repository; `repository`, every
 * job of it, pull requests included; `organization`, repositories that somebody in the organization may yet
 * create; `anyone`, repositories of strangers.
 */
export const BREADTHS = ["exact", "pattern", "repository", "organization", "anyone"] as const;

export type Breadth = (typeof BREADTHS)[number];

/** Below zero when `a` is narrower than `b`. */
export const compareBreadth = (a: Breadth, b: Breadth): number => BREADTHS.indexOf(a) - BREADTHS.indexOf(b);

export const isAtLeast = (breadth: Breadth, least: Breadth): boolean => compareBreadth(breadth, least) >= 0;

/** The widest; of none `exact`. */
export const widest = (breadths: readonly Breadth[]): Breadth =>
  breadths.reduce<Breadth>((a, b) => (compareBreadth(a, b) >= 0 ? a : b), "exact");

export const narrowest = (a: Breadth, b: Breadth): Breadth => (compareBreadth(a, b) <= 0 ? a : b);
