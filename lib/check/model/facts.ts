import type { AccessModel, EnvironmentModel, SubjectTemplateModel } from "../../model/model";
import { isUnknown } from "../../trust/trust-model";
import { formatText, isKnown, type Text } from "../../trust/text";

/** Where a model comes from: only an access file says all there is to say about its repositories. */
export type ModelSource = "config" | "synth" | "plan";

/** What rules ask of the whole model, found without a search. GitHub ignores case in names. */
export class ModelFacts {
  private readonly environments = new Map<string, EnvironmentModel>();
  private readonly environmentNames = new Map<string, string[]>();
  private readonly templates = new Map<string, SubjectTemplateModel>();
  private readonly protectedRepositories = new Set<string>();
  private readonly newRepositories = new Set<string>();
  private readonly protectsAll: boolean;

  constructor(
    model: AccessModel,
    readonly source: ModelSource,
  ) {
    for (const environment of model.environments) {
      const repository = keyOf(environment.repository);
      this.environments.set(`${repository}:${keyOf(environment.name)}`, environment);
      const [name, others] = [formatText(environment.name), this.environmentNames.get(repository)];
      if (others) others.push(name);
      else this.environmentNames.set(repository, [name]);
    }
    for (const template of model.subjectTemplates)
      this.templates.set(template.repository === null ? ORGANIZATION : keyOf(template.repository), template);
    for (const { repository } of model.branchProtections)
      if (repository !== null) this.protectedRepositories.add(keyOf(repository));
    this.protectsAll = model.branchProtections.some(({ repository }) => repository === null || isNameless(repository));
    for (const { repository } of model.newRepositories) this.newRepositories.add(keyOf(repository));
  }

  /** @param repository as `OWNER/NAME` */
  environment(repository: string, name: string): EnvironmentModel | undefined {
    return this.find(this.environments, repository, (each) => `${each}:${name.toLowerCase()}`);
  }

  /** Names of all the environments that the source has of a repository. */
  environmentsOf(repository: string): readonly string[] {
    return this.find(this.environmentNames, repository, (each) => each) ?? [];
  }

  /** What a repository's subjects are made of, where the source says so; `default` is GitHub's own form. */
  subjectClaims(
    repository: string,
  ): { readonly claims: "default" | readonly Text[]; readonly template: SubjectTemplateModel } | undefined {
    const template = this.find(this.templates, repository, (each) => each);
    if (!template || isUnknown(template.claims)) return undefined;
    if (template.claims !== "organization") return { claims: template.claims, template };
    const organization = this.templates.get(ORGANIZATION);
    return organization && Array.isArray(organization.claims) ? { claims: organization.claims, template } : undefined;
  }

  /** Whether the source has a rule that protects branches of a repository, or may have one. */
  protectsBranches(repository: Text): boolean {
    if (this.protectsAll || isNameless(repository)) return true;
    return (
      this.protectedRepositories.has(keyOf(repository)) ||
      this.protectedRepositories.has(`${UNKNOWN_OWNER}${nameOf(repository)}`)
    );
  }

  /** Whether a plan creates a repository. */
  isNew(repository: string): boolean {
    return this.newRepositories.has(repository.toLowerCase());
  }

  /** By its full name or, where the source does not say whose it is, by its name. */
  private find<T>(
    all: ReadonlyMap<string, T>,
    repository: string,
    keyFor: (repository: string) => string,
  ): T | undefined {
    const full = repository.toLowerCase();
    return all.get(keyFor(full)) ?? all.get(keyFor(`${UNKNOWN_OWNER}${full.split("/")[1] ?? ""}`));
  }
}

const ORGANIZATION = "";
/** A state does not say whose the repositories are. */
const UNKNOWN_OWNER = "{?owner}/";
const nameOf = (repository: Text): string => keyOf(repository).split("/").at(-1) ?? "";
/** Whether not even the name of a repository is known. */
const isNameless = (repository: Text): boolean =>
  !isKnown(repository) && /[{}]/.test(keyOf(repository).replace(UNKNOWN_OWNER, ""));
const keyOf = (text: Text): string => formatText(text).toLowerCase();
