import type { AccessModel } from "../model/model";
import { isKnown } from "../trust/text";
import type { ProtectionChange } from "./schema";

/** What changes of the protection of a repository's branches, whatever repository it is. */
export type Told = Pick<ProtectionChange, "aspect" | "before" | "after" | "direction">;

/** What protects branches, by repository. */
export class BranchProtections {
  private readonly byRepository = new Map<string, number>();
  /** Looked up, and so there whatever the source makes. */
  private readonly found = new Set<string>();
  /** Of an organization, or of repositories that are not known. */
  private readonly elsewhere: number;

  constructor({ branchProtections }: AccessModel) {
    let elsewhere = 0;
    for (const { repository, location } of branchProtections) {
      if (repository === null || !isKnown(repository)) elsewhere += 1;
      else if (location !== null && "address" in location && /(?:^|\.)data\./.test(location.address))
        this.found.add(repository.toLowerCase());
      else this.byRepository.set(repository.toLowerCase(), (this.byRepository.get(repository.toLowerCase()) ?? 0) + 1);
    }
    this.elsewhere = elsewhere;
  }

  /** How many rules are the repository's own. */
  countOf = (repository: string): number => this.byRepository.get(repository.toLowerCase()) ?? 0;

  /** Whether something may protect branches that is not the repository's own. */
  mayBeProtected = (repository: string): boolean => this.elsewhere > 0 || this.found.has(repository.toLowerCase());

  wordsFor(repository: string): string {
    const count = this.countOf(repository);
    if (count > 0) return count === 1 ? "1 rule protects branches" : `${count} rules protect branches`;
    return this.mayBeProtected(repository)
      ? "no rule of its own protects a branch, and there may be others"
      : "no rule protects a branch, so that every branch may deploy";
  }

  /** Whether rules of an organization, or of unknown repositories, come or go. */
  sameElsewhere = (other: BranchProtections): boolean => this.elsewhere === other.elsewhere;
}

/**
 * What changes for environments that protected branches deploy to: those are all branches where none is protected.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 */
export function branchProtectionChange(
  repository: string,
  before: BranchProtections,
  after: BranchProtections,
): Told | undefined {
  const [was, is] = [before.countOf(repository), after.countOf(repository)];
  if (was === is && (was > 0 || before.sameElsewhere(after))) return undefined;
  const isGone = is === 0 && was > 0 && !after.mayBeProtected(repository);
  const isNew = was === 0 && is > 0 && !before.mayBeProtected(repository);
  return {
    aspect: "branch protection",
    before: before.wordsFor(repository),
    after: after.wordsFor(repository),
    direction: isGone ? "weaker" : isNew ? "stronger" : "changed",
  };
}
