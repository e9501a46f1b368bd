import { type JsonNode, readJson } from "../../aws/policy/json-reader";
import { InputError } from "./input-error";

/** A JSON object as it came, nothing of it checked. */
export type PlainObject = Readonly<Record<string, unknown>>;

export const isPlainObject = (value: unknown): value is PlainObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A member of an object, and never one that every object has. */
export const member = (object: PlainObject, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/**
 * Reads a JSON object. A key that stands twice is refused, since readers differ in which one they take.
 *
 * @throws InputError that says where, and repeats nothing of the text: it may be a secret.
 */
export function readObject(text: string): PlainObject {
  const { value, problems } = readJson(text);
  const [problem] = problems;
  if (problem || !value) {
    const { line, column } = problem?.position ?? { line: 1, column: 1 };
    throw new InputError(
      value
        ? `an object has a key twice (line ${line}, column ${column})`
        : `it is not JSON, or has been cut off (line ${line}, column ${column})`,
    );
  }
  if (value.kind !== "object") throw new InputError(`it is JSON, but ${KINDS[value.kind]} and not an object`);
  return JSON.parse(text) as PlainObject;
}

const KINDS: Readonly<Record<JsonNode["kind"], string>> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  null: "null",
  array: "a list",
  object: "an object",
};
