import { Links } from "./shapes/links";

/** The prefix that clients of an Enterprise Server put before every path. */
const PREFIX = "/api/v3";

/** The address of a request, taken apart. */
export interface Address {
  /** Still percent-encoded, without the prefix and without the query. */
  readonly path: string;
  /** With the question mark, or empty. */
  readonly search: string;
  readonly links: Links;
}

/** Takes a request's address apart. `server` is the server's own address, without a slash at the end. */
export function addressOf(url: string, server: string): Address {
  const { pathname, search } = new URL(url);
  const prefix = pathname.startsWith(`${PREFIX}/`) ? PREFIX : "";
  const path = pathname.slice(prefix.length);
  return { path, search, links: new Links(server + prefix, server, server + pathname) };
}

/** Whether every percent sign in a path begins an encoded byte, and the bytes are text. */
export function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
