import { CommentError } from "./comment-error";
import { commentBody, hasMarker, type Order, orderOf, type Stamp, stampIn } from "./marker";

/** A comment on the pull request. */
export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** The comments on a pull request. */
export interface Comments {
  /** All of them, oldest first. */
  list(): Promise<readonly Comment[]>;
  create(body: string): Promise<Comment>;
  /** @returns `undefined` where the comment is no longer there. */
  update(id: number, body: string): Promise<Comment | undefined>;
  /** Nothing happens where the comment is no longer there. */
  delete(id: number): Promise<void>;
}

/** What a pull request is to show, in one comment. */
export interface Sticky {
  readonly key: string;
  /** Whose comments are ours: a stranger may write the marker too. */
  readonly author: string;
  readonly stamp: Stamp;
  /** In Markdown. */
  readonly text: string;
}

/** What became of it. */
export interface Outcome {
  readonly url: string;
  /** Who wrote it. */
  readonly author: string;
  /** Whether a later run had written it already: it stands as that run wrote it. */
  readonly isLater: boolean;
}

/** A comment of ours, and how the run that wrote it stands to this one. */
interface OwnComment extends Comment {
  readonly order: Order;
}

/** How often it is looked whether the comment is as it should be. */
const ROUNDS = 6;

/**
 * Makes the pull request show one comment of ours, which says what is given: looks, puts right, and looks again.
 *
 * GitHub has no write that depends on what is there, so of two runs at once each may create a comment, which looking
 * again finds. What it cannot find is an earlier run that changes the comment last, and three runs that undo what the
 * others do, each within a moment: `concurrency` in the workflow prevents both.
 */
export async function writeSticky(comments: Comments, sticky: Sticky): Promise<Outcome> {
  let written: Comment | undefined;
  let created: number | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = await listOwn(comments, sticky);
    const later = ours.find(({ order }) => order === "later");
    if (later) {
      // Only what this run has created itself, and nobody has changed since: the later run may be about to use any other.
      const own = ours.find(({ id, order }) => id === created && order === "same");
      if (!own) return outcome(later, true);
      await comments.delete(own.id);
      [written, created] = [undefined, undefined];
      // And looks again: a third run may have taken away what was later.
      continue;
    }
    const kept = keptOf(ours);
    const others = ours.filter((each) => each !== kept);
    if (kept?.order === "same" && others.length === 0) return outcome(kept);
    // GitHub may list a comment only after a while: one that was just created is not created again.
    if (!kept && written && written.id === created) return outcome(written);
    written = await write(comments, sticky, kept);
    if (!kept) created = written?.id;
    if (written) for (const { id } of others) await comments.delete(id);
  }
  if (!written) throw new CommentError("It is deleted again and again");
  return outcome(written);
}

async function listOwn(comments: Comments, { author, key, stamp }: Sticky): Promise<OwnComment[]> {
  const ours = (await comments.list()).filter(
    (comment) => isAuthor(comment.author, author) && hasMarker(key, comment.body),
  );
  return ours.map((comment) => ({ ...comment, order: orderOf(stampIn(comment.body), stamp) }));
}

/** The oldest; but once this run has written one, none of an earlier run, which may take back what it has created. */
function keptOf(ours: readonly OwnComment[]): OwnComment | undefined {
  const isWritten = ours.some(({ order }) => order === "same");
  return ours.find(({ order }) => !isWritten || order !== "earlier");
}

/** @returns `undefined` where the comment was deleted in between. */
async function write(
  comments: Comments,
  { key, stamp, text }: Sticky,
  kept: OwnComment | undefined,
): Promise<Comment | undefined> {
  if (kept?.order === "same") return kept;
  const body = commentBody(key, stamp, text);
  return kept ? comments.update(kept.id, body) : comments.create(body);
}

const outcome = ({ url, author }: Comment, isLater = false): Outcome => ({ url, author, isLater });

/** GitHub does not tell logins apart by case. */
export const isAuthor = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
