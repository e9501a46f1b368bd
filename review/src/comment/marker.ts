import { createHash } from "node:crypto";
import { z } from "zod";

/** The run that a comment was written by, as the comment says it. */
const stampSchema = z.object({
  workflow: z.string(),
  number: z.int(),
  attempt: z.int(),
  head: z.string(),
  digest: z.string(),
});

export type Stamp = z.infer<typeof stampSchema>;

/** First line of a review's comment. HTML comments are not shown. */
export const markerOf = (key: string): string => `<!-- cdktf-github-oidc review ${key} -->`;

/** A comment's text: the marker, who wrote it, and what it says. */
export const commentBody = (key: string, stamp: Stamp, text: string): string =>
  [markerOf(key), `<!-- ${JSON.stringify(stamp)} -->`, "", text].join("\n");

/** What is in a comment beside the review, in bytes at most. */
export const FRAME_LIMIT = 1_024;

/** Tells one text from another, also where GitHub keeps it in another form. */
export const digestOf = (markdown: string): string => createHash("sha256").update(markdown).digest("hex").slice(0, 16);

/** Whether a comment is that of a review with this key: by its first line alone, as texts of others may hold the marker further down. */
export const hasMarker = (key: string, body: string): boolean => linesOf(body)[0] === markerOf(key);

/** Who wrote a comment; `undefined` where it does not say so. */
export function stampIn(body: string): Stamp | undefined {
  const [, json] = /^<!-- (\{.*\}) -->$/.exec(linesOf(body)[1] ?? "") ?? [];
  try {
    return stampSchema.parse(JSON.parse(json ?? ""));
  } catch {
    return undefined;
  }
}

/** How the run that wrote a comment stands to another: `unordered` where neither is the earlier one, as with different workflows. */
export type Order = "same" | "earlier" | "later" | "unordered";

/** A comment that does not say who wrote it is earlier than any that does. The same run with another text is unordered. */
export function orderOf(theirs: Stamp | undefined, ours: Stamp): Order {
  if (theirs === undefined) return "earlier";
  if (JSON.stringify(theirs) === JSON.stringify(ours)) return "same";
  const difference = theirs.number - ours.number || theirs.attempt - ours.attempt;
  if (theirs.workflow !== ours.workflow || difference === 0) return "unordered";
  return difference > 0 ? "later" : "earlier";
}

/** GitHub's pages write a carriage return at the end of each line. */
const linesOf = (body: string): string[] => body.split(/\r?\n/, 2);
