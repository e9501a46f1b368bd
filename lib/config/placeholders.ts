import type { PolicyDocument } from "../aws/policy-document";
import { nearest } from "../github/nearest";
import { quote } from "../yaml/problem";

/** What policies may leave open, so that one file serves several accounts. */
export const PLACEHOLDERS = ["accountId", "region", "partition"] as const;

/** Their values in one account. */
export type PlaceholderValues = Readonly<Record<(typeof PLACEHOLDERS)[number], string>>;

/** Whatever stands in double braces. IAM's own variables, `${aws:username}`, have one pair and a dollar. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

const isPlaceholder = (name: string): name is (typeof PLACEHOLDERS)[number] =>
  (PLACEHOLDERS as readonly string[]).includes(name);

/** What is wrong with the placeholders of a document's text, each once. */
export function placeholderProblems(text: string): string[] {
  const unknown = [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name))].filter(
    (name) => !isPlaceholder(name),
  );
  return unknown.map((name) => {
    const meant = nearest(name.trim(), PLACEHOLDERS);
    return `unknown placeholder ${quote(`{{${name}}}`)}: ${meant === undefined ? `use ${PLACEHOLDERS.map((each) => `"{{${each}}}"`).join(", ")}` : `did you mean "{{${meant}}}"?`}`;
  });
}

/** The document in one account. A value stands in a text of JSON's: of an account that is wrong it may hold anything. */
export function fillPlaceholders(document: PolicyDocument, values: PlaceholderValues): PolicyDocument {
  return JSON.parse(
    JSON.stringify(document).replaceAll(PLACEHOLDER, (whole, name: string) =>
      isPlaceholder(name) ? JSON.stringify(values[name]).slice(1, -1) : whole,
    ),
  ) as PolicyDocument;
}
