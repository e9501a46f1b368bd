import { REPOSITORY, startOcto, stopAll } from "./support/octo";

const VARIABLES = `${REPOSITORY}/actions/variables`;

afterEach(stopAll);

describe("a failure that was asked for", () => {
  test("hits the next request, once, and leaves no trace", async () => {
    const { api, client } = await startOcto();
    api.failNext({ status: 500 });
    expect(await client.post(VARIABLES, { name: "A", value: "1" })).toMatchObject({
      status: 500,
      body: { message: "Server Error" },
    });
    expect(api.state.repository("web-shop").variables.list()).toEqual([]);
    expect((await client.post(VARIABLES, { name: "A", value: "1" })).status).toBe(201);
  });

  test("waits for the request that it is meant for", async () => {
    const { api, client } = await startOcto();
    api.failNext({
      status: 403,
      message: "Resource not accessible by integration",
      when: ({ method }) => method === "PUT",
    });
    expect((await client.get(REPOSITORY)).status).toBe(200);
    expect(await client.put(`${REPOSITORY}/environments/x`)).toMatchObject({
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
  });

  test("may be a connection that breaks", async () => {
    const { api, client } = await startOcto();
    api.failNext({ status: "drop" });
    await expect(client.get(REPOSITORY)).rejects.toThrow("fetch failed");
    expect(api.requests.at(-1)).toMatchObject({ status: "dropped" });
    expect((await client.get(REPOSITORY)).status).toBe(200);
  });
});

describe("a crash", () => {
  const write = (name: string) => ({ name, value: "1" });

  test("comes after so many writes, reads and refused writes not counted, and lasts until the restart", async () => {
    const { api, client } = await startOcto();
    api.crashAfter(2);
    await client.get(REPOSITORY);
    expect((await client.post(VARIABLES, write("A"))).status).toBe(201);
    expect((await client.post(VARIABLES, write("A"))).status).toBe(409);
    expect(api.crashed).toBe(false);
    expect((await client.post(VARIABLES, write("B"))).status).toBe(201);
    expect(api.crashed).toBe(true);
    await expect(client.post(VARIABLES, write("C"))).rejects.toThrow("fetch failed");
    await expect(client.get(REPOSITORY)).rejects.toThrow("fetch failed");

    const { port } = api;
    await api.restart();
    expect({ port: api.port, crashed: api.crashed }).toEqual({ port, crashed: false });
    expect((await client.get(VARIABLES)).body).toMatchObject({ variables: [{ name: "A" }, { name: "B" }] });
    expect((await client.post(VARIABLES, write("C"))).status).toBe(201);
  });

  test("can swallow the answer to the last write, which happened all the same", async () => {
    const { api, client } = await startOcto();
    api.crashAfter(1, { answerLast: false });
    await expect(client.post(VARIABLES, write("A"))).rejects.toThrow("fetch failed");
    await api.restart();
    expect((await client.post(VARIABLES, write("A"))).status).toBe(409);
  });

  test("lets no write too many through when they come at once", async () => {
    const { api, client } = await startOcto();
    api.crashAfter(3);
    await Promise.allSettled(Array.from({ length: 10 }, (_, i) => client.post(VARIABLES, write(`V${i}`))));
    expect(api.state.repository("web-shop").variables.list()).toHaveLength(3);
  });

  test("after no write is at once", async () => {
    const { api, client } = await startOcto();
    api.crashAfter(0);
    await expect(client.get(REPOSITORY)).rejects.toThrow("fetch failed");
  });

  test("is forgotten by a restart before it came", async () => {
    const { api, client } = await startOcto();
    api.crashAfter(1);
    await api.restart();
    await client.post(VARIABLES, write("A"));
    expect((await client.get(REPOSITORY)).status).toBe(200);
  });
});
