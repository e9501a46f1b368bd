import { isObject, memberOf, sameJson, type JsonObject } from "./plan-entry";
import { Template, type Attributes, type Piece, type Value } from "./resource";

const MARKED = { unknown: "marked sensitive" };
/** Stands for what is marked sensitive. */
const WITHHELD = new Template([MARKED]);

/** Deepest nesting that marks are followed to: what is deeper is withheld as a whole. */
const MAX_DEPTH = 50;

/** Arguments that the GitHub provider's own schema marks: older formats do not say so in the plan. */
const SECRETS: ReadonlyMap<string, readonly string[]> = new Map(
  ["github_actions_secret", "github_actions_environment_secret", "github_actions_organization_secret"].map((type) => [type, ["plaintext_value", "value", "encrypted_value", "value_encrypted"]]),
);

/** What a provider makes of names: it would give away one that is marked. */
const MADE_OF_NAMES = ["arn", "id", "name", "full_name", "git_clone_url", "html_url", "http_clone_url", "ssh_clone_url", "svn_url"];

/** Arguments by which one resource is tied to another. */
const LINKS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...[...SECRETS.keys()].map((type) => [type, ["plaintext_value", "value"]] as const),
  ["aws_iam_role_policy", ["role"]],
  ["aws_iam_role_policy_attachment", ["role"]],
  ["aws_iam_role_policies_exclusive", ["role_name"]],
  ["aws_iam_role_policy_attachments_exclusive", ["role_name"]],
]);

/** Arguments of which it is enough to know what they refer to. */
export const linksOf = (type: string): readonly string[] => LINKS.get(type) ?? [];

const secretsOf = (type: string): readonly string[] => SECRETS.get(type) ?? [];

/**
 * Values without what is marked sensitive: nothing that reads them can then show it. The marks are a tree
 * of the values' own form, with `true` in the place of what is sensitive.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export function withholdMarked(values: JsonObject | Attributes, marks: unknown, type: string): Attributes {
  const secrets = secretsOf(type).filter((name) => !isNothing(values[name]));
  if (secrets.length === 0 && !hasMark(marks)) return values as Attributes;
  const hidden: string[] = [];
  const shown: Record<string, unknown> = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, withhold(value, memberOf(marks, name), hidden, 0)]));
  for (const name of secrets) shown[name] = WITHHELD;
  for (const name of MADE_OF_NAMES) {
    const made = shown[name];
    if (typeof made === "string" && hidden.some((each) => made.includes(each))) shown[name] = withoutHidden(made, hidden);
  }
  return shown as Attributes;
}

function withhold(value: unknown, marks: unknown, hidden: string[], depth: number): unknown {
  if (marks === true) {
    if (typeof value === "string" && value !== "") hidden.push(value);
    return isNothing(value) ? value : WITHHELD;
  }
  if (typeof marks !== "object" || marks === null || typeof value !== "object" || value === null || value instanceof Template) return value;
  if (depth > MAX_DEPTH) return WITHHELD;
  if (Array.isArray(value)) return Array.isArray(marks) ? value.map((each, index) => withhold(each, marks[index], hidden, depth + 1)) : value;
  if (!isObject(value) || !isObject(marks)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, Object.hasOwn(marks, key) ? withhold(each, marks[key], hidden, depth + 1) : each]));
}

/** A text without those that are withheld. */
function withoutHidden(made: string, hidden: readonly string[]): Template {
  const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
  const pieces = longestFirst.reduce<readonly Piece[]>((rest, each) => rest.flatMap((piece): readonly Piece[] => (typeof piece === "string" ? piece.split(each).flatMap((part, index) => (index === 0 ? [part] : [MARKED, part])) : [piece])), [made]);
  return new Template(pieces.filter((piece) => piece !== ""));
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Whether anything is marked in a tree of marks: as sensitive, or as not known. */
export function hasMark(marks: unknown, depth = 0): boolean {
  if (marks === true) return true;
  if (typeof marks !== "object" || marks === null) return false;
  if (depth > MAX_DEPTH) return true;
  for (const key in marks) if (hasMark((marks as JsonObject)[key], depth + 1)) return true;
  return false;
}

/** The arguments with something sensitive in them that are not the same on both sides. @param unknown marks of what is not known after */
export function withheldChanges(type: string, [before, beforeMarks]: Side, [after, afterMarks]: Side, unknown: unknown): string[] {
  const secrets = secretsOf(type);
  if (secrets.length === 0 && !hasMark(beforeMarks) && !hasMark(afterMarks)) return [];
  const isSensitive = (name: string): boolean => secrets.includes(name) || [beforeMarks, afterMarks].some((marks) => hasMark(memberOf(marks, name)));
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...(isObject(unknown) ? Object.keys(unknown) : [])]);
  return [...names].filter((name) => isSensitive(name) && (hasMark(memberOf(unknown, name)) || !sameJson(before[name], after[name])));
}

type Side = readonly [values: JsonObject, marks: unknown];

/** Whether a value is withheld as a whole. */
export const isWithheld = (value: Value | undefined): boolean => value === WITHHELD;
