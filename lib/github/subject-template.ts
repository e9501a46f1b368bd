import { formatContext, formatPrefix, type Subject } from "./subject";

/** Claims that a subject cannot be made of: those that say what the token is, not whose job it is of. */
const NO_PART_OF_A_SUBJECT: readonly string[] = ["iss", "sub", "aud", "iat", "nbf", "exp", "jti"];

/** Says what is wrong with a template's key, or `undefined`. */
export function templateKeyRule(key: string): string | undefined {
  if (!/^[A-Za-z0-9_]+$/.test(key)) return "use letters, digits and underscores";
  return NO_PART_OF_A_SUBJECT.includes(key) ? 'name a claim that says whose job it is, or "repo" and "context"' : undefined;
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
export function formatTemplateSubject(template: readonly string[], subject: Subject, claims: Readonly<Record<string, unknown>>): string {
  if (template.length === 0) throw new RangeError('The subject template has no keys: name at least one, as in "repo", "context"');
  return template.map((key) => segment(key, subject, claims)).join(":");
}

function segment(key: string, { prefix, context }: Subject, claims: Readonly<Record<string, unknown>>): string {
  if (key === "repo") return formatPrefix(prefix);
  if (key === "context") return formatContext(context);
  const wrong = templateKeyRule(key);
  if (wrong) throw new RangeError(`Key "${key}" of the subject template: ${wrong}`);
  const value = Object.hasOwn(claims, key) ? claims[key] : undefined;
  // GitHub makes the environment mandatory in that case: the job would not get a token.
  if (value === undefined && key === "environment") throw new RangeError('Key "environment" of the subject template: the job names no environment, and GitHub then mints no token');
  if (typeof value !== "string") throw new RangeError(`Key "${key}" of the subject template: the token of this job has no such claim`);
  return `${key}:${value.replaceAll(":", "%3A")}`;
}
