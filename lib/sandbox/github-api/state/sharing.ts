/** Which repositories see an organization's variable or secret. */
export interface Sharing {
  readonly visibility: Visibility;
  /** Counts only while the visibility is `selected`. */
  readonly repositoryIds: readonly number[];
}

export type Visibility = "all" | "private" | "selected";

export const VISIBILITIES: readonly Visibility[] = ["all", "private", "selected"];
