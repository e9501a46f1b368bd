import type { GithubState } from "../state/state";
import type { Links } from "./shapes/links";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A request, ready to be answered. */
export interface Call {
  readonly state: GithubState;
  /** Path parameters, decoded once. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON; undefined when there was no body. */
  readonly body: unknown;
  readonly links: Links;
}

/** What is sent back. Without a body nothing but the status is. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One thing that the API can do. */
export interface Operation {
  readonly method: Method;
  /** With `:name` for each parameter. */
  readonly path: string;
  /** Page and anchor in GitHub's REST documentation, which errors point at. */
  readonly documentation: string;
  readonly handle: (call: Call) => Answer;
}

/** 200 with a body. */
export const ok = (body: unknown): Answer => ({ status: 200, body });

/** 201 with the empty object that GitHub sends for what it created. */
export const created = (): Answer => ({ status: 201, body: {} });

/** 204, no content. */
export const done = (): Answer => ({ status: 204 });

/** The parameter of that name, which the operation's path declares. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The path has no parameter ${name}`);
  return value;
}
