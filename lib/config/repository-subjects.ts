import { isLookedUp, type RepositoryAccess } from "./account-access";
import type { GithubInstance } from "../github/issuer";
import { formatPrefix } from "../github/subject";
import { repositoryClaims, type MintedSubjects } from "../github/templated-jobs";
import type { SubjectTemplates } from "./resolve-template";
import type { AccessConfig, RepositoryConfig, SubjectsConfig } from "./schema";

/** Digits to reckon with where an id is only known in the plan: GitHub's have ten today. */
const UNKNOWN_ID = "0".repeat(10);

/** How the subjects of repositories are written, or why the file cannot say. */
export class RepositorySubjects {
  private readonly byFullName = new Map<string, RepositoryAccess | string>();
  private readonly told = new Set<string>();

  constructor(
    private readonly config: AccessConfig,
    private readonly instance: GithubInstance,
    private readonly templates: SubjectTemplates,
  ) {}

  /** The repository with its subjects' form, or a sentence that says what is missing. */
  of(owner: string, name: string): RepositoryAccess | string {
    const fullName = `${owner}/${name}`;
    let known = this.byFullName.get(fullName);
    if (known === undefined) this.byFullName.set(fullName, (known = this.templated(this.resolve(owner, name))));
    return known;
  }

  /** Whether a sentence of `of` has not been told yet: many roles may lack the same id. */
  isNews(sentence: string): boolean {
    const isNews = !this.told.has(sentence);
    this.told.add(sentence);
    return isNews;
  }

  /** With the template that the file gives the repository; it can give one only to its own owner's. */
  private templated(repository: RepositoryAccess | string): RepositoryAccess | string {
    if (typeof repository === "string" || !this.isOwn(repository.owner)) return repository;
    const forms = this.templates.formsOf(repository.name);
    if (!forms) return repository;
    const { github, repositories } = this.config;
    return {
      ...repository,
      forms,
      claims: repositoryClaims(`${github.owner}/${repository.name}`, {
        owner: github.ownerId,
        repository: repositories[repository.name]?.id,
      }),
    };
  }

  private isOwn(owner: string): boolean {
    return owner.toLowerCase() === this.config.github.owner.toLowerCase();
  }

  private resolve(owner: string, name: string): RepositoryAccess | string {
    const { github } = this.config;
    const isOwn = this.isOwn(owner);
    const repository: RepositoryConfig =
      (isOwn && Object.hasOwn(this.config.repositories, name) ? this.config.repositories[name] : undefined) ?? {};
    const subjects: SubjectsConfig = repository.subjects ?? github.subjects ?? "lookup";
    const [mode, until] = typeof subjects === "string" ? [subjects] : (["both", subjects.both.until] as const);
    if (mode === "lookup" || mode === "name") return { owner, name, subjects: mode, ids: undefined };
    const ids = isOwn ? { owner: github.ownerId, repository: repository.id } : {};
    const end = until === undefined ? {} : { until };
    if (hasBoth(ids)) return { owner, name, subjects: mode, ...end, ids };
    if (mode === "both")
      return this.instance.kind === "server"
        ? '"subjects: both" without ids, and GitHub Enterprise Server mints none: write "subjects: name"'
        : { owner, name, subjects: mode, ...end, ids: undefined, expectedIds: ids };
    if (!isOwn)
      return `"subjects: ${mode}" needs ids, and this file has none of "${owner}": set "subjects: lookup" under "github", and "${mode}" under the repositories that need it`;
    const lacking = [
      ids.owner === undefined ? '"github.ownerId"' : "",
      ids.repository === undefined ? `"repositories.${name}.id"` : "",
    ].filter(Boolean);
    return `"subjects: ${mode}" needs both ids: give ${lacking.join(" and ")}`;
  }
}

const hasBoth = (ids: { owner?: string; repository?: string }): ids is { owner: string; repository: string } =>
  ids.owner !== undefined && ids.repository !== undefined;

/**
 * The prefixes that a repository's subjects have. Where the plan looks them up, or their ids: the longest that
 * they can be, for measuring.
 */
export function longestPrefixes(repository: RepositoryAccess): string[] {
  const { owner, name, ids } = repository;
  const byName = formatPrefix({ form: "name", owner, repository: name });
  const byId = formatPrefix({
    form: "immutable",
    owner,
    ownerId: ids?.owner ?? UNKNOWN_ID,
    repository: name,
    repositoryId: ids?.repository ?? UNKNOWN_ID,
  });
  switch (repository.subjects) {
    case "name":
      return [byName];
    case "immutable":
    case "lookup":
      return [byId];
    case "both":
      return [byName, byId];
  }
}

/** How the subjects of a repository are made. @param prefixes that they have */
export const mintedBy = ({ forms, claims }: RepositoryAccess, prefixes: readonly string[]): MintedSubjects => ({
  prefixes,
  templates: forms?.map((each) => each.claims),
  claims,
});

/** The prefixes of a repository that are known without the plan. @param own the file's owner, in its spelling */
export function prefixesOf(repository: RepositoryAccess, own: string): string[] {
  const isOwn = repository.owner.toLowerCase() === own.toLowerCase();
  const spelt = isOwn ? { ...repository, owner: own } : repository;
  if (!isLookedUp(spelt)) return longestPrefixes(spelt);
  return spelt.subjects === "both" ? longestPrefixes({ ...spelt, subjects: "name" }) : [];
}
