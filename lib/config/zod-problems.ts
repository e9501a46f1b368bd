import type { z } from "zod";
import { accessJsonSchema, keysOf, schemasAt, type JsonSchema } from "./json-schema";
import { nearest } from "./nearest";
import { quote, type Path, type Problem } from "./problem";

type Issue = z.core.$ZodIssue;

/** What the problems of a value are told about it. */
export interface Subject {
  readonly value: unknown;
  /** A scalar as it stands in the file. @default what JSON makes of it */
  readonly written?: (path: Path) => string | undefined;
}

/** Zod's issues as problems: one for each key or value that is wrong, with what to do about it. */
export function problemsOf(issues: readonly Issue[], subject: Subject): Problem[] {
  // Derived only when something is wrong: a sound file should not wait for it.
  const schema = issues.length > 0 ? accessJsonSchema() : {};
  return issues.flatMap((issue) => problemsOfIssue(issue, [], subject, schema));
}

function problemsOfIssue(issue: Issue, parent: Path, subject: Subject, schema: JsonSchema): Problem[] {
  const path: Path = [...parent, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey([...path, key], key, keysOf(schemasAt(schema, path))));
    case "invalid_key":
      return issue.issues.map((inner) => ({ path, atKey: true, message: inner.code === "custom" ? inner.message : `key ${quote(path.at(-1))}: use text` }));
    case "invalid_union":
      return unionProblems(issue, path, subject, schema);
    case "invalid_type":
      return [typeProblem(path, issue.expected, subject, schema)];
    case "invalid_value":
      return [choiceProblem(path, issue.values, subject)];
    case "too_small":
      return [{ path, message: issue.origin === "array" ? `${lastKey(path)} is an empty list: name at least one` : `${lastKey(path)} ${quote(valueAt(subject.value, path))}: use at least ${String(issue.minimum)}` }];
    case "too_big":
      return [{ path, message: `${lastKey(path)} ${quote(valueAt(subject.value, path))}: use at most ${String(issue.maximum)}` }];
    default:
      return [{ path, message: issue.message }];
  }
}

/** Keys that are no misspelling: what their writer meant is known, and said. */
const MEANT: Readonly<Record<string, string>> = {
  protectedBranches: 'GitHub takes either protected branches or patterns: write "deployFrom: protectedBranches", or keep the patterns',
  thumbprints: "leave it out: AWS has verified GitHub's certificates by itself since July 2023",
  thumbprintList: "leave it out: AWS has verified GitHub's certificates by itself since July 2023",
};

function unknownKey(path: Path, key: string, known: readonly string[]): Problem {
  const hint = MEANT[key];
  if (hint !== undefined) return { path, atKey: true, message: `unknown key ${quote(key)}: ${hint}` };
  const meant = nearest(key, known);
  return { path, atKey: true, message: `unknown key ${quote(key)}: ${meant === undefined ? `use one of ${[...new Set(known)].join(", ")}` : `did you mean "${meant}"?`}` };
}

/** The choice that the writer seems to have taken: the one that the value's own type does not rule out. */
function unionProblems(issue: Extract<Issue, { code: "invalid_union" }>, path: Path, subject: Subject, schema: JsonSchema): Problem[] {
  const ruledOut = (choice: readonly Issue[]): boolean => choice.some((inner) => inner.path.length === 0 && (inner.code === "invalid_type" || inner.code === "invalid_value"));
  const open = issue.errors.filter((choice) => !ruledOut(choice));
  const [taken] = [...open].sort((a, b) => a.length - b.length);
  if (taken) return taken.flatMap((inner) => problemsOfIssue(inner, path, subject, schema));
  const value = valueAt(subject.value, path);
  const choices = schemasAt(schema, path).flatMap((each) => each.anyOf ?? [each]).map(describeChoice);
  return [{ path, message: `${lastKey(path)} is ${describeValue(value)}: use ${[...new Set(choices)].join(" or ")}` }];
}

function describeChoice(schema: JsonSchema): string {
  if (schema.const !== undefined) return quote(schema.const);
  const keys = Object.keys(schema.properties ?? {});
  if (keys.length > 0) return `{${keys.join(", ")}}`;
  return schema.type === "array" ? "a list" : schema.type === "object" ? "an object" : `a ${schema.type ?? "value"}`;
}

function typeProblem(path: Path, expected: string, subject: Subject, schema: JsonSchema): Problem {
  const value = valueAt(subject.value, path);
  if (value === undefined) return missing(path, schema);
  if (path.includes("secrets")) return { path, message: literalSecret(path, expected) };
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")) {
    const written = subject.written?.(path) ?? String(value);
    return { path, message: `${lastKey(path)} ${written} is read as a ${typeof value === "boolean" ? "truth value" : "number"}: put it in quotes, "${written}"` };
  }
  return { path, message: `${lastKey(path)} is ${describeValue(value)}: use ${TYPES[expected] ?? `a ${expected}`}` };
}

/** Never quotes the value: whoever wrote a secret into the file should not find it in a log as well. */
function literalSecret(path: Path, expected: string): string {
  if (path.at(-2) === "secrets") return `${lastKey(path)} is a literal secret: take it out of the file, and replace it where it was in use; write {fromVariable: NAME}, with the secret in that Terraform variable`;
  return `${lastKey(path)} is not ${TYPES[expected] ?? expected}: write {fromVariable: NAME} below the name of each secret`;
}

const TYPES: Readonly<Record<string, string>> = { record: "keys with values", object: "keys with values", array: "a list", string: "text", boolean: '"true" or "false"', int: "a whole number", number: "a number" };

function missing(path: Path, schema: JsonSchema): Problem {
  const description = schemasAt(schema, path).find((each) => each.description)?.description;
  return { path, message: `${lastKey(path)} is missing${description ? ` (${description})` : ""}: add it` };
}

function choiceProblem(path: Path, values: readonly unknown[], subject: Subject): Problem {
  const value = valueAt(subject.value, path);
  const choices = values.map(String);
  const meant = typeof value === "string" ? nearest(value, choices) : undefined;
  return { path, message: `${lastKey(path)} ${quote(value)}: ${meant === undefined ? `use ${choices.map((choice) => `"${choice}"`).join(" or ")}` : `did you mean "${meant}"?`}` };
}

function describeValue(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `the ${typeof value === "string" ? "text" : typeof value} ${quote(value)}`;
}

const lastKey = (path: Path): string => {
  const last = path.at(-1);
  if (last === undefined) return "the file";
  return typeof last === "number" ? `entry ${last + 1} of "${String(path.at(-2))}"` : quote(last);
};

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (typeof value === "object" && value !== null && Object.hasOwn(value, part) ? (value as Record<string | number, unknown>)[part] : undefined), root);
}
