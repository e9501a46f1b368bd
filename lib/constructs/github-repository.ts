import { TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { numericIdRule, splitFullName } from "../github/names";
import { formatPrefix } from "../github/subject";
import { DataGithubRestApi } from "./bindings";
import { located } from "./located";

/** A repository as a trust policy sees it: what its jobs' subjects begin with. */
export interface IGithubRepository {
  /** `OWNER/NAME`. */
  readonly fullName: string;
  /** Every prefix that its subjects may have. A reference, where it is read in the plan. */
  readonly subjectPrefixes: readonly string[];
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
};

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
  if (!parts) throw new RangeError(`${JSON.stringify(fullName)} is not the full name of a repository: write it as "OWNER/NAME", without ids`);
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
}

/**
 * Reads, inside the plan, what the subjects of a repository begin with. Repositories with ids and those
 * without both work, and a rename shows in the plan as a change of trust.
 *
 * The plan fails, with a sentence that says why, when the repository is not found, when it uses a
 * subject template, when it has moved to another owner, and when GitHub does not name the prefix: a
 * guess could admit a stranger. The prefix is read from `sub_claim_prefix`; the flag
 * `use_immutable_subject` beside it does not always agree with the tokens.
 *
 * @see https://docs.github.com/en/rest/actions/oidc#get-the-customization-template-for-an-oidc-subject-claim-for-a-repository
 */
export class GithubRepositoryLookup extends Construct implements IGithubRepository {
  readonly fullName: string;
  readonly subjectPrefixes: readonly string[];
  readonly stack: TerraformStack;

  /** @throws RangeError when the name is not one that GitHub has. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, props: GithubRepositoryLookupProps) {
    super(scope, id);
    const { owner, name } = located(this.node.path, () => split(props.fullName));
    this.fullName = props.fullName;
    this.stack = TerraformStack.of(this);
    const mintsIds = props.mintsIds ?? true;
    const answer = new DataGithubRestApi(this, "Resource", {
      endpoint: `repos/${owner}/${name}/actions/oidc/customization/sub`,
      lifecycle: { postcondition: [...foundAndPlain(props.fullName), ...(mintsIds ? prefixOf(owner, props.fullName) : [])] },
    });
    const prefix = new TerraformLocal(this, "local:subject_prefix", mintsIds ? `\${jsondecode(data.github_rest_api.${answer.friendlyUniqueId}.body).sub_claim_prefix}` : namePrefix(props.fullName));
    // Written out rather than as a token: the order of a policy's values must not hang on a token's number.
    this.subjectPrefixes = [`\${local.${prefix.friendlyUniqueId}}`];
  }
}

/** A body that is no JSON, or lacks a key, must fail its condition rather than the evaluation of it; sentences are evaluated whether the condition holds or not. */
const BODY = "jsondecode(self.body)";
/** Conditions after the first say nothing about an answer that is no answer. */
const ANSWERED = "self.code != 200 ||";

function foundAndPlain(fullName: string): { condition: string; errorMessage: string }[] {
  return [
    {
      condition: "${self.code == 200}",
      errorMessage: `GitHub repository "${fullName}" was not found, or the GitHub token may not read it (GitHub answered \${self.code}). Correct its name in the access file, or give the token access to it: what its jobs' subjects look like cannot be guessed.`,
    },
    {
      // Listing the default's own two keys is the default.
      condition: `\${${ANSWERED} try(${BODY}.use_default == true, false) || try(jsonencode(${BODY}.include_claim_keys), "") == "[\\"repo\\",\\"context\\"]"}`,
      errorMessage: `GitHub repository "${fullName}" has a subject template of its own or follows its organization's (it answers use_default = false), and the access file does not describe one: no job of it would match this trust. Set the repository back to the default subject, or write the subjects out with "subject".`,
    },
  ];
}

function prefixOf(owner: string, fullName: string): { condition: string; errorMessage: string }[] {
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
