import type { Clock } from "./clock";
import type { Ids } from "./ids";
import { invalid, notFound } from "./refusal";

/** Who writes a comment. */
export interface CommentAuthor {
  readonly login: string;
  readonly id: number;
  readonly type: "Bot" | "User";
}

/** A comment on a pull request. */
export interface Comment {
  readonly id: number;
  /** Of its pull request. */
  readonly number: number;
  readonly author: CommentAuthor;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Whom GitHub names as the author of what is written with a workflow's own token. */
export const WORKFLOW: CommentAuthor = { login: "github-actions[bot]", id: 41_898_282, type: "Bot" };

/** The longest comment, in characters. */
const MAX_LENGTH = 65_536;

/** The comments on a repository's pull requests. */
export class Comments {
  private readonly kept = new Map<number, Comment>();

  constructor(
    private readonly pullRequests: readonly number[],
    private readonly home: { readonly clock: Clock; readonly ids: Ids },
  ) {}

  /** Those on a pull request, oldest first. */
  list(number: number): Comment[] {
    this.checkExists(number);
    return [...this.kept.values()].filter((comment) => comment.number === number);
  }

  add(number: number, body: string, author: CommentAuthor = WORKFLOW): Comment {
    this.checkExists(number);
    checkBody(body);
    const now = this.home.clock.tick();
    const comment: Comment = { id: this.home.ids.take(), number, author, body, createdAt: now, updatedAt: now };
    this.kept.set(comment.id, comment);
    return comment;
  }

  /** Gives a comment another text. Who may write comments may change those of others too. */
  update(id: number, body: string): Comment {
    checkBody(body);
    const comment: Comment = { ...this.get(id), body, updatedAt: this.home.clock.tick() };
    this.kept.set(id, comment);
    return comment;
  }

  delete(id: number): void {
    this.kept.delete(this.get(id).id);
  }

  private get(id: number): Comment {
    const comment = this.kept.get(id);
    if (!comment) throw notFound();
    return comment;
  }

  private checkExists(number: number): void {
    if (!this.pullRequests.includes(number)) throw notFound();
  }
}

function checkBody(body: string): void {
  if (body.trim() === "") throw invalid("Validation Failed: Body cannot be blank");
  // GitHub counts characters, of which the longest take two places here.
  if ([...body].length > MAX_LENGTH)
    throw invalid(`Validation Failed: Body is too long (maximum is ${MAX_LENGTH} characters)`);
}
