import { randomBytes } from "node:crypto";
import { addressOf } from "./address";
import { drop, type AppCall, type AppContext, type Middleware } from "./context";
import { errorAnswer } from "./errors";
import { toResponse } from "./response";

/** What GitHub does with every request: number it, count it, answer 304 where it can, and remember it. */
export const observe =
  ({ server, faults, log, rateLimit }: AppContext): Middleware =>
  async (c, next) => {
    const id = requestId();
    if (faults.crashed) c.res = drop(c);
    else if (!rateLimit.take()) c.res = toResponse(errorAnswer(403, "API rate limit exceeded."));
    else await next();

    if (isUnchanged(c)) {
      c.res = new Response(null, { status: 304, headers: { etag: c.res.headers.get("etag") ?? "" } });
      rateLimit.giveBack();
    }
    const headers = {
      ...rateLimit.headers,
      "x-github-request-id": id,
      "x-github-media-type": "github.v3; format=json",
    };
    // A failure that was asked for says itself what is left of the rate limit.
    for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);

    const { path, search } = addressOf(c.req.url, server);
    const { dropped, error } = c.var;
    const status = dropped ? "dropped" : c.res.status;
    log.add({ id, method: c.req.method, path: path + search, status, ...(error !== undefined && { error }) });
  };

/** Whether the client has this very answer already. */
function isUnchanged(c: AppCall): boolean {
  const etag = c.res.headers.get("etag");
  return c.req.method === "GET" && c.res.status === 200 && etag !== null && c.req.header("if-none-match") === etag;
}

/** In the form of GitHub's: five groups of hexadecimal digits. Clients take it for the id of what they read. */
function requestId(): string {
  const digits = randomBytes(16).toString("hex").toUpperCase();
  return [digits.slice(0, 4), digits.slice(4, 9), digits.slice(9, 16), digits.slice(16, 24), digits.slice(24)].join(
    ":",
  );
}
