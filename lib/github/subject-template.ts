import { SAYS_WHOSE } from "./raw-subject";
import { formatContext, formatPrefix, type Subject } from "./subject";

/** What a repository's subjects are made of: GitHub's own form, the template of its organization, or claims in order. */
export type SubjectTemplate = "default" | "organization" | readonly string[];

/** A form that a repository's subjects may have: what GitHub says of the repository then, and the claims in order. */
export interface SubjectForm {
  readonly template: SubjectTemplate;
  readonly claims: readonly string[];
}

/** `GitHub's own form`, `the organization's template`, or the claims one by one. */
export const describeTemplate = (template: SubjectTemplate): string =>
  template === "default"
    ? "GitHub's own form"
    : template === "organization"
      ? "the organization's template"
      : template.join(", ");

/** GitHub's own form, written as a template. */
export const DEFAULT_TEMPLATE: readonly string[] = ["repo", "context"];

export const DEFAULT_FORM: SubjectForm = { template: "default", claims: DEFAULT_TEMPLATE };

/**
 * The claims that a subject can be made of, beside `repo`, `context` and custom properties of the repository.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims
 */
export const SUBJECT_CLAIMS: readonly string[] = [
  "actor",
  "actor_id",
  "base_ref",
  "check_run_id",
  "enterprise",
  "enterprise_id",
  "environment",
  "event_name",
  "head_ref",
  "job_workflow_ref",
  "job_workflow_sha",
  "ref",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "repository_visibility",
  "run_attempt",
  "run_id",
  "run_number",
  "runner_environment",
  "sha",
  "workflow",
  "workflow_ref",
  "workflow_sha",
];

/** Whether a template may have a key: a claim of GitHub's, `repo`, `context` or a custom property. */
export const isTemplateKey = (key: string): boolean =>
  DEFAULT_TEMPLATE.includes(key) || SUBJECT_CLAIMS.includes(key) || /^repo_property_[A-Za-z0-9_]+$/.test(key);

/** Claims that are of one repository and no other. */
const OF_ONE_REPOSITORY: readonly string[] = ["repo", "repository", "repository_id"];

/**
 * Says what is wrong with a template, or `undefined`. A trust policy can only be as strict as the subject:
 * the first claim must be one that no stranger mints, and one of them must name the repository.
 */
export function templateRule(claims: readonly string[]): string | undefined {
  const [first] = claims;
  if (first === undefined) return 'name at least one claim, as in "[repo, context]"';
  const twice = claims.find((claim, index) => claims.indexOf(claim) !== index);
  if (twice !== undefined) return `"${twice}" is a duplicate: keep one`;
  if (first !== "repo" && !SAYS_WHOSE.includes(first))
    return `begin with a claim that says whose job it is (repo, ${SAYS_WHOSE.join(", ")}): any repository on GitHub can mint "${first}:…"`;
  if (!claims.some((claim) => OF_ONE_REPOSITORY.includes(claim)))
    return `add one of ${OF_ONE_REPOSITORY.join(", ")}: without it other repositories mint the same subjects`;
  return undefined;
}

/** Claims that a subject cannot be made of: those that say what the token is, not whose job it is of. */
const NO_PART_OF_A_SUBJECT: readonly string[] = ["iss", "sub", "aud", "iat", "nbf", "exp", "jti"];

/** Says what is wrong with a template's key, or `undefined`. */
export function templateKeyRule(key: string): string | undefined {
  if (!/^[A-Za-z0-9_]+$/.test(key)) return "use letters, digits and underscores";
  return NO_PART_OF_A_SUBJECT.includes(key)
    ? 'name a claim that says whose job it is, or "repo" and "context"'
    : undefined;
}

/**
 * The subject that a customised template mints: `key:value` for each key, joined by colons. `repo` is the
 * repository, with the ids that an immutable one cannot be rid of, and `context` what the default subject
 * has behind it. A ":" within a value is written as "%3A".
 *
 * @param claims the token's other claims, by name.
 * @throws RangeError for an empty template, and for a key that is none or that this job's token lacks.
 * @see https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
 */
export function formatTemplateSubject(
  template: readonly string[],
  subject: Subject,
  claims: Readonly<Record<string, unknown>>,
): string {
  if (template.length === 0)
    throw new RangeError('The subject template has no keys: name at least one, as in "repo", "context"');
  return template.map((key) => segment(key, subject, claims)).join(":");
}

function segment(key: string, { prefix, context }: Subject, claims: Readonly<Record<string, unknown>>): string {
  if (key === "repo") return formatPrefix(prefix);
  if (key === "context") return formatContext(context);
  const wrong = templateKeyRule(key);
  if (wrong) throw new RangeError(`Key "${key}" of the subject template: ${wrong}`);
  const value = Object.hasOwn(claims, key) ? claims[key] : undefined;
  // GitHub makes the environment mandatory in that case: the job would not get a token.
  if (value === undefined && key === "environment")
    throw new RangeError(
      'Key "environment" of the subject template: the job names no environment, and GitHub then mints no token',
    );
  if (typeof value !== "string")
    throw new RangeError(`Key "${key}" of the subject template: the token of this job has no such claim`);
  return `${key}:${value.replaceAll(":", "%3A")}`;
}
