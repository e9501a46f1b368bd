import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** AWS as behind a policy that denies one action: everything else goes on to the server at the URL. */
export async function refusing(
  action: string,
  url: string,
): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer((request, response) => {
    void answer(request, action, url).then(({ status, type, body }) =>
      response.writeHead(status, { "content-type": type }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => void server.close() };
}

async function answer(
  request: IncomingMessage,
  action: string,
  url: string,
): Promise<{ readonly status: number; readonly type: string; readonly body: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  if (new URLSearchParams(body).get("Action") === action)
    return {
      status: 403,
      type: "text/xml",
      body: `<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized: iam:${action}</Message></Error></ErrorResponse>`,
    };
  const headers = {
    authorization: request.headers.authorization ?? "",
    "content-type": request.headers["content-type"] ?? "",
  };
  const response = await fetch(`${url}${request.url ?? "/"}`, { method: request.method ?? "POST", headers, body });
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "text/xml",
    body: await response.text(),
  };
}
