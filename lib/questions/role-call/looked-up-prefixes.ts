import { formatPrefix, type SubjectPrefix } from "../../github/subject";
import type { Lookup } from "../../trust/text";
import type { TokenRepository } from "./token-repository";

/** No repository has it: stands for an id that only GitHub knows. */
const SOME_ID = "0";

/**
 * What subjects of repositories begin with, where the plan reads that from GitHub and nobody has asked yet.
 *
 * GitHub begins the subjects of a repository with the very prefix that the plan reads, so of the token's own
 * repository it is the token's. Of any other it is not known whether it carries ids: both forms are tried.
 * A token of a repository of the same names that was recreated has other ids, and those of the plan would
 * keep it out: that they were taken from the token has to be said.
 *
 * @see https://docs.github.com/en/rest/actions/oidc#get-the-customization-template-for-an-oidc-subject-claim-for-a-repository
 */
export class LookedUpPrefixes {
  private readonly taken = new Map<string, SubjectPrefix>();
  private readonly open = new Set<string>();

  /** @param own the token's */
  constructor(lookups: Iterable<Lookup>, own: TokenRepository | undefined) {
    for (const { lookup, withIds } of lookups)
      if (own?.prefix && isSame(lookup, own.fullName) && (!withIds || own.prefix.form === "immutable"))
        this.taken.set(lookup, own.prefix);
      // A prefix with ids is known to have them: which ones they are makes it this token's, or another's.
      else if (!withIds) this.open.add(lookup);
  }

  /** The prefix of a repository; in this form, where it is not known in which. */
  of({ lookup, withIds }: Lookup, form: SubjectPrefix["form"]): string {
    return formatPrefix(this.taken.get(lookup) ?? prefixOf(lookup, withIds ? "immutable" : form));
  }

  /** Repositories of which the form of the prefix is not known. */
  get unknown(): readonly string[] {
    return [...this.open];
  }

  /** What was taken for granted, for people. */
  get assumptions(): readonly string[] {
    const taken = [...this.taken.values()].map((prefix) =>
      prefix.form === "name"
        ? `"${formatPrefix(prefix)}" was taken from the token: the plan reads the real one from GitHub`
        : `"${formatPrefix(prefix)}" and its ids ${prefix.ownerId} and ${prefix.repositoryId} were taken from the token: the plan reads the real ones from GitHub`,
    );
    return [
      ...taken,
      ...this.unknown.map(
        (repository) =>
          `subjects of ${repository} are written without ids here: with ids, which the plan may read from GitHub, the decision is the same`,
      ),
    ];
  }
}

/** GitHub ignores case in names, and the plan reads them in GitHub's spelling. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function prefixOf(fullName: string, form: SubjectPrefix["form"]): SubjectPrefix {
  const [owner = "", repository = ""] = fullName.split("/");
  return form === "name"
    ? { form, owner, repository }
    : { form, owner, ownerId: SOME_ID, repository, repositoryId: SOME_ID };
}
