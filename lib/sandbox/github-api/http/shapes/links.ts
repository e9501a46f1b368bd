/** The addresses that answers point at. */
export class Links {
  constructor(
    /** Where the API is, with the prefix that the request came under, without a slash at the end. */
    readonly api: string,
    /** Where the web pages would be, without a slash at the end. */
    readonly web: string,
    /** The address that was asked for, without its query. */
    readonly self: string,
  ) {}

  /** The address above the one that was asked for. */
  get parent(): string {
    return this.self.slice(0, this.self.lastIndexOf("/"));
  }

  /** An account's picture. */
  avatar(id: number): string {
    return `${this.web}/avatars/u/${id}`;
  }
}

/** GitHub's opaque node ids. */
export const nodeId = (kind: string, id: number): string => Buffer.from(`0:${kind}${id}`).toString("base64");
