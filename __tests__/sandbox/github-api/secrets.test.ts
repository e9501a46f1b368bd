import { inspect } from "node:util";
import sodium from "libsodium-wrappers";
import type { Client } from "./support/client";
import { ORGANIZATION, REPOSITORY, startOcto, stopAll } from "./support/octo";

const KILOBYTE = 1024;
const ENVIRONMENT = `${REPOSITORY}/environments/production`;

const LEVELS = {
  organization: { list: `${ORGANIZATION}/actions/secrets`, more: { visibility: "all" }, limit: 1000 },
  repository: { list: `${REPOSITORY}/actions/secrets`, more: {}, limit: 100 },
  environment: { list: `${ENVIRONMENT}/secrets`, more: {}, limit: 100 },
};

describe.each(Object.entries(LEVELS))("a secret of an %s", (level, { list, more, limit }) => {
  let client: Client;
  let api: Awaited<ReturnType<typeof startOcto>>["api"];
  const put = (name: string, plaintext: string) => client.putSecret(list, name, plaintext, more);
  const secrets = () => {
    const repository = api.state.repository("web-shop");
    const place = { organization: api.state.owner, repository, environment: repository.environment("production") };
    return place[level as keyof typeof place].secrets;
  };
  beforeEach(async () => {
    ({ api, client } = await startOcto());
    await client.put(ENVIRONMENT);
  });
  afterEach(stopAll);

  test("is created, changed and deleted, and its value is never shown", async () => {
    expect(await put("ROLE", "top secret")).toMatchObject({ status: 201, body: {} });
    const shown = (await client.get(`${list}/ROLE`)).body;
    expect(shown).toMatchObject({ name: "ROLE" });
    expect(JSON.stringify(shown)).not.toContain("top secret");
    expect(await put("role", "other")).toMatchObject({ status: 204, body: undefined });
    expect((await client.get(list)).body).toMatchObject({ total_count: 1, secrets: [{ name: "ROLE" }] });
    expect((await client.delete(`${list}/ROLE`)).status).toBe(204);
    expect((await client.delete(`${list}/ROLE`)).status).toBe(404);
    expect((await client.get(`${list}/ROLE`)).status).toBe(404);
  });

  test("can be revealed to whoever holds the state, and to nobody who prints it", async () => {
    await put("ROLE", "top secret");
    expect(secrets().get("role").reveal()).toBe("top secret");
    expect(inspect(api.state, { depth: Infinity, showHidden: true })).not.toContain("top secret");
    expect(JSON.stringify(secrets().list())).not.toContain("top secret");
    expect(JSON.stringify(api.requests)).not.toContain("top secret");
  });

  test("survives any text", async () => {
    for (const text of ["", "ü€😀", "line\nline", "\0"]) {
      await put("TEXT", text);
      expect(secrets().get("TEXT").reveal()).toBe(text);
    }
  });

  test("must be sealed with the key that was handed out, under its id", async () => {
    const sealed = await client.seal(list, "x");
    const other = sodium.crypto_box_seal("x", sodium.crypto_box_keypair().publicKey);
    const refused = async (body: object) =>
      expect((await client.put(`${list}/A`, { ...sealed, ...more, ...body })).status).toBe(422);
    await refused({ key_id: "1" });
    await refused({ encrypted_value: Buffer.from(other).toString("base64") });
    await refused({ encrypted_value: Buffer.from("not sealed at all").toString("base64") });
    await refused({ encrypted_value: "not base64" });
    await refused({ key_id: undefined });
    await refused({ encrypted_value: undefined });
    expect(secrets().list()).toEqual([]);
  });

  test("sent unsealed by mistake is not repeated in the refusal", async () => {
    const { key_id } = await client.seal(list, "x");
    const { body } = await client.put(`${list}/A`, { encrypted_value: "pass word", key_id, ...more });
    expect(JSON.stringify(body)).not.toContain("pass word");
  });

  test("holds 48 KB and not a byte more", async () => {
    expect((await put("FULL", "x".repeat(48 * KILOBYTE))).status).toBe(201);
    expect((await put("OVER", "x".repeat(48 * KILOBYTE + 1))).status).toBe(422);
  });

  test.each(["A", "_A", "GITHUB"])("may be called %s", async (name) => {
    expect((await put(name, "x")).status).toBe(201);
  });

  test.each(["1A", "A-B", "GITHUB_TOKEN", "github_x"])("may not be called %s", async (name) => {
    expect((await put(name, "x")).status).toBe(422);
  });

  test(`has at most ${limit - 1} others beside it`, async () => {
    for (let i = 1; i < limit; i += 1) secrets().set(`S${i}`, "");
    expect((await put("LAST", "x")).status).toBe(201);
    expect((await put("ONE_MORE", "x")).status).toBe(422);
    expect((await put("LAST", "y")).status).toBe(204);
  });

  test("that a person changed is dated later, even within the second", async () => {
    await put("A", "x");
    const updatedAt = async () =>
      Date.parse(((await client.get(`${list}/A`)).body as { updated_at: string }).updated_at);
    const before = await updatedAt();
    secrets().set("A", "by hand");
    expect(await updatedAt()).toBeGreaterThan(before);
  });
});

describe("the keys to seal with", () => {
  afterEach(stopAll);

  test("are one per home and stay the same", async () => {
    const { client } = await startOcto();
    await client.put(ENVIRONMENT);
    await client.put(`${REPOSITORY}/environments/staging`);
    const homes = [...Object.values(LEVELS).map(({ list }) => list), `${REPOSITORY}/environments/staging/secrets`];
    const keys = () =>
      Promise.all(homes.map(async (home) => ((await client.get(`${home}/public-key`)).body as { key: string }).key));
    const first = await keys();
    expect(new Set(first).size).toBe(homes.length);
    expect(await keys()).toEqual(first);
  });

  test("of one home open nothing that was sealed for another", async () => {
    const { client } = await startOcto();
    await client.put(ENVIRONMENT);
    const forRepository = await client.seal(LEVELS.repository.list, "x");
    expect((await client.put(`${LEVELS.environment.list}/A`, forRepository)).status).toBe(422);
    expect((await client.put(`${LEVELS.repository.list}/A`, forRepository)).status).toBe(201);
  });

  test("are the same by name and by id", async () => {
    const { client } = await startOcto();
    expect((await client.get("/repositories/74/actions/secrets/public-key")).body).toEqual(
      (await client.get(`${REPOSITORY}/actions/secrets/public-key`)).body,
    );
  });
});

describe("an organization's secret", () => {
  const { list } = LEVELS.organization;
  const SELECTED = { visibility: "selected", selected_repository_ids: [74] };
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
    expect((await client.putSecret(list, "A", "x")).status).toBe(422);
  });

  test("is shown to the repositories selected, one more, one less, or exactly these", async () => {
    await client.putSecret(list, "A", "x", SELECTED);
    expect(await selected()).toEqual([74]);
    await client.put(`${list}/A/repositories/75`);
    expect(await selected()).toEqual([74, 75]);
    await client.delete(`${list}/A/repositories/74`);
    expect(await selected()).toEqual([75]);
    await client.put(`${list}/A/repositories`, { selected_repository_ids: [74] });
    expect(await selected()).toEqual([74]);
  });

  test("shared anew keeps its value and its date, by which clients notice a change", async () => {
    await client.putSecret(list, "A", "x", SELECTED);
    const before = (await client.get(`${list}/A`)).body as { updated_at: string };
    expect((await client.put(`${list}/A`, { visibility: "private" })).status).toBe(204);
    await client.put(`${list}/A`, { visibility: "selected", selected_repository_ids: [75] });
    expect((await client.get(`${list}/A`)).body).toMatchObject({
      visibility: "selected",
      updated_at: before.updated_at,
    });
  });

  test("is not created without a value", async () => {
    expect((await client.put(`${list}/A`, { visibility: "all" })).status).toBe(422);
  });
});
