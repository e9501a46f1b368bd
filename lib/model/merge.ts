import type { AccessModel } from "./model";

/** One model of several sources. An account that several tell of is one for each of them. */
export const mergeModels = (models: readonly AccessModel[]): AccessModel => ({
  accounts: models.flatMap(({ accounts }) => accounts),
  environments: models.flatMap(({ environments }) => environments),
  values: models.flatMap(({ values }) => values),
  subjectTemplates: models.flatMap(({ subjectTemplates }) => subjectTemplates),
  branchProtections: models.flatMap(({ branchProtections }) => branchProtections),
  newRepositories: models.flatMap(({ newRepositories }) => newRepositories),
  notes: models.flatMap(({ notes }) => notes),
});
