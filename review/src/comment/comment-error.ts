/** The comment cannot be written: why, and what to do, in a sentence. Never holds the token, nor what a server said. */
export class CommentError extends Error {}
