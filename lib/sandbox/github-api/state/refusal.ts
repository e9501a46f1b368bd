/** Why GitHub says no. The HTTP layer turns each into a status; a person on GitHub's pages meets the same rules. */
export type RefusalReason =
  /** It does not exist, or is hidden as if it did not. */
  | "missing"
  /** The name is taken. */
  | "taken"
  /** The request is understood and wrong. */
  | "invalid"
  /** The request is not even readable. */
  | "unreadable"
  /** The account's plan does not include it. */
  | "plan"
  /** It stands against another setting. */
  | "conflict";

/** GitHub's refusal, with the message it gives. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
  }
}

/** "Not Found", which is all GitHub tells about anything missing. */
export const notFound = (): Refusal => new Refusal("missing", "Not Found");

/** A request that breaks a rule. */
export const invalid = (message: string): Refusal => new Refusal("invalid", message);
