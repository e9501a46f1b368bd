/** What an access file excuses beside the place where it is found. */
export interface Suppression {
  /** Id of the rule. */
  readonly rule: string;
  readonly reason: string;
  /** Last day, as `2027-01-31`; without one it has no end. */
  readonly until: string | undefined;
  /** Keys of the repository, environment or role: what is found there, or below, is excused. */
  readonly path: readonly string[];
}
