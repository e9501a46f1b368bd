import { DEFAULT_FORM, type SubjectForm, type SubjectTemplate } from "../github/subject-template";
import type { Path, Problem } from "../yaml/problem";
import type { AccountDraft } from "./resolve-account";
import type { AccessConfig, SubjectTemplateConfig } from "./schema";

/** How subjects are made where the file says so, and which stack sets it. */
export class SubjectTemplates {
  constructor(
    private readonly config: AccessConfig,
    private readonly report: (problem: Problem) => void,
  ) {}

  /** The forms that the subjects of a repository may have, the one to be first; `undefined` where the file does not say. */
  formsOf(repository: string): readonly SubjectForm[] | undefined {
    const config = Object.hasOwn(this.config.repositories, repository)
      ? this.config.repositories[repository]?.subjectTemplate
      : undefined;
    if (config === undefined) return undefined;
    const { claims, also } = settingsOf(config);
    const forms = [claims, ...(also === undefined ? [] : [also])].flatMap((template) => this.formsOfTemplate(template));
    // GitHub's own two keys, listed, are its own form: nothing is trusted twice.
    return forms.filter(
      ({ claims: keys }, index) => forms.findIndex((each) => each.claims.join() === keys.join()) === index,
    );
  }

  private formsOfTemplate(template: SubjectTemplate): SubjectForm[] {
    if (template === "default") return [DEFAULT_FORM];
    if (template !== "organization") return [{ template, claims: template }];
    const { subjectTemplate } = this.config.organization ?? {};
    // What is missing is reported where the template is set.
    if (subjectTemplate === undefined) return [{ template, claims: DEFAULT_FORM.claims }];
    const { claims, also } = settingsOf(subjectTemplate);
    return [claims, ...(also === undefined ? [] : [also])].flatMap((each): SubjectForm[] =>
      each === "organization" ? [] : [{ template, claims: each === "default" ? DEFAULT_FORM.claims : each }],
    );
  }

  /** Gives each template to the account whose stack sets it: a GitHub object has one owner. */
  assign(accounts: ReadonlyMap<string, AccountDraft>): void {
    const { organization, repositories } = this.config;
    const templated = Object.entries(repositories).flatMap(([name, repository]) =>
      repository?.subjectTemplate === undefined
        ? []
        : [{ name, template: repository.subjectTemplate, account: repository.account }],
    );
    const using = templated.length > 0 ? accountsUsing(accounts) : new Map<string, AccountDraft[]>();
    for (const { name, template, account } of templated) {
      const path: Path = ["repositories", name];
      const settings = settingsOf(template);
      this.checkSettings(settings, [...path, "subjectTemplate"]);
      this.owner(account, path, accounts, using.get(name) ?? [])?.subjectTemplates.push({
        repository: name,
        ...settings,
      });
    }
    if (organization?.subjectTemplate === undefined) return;
    const settings = settingsOf(organization.subjectTemplate);
    this.checkSettings(settings, ["organization", "subjectTemplate"]);
    const [only, ...others] = accounts.values();
    const owner =
      organization.account === undefined
        ? others.length === 0
          ? only
          : undefined
        : accounts.get(organization.account);
    owner?.subjectTemplates.push({ repository: undefined, ...settings });
  }

  private checkSettings({ claims, also }: Settings, path: Path): void {
    if ([claims, also].includes("organization") && this.config.organization?.subjectTemplate === undefined)
      this.report({
        path,
        message:
          '"organization": the file does not say what the organization\'s template is, and its subjects cannot be written: add "subjectTemplate" under "organization"',
      });
    if (also !== undefined && [claims].flat().join() === [also].flat().join())
      this.report({
        path: [...path, "also"],
        message: '"also" is the template itself: name the one before, or leave "also" out',
      });
  }

  /** The account named, or else the only one that has something of the repository. @param users accounts that do */
  private owner(
    name: string | undefined,
    path: Path,
    accounts: ReadonlyMap<string, AccountDraft>,
    users: readonly AccountDraft[],
  ): AccountDraft | undefined {
    // An account that there is not is reported with what else is the repository's own.
    if (name !== undefined) return accounts.get(name);
    const candidates = users.length > 0 ? users : [...accounts.values()];
    if (candidates.length < 2) return candidates[0];
    this.report({
      path,
      atKey: true,
      isLack: true,
      message: `no "account" says whose stack sets the subject template: name one of ${listed(candidates)}`,
    });
    return undefined;
  }
}

const listed = (accounts: readonly AccountDraft[]): string =>
  accounts
    .slice(0, 10)
    .map(({ name }) => name)
    .join(", ");

interface Settings {
  readonly claims: SubjectTemplate;
  readonly also: SubjectTemplate | undefined;
}

/** A template alone, or with the one before. */
const settingsOf = (config: SubjectTemplateConfig): Settings =>
  typeof config === "string" || Array.isArray(config)
    ? { claims: config, also: undefined }
    : { claims: config.claims, also: config.also };

/** The accounts that have something of each repository. */
function accountsUsing(accounts: ReadonlyMap<string, AccountDraft>): Map<string, AccountDraft[]> {
  const using = new Map<string, AccountDraft[]>();
  for (const account of accounts.values())
    for (const repository of new Set([...account.roles, ...account.environments].map((each) => each.repository)))
      using.set(repository, [...(using.get(repository) ?? []), account]);
  return using;
}
