import type { GithubApi } from "../../../lib/sandbox/github-api";
import type { Client } from "./support/client";
import { REPOSITORY, startOcto, stopAll } from "./support/octo";

const COMMENTS = `${REPOSITORY}/issues/7/comments`;
const comment = (id: unknown) => `${REPOSITORY}/issues/comments/${String(id)}`;

describe("comments on a pull request", () => {
  let api: GithubApi;
  let client: Client;
  const bodies = async (query = "") =>
    ((await client.get(`${COMMENTS}${query}`)).body as { body: string }[]).map(({ body }) => body);
  const create = async (body: string) => (await client.post(COMMENTS, { body })).body as { id: number };
  beforeEach(async () => {
    ({ api, client } = await startOcto({ repositories: [{ name: "web-shop", id: 74, pullRequests: [7, 8] }] }));
  });
  afterEach(stopAll);

  test("are written in the name of the workflow, changed and deleted", async () => {
    const { status, body } = await client.post(COMMENTS, { body: "one" });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        body: "one",
        user: { login: "github-actions[bot]", type: "Bot" },
        html_url: expect.stringContaining("/octo-org/web-shop/pull/7#issuecomment-"),
      },
    });
    const { id } = body as { id: number };
    expect(await client.patch(comment(id), { body: "two" })).toMatchObject({ status: 200, body: { id, body: "two" } });
    expect(await bodies()).toEqual(["two"]);
    expect((await client.delete(comment(id))).status).toBe(204);
    expect(await bodies()).toEqual([]);
  });

  test("come in pages, oldest first, those of others among them", async () => {
    api.state.repository("web-shop").comments.add(7, "first", { login: "octocat", id: 77, type: "User" });
    for (const body of ["second", "third"]) await create(body);
    const { headers, body } = await client.get(`${COMMENTS}?per_page=2`);
    expect(body).toMatchObject([{ body: "first", user: { login: "octocat", type: "User" } }, { body: "second" }]);
    expect(headers.get("link")).toContain("page=2");
    expect(await bodies("?per_page=2&page=2")).toEqual(["third"]);
  });

  test("of one pull request are not those of another", async () => {
    await create("one");
    expect((await client.get(`${REPOSITORY}/issues/8/comments`)).body).toEqual([]);
  });

  test.each([
    ["a pull request that is not there", "POST", `${REPOSITORY}/issues/9/comments`, 404],
    ["a comment that is not there", "PATCH", comment(1), 404],
  ])("cannot be written to %s", async (_, method, path, status) => {
    expect((await client.request(method, path, { body: { body: "x" } })).status).toBe(status);
  });

  test("that are deleted cannot be deleted again", async () => {
    const { id } = await create("x");
    await client.delete(comment(id));
    expect((await client.delete(comment(id))).status).toBe(404);
  });

  test.each([
    ["65,536 characters", "x".repeat(65_536), 201],
    ["65,537 characters", "x".repeat(65_537), 422],
    ["65,536 characters beyond the first plane", "\u{1f600}".repeat(65_536), 201],
    ["no text", " ", 422],
  ])("of %s are answered as GitHub does", async (_, body, status) => {
    expect((await client.post(COMMENTS, { body })).status).toBe(status);
  });
});

test("a failure that was asked for has its headers, in place of the server's own", async () => {
  const { api, client } = await startOcto();
  api.failNext({
    status: 403,
    message: "You have exceeded a secondary rate limit",
    headers: { "retry-after": "7", "x-ratelimit-remaining": "0" },
  });
  const { headers } = await client.get(REPOSITORY);
  expect([headers.get("retry-after"), headers.get("x-ratelimit-remaining")]).toEqual(["7", "0"]);
  await stopAll();
});
