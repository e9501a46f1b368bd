import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { GithubApi, type RecordedRequest } from "../../../lib/sandbox/github-api";
import { OCTO, ORGANIZATION, REPOSITORY, startOcto, stopAll } from "./support/octo";

const MEGABYTE = 1024 * 1024;
const AUTHORIZED = { authorization: "Bearer x" };

afterEach(stopAll);

describe("the server", () => {
  test("listens on the loopback interface and nowhere else", async () => {
    const { api } = await startOcto();
    expect(api.url).toBe(`http://127.0.0.1:${api.port}/`);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of others) await expect(reach(address, api.port)).resolves.toBe(false);
    await expect(reach("127.0.0.1", api.port)).resolves.toBe(true);
  });

  test("takes the port that it is told, and not one that is taken", async () => {
    const { api } = await startOcto();
    await expect(GithubApi.start({ ...OCTO, port: api.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await api.stop();
    const { api: second } = await startOcto({ port: api.port });
    expect(second.port).toBe(api.port);
  });

  test("stops, twice too, and answers no more", async () => {
    const { api } = await startOcto();
    await api.stop();
    await api.stop();
    await expect(fetch(api.url)).rejects.toThrow();
  });

  test("can be started on what another left behind", async () => {
    const { api, client } = await startOcto();
    await client.put(`${REPOSITORY}/environments/production`);
    await api.stop();
    const second = await GithubApi.start({ state: api.state, port: api.port });
    expect((await client.get(`${REPOSITORY}/environments/production`)).status).toBe(200);
    await second.stop();
  });

  test("serves every path with and without /api/v3", async () => {
    const { api } = await startOcto();
    for (const prefix of ["", "/api/v3"]) {
      const answer = await fetch(new URL(prefix + REPOSITORY, api.url), { headers: AUTHORIZED });
      expect(await answer.json()).toMatchObject({ id: 74, url: new URL(prefix + REPOSITORY, api.url).href });
    }
  });
});

describe("a request", () => {
  test.each([
    ["without a token", {}, "Requires authentication"],
    ["with an empty token", { authorization: "Bearer " }, "Requires authentication"],
    ["with another scheme", { authorization: "Basic eDp5" }, "Requires authentication"],
  ])("%s is turned away", async (_, headers, message) => {
    const { api } = await startOcto();
    const answer = await fetch(new URL(`/api/v3${ORGANIZATION}`, api.url), { headers });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ message, status: "401" });
  });

  test("needs the very token when there is one", async () => {
    const { client } = await startOcto({ token: "right" });
    const get = async (authorization: string) => client.request("GET", ORGANIZATION, { headers: { authorization } });
    expect((await get("Bearer right")).status).toBe(200);
    expect((await get("token right")).status).toBe(200);
    expect(await get("Bearer wrong")).toMatchObject({ status: 401, body: { message: "Bad credentials" } });
  });

  test("may carry a megabyte and not a byte more", async () => {
    const { api } = await startOcto();
    const post = (size: number) =>
      fetch(new URL(`${REPOSITORY}/actions/variables`, api.url), {
        method: "POST",
        headers: AUTHORIZED,
        body: " ".repeat(size - 2) + "{}",
      });
    expect((await post(MEGABYTE)).status).toBe(422);
    const refused = await post(MEGABYTE + 1);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ message: "Payload Too Large" });
  });

  test("cannot exceed the megabyte by hiding its length", async () => {
    const { api } = await startOcto();
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 3; i += 1) controller.enqueue(Buffer.alloc(MEGABYTE / 2, " "));
        controller.close();
      },
    });
    const options = { method: "POST", headers: AUTHORIZED, body, duplex: "half" };
    expect((await fetch(new URL(`${REPOSITORY}/actions/variables`, api.url), options as RequestInit)).status).toBe(413);
  });

  test.each([
    ["{", 400, "Problems parsing JSON"],
    ["[]", 400, "Body should be a JSON object"],
    ["null", 400, "Body should be a JSON object"],
    ["", 400, "Body should be a JSON object"],
  ])("with the body %p is answered %d", async (body, status, message) => {
    const { api } = await startOcto();
    const answer = await fetch(new URL(`${REPOSITORY}/actions/variables`, api.url), {
      method: "POST",
      headers: AUTHORIZED,
      body,
    });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ message });
  });

  test("to an address that is not text is answered 400", async () => {
    const { client } = await startOcto();
    expect((await client.get(`${REPOSITORY}/environments/%E0%A4`)).status).toBe(400);
  });

  test("that the server stumbles over is a 500 that tells nothing but its message", async () => {
    const { api, client } = await startOcto();
    jest.spyOn(api.state, "findRepository").mockImplementation(() => {
      throw new TypeError("inside");
    });
    const { status, body } = await client.get(REPOSITORY);
    expect({ status, body }).toEqual({
      status: 500,
      body: {
        message: "Server Error",
        status: "500",
        documentation_url: "https://docs.github.com/rest/repos/repos#get-a-repository",
      },
    });
    expect(api.requests.at(-1)).toMatchObject({ status: 500, error: expect.any(TypeError) });
  });
});

describe("every answer", () => {
  test("carries an id of its own, GitHub's media type, JSON and its length", async () => {
    const { client } = await startOcto();
    const answers = [
      await client.get(REPOSITORY),
      await client.get(REPOSITORY),
      await client.get("/nothing"),
      await client.put(`${REPOSITORY}/environments/x`),
    ];
    expect(new Set(answers.map(({ headers }) => headers.get("x-github-request-id"))).size).toBe(answers.length);
    for (const { headers, body } of answers) {
      expect(headers.get("x-github-request-id")).toMatch(/^[0-9A-F]+(:[0-9A-F]+){4}$/);
      expect(headers.get("x-github-media-type")).toBe("github.v3; format=json");
      expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
      expect(headers.get("content-length")).toBe(String(Buffer.byteLength(JSON.stringify(body))));
    }
  });

  test("counts down what is left of the hour, until nothing is", async () => {
    const { client } = await startOcto({ requestsPerHour: 2 });
    const left = async () => {
      const { status, headers } = await client.get(REPOSITORY);
      return [status, ...["limit", "used", "remaining", "resource"].map((name) => headers.get(`x-ratelimit-${name}`))];
    };
    expect(await left()).toEqual([200, "2", "1", "1", "core"]);
    expect(await left()).toEqual([200, "2", "2", "0", "core"]);
    expect(await left()).toEqual([403, "2", "2", "0", "core"]);
    const reset = Number((await client.get(REPOSITORY)).headers.get("x-ratelimit-reset"));
    expect(Math.abs(reset - Date.now() / 1000 - 3600)).toBeLessThan(60);
  });

  test("is left out when the client has it already, and costs nothing then", async () => {
    const { api, client } = await startOcto();
    const path = `${REPOSITORY}/environments/production`;
    await client.put(path);
    const first = await client.get(path);
    const etag = first.headers.get("etag") ?? "";
    const second = await client.request("GET", path, { headers: { "if-none-match": etag } });
    expect(second).toMatchObject({ status: 304, body: undefined });
    expect(second.headers.get("x-ratelimit-used")).toBe(first.headers.get("x-ratelimit-used"));
    expect(second.headers.get("x-github-request-id")).not.toBe(first.headers.get("x-github-request-id"));

    api.state.repository("web-shop").environment("production").protect({ waitTimer: 1 });
    const third = await client.request("GET", path, { headers: { "if-none-match": etag } });
    expect(third.status).toBe(200);
    expect(third.headers.get("etag")).not.toBe(etag);
  });

  test("to a list is a page, with a link to the next while there is one", async () => {
    const { api, client } = await startOcto();
    for (let i = 0; i < 101; i += 1)
      api.state.repository("web-shop").variables.create(`V${String(i).padStart(3, "0")}`, "");
    const list = async (query: string) => {
      const { body, headers } = await client.get(`${REPOSITORY}/actions/variables${query}`);
      return {
        names: (body as { variables: { name: string }[] }).variables.map(({ name }) => name),
        link: headers.get("link"),
      };
    };
    expect((await list("")).names).toHaveLength(30);
    expect((await list("?per_page=0")).names).toHaveLength(30);
    expect((await list("?per_page=1000")).names).toHaveLength(100);
    expect(await list("?per_page=100&page=2")).toEqual({ names: ["V100"], link: null });
    expect((await list("?per_page=100&page=3")).names).toEqual([]);
    const { link } = await list("?per_page=100");
    expect(link).toBe(
      `<${new URL(`/api/v3${REPOSITORY}/actions/variables`, api.url)}?per_page=100&page=2>; rel="next", ` +
        `<${new URL(`/api/v3${REPOSITORY}/actions/variables`, api.url)}?per_page=100&page=2>; rel="last"`,
    );
  });
});

describe("the record of requests", () => {
  test("holds method, path and status, tells a listener, and can be cleared", async () => {
    const heard: RecordedRequest[] = [];
    const { api, client } = await startOcto({ onRequest: (request) => heard.push(request) });
    await client.put(`${REPOSITORY}/environments/a%2Fb`);
    await client.get("/nothing?x=1");
    expect(api.requests).toMatchObject([
      { method: "PUT", path: `${REPOSITORY}/environments/a%2Fb`, status: 200 },
      { method: "GET", path: "/nothing?x=1", status: 404 },
    ]);
    expect(heard).toEqual(api.requests);
    api.clearRequests();
    expect(api.requests).toEqual([]);
  });
});

function reach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const settle = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket
      .once("connect", () => settle(true))
      .once("error", () => settle(false))
      .once("timeout", () => settle(false));
  });
}
