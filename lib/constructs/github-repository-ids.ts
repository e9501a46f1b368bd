import { TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { numericIdRule, splitFullName } from "../github/names";
import { DataGithubRestApi } from "./bindings";
import { GithubRepository, type IGithubRepository, type RepositoryIds } from "./github-repository";
import { located } from "./located";

export interface GithubRepositoryIdLookupProps {
  /** `OWNER/NAME`, in GitHub's own spelling. */
  readonly fullName: string;
  /** Ids that are known already: the plan fails when GitHub has others. @default none */
  readonly expected?: Partial<RepositoryIds>;
}

/**
 * Both forms of a repository's subjects, each exact: `repo:OWNER/NAME`, and `repo:OWNER@ID/NAME@ID` with
 * the ids read inside the plan. For a repository on its way from one to the other, which must not fail
 * on the day that it starts to mint ids.
 *
 * The plan fails, with a sentence that says why, when the repository is not found, when GitHub calls it by
 * another name, and when it has other ids than expected: the name may be a stranger's by now.
 *
 * @see https://docs.github.com/en/rest/repos/repos#get-a-repository
 */
export class GithubRepositoryIdLookup extends Construct implements IGithubRepository {
  readonly fullName: string;
  readonly subjectPrefixes: readonly string[];
  readonly stack: TerraformStack;

  /** @throws RangeError when the name or an id is not one that GitHub has. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, { fullName, expected = {} }: GithubRepositoryIdLookupProps) {
    super(scope, id);
    const { subjectPrefixes } = located(this.node.path, () => checked(fullName, expected));
    this.fullName = fullName;
    this.stack = TerraformStack.of(this);
    const answer = new DataGithubRestApi(this, "Resource", {
      endpoint: `repos/${fullName}`,
      lifecycle: { postcondition: [...foundByName(fullName), ...ofIds(fullName, expected)] },
    });
    const body = `jsondecode(data.github_rest_api.${answer.friendlyUniqueId}.body)`;
    const withIds = new TerraformLocal(
      this,
      "local:subject_prefix_with_ids",
      `\${format("repo:%s@%d/%s@%d", ${body}.owner.login, ${body}.owner.id, ${body}.name, ${body}.id)}`,
    );
    // Written out rather than as a token: the order of a policy's values must not hang on a token's number.
    this.subjectPrefixes = [...subjectPrefixes, `\${local.${withIds.friendlyUniqueId}}`];
  }
}

function checked(fullName: string, { owner, repository }: Partial<RepositoryIds>): IGithubRepository {
  for (const id of [owner, repository]) {
    const wrong = id === undefined ? undefined : numericIdRule(id);
    if (wrong) throw new RangeError(`id ${JSON.stringify(id)} of ${fullName}: ${wrong}`);
  }
  return GithubRepository.byName(fullName);
}

interface Postcondition {
  readonly condition: string;
  readonly errorMessage: string;
}

const BODY = "jsondecode(self.body)";
/** Conditions after the first say nothing about an answer that is no answer. */
const ANSWERED = "self.code != 200 ||";

function foundByName(fullName: string): Postcondition[] {
  const { owner = "", name = "" } = splitFullName(fullName) ?? {};
  return [
    {
      condition: "${self.code == 200}",
      errorMessage: `GitHub repository "${fullName}" was not found, or the GitHub token may not read it (GitHub answered \${self.code}). Correct its name in the access file, or give the token access to it: its ids cannot be guessed.`,
    },
    {
      condition: `\${${ANSWERED} try(${BODY}.owner.login == "${owner}" && ${BODY}.name == "${name}", false)}`,
      errorMessage: `GitHub calls repository "${fullName}" \${try(jsonencode(${BODY}.full_name), "nothing")}: it was renamed or transferred, or is spelt otherwise in the access file. Correct the access file: whoever takes the old name would get the role.`,
    },
  ];
}

function ofIds(fullName: string, { owner, repository }: Partial<RepositoryIds>): Postcondition[] {
  // Not by format(): of null it makes a value that is not known, and a condition that is not known does not fail.
  const isId = (value: string): string => `can(regex("^[1-9][0-9]*$", tostring(${value})))`;
  const said: Postcondition = {
    condition: `\${${ANSWERED} (${isId(`${BODY}.owner.id`)} && ${isId(`${BODY}.id`)})}`,
    errorMessage: `GitHub does not say the ids of repository "${fullName}" and its owner. Give them in the access file, as "github.ownerId" and "id" of the repository.`,
  };
  const expectation = (what: string, value: string, id: string): Postcondition => ({
    condition: `\${${ANSWERED} try(tostring(${value}) == "${id}", false)}`,
    errorMessage: `The id of ${what} is \${try(jsonencode(${value}), "not known")} on GitHub, and ${id} in the access file: another has its name by now, or the file is wrong. Correct the access file.`,
  });
  return [
    said,
    ...(owner === undefined ? [] : [expectation(`the owner of repository "${fullName}"`, `${BODY}.owner.id`, owner)]),
    ...(repository === undefined ? [] : [expectation(`repository "${fullName}"`, `${BODY}.id`, repository)]),
  ];
}
