import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { GithubClient } from "../../lib/drift/github-client";

const TOKEN = "ghp_ThisIsTheTokenOfTheTest";
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const answer =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);
const ok = answer(200, '{"name":"web"}');

describe("GitHub's API is read", () => {
  let server: Server;
  let url: string;
  let answers: Answer[];
  let requests: IncomingMessage[];
  let waits: number[];

  beforeEach(async () => {
    [answers, requests, waits] = [[], [], []];
    server = createServer((request, response) => {
      requests.push(request);
      (answers.shift() ?? ok)(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3/`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const client = (timeout?: number, mostBytes?: number): GithubClient =>
    new GithubClient({
      mostBytes,
      apiUrl: url,
      token: TOKEN,
      timeout,
      wait: (milliseconds) => (waits.push(milliseconds), Promise.resolve()),
    });
  const get = (timeout?: number): Promise<{ name: string }> =>
    client(timeout).get("repos/octo-org/web", z.object({ name: z.string() }));
  const failure = async (): Promise<string> => {
    const message = await get(200).then(
      () => "no error",
      (error: Error) => error.message,
    );
    expect(message).not.toContain(TOKEN);
    return message;
  };

  test("with the token, below the address of the API", async () => {
    expect(await get()).toEqual({ name: "web" });
    expect(requests.map(({ method, url: path, headers }) => [method, path, headers.authorization])).toEqual([
      ["GET", "/api/v3/repos/octo-org/web", `Bearer ${TOKEN}`],
    ]);
  });

  test("again after failures of its own, with growing pauses, and no more than four times", async () => {
    answers = [answer(502, "<html>"), answer(500, "{}"), answer(503, "")];
    expect(await get()).toEqual({ name: "web" });
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    answers = [502, 502, 502, 502].map((status) => answer(status, ""));
    expect(await failure()).toBe(
      "127.0.0.1:PORT answers 502 for repos/octo-org/web: try again later, or see https://www.githubstatus.com".replace(
        "PORT",
        new URL(url).port,
      ),
    );
    expect(requests).toHaveLength(8);
  });

  test("again after a connection that broke", async () => {
    answers = [(request) => request.socket.destroy()];
    expect(await get()).toEqual({ name: "web" });
  });

  test("an answer that is as long as the limit is read, and of one byte more the limit is told, once", async () => {
    const limited = (): Promise<unknown> =>
      client(undefined, 14).get("repos/octo-org/web", z.object({ name: z.string() }));
    answers = [answer(200, '{"name":"web"}'), answer(200, '{"name":"webs"}')];
    await expect(limited()).resolves.toEqual({ name: "web" });
    await expect(limited()).rejects.toThrow(
      "The answer for repos/octo-org/web exceeds the limit of 14 bytes. GitHub sends no more than that: check the address of the API",
    );
    expect(requests).toHaveLength(2);
  });

  test("what is short only while it is packed is bounded by what it unpacks to", async () => {
    answers = [
      (_, response) =>
        void response
          .writeHead(200, { "content-encoding": "gzip" })
          .end(gzipSync(JSON.stringify({ name: "w".repeat(100_000) }))),
    ];
    await expect(client(undefined, 50_000).get("repos/octo-org/web", z.unknown())).rejects.toThrow("50000 bytes");
  });

  test("the rest of an answer without end is not waited for", async () => {
    answers = [
      (_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write("x".repeat(1_000)), 1);
        response.on("close", () => clearInterval(timer));
      },
    ];
    await expect(client(undefined, 10_000).get("repos/octo-org/web", z.unknown())).rejects.toThrow("10000 bytes");
  });

  test("the pages of a list are bounded together", async () => {
    const page = (): Answer => (_, response) =>
      void response.writeHead(200, { link: `<${url}next>; rel="next"` }).end('["12345678"]');
    const last = answer(200, '["12345678"]');
    const list = (): Promise<unknown> => client(undefined, 12).list("names", z.array(z.string()), (items) => items);
    answers = [page(), page(), page(), last];
    await expect(list()).resolves.toHaveLength(4);
    answers = [page(), page(), page(), page(), last];
    await expect(list()).rejects.toThrow("The list at names exceeds the limit of 48 bytes");
  });

  test("again when it asks for a pause of at most a minute", async () => {
    answers = [answer(403, "{}", { "retry-after": "7" }), answer(429, "{}", { "retry-after": "60" })];
    expect(await get()).toEqual({ name: "web" });
    expect(waits).toEqual([7_000, 60_000]);
  });

  test.each<[string, Answer, string]>([
    [
      "a token that it does not know",
      answer(401, '{"message":"Bad credentials"}'),
      "HOST does not accept the token (401): set GITHUB_TOKEN to one that is valid",
    ],
    [
      "a token that may not",
      answer(403, "{}"),
      "HOST does not let the token read repos/octo-org/web (403): give it the permissions that docs/commands.md lists, and authorize it for the organization's single sign-on",
    ],
    [
      "nothing there",
      answer(404, "{}"),
      "HOST has no repos/octo-org/web, or the token may not see it (404): correct the name in the access file, or give the token the permissions that docs/commands.md lists",
    ],
    [
      "a rate limit",
      answer(403, "{}", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795230000" }),
      "The token's rate limit at HOST is used up until 2026-11-21T03:00:00.000Z: try again then, or use a token of its own",
    ],
    [
      "a pause of more than a minute",
      answer(429, "{}", { "retry-after": "61" }),
      "The token's rate limit at HOST is used up: try again then, or use a token of its own",
    ],
    [
      "a page",
      answer(200, "<html>Log in</html>"),
      "What answers for repos/octo-org/web is not GitHub's API: it sends no JSON. Check the address of the API",
    ],
    [
      "another shape",
      answer(200, '{"name":7}'),
      "What answers for repos/octo-org/web is not what GitHub describes (name): check the address of the API",
    ],
    [
      "a redirect to another host",
      answer(301, "", { location: "https://evil.example/repos/octo-org/web" }),
      "HOST points at another host for repos/octo-org/web, and the token goes only to HOST: check the address of the API",
    ],
    [
      "a redirect to another port",
      answer(307, "", { location: "http://127.0.0.1:1/" }),
      "HOST points at another host for repos/octo-org/web, and the token goes only to HOST: check the address of the API",
    ],
    [
      "a redirect to nowhere",
      answer(302, "", { location: "http://" }),
      "HOST points at another host for repos/octo-org/web, and the token goes only to HOST: check the address of the API",
    ],
  ])("%s is told, and what to do", async (_, given, message) => {
    answers = [given];
    expect(await failure()).toBe(message.replaceAll("HOST", new URL(url).host));
    expect(requests).toHaveLength(1);
  });

  test("no answer in time is told after the last attempt", async () => {
    answers = Array.from({ length: 4 }, () => () => undefined);
    expect(await failure()).toBe(
      `${new URL(url).host} does not answer (no answer in time, repos/octo-org/web): check the network and the address of the API, and try again`,
    );
  });

  test("no server is told", async () => {
    const { port } = new URL(url);
    await new Promise((resolve) => server.close(resolve));
    expect(await failure()).toContain(`127.0.0.1:${port} does not answer (ECONNREFUSED`);
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });

  test("through a redirect on the same host, with the token, and not in circles", async () => {
    answers = [answer(301, "", { location: "/api/v3/repositories/74" })];
    expect(await get()).toEqual({ name: "web" });
    expect(requests.map(({ url: path, headers }) => [path, headers.authorization])[1]).toEqual([
      "/api/v3/repositories/74",
      `Bearer ${TOKEN}`,
    ]);
    answers = Array.from({ length: 9 }, () => answer(302, "", { location: "/api/v3/repos/octo-org/web" }));
    expect(await failure()).toContain("redirects in circles");
  });

  test("page by page, but only of its own host", async () => {
    const list = (): Promise<number[]> => client().list("items?per_page=2", z.array(z.number()), (page) => page);
    answers = [
      answer(200, "[1,2]", { link: `<${url}items?per_page=2&page=2>; rel="next", <x>; rel="last"` }),
      answer(200, "[3]", { link: `<${url}items>; rel="first"` }),
    ];
    expect(await list()).toEqual([1, 2, 3]);
    answers = [answer(200, "[1]", { link: '<https://evil.example/items>; rel="next"' })];
    await expect(list()).rejects.toThrow("points at another host");
    answers = Array.from({ length: 101 }, () => answer(200, "[1]", { link: `<${url}items>; rel="next"` }));
    await expect(list()).rejects.toThrow("GitHub lists more at items?per_page=2 than can be read: 100 pages");
  });

  test("eight requests at a time", async () => {
    let [now, most] = [0, 0];
    answers = Array.from({ length: 30 }, () => (_: IncomingMessage, response: ServerResponse) => {
      most = Math.max(most, (now += 1));
      setTimeout(() => ((now -= 1), response.end('{"name":"web"}')), 5);
    });
    const one = client();
    await Promise.all(Array.from({ length: 30 }, () => one.get("x", z.object({ name: z.string() }))));
    expect(most).toBe(8);
  });
});
