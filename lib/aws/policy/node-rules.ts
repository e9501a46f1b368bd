import type { JsonNode } from "./json-reader";
import { quoted } from "./position";

/** Reports something wrong. */
export type Report = (message: string, position: JsonNode["position"]) => void;

/** A value in a message. */
export function describe(node: JsonNode): string {
  switch (node.kind) {
    case "string":
      return quoted(node.value);
    case "array":
      return "a list";
    case "object":
      return "an object";
    case "number":
    case "boolean":
    case "null":
      return quoted(node.text).slice(1, -1);
  }
}

/** AWS tells elements apart by case too; that is said where case is all that is wrong. */
export function unknownElement(key: string, known: readonly string[]): string {
  const meant = known.find((each) => each.toLowerCase() === key.toLowerCase());
  return `Syntax error in policy: unknown element ${quoted(key)}: ${meant ? `write ${quoted(meant)}` : `IAM knows ${known.join(", ")}`}`;
}

/** The values of an element that takes one or a list. */
export const itemsOf = (node: JsonNode): readonly JsonNode[] => (node.kind === "array" ? node.items : [node]);
