import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { Faults } from "../faults";
import type { RequestLog } from "../request-log";
import type { GithubState } from "../state/state";
import type { RateLimit } from "./rate-limit";

/** What the routes, and all that stands around them, work on. */
export interface AppContext {
  readonly state: GithubState;
  /** The server's own address, without a slash at the end. */
  readonly server: string;
  readonly acceptsToken: (token: string) => boolean;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly rateLimit: RateLimit;
}

/** What a request carries along on its way through. */
export interface App {
  Bindings: HttpBindings;
  Variables: {
    /** The parsed JSON. */
    body?: unknown;
    /** The connection was closed: nothing is sent. */
    dropped?: boolean;
    /** What went wrong inside the server. */
    error?: unknown;
  };
}

export type AppCall = Context<App>;

export type Middleware = MiddlewareHandler<App>;

/** Closes the connection, as a server that dies does. */
export function drop(c: AppCall): Response {
  c.set("dropped", true);
  c.env.incoming.socket.destroy();
  // Never sent: there is nothing left to send it on.
  return new Response(null, { status: 503 });
}
