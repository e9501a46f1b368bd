import { createHash } from "node:crypto";
import type { Answer } from "./operation";

/** An answer as it is sent. */
export function toResponse({ status, body, headers }: Answer): Response {
  if (body === undefined) return new Response(null, { status, headers });
  const text = JSON.stringify(body);
  return new Response(text, {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": String(Buffer.byteLength(text)),
      ...(status === 200 && { etag: `W/"${createHash("sha256").update(text).digest("hex")}"` }),
      ...headers,
    },
  });
}
