import { keysOf, type JsonSchema } from "./json-schema";
import { quote, type Path } from "./problem";

/** The parts of sentences that tell of values and of what the schema asks for. */

/** `"region"`, or `entry 2 of "allow"`. */
export function nameOf(path: Path): string {
  const last = path.at(-1);
  return typeof last === "number" ? `entry ${last + 1} of ${quote(path.at(-2))}` : quote(last);
}

/** What a value is, with the value itself where it is a scalar. */
export function describeValue(value: unknown, written?: string): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return Object.keys(value).length === 0 ? "an empty object" : "an object";
  const kind = typeof value === "string" ? "text" : typeof value === "boolean" ? "truth value" : typeof value;
  return `the ${kind} ${typeof value === "string" ? quote(value) : (written ?? quote(value))}`;
}

const TYPES: Readonly<Record<string, string>> = {
  record: "keys with values",
  object: "keys with values",
  array: "a list",
  string: "text",
  boolean: "true or false",
  int: "a whole number",
  integer: "a whole number",
  number: "a number",
};

/** What a type of Zod or of JSON Schema asks for. */
export const describeType = (type: string): string => TYPES[type] ?? `a ${type}`;

/** What a choice offers: `"protectedBranches" or {branches: …, tags: …}`. */
export function describeChoices(schemas: readonly JsonSchema[]): string {
  return [...new Set(schemas.flatMap((schema) => schema.anyOf ?? [schema]).map(describeChoice))].join(" or ");
}

function describeChoice(schema: JsonSchema): string {
  if (schema.const !== undefined) return quote(schema.const);
  if (schema.enum) return schema.enum.map(quote).join(" or ");
  const keys = schema.required ?? keysOf([schema]);
  if (keys.length > 0) return `{${keys.map((key) => `${key}: …`).join(", ")}}`;
  return [schema.type ?? "value"].flat().map(describeType).join(" or ");
}

/** What the schema says of a value, in short: ` (minutes a job waits before it starts, 0 to 43200)`. */
export function firstSentence(schemas: readonly JsonSchema[]): string {
  const [description] = schemas.find((each) => each.description)?.description?.split(". ") ?? [];
  return description === undefined
    ? ""
    : ` (${/^[A-Z][a-z ]/.test(description) ? description.charAt(0).toLowerCase() : description.charAt(0)}${description.slice(1)})`;
}
