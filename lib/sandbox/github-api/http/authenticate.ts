import type { AppContext, Middleware } from "./context";
import { errorAnswer } from "./errors";
import { toResponse } from "./response";

/**
 * Lets no request through without a token. GitHub reads public things out to anybody and hides private ones behind a
 * 404; here everything is written by a tool that needs a token, so a missing one is a mistake to be told at once.
 */
export const authenticate =
  ({ acceptsToken }: AppContext): Middleware =>
  async (c, next) => {
    const token = /^(?:bearer|token) +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    if (token === undefined) return toResponse(errorAnswer(401, "Requires authentication"));
    if (!acceptsToken(token)) return toResponse(errorAnswer(401, "Bad credentials"));
    await next();
  };
