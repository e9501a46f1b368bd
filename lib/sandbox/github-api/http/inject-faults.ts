import { addressOf } from "./address";
import { drop, type AppContext, type Middleware } from "./context";
import { errorAnswer } from "./errors";
import { toResponse } from "./response";

/**
 * Makes requests fail that were asked to, and counts the writes up to a crash. It stands right before the operations,
 * which take no time: between its look at the crash and the end of a write no other request comes in.
 */
export const injectFaults =
  ({ faults, server }: AppContext): Middleware =>
  async (c, next) => {
    if (faults.crashed) return drop(c);
    const { path, search } = addressOf(c.req.url, server);
    const failure = faults.take({ method: c.req.method, path: path + search });
    if (failure?.status === "drop") return drop(c);
    if (failure)
      return toResponse({
        ...errorAnswer(failure.status ?? 502, failure.message ?? "Server Error"),
        headers: failure.headers,
      });
    await next();
    const hasWritten = c.req.method !== "GET" && c.req.method !== "HEAD" && c.res.ok;
    if (hasWritten && !faults.wrote()) c.res = drop(c);
  };
