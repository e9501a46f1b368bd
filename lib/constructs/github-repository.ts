import { TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { numericIdRule, splitFullName } from "../github/names";
import { formatPrefix } from "../github/subject";
import {
  DEFAULT_FORM,
  DEFAULT_TEMPLATE,
  isTemplateKey,
  templateRule,
  type SubjectForm,
} from "../github/subject-template";
import { repositoryClaims } from "../github/templated-jobs";
import { DataGithubRestApi } from "./bindings";
import { located } from "./located";

/** A repository as a trust policy sees it: what its jobs' subjects begin with. */
export interface IGithubRepository {
  /** `OWNER/NAME`. */
  readonly fullName: string;
  /** Every prefix that its subjects may have. A reference, where it is read in the plan. */
  readonly subjectPrefixes: readonly string[];
  /** Templates that its subjects may be made by: the claims of each, in order. @default GitHub's own form */
  readonly subjectTemplates?: readonly (readonly string[])[] | undefined;
  /** Claims that every token of it carries, by name, for templates that ask for them. @default none known */
  readonly tokenClaims?: Readonly<Record<string, string>> | undefined;
  /** The stack that a reference belongs to. @default none: the prefixes are plain text */
  readonly stack?: TerraformStack;
}

/** Numeric ids of a repository and its owner; GitHub never gives them to another. */
export interface RepositoryIds {
  readonly owner: string;
  readonly repository: string;
}

/** Repositories whose subjects are known when the stack is synthesized. */
export const GithubRepository = {
  /**
   * Subjects with names alone, `repo:OWNER/NAME`: repositories that have not been created, renamed or
   * transferred since July 2026, and GitHub Enterprise Server.
   *
   * @param fullName `OWNER/NAME`, in GitHub's own spelling.
   * @throws RangeError when the name is not one that GitHub has.
   */
  byName(fullName: string): IGithubRepository {
    return { fullName, subjectPrefixes: [namePrefix(fullName)] };
  },

  /**
   * Subjects with ids, `repo:OWNER@ID/NAME@ID`.
   *
   * @throws RangeError when the name or an id is not one that GitHub has.
   */
  byId(fullName: string, ids: RepositoryIds): IGithubRepository {
    return { fullName, subjectPrefixes: [idPrefix(fullName, ids)] };
  },

  /**
   * Both forms, each exact: for a repository that is on its way from one to the other.
   *
   * @throws RangeError when the name or an id is not one that GitHub has.
   */
  byNameAndId(fullName: string, ids: RepositoryIds): IGithubRepository {
    return { fullName, subjectPrefixes: [namePrefix(fullName), idPrefix(fullName, ids)] };
  },

  /**
   * The same repository with subjects made by a template; several are alternatives, each exact.
   *
   * @param templates the claims of each, in order, as GitHub's `include_claim_keys`.
   * @param tokenClaims claims that every token of the repository carries, for templates that ask for them.
   * @throws RangeError for a template that a stranger's repository could mint.
   */
  withTemplates(
    repository: IGithubRepository,
    templates: readonly (readonly string[])[],
    tokenClaims: Readonly<Record<string, string>> = repositoryClaims(repository.fullName),
  ): IGithubRepository {
    if (templates.length === 0)
      throw new RangeError(`${repository.fullName} has no subject template: name at least one`);
    for (const template of templates) checkTemplate(repository.fullName, template);
    const { fullName, subjectPrefixes, stack } = repository;
    return { fullName, subjectPrefixes, subjectTemplates: templates, tokenClaims, ...(stack && { stack }) };
  },
};

function checkTemplate(fullName: string, template: readonly string[]): void {
  const unknown = template.find((key) => !isTemplateKey(key));
  const wrong = unknown === undefined ? templateRule(template) : `GitHub mints no claim "${unknown}"`;
  if (wrong) throw new RangeError(`subject template ${JSON.stringify(template.join(", "))} of ${fullName}: ${wrong}`);
}

function namePrefix(fullName: string): string {
  const { owner, name } = split(fullName);
  return formatPrefix({ form: "name", owner, repository: name });
}

function idPrefix(fullName: string, ids: RepositoryIds): string {
  for (const id of [ids.owner, ids.repository]) {
    const wrong = numericIdRule(id);
    if (wrong) throw new RangeError(`id ${JSON.stringify(id)} of ${fullName}: ${wrong}`);
  }
  const { owner, name } = split(fullName);
  return formatPrefix({ form: "immutable", owner, ownerId: ids.owner, repository: name, repositoryId: ids.repository });
}

function split(fullName: string): { owner: string; name: string } {
  const parts = splitFullName(fullName);
  if (!parts)
    throw new RangeError(
      `${JSON.stringify(fullName)} is not the full name of a repository: write it as "OWNER/NAME", without ids`,
    );
  return parts;
}

export interface GithubRepositoryLookupProps {
  /** `OWNER/NAME`, as GitHub has it today. */
  readonly fullName: string;
  /**
   * Whether the instance mints ids into subjects and therefore names the prefix. GitHub Enterprise Server
   * does not, and only the absence of a template is looked up there.
   *
   * @default true
   */
  readonly mintsIds?: boolean;
  /**
   * The forms that its subjects may have: with any other the plan fails.
   *
   * @default GitHub's own form
   */
  readonly forms?: readonly SubjectForm[] | undefined;
  /**
   * Whether this stack sets the repository's template. Another one that GitHub answers does not fail the
   * plan then, which is about to change it: a warning says that jobs are refused in between.
   *
   * @default false
   */
  readonly setsTemplate?: boolean;
  /** Claims that every token of the repository carries, for forms that ask for them. @default its name and its owner's */
  readonly tokenClaims?: Readonly<Record<string, string>> | undefined;
}

/**
 * Reads, inside the plan, what the subjects of a repository begin with. Repositories with ids and those
 * without both work, and a rename shows in the plan as a change of trust.
 *
 * The plan fails, with a sentence that says why, when the repository is not found, when it uses a
 * subject template that is not described, when it has moved to another owner, and when GitHub does not name the prefix: a
 * guess could admit a stranger. The prefix is read from `sub_claim_prefix`; the flag
 * `use_immutable_subject` beside it does not always agree with the tokens.
 *
 * @see https://docs.github.com/en/rest/actions/oidc#get-the-customization-template-for-an-oidc-subject-claim-for-a-repository
 */
export class GithubRepositoryLookup extends Construct implements IGithubRepository {
  readonly fullName: string;
  readonly subjectPrefixes: readonly string[];
  readonly subjectTemplates: readonly (readonly string[])[] | undefined;
  readonly tokenClaims: Readonly<Record<string, string>> | undefined;
  readonly stack: TerraformStack;

  /** @throws RangeError when the name is not one that GitHub has. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, props: GithubRepositoryLookupProps) {
    super(scope, id);
    const { owner, name } = located(this.node.path, () => split(props.fullName));
    this.fullName = props.fullName;
    this.stack = TerraformStack.of(this);
    const mintsIds = props.mintsIds ?? true;
    const { forms, setsTemplate = false } = props;
    const answer = new DataGithubRestApi(this, "Resource", {
      endpoint: `repos/${owner}/${name}/actions/oidc/customization/sub`,
      lifecycle: {
        postcondition: [
          found(props.fullName),
          ...(setsTemplate ? [] : [described(props.fullName, forms)]),
          ...(mintsIds ? prefixOf(owner, props.fullName) : []),
        ],
      },
    });
    if (setsTemplate && forms) this.warnOfChange(answer.friendlyUniqueId, forms);
    const prefix = new TerraformLocal(
      this,
      "local:subject_prefix",
      mintsIds
        ? `\${jsondecode(data.github_rest_api.${answer.friendlyUniqueId}.body).sub_claim_prefix}`
        : namePrefix(props.fullName),
    );
    // Written out rather than as a token: the order of a policy's values must not hang on a token's number.
    this.subjectPrefixes = [`\${local.${prefix.friendlyUniqueId}}`];
    this.subjectTemplates = forms?.map(({ claims }) => claims);
    this.tokenClaims = props.tokenClaims ?? (forms && repositoryClaims(props.fullName));
  }

  /** A check of Terraform's own: unlike a postcondition it warns, and the plan goes on. */
  private warnOfChange(name: string, forms: readonly SubjectForm[]): void {
    const answer = `data.github_rest_api.${name}`;
    this.stack.addOverride(`check.subjects_of_${name}`, {
      assert: [
        {
          condition: `\${${answer}.code != 200 || ${isOneOf(forms, `jsondecode(${answer}.body)`)}}`,
          error_message: `GitHub repository "${this.fullName}" mints its subjects by another template than this file sets. The apply changes trust and template one after the other: AWS refuses jobs that start in between. To leave no such moment, first name the present template in "also" of "subjectTemplate".`,
        },
      ],
    });
  }
}

/** A body that is no JSON, or lacks a key, must fail its condition rather than the evaluation of it; sentences are evaluated whether the condition holds or not. */
const BODY = "jsondecode(self.body)";
/** Conditions after the first say nothing about an answer that is no answer. */
const ANSWERED = "self.code != 200 ||";

interface Postcondition {
  readonly condition: string;
  readonly errorMessage: string;
}

const found = (fullName: string): Postcondition => ({
  condition: "${self.code == 200}",
  errorMessage: `GitHub repository "${fullName}" was not found, or the GitHub token may not read it (GitHub answered \${self.code}). Correct its name in the access file, or give the token access to it: what its jobs' subjects look like cannot be guessed.`,
});

/** That the repository mints its subjects as the file says. */
function described(fullName: string, forms: readonly SubjectForm[] | undefined): Postcondition {
  const condition = `\${${ANSWERED} ${isOneOf(forms ?? [DEFAULT_FORM], BODY)}}`;
  if (forms)
    return {
      condition,
      errorMessage: `GitHub repository "${fullName}" does not mint its subjects as the access file says: ${forms.map(({ claims }) => claims.join(", ")).join(", or ")}. Another account's stack sets its template: apply that one first, or name the present template in "also" of "subjectTemplate" until every account is applied.`,
    };
  return {
    condition,
    errorMessage: `GitHub repository "${fullName}" has a subject template of its own or follows its organization's (it answers use_default = false), and the access file does not describe one: no job of it would match this trust. Set the repository back to the default subject, or write the subjects out with "subject".`,
  };
}

/** Whether GitHub's answer is one of the forms, as an expression. Listing the default's own two keys is the default. */
function isOneOf(forms: readonly SubjectForm[], body: string): string {
  const lists = forms.map(
    ({ claims }) => `try(jsonencode(${body}.include_claim_keys), "") == ${JSON.stringify(JSON.stringify(claims))}`,
  );
  const usesDefault = forms.some(({ claims }) => isDefault(claims)) ? [`try(${body}.use_default == true, false)`] : [];
  const follows = forms.some(({ template }) => template === "organization")
    ? [`try(${body}.use_default == false && length(try(${body}.include_claim_keys, [])) == 0, false)`]
    : [];
  return [...usesDefault, ...lists, ...follows].join(" || ");
}

const isDefault = (claims: readonly string[]): boolean => claims.join() === DEFAULT_TEMPLATE.join();

function prefixOf(owner: string, fullName: string): Postcondition[] {
  const names = `(?i:${owner})/[A-Za-z0-9._-]+|(?i:${owner})@[0-9]+/[A-Za-z0-9._-]+@[0-9]+`;
  return [
    {
      condition: `\${${ANSWERED} can(regex("^.", ${BODY}.sub_claim_prefix))}`,
      errorMessage: `GitHub does not say what the subjects of repository "${fullName}" begin with (its answer has no sub_claim_prefix). Set "subjects" of the repository in the access file: "immutable" or "both" with its ids, or "name" if its tokens are known to carry names alone.`,
    },
    {
      condition: `\${${ANSWERED} !can(regex("^.", ${BODY}.sub_claim_prefix)) || can(regex("^repo:(?:${names})$", ${BODY}.sub_claim_prefix))}`,
      errorMessage: `Subjects of GitHub repository "${fullName}" begin with \${try(jsonencode(${BODY}.sub_claim_prefix), "nothing")}, which is not a repository of ${owner}: it was transferred, and trusting it would hand the role to its new owner. Correct the access file.`,
    },
  ];
}
