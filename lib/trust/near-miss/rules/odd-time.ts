import { stepRule } from "../rule";

/** A time of the token is none. @see https://www.rfc-editor.org/rfc/rfc7519#section-2 */
export const oddTime = stepRule("odd-time", "time", (_, detail) =>
  detail.includes("not a time")
    ? {
        message: "A time in the token is not a number of seconds since 1970, as in every token.",
        fix: 'Write "exp", "nbf" and "iat" as numbers, or omit them from the claims.',
      }
    : undefined,
);
