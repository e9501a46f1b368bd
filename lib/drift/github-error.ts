/** GitHub cannot be read: why, and what to do, in a sentence. Never holds the token. */
export class GithubError extends Error {}
