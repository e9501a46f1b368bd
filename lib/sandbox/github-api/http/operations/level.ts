import type { On } from "../resolve";

/** Where variables and secrets live: in an organization, a repository or an environment. */
export interface Level<T extends unknown[], Values> {
  /** Finds the thing in the path. */
  readonly on: On<T>;
  /** Path of the list. */
  readonly path: string;
  /** As the anchors in GitHub's documentation call it, such as `a-repository`. */
  readonly one: string;
  /** The values of what was found. */
  readonly of: (...found: T) => Values;
}

/** `a-repository` without its article. */
export const bare = ({ one }: { readonly one: string }): string => one.replace(/^an?-/, "");
