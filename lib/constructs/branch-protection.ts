import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { protectedBranchRule, repositoryNameRule, splitFullName } from "../github/names";
import { BranchProtectionV3, DataGithubRestApi } from "./bindings";
import { literal } from "./template";

/** That a repository has a protected branch: made, or looked up in the plan. */
export interface IBranchProtection {
  /** What waits for it: without a protected branch, every branch may deploy to an environment for protected ones. */
  readonly dependency: ITerraformDependable;
}

export interface ProtectedBranchProps {
  /** Name of the repository, without its owner: that is the GitHub provider's, and an organization. */
  readonly repository: string;
  /** Name of a branch that is there; no pattern. */
  readonly branch: string;
}

/**
 * A branch that changes only through a pull request which somebody else has approved; a later push takes the
 * approval away, and administrators are no exception. GitHub forbids force pushes to it and its deletion.
 *
 * It is branch protection rather than a ruleset: of that it is certain that environments regard it.
 *
 * @see https://docs.github.com/en/rest/branches/branch-protection#update-branch-protection
 */
export class ProtectedBranch extends Construct implements IBranchProtection {
  readonly dependency: ITerraformDependable;

  /** @throws RangeError when GitHub would refuse a name, or the branch is a pattern. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, { repository, branch }: ProtectedBranchProps) {
    super(scope, id);
    const wrong = repositoryNameRule(repository) ?? protectedBranchRule(branch);
    if (wrong)
      throw new RangeError(
        `${this.node.path}: branch ${JSON.stringify(branch)} of repository ${JSON.stringify(repository)}: ${wrong}`,
      );
    this.dependency = new BranchProtectionV3(this, "Resource", {
      repository,
      branch: literal(branch),
      enforceAdmins: true,
      requiredPullRequestReviews: { requiredApprovingReviewCount: 1, dismissStaleReviews: true },
    });
  }
}

export interface ProtectedBranchesLookupProps {
  /** `OWNER/NAME`, as GitHub has it today. */
  readonly fullName: string;
}

/**
 * Reads, inside the plan, whether a repository has a protected branch. The plan fails when it has none: then
 * GitHub lets every branch deploy to an environment for protected branches. It fails also where GitHub says that
 * only rulesets protect them, as its documentation names branch protection rules alone.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
 */
export class ProtectedBranchesLookup extends Construct implements IBranchProtection {
  readonly dependency: ITerraformDependable;

  /** @throws RangeError when the name is not one that GitHub has. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, { fullName }: ProtectedBranchesLookupProps) {
    super(scope, id);
    const parts = splitFullName(fullName);
    if (!parts)
      throw new RangeError(
        `${this.node.path}: ${JSON.stringify(fullName)} is not the full name of a repository: write it as "OWNER/NAME"`,
      );
    this.dependency = new DataGithubRestApi(this, "Resource", {
      endpoint: `repos/${parts.owner}/${parts.name}/branches?protected=true&per_page=100`,
      lifecycle: { postcondition: hasProtectedBranch(fullName) },
    });
  }
}

/** Of what is protected, no branch is said to have no rules of its own: what GitHub leaves out is no such word. */
const PROTECTED = "[for branch in jsondecode(self.body) : branch if branch.protected == true]";
const WITH_RULES = `[for branch in ${PROTECTED} : branch if try(branch.protection.enabled, true) != false]`;
/** Conditions after the first say nothing about an answer that is no answer. */
const ANSWERED = "self.code != 200 ||";
const REMEDY =
  'Protect a branch, with "protectBranches" of the repository in the access file or on GitHub\'s pages, or name the refs that may deploy: "deployFrom: {branches: [main]}".';

const hasProtectedBranch = (fullName: string): { condition: string; errorMessage: string }[] => [
  {
    condition: "${self.code == 200}",
    errorMessage: `GitHub repository "${fullName}" was not found, or the GitHub token may not read its branches (GitHub answered \${self.code}). Correct its name in the access file, or give the token access to it: whether a branch is protected cannot be guessed.`,
  },
  {
    condition: `\${${ANSWERED} try(length(${PROTECTED}) > 0, false)}`,
    errorMessage: `No branch of GitHub repository "${fullName}" is protected, so GitHub would let every branch deploy to an environment with "deployFrom: protectedBranches". ${REMEDY}`,
  },
  {
    condition: `\${${ANSWERED} try(length(${PROTECTED}) == 0, true) || try(length(${WITH_RULES}) > 0, false)}`,
    errorMessage: `Only rulesets protect branches of GitHub repository "${fullName}", and it is not known whether GitHub regards them for an environment with "deployFrom: protectedBranches": it may let every branch deploy. ${REMEDY}`,
  },
];
