import { invalid } from "./refusal";

/** An organization's template for the `sub` claim. */
export interface OrganizationSubject {
  readonly includeClaimKeys: readonly string[];
  /** Opts the organization's older repositories in to subjects with ids. */
  readonly useImmutableSubject?: boolean;
}

/** A repository's template for the `sub` claim. */
export interface RepositorySubject {
  readonly useDefault: boolean;
  /** Without keys of its own a repository that leaves the default follows its organization. */
  readonly includeClaimKeys?: readonly string[];
  /** Opts an older repository in to subjects with ids; unset follows the organization. */
  readonly useImmutableSubject?: boolean;
}

/** Refuses claim keys that GitHub does not take. */
export function checkClaimKeys(keys: readonly string[]): void {
  const malformed = keys.find((key) => !/^[A-Za-z0-9_]+$/.test(key));
  if (malformed !== undefined)
    throw invalid(`Claim keys can only contain alphanumeric characters and underscores: "${malformed}".`);
  if (new Set(keys).size !== keys.length) throw invalid("Claim keys must be unique.");
}
