import { type JsonNode, type JsonObject, readJson } from "./json-reader";
import type { DocumentProblem, Position } from "./position";

/** Where the policy is in a text. */
export interface FoundDocument {
  /** The text that was read in the end. */
  readonly text: string;
  /** The policy; `undefined` when the text is not JSON, or longer than anything that holds a policy. */
  readonly root: JsonNode | undefined;
  /** The policy alone, as AWS would count its characters. */
  readonly source: string;
  readonly problems: readonly DocumentProblem[];
}

const START: Position = { line: 1, column: 1 };

/** Longest text that is looked at: a role with everything around its policy is far below. */
const MAX_LENGTH = 1_048_576;

/**
 * Finds the policy in what people paste: the document itself, the output of `aws iam get-role`, or either
 * of them as a JSON string or URL-encoded, as IAM's API returns it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
export function findDocument(input: string): FoundDocument {
  return input.length > MAX_LENGTH ? { text: input, root: undefined, source: input, problems: [] } : find(input, 2);
}

/** @param encodings how many encodings may still be taken off: one by IAM, one by who pasted. */
function find(input: string, encodings: number): FoundDocument {
  const isEncoded = encodings > 0 && /^\s*%7b/i.test(input);
  const text = isEncoded ? decode(input) : input;
  if (text === undefined)
    return {
      text: input,
      root: undefined,
      source: input,
      problems: [{ message: "it begins as URL-encoded text does, and cannot be decoded", position: START }],
    };
  const { value, problems } = readJson(text);
  if (!value) return { text, root: undefined, source: text, problems: problems.map(notJson) };
  const root = policyOf(value);
  if (root.kind === "string" && encodings > 0 && /^\s*(?:\{|%7b)/i.test(root.value))
    return find(root.value, encodings - 1);
  return { text, root, source: text.slice(root.start, root.end), problems };
}

const notJson = ({ message, position }: DocumentProblem): DocumentProblem => ({
  message: `This policy contains invalid Json: ${position.line}:${position.column}: ${message}`,
  position,
});

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return undefined;
  }
}

/** What `get-role` wraps around the policy, taken off. */
function policyOf(value: JsonNode): JsonNode {
  if (value.kind !== "object" || member(value, "Statement")) return value;
  const role = member(value, "Role");
  return member(role?.kind === "object" ? role : value, "AssumeRolePolicyDocument") ?? value;
}

const member = (object: JsonObject, key: string): JsonNode | undefined =>
  object.members.find((each) => each.key === key)?.value;
