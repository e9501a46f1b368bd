import { createHash } from "node:crypto";
import { z } from "zod";

/** The run that a comment was written by, as the comment says it. */
const stampSchema = z.object({ workflow: z.string(), number: z.int(), attempt: z.int(), head: z.string(), digest: z.string() });

export type Stamp = z.infer<typeof stampSchema>;

/** First line of a review's comment. HTML comments are not shown. */
export const markerOf = (key: string): string => `<!-- cdktf-github-oidc review ${key} -->`;

/** A comment's text: the marker, who wrote it, and what it says. */
export const commentBody = (key: string, stamp: Stamp, markdown: string): string => [markerOf(key), `<!-- ${JSON.stringify(stamp)} -->`, "", markdown].join("\n");

/** What is in a comment beside what it says, in characters at most. */
export const FRAME_LENGTH = 512;

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

/** Whether a comment was written by a later run, or a later attempt of the same. Runs of different workflows have no order. */
export const isLater = (theirs: Stamp | undefined, ours: Stamp): boolean =>
  theirs !== undefined && theirs.workflow === ours.workflow && (theirs.number > ours.number || (theirs.number === ours.number && theirs.attempt > ours.attempt));

/** Whether a comment is just as we would write it. */
export const isSame = (theirs: Stamp | undefined, ours: Stamp): boolean => JSON.stringify(theirs) === JSON.stringify(ours);

/** GitHub's pages write a carriage return at the end of each line. */
const linesOf = (body: string): string[] => body.split(/\r?\n/, 2);
