import { commentBody, hasMarker, isLater, isSame, type Stamp, stampIn } from "./marker";

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
  readonly markdown: string;
}

/** What became of it. */
export interface Outcome {
  readonly url: string;
  /** Who wrote it. */
  readonly author: string;
  /** Whether a later run had written it already: it stands as that run wrote it. */
  readonly isLater: boolean;
}

/** How often it is looked whether the comment is as it should be. */
const ROUNDS = 4;

/**
 * Makes the pull request show one comment of ours, which says what is given: looks, puts right, and looks again.
 *
 * GitHub has no write that depends on what is there, so two runs at once may both create a comment, or an older one may
 * write last. Looking again finds that: the oldest comment is kept, and what the latest run says stands in it.
 */
export async function writeSticky(comments: Comments, sticky: Sticky): Promise<Outcome> {
  let written: Comment | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = (await comments.list()).filter(({ author, body }) => isAuthor(author, sticky.author) && hasMarker(sticky.key, body));
    const later = ours.find(({ body }) => isLater(stampIn(body), sticky.stamp));
    if (later) return outcome(later, true);
    const [kept, ...others] = ours;
    // GitHub may list a comment only after a while: one that was just created is not created again.
    if (!kept && written) return outcome(written);
    if (kept && others.length === 0 && isSame(stampIn(kept.body), sticky.stamp)) return outcome(kept);
    written = await put(comments, sticky, kept);
    if (written) for (const { id } of others) await comments.delete(id);
  }
  if (!written) throw new Error("The comment was deleted again and again");
  return outcome(written);
}

/** `undefined` where the comment was deleted in between. */
function put(comments: Comments, { key, stamp, markdown }: Sticky, kept: Comment | undefined): Promise<Comment | undefined> {
  const body = commentBody(key, stamp, markdown);
  return kept ? comments.update(kept.id, body) : comments.create(body);
}

const outcome = ({ url, author }: Comment, isLater = false): Outcome => ({ url, author, isLater });

/** GitHub does not tell logins apart by case. */
export const isAuthor = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
