/**
 * Plans made by real Terraform, each with what a review must say of it. A folder here holds `before` and `after`, the
 * plan between them as `scripts/review-corpus.ts` makes it, and the verdict, which people write: `expected.json`.
 */
export interface CorpusCase {
  /** Of the folder with `before/main.tf` and `after/main.tf`, or with `before.yaml` and `after.yaml`. */
  readonly name: string;
  /** From the project's root. @default the one of that name beside this file */
  readonly folder?: string;
  /** What changes, in a sentence. */
  readonly says: string;
  /** Arguments of `terraform plan` beside the usual ones. */
  readonly args?: readonly string[];
  /** Version of the GitHub provider. @default the newest */
  readonly github?: string;
  /** What somebody does in the account between the apply and the plan. */
  readonly outside?: "lets evil-org into deploy";
  /** Whether the configuration of `after` is applied before it is planned, while AWS refuses to delete roles. */
  readonly halfApplied?: true;
  /** What is lost after the first apply: without the state Terraform knows nothing of what is there. */
  readonly loses?: "state";
  /** Whether planning fails, and writes what it came to. */
  readonly fails?: true;
}

export const CASES: readonly CorpusCase[] = [
  { name: "stranger-let-in", says: "a repository of another organization is let into a role of production" },
  {
    name: "role-created-with-environment",
    says: "a role is made, with the environment that may assume it, and its ARN published there",
  },
  { name: "branch-to-pattern", says: "branch main becomes every branch that starts with main" },
  {
    name: "wildcards-come-alive",
    says: "StringEquals becomes StringLike: an asterisk that meant itself means anything",
  },
  {
    name: "same-by-meaning",
    says: "values in another order, a statement split in two, a list of one value, StringLike without a wildcard",
  },
  { name: "deny-removed", says: "a statement that denies is removed" },
  { name: "audience-removed", says: "the audience is no longer asked for" },
  { name: "environment-swapped", says: "environment production may assume what staging could" },
  { name: "role-deleted", says: "a role is deleted" },
  {
    name: "role-replaced",
    says: "a role moves to another path, and is deleted and recreated; a variable holds its ARN",
  },
  {
    name: "role-replaced-create-first",
    says: "a role is made anew before the old one is deleted, and lets in pull requests beside",
  },
  { name: "role-renamed", says: "a role gets another name" },
  { name: "role-moved", says: "a role gets another address" },
  { name: "role-moved-into-module", says: "a role moves into a module" },
  {
    name: "module-subject-added",
    says: "a module is called with one more subject, for a policy document that is read while planning",
  },
  { name: "for-each-key-added", says: "a key is added to for_each" },
  { name: "policy-read-during-apply", says: "a policy document waits for a provider that is to be made" },
  { name: "subject-known-after-apply", says: "a subject holds what is known after apply" },
  {
    name: "roles-imported",
    says: "two roles are imported: one as it is, one lets in pull requests beside",
    loses: "state",
  },
  { name: "role-forgotten", says: "Terraform forgets a role, which stays" },
  {
    name: "drift-put-right",
    says: "somebody let a stranger in by hand, and the plan shuts him out again",
    outside: "lets evil-org into deploy",
  },
  {
    name: "drift-seen-only",
    says: "somebody let a stranger in by hand, and the plan only takes note",
    outside: "lets evil-org into deploy",
    args: ["-refresh-only"],
  },
  { name: "targeted", says: "two roles change, of which the plan is about one", args: ["-target=aws_iam_role.first"] },
  { name: "trust-is-sensitive", says: "a subject is sensitive, and changes" },
  { name: "secret-updated", says: "a secret gets another value" },
  {
    name: "secret-replaced",
    says: "a secret gets another value, with a provider that deletes it and makes it anew",
    github: "6.9.1",
  },
  { name: "administrator-attached", says: "AdministratorAccess is attached" },
  { name: "administrator-detached", says: "AdministratorAccess is detached" },
  { name: "statement-moved", says: "a statement moves from one inline policy to another" },
  { name: "pass-role-added", says: "iam:PassRole comes with a task that can be run" },
  { name: "boundary-removed", says: "an administrator's permissions boundary is removed" },
  { name: "session-longer", says: "sessions may last twelve hours rather than one" },
  { name: "deprecated-arguments", says: "policies in inline_policy and managed_policy_arns change" },
  { name: "reviewers-removed", says: "an environment loses its reviewers" },
  { name: "reviewers-named", says: "reviewers are named who were numbers" },
  { name: "rules-loosened", says: "a wait gets shorter, self-review is allowed, administrators may bypass" },
  { name: "refs-widened", says: "more branches may deploy to an environment" },
  { name: "environment-deleted", says: "an environment is deleted that a role trusts" },
  { name: "subject-template-changed", says: "a repository's subjects are made of something else" },
  { name: "variable-points-elsewhere", says: "a variable holds the ARN of another role" },
  { name: "secret-points-elsewhere", says: "a secret holds the ARN of another role" },
  { name: "account-let-in", says: "another AWS account is trusted beside GitHub's jobs" },
  { name: "second-account-by-alias", says: "a role is made in a second account, through an alias of the provider" },
  { name: "plan-errored", says: "planning fails at one role, after another was widened", fails: true },
  { name: "tags-only", says: "tags and a description change" },
  { name: "text-of-strangers", says: "an environment's name is full of markup" },
  {
    name: "deposed-role",
    says: "a role that could not be deleted when it was replaced is still to be deleted",
    halfApplied: true,
  },
  { name: "file-repository-added", says: "an access file gets one more repository" },
  { name: "file-environment-renamed", says: "an access file renames an environment, with `formerly`" },
  { name: "file-account-added", says: "an access file gets one more account, with a role" },
];

/** The example for newcomers: made in the same way. */
export const EXAMPLE: CorpusCase = {
  name: "dangerous-change",
  says: "a pull request that looks harmless",
  folder: "examples/dangerous-change",
};
