import type { Client } from "./support/client";
import { ORGANIZATION, REPOSITORY, startOcto, stopAll } from "./support/octo";

const KILOBYTE = 1024;

const LEVELS = {
  organization: { list: `${ORGANIZATION}/actions/variables`, more: { visibility: "all" }, limit: 1000 },
  repository: { list: `${REPOSITORY}/actions/variables`, more: {}, limit: 500 },
  environment: { list: `${REPOSITORY}/environments/production/variables`, more: {}, limit: 100 },
};

describe.each(Object.entries(LEVELS))("a variable of an %s", (level, { list, more, limit }) => {
  let client: Client;
  let api: Awaited<ReturnType<typeof startOcto>>["api"];
  const create = (name: string, value = "1") => client.post(list, { name, value, ...more });
  beforeEach(async () => {
    ({ api, client } = await startOcto());
    await client.put(`${REPOSITORY}/environments/production`);
  });
  afterEach(stopAll);

  test("is created, read, changed and deleted", async () => {
    expect(await create("ROLE_ARN", "v1")).toMatchObject({ status: 201, body: {} });
    expect((await client.get(`${list}/ROLE_ARN`)).body).toMatchObject({ name: "ROLE_ARN", value: "v1", ...more });
    expect((await client.patch(`${list}/ROLE_ARN`, { value: "v2" })).status).toBe(204);
    expect((await client.get(list)).body).toMatchObject({
      total_count: 1,
      variables: [{ name: "ROLE_ARN", value: "v2" }],
    });
    expect((await client.delete(`${list}/ROLE_ARN`)).status).toBe(204);
    for (const answer of [
      client.get(`${list}/ROLE_ARN`),
      client.delete(`${list}/ROLE_ARN`),
      client.patch(`${list}/ROLE_ARN`, {}),
    ])
      expect((await answer).status).toBe(404);
  });

  test("that exists already is a conflict, in whatever case", async () => {
    await create("role_arn");
    expect(await create("Role_Arn", "other")).toMatchObject({
      status: 409,
      body: { message: "Already exists - Variable already exists" },
    });
    expect((await client.get(`${list}/rOLE_aRN`)).body).toMatchObject({ name: "ROLE_ARN", value: "1" });
  });

  test("can be given another name that is free", async () => {
    await create("A");
    await create("B");
    expect((await client.patch(`${list}/A`, { name: "B" })).status).toBe(409);
    expect((await client.patch(`${list}/A`, { name: "c" })).status).toBe(204);
    expect((await client.get(`${list}/C`)).body).toMatchObject({ value: "1" });
    expect((await client.get(`${list}/A`)).status).toBe(404);
  });

  test.each(["A", "_A", "a1", "GITHUB", "AGITHUB_X", "GITHUBX"])("may be called %s", async (name) => {
    expect((await create(name)).status).toBe(201);
  });

  test.each(["1A", "A-B", "A B", "A.B", "Ä", "", "GITHUB_TOKEN", "github_x"])("may not be called %p", async (name) => {
    expect((await create(name)).status).toBe(422);
  });

  test("holds 48 KB and not a byte more", async () => {
    expect((await create("FULL", "é".repeat(24 * KILOBYTE))).status).toBe(201);
    expect((await create("OVER", "é".repeat(24 * KILOBYTE) + "x")).status).toBe(422);
    expect((await client.patch(`${list}/FULL`, { value: "x".repeat(48 * KILOBYTE + 1) })).status).toBe(422);
  });

  test.each([
    ["a name", { value: "1" }, '"name" wasn\'t supplied.'],
    ["a value", { name: "A" }, '"value" wasn\'t supplied.'],
    ["a value that is a string", { name: "A", value: 1 }, "'properties/value'"],
  ])("needs %s", async (_, body, complaint) => {
    const answer = await client.post(list, { ...more, ...body });
    expect(answer).toMatchObject({ status: 422, body: { message: expect.stringContaining(complaint) } });
  });

  test(`has at most ${limit - 1} others beside it`, async () => {
    const place = {
      organization: api.state.owner,
      repository: api.state.repository("web-shop"),
      environment: api.state.repository("web-shop").environment("production"),
    };
    const { variables } = place[level as keyof typeof place];
    for (let i = 1; i < limit; i += 1) variables.create(`V${i}`, "");
    expect((await create("LAST")).status).toBe(201);
    expect((await create("ONE_MORE")).status).toBe(422);
  });

  test("that a person changed shows the new value and a later date", async () => {
    await create("A");
    const before = (await client.get(`${list}/A`)).body as { updated_at: string };
    const place = {
      organization: api.state.owner,
      repository: api.state.repository("web-shop"),
      environment: api.state.repository("web-shop").environment("production"),
    };
    place[level as keyof typeof place].variables.set("a", "by hand");
    const after = (await client.get(`${list}/A`)).body as { updated_at: string };
    expect(after).toMatchObject({ value: "by hand" });
    expect(Date.parse(after.updated_at)).toBeGreaterThan(Date.parse(before.updated_at));
  });
});

describe("an organization's variable", () => {
  const { list } = LEVELS.organization;
  const SHARED = { name: "A", value: "1", visibility: "selected", selected_repository_ids: [74] };
  let client: Client;
  beforeEach(
    async () =>
      ({ client } = await startOcto({
        repositories: [
          { name: "web-shop", id: 74 },
          { name: "api", id: 75 },
        ],
      })),
  );
  afterEach(stopAll);

  const selected = async () =>
    ((await client.get(`${list}/A/repositories`)).body as { repositories: { id: number }[] }).repositories.map(
      ({ id }) => id,
    );

  test("needs a visibility", async () => {
    expect((await client.post(list, { name: "A", value: "1" })).status).toBe(422);
    expect((await client.post(list, { name: "A", value: "1", visibility: "some" })).status).toBe(422);
  });

  test("lists the repositories that see it", async () => {
    await client.post(list, SHARED);
    const { body } = await client.get(`${list}/A`);
    expect(new URL((body as { selected_repositories_url: string }).selected_repositories_url).pathname).toBe(
      `/api/v3${list}/A/repositories`,
    );
    expect(await selected()).toEqual([74]);
  });

  test("has no such list while all repositories see it", async () => {
    await client.post(list, { ...SHARED, visibility: "all" });
    expect((await client.get(`${list}/A/repositories`)).status).toBe(409);
    expect((await client.put(`${list}/A/repositories/75`)).status).toBe(409);
    expect((await client.get(`${list}/A`)).body).not.toHaveProperty("selected_repositories_url");
  });

  test("is shown to one repository more, one less, or exactly these", async () => {
    await client.post(list, SHARED);
    expect((await client.put(`${list}/A/repositories/75`)).status).toBe(204);
    expect(await selected()).toEqual([74, 75]);
    expect((await client.delete(`${list}/A/repositories/74`)).status).toBe(204);
    expect(await selected()).toEqual([75]);
    expect((await client.put(`${list}/A/repositories`, { selected_repository_ids: [74, 75] })).status).toBe(204);
    expect(await selected()).toEqual([74, 75]);
  });

  test("keeps its repositories when only its value changes", async () => {
    await client.post(list, SHARED);
    await client.patch(`${list}/A`, { value: "2" });
    expect(await selected()).toEqual([74]);
  });

  test("is not shown to a repository that does not exist", async () => {
    expect((await client.post(list, { ...SHARED, selected_repository_ids: [74, 999] })).status).toBe(422);
    await client.post(list, SHARED);
    expect((await client.put(`${list}/A/repositories/999`)).status).toBe(404);
  });

  test("is not there for a person's account", async () => {
    const { client: other } = await startOcto({ owner: { login: "octo-org", type: "User" }, teams: [] });
    expect((await other.get(list)).status).toBe(404);
  });
});
