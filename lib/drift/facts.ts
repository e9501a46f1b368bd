/** What GitHub has, as plain data, as far as an access file says something about it. */
import type { SubjectTemplate } from "../github/subject-template";

export interface Reviewer {
  readonly kind: "team" | "user";
  /** Slug or login. */
  readonly name: string;
}

export interface SecretFact {
  readonly name: string;
  /** When it was last set, in ISO 8601. */
  readonly updatedAt: string;
}

/** Variables with their values, and secrets without. */
export interface ValueFacts {
  readonly variables: ReadonlyMap<string, string>;
  readonly secrets: readonly SecretFact[];
}

export interface EnvironmentFacts extends ValueFacts {
  /** In GitHub's own spelling. */
  readonly name: string;
  readonly reviewers: readonly Reviewer[];
  readonly waitMinutes: number;
  readonly preventSelfReview: boolean;
  /** `undefined` where GitHub does not say, as old servers do not. */
  readonly adminsCanBypass: boolean | undefined;
  readonly deployFrom:
    "any ref" | "protected branches" | { readonly branches: readonly string[]; readonly tags: readonly string[] };
}

export interface SubjectFacts {
  readonly template: SubjectTemplate;
  /** What every default subject begins with; `undefined` where GitHub does not say, as servers do not. */
  readonly prefix: string | undefined;
}

export interface BranchFacts {
  readonly name: string;
  /** Whether it has rules of its own, or only a ruleset's; `true` where GitHub does not say. */
  readonly hasRules: boolean;
}

/** A repository. What was not asked for is empty or `undefined`. */
export interface RepositoryFacts extends ValueFacts {
  /** In GitHub's own spelling: another name than was asked for when it was renamed. */
  readonly fullName: string;
  readonly environments: readonly EnvironmentFacts[];
  readonly subject: SubjectFacts | undefined;
  /** Those that are protected. */
  readonly protectedBranches: readonly BranchFacts[];
}
