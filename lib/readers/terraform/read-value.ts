import { Template, type Attributes, type Value } from "./resource";

/** Deepest nesting of an attribute that is looked at. */
const MAX_DEPTH = 50;

/** JSON as a value; each string is read by `ofText`. */
export function readValue(json: unknown, ofText: (text: string) => Value, depth = 0): Value {
  if (json === null || typeof json === "boolean" || typeof json === "number") return json;
  if (typeof json === "string") return ofText(json);
  if (depth >= MAX_DEPTH) return new Template([{ unknown: "it is nested too deep" }]);
  if (Array.isArray(json)) return json.map((each) => readValue(each, ofText, depth + 1));
  return readAttributes(json, ofText, depth);
}

export function readAttributes(json: unknown, ofText: (text: string) => Value, depth = 0): Attributes {
  return Object.fromEntries(
    Object.entries(json as Readonly<Record<string, unknown>>).map(([key, each]) => [
      key,
      readValue(each, ofText, depth + 1),
    ]),
  );
}
