import { ANY, ONE, type PatternPart } from "./glob";

/** The values of each condition key in a request, by the key in lower case. */
export type ConditionKeys = ReadonlyMap<string, readonly string[]>;

/** A place in a value that the request fills: `${aws:PrincipalTag/team, 'none'}`. */
export interface PolicyVariable {
  /** In lower case, as keys of conditions are. */
  readonly key: string;
  readonly fallback: string | undefined;
}

export type TemplatePart = PatternPart | PolicyVariable;

/** A value of a condition as its operator reads it: `*` and `?` are wildcards, or nothing but themselves. */
export type Template = readonly TemplatePart[];

/** The wildcards, and `$`, as characters: what `${*}`, `${?}` and `${$}` stand for. */
const ESCAPED = new Set(["*", "?", "$"]);

/** Letters of a key are those of its name and of a tag; a fallback is any text in single quotes. */
const VARIABLE = /\$\{(?:([*?$])|([^{}$,'"*?\s]+)(?:,\s*'([^']*)')?)\}/g;

/**
 * Reads a value. Variables exist since the version 2012-10-17 of the policy language: before, `${…}` is
 * text, and its `*` a wildcard. What only looks like a variable is text too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function readTemplate(
  value: string,
  reads: { readonly variables: boolean; readonly wildcards: boolean },
): Template {
  if (!reads.variables || !value.includes("${")) return textParts(value, reads.wildcards);
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of value.matchAll(VARIABLE)) {
    parts.push(...textParts(value.slice(from, match.index), reads.wildcards));
    const [whole, escaped, key = "", fallback] = match;
    parts.push(escaped !== undefined && ESCAPED.has(escaped) ? escaped : { key: key.toLowerCase(), fallback });
    from = match.index + whole.length;
  }
  parts.push(...textParts(value.slice(from), reads.wildcards));
  return parts;
}

/**
 * Whether documents of a version have policy variables. One without a version is of 2008-10-17.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export const readsVariables = (version: string | null | undefined): boolean => version === "2012-10-17";

/**
 * A value of the older language in the newer one: there each `${` would begin a variable, and `${$}` stands
 * for the dollar sign. Two values that are written the same in one language say the same.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export const escapeVariables = (value: string): string => value.replaceAll("${", () => "${$}{");

function textParts(text: string, wildcards: boolean): PatternPart[] {
  if (text === "") return [];
  if (!wildcards) return [text];
  return text
    .split(/([*?])/)
    .filter((part) => part !== "")
    .map((part) => (part === "*" ? ANY : part === "?" ? ONE : part));
}

const isVariable = (part: TemplatePart): part is PolicyVariable => typeof part === "object";

/** The parts of a template without variables, or `undefined` when it has some. */
export const fixedParts = (template: Template): readonly PatternPart[] | undefined =>
  template.some(isVariable) ? undefined : (template as readonly PatternPart[]);

/**
 * Fills in the variables. A key without a value, or with several, leaves no value to compare with, unless
 * the variable has a fallback: the answer is then `undefined`. Wildcards in what the request says are text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function fillIn(template: Template, keys: ConditionKeys): readonly PatternPart[] | undefined {
  const parts: PatternPart[] = [];
  for (const part of template) {
    if (!isVariable(part)) {
      parts.push(part);
      continue;
    }
    const values = keys.get(part.key);
    const value = values?.length === 1 && values[0] !== "" ? values[0] : part.fallback;
    if (value === undefined) return undefined;
    parts.push(value);
  }
  return parts;
}
