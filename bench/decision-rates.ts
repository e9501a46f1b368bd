/** Measurements of the same decisions; those with the same index were taken one right after the other. */
export interface DecisionRates {
  /** Decisions a second of processor time. */
  readonly toolkit: readonly number[];
  /** Empty without the outside tool. */
  readonly outside: readonly number[];
}
