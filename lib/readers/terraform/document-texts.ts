import { hasMark, markedTexts, MAX_MARKED_DEPTH } from "./marks";
import { isObject, memberOf } from "./plan-entry";

/** Arguments of a policy document with texts of its author's own. The others have IAM's words. */
const OWN_TEXTS = [
  ...["sid", "resources", "not_resources", "identifiers", "values", "policy_id", "json", "minified_json"],
  ...["source_policy_documents", "override_policy_documents", "source_json", "override_json"],
];

/**
 * The texts of a `data.aws_iam_policy_document` that are marked sensitive, as they are and as they stand in the JSON
 * that the provider makes of them.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function markedDocumentTexts(value: unknown, marks: unknown, depth = 0): string[] {
  if (depth > MAX_MARKED_DEPTH || !hasMark(marks)) return [];
  if (Array.isArray(value)) {
    const marksOf = (index: number): unknown => (Array.isArray(marks) ? (marks[index] as unknown) : true);
    return value.flatMap((each, index) => markedDocumentTexts(each, marksOf(index), depth + 1));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const below = Array.isArray(marks) ? true : memberOf(marks, key);
    if (OWN_TEXTS.includes(key)) return markedTexts(each, below).flatMap(formsOf);
    return markedDocumentTexts(each, below, depth + 1);
  });
}

/** The provider writes a variable of IAM's `&{…}` as `${…}`, and JSON of Terraform's has escapes for HTML. */
function formsOf(text: string): string[] {
  const written = text.replaceAll("&{", "${");
  const inJson = JSON.stringify(written).slice(1, -1);
  const escaped = (character: string): string => `\\u00${character.charCodeAt(0).toString(16)}`;
  return [text, written, inJson, inJson.replaceAll(/[<>&]/g, escaped)];
}
