import { hasControlCharacter, ownerLoginRule, repositoryNameRule } from "./names";

/**
 * `job_workflow_ref`: the workflow file that a job's steps come from, and the ref it was taken at.
 * It keeps plain names even where subjects carry ids.
 *
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows
 */
export interface WorkflowRef {
  readonly owner: string;
  readonly repository: string;
  /** File name below `.github/workflows/`. */
  readonly file: string;
  /** `refs/heads/main`, `refs/tags/v1` or a commit; may be a pattern. */
  readonly ref: string;
}

/** Reads `OWNER/REPO/.github/workflows/FILE@REF`, or answers `undefined`. */
export function parseWorkflowRef(text: string): WorkflowRef | undefined {
  const match = /^([^/@]+)\/([^/@]+)\/\.github\/workflows\/([^/@]+\.ya?ml)@(.+)$/.exec(text);
  if (!match) return undefined;
  const [, owner = "", repository = "", file = "", ref = ""] = match;
  return { owner, repository, file, ref };
}

/** Says what is wrong with a `job_workflow_ref`, or `undefined`. Wildcards may stand only in the ref. */
export function workflowRefRule(text: string): string | undefined {
  const parsed = parseWorkflowRef(text);
  if (!parsed || hasControlCharacter(text) || /\s|[$%]\{/.test(text))
    return 'write it as "OWNER/REPO/.github/workflows/FILE.yml@refs/heads/BRANCH", with the ref or commit it is called at';
  if (/[*?]/.test(`${parsed.owner}${parsed.repository}${parsed.file}`))
    return "use wildcards only behind the @: a pattern before it admits workflows of other repositories";
  const wrong = ownerLoginRule(parsed.owner) ?? repositoryNameRule(parsed.repository);
  if (wrong) return wrong;
  if (!/^refs\/(heads|tags)\/.|^[0-9a-f]{40}$/.test(parsed.ref))
    return 'behind the "@" write a full ref ("refs/heads/main", "refs/tags/v1") or a commit of 40 hex digits';
  return undefined;
}
