import { bodyLimit } from "hono/body-limit";
import { Refusal } from "../state/refusal";
import { addressOf, isDecodable } from "./address";
import type { AppContext, Middleware } from "./context";
import { errorAnswer } from "./errors";
import { toResponse } from "./response";

/** The largest body that is read: 1 MB. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Refuses a body that is too large before it is read. */
export const limitBody: Middleware = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => toResponse({ ...errorAnswer(413, "Payload Too Large"), headers: { connection: "close" } }),
});

/** Reads the body before anything is decided, so that what follows happens in one go. */
export const readRequest =
  ({ server }: AppContext): Middleware =>
  async (c, next) => {
    if (!isDecodable(addressOf(c.req.url, server).path)) throw new Refusal("unreadable", "Bad Request");
    c.set("body", parse(await c.req.text()));
    await next();
  };

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("unreadable", "Problems parsing JSON");
  }
}
