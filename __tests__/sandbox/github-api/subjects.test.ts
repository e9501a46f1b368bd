import type { Client } from "./support/client";
import { ORGANIZATION, REPOSITORY, startOcto, stopAll } from "./support/octo";

const PATH = "/actions/oidc/customization/sub";
const NAMES = [{ name: "web-shop", id: 74, subjects: "names" }] as const;

describe("the subject template of a repository", () => {
  afterEach(stopAll);
  const get = async (client: Client) => (await client.get(REPOSITORY + PATH)).body;

  test("is the default, with ids for a repository of today", async () => {
    const { client } = await startOcto();
    expect(await get(client)).toEqual({
      use_default: true,
      use_immutable_subject: false,
      sub_claim_prefix: "repo:octo-org@65/web-shop@74",
    });
  });

  test("is the default, with names for a repository from before", async () => {
    const { client } = await startOcto({ repositories: NAMES });
    expect(await get(client)).toEqual({
      use_default: true,
      use_immutable_subject: false,
      sub_claim_prefix: "repo:octo-org/web-shop",
    });
  });

  test("is set, and set back", async () => {
    const { client } = await startOcto();
    const keys = ["repo", "context", "job_workflow_ref"];
    expect(await client.put(REPOSITORY + PATH, { use_default: false, include_claim_keys: keys })).toMatchObject({
      status: 201,
      body: {},
    });
    expect(await get(client)).toMatchObject({ use_default: false, include_claim_keys: keys });
    await client.put(REPOSITORY + PATH, { use_default: true });
    expect(await get(client)).toMatchObject({ use_default: true });
    expect(await get(client)).not.toHaveProperty("include_claim_keys");
  });

  test("without keys of its own follows the organization and lists none", async () => {
    const { client } = await startOcto();
    await client.put(REPOSITORY + PATH, { use_default: false });
    expect(await get(client)).toMatchObject({ use_default: false });
    expect(await get(client)).not.toHaveProperty("include_claim_keys");
  });

  test("opts an older repository in to ids, which a template without a word about it does not undo", async () => {
    const { client } = await startOcto({ repositories: NAMES });
    await client.put(REPOSITORY + PATH, { use_default: true, use_immutable_subject: true });
    expect(await get(client)).toMatchObject({
      use_immutable_subject: true,
      sub_claim_prefix: "repo:octo-org@65/web-shop@74",
    });
    await client.put(REPOSITORY + PATH, { use_default: true });
    expect(await get(client)).toMatchObject({ use_immutable_subject: true });
    await client.put(REPOSITORY + PATH, { use_default: true, use_immutable_subject: false });
    expect(await get(client)).toMatchObject({
      use_immutable_subject: false,
      sub_claim_prefix: "repo:octo-org/web-shop",
    });
  });

  test("cannot take ids from a repository that was made with them", async () => {
    const { client } = await startOcto();
    await client.put(REPOSITORY + PATH, { use_default: true, use_immutable_subject: false });
    expect(await get(client)).toMatchObject({
      use_immutable_subject: false,
      sub_claim_prefix: "repo:octo-org@65/web-shop@74",
    });
  });

  test.each([
    ["without use_default", { include_claim_keys: ["repo"] }],
    ["with a key that is none", { use_default: false, include_claim_keys: ["repo:x"] }],
    ["with a key twice", { use_default: false, include_claim_keys: ["repo", "repo"] }],
    ["with a key that is no string", { use_default: false, include_claim_keys: [1] }],
  ])("is refused %s", async (_, body) => {
    const { client } = await startOcto();
    expect((await client.put(REPOSITORY + PATH, body)).status).toBe(422);
  });

  test("of an Enterprise Server says nothing of ids", async () => {
    const { api, client } = await startOcto({ flavour: "ghes" });
    expect(await get(client)).toEqual({ use_default: true });
    expect(api.state.repository("web-shop").subjectPrefix).toBe("repo:octo-org/web-shop");
  });

  test("can be there from the start", async () => {
    const { client } = await startOcto({
      repositories: [{ name: "web-shop", subject: { useDefault: false, includeClaimKeys: ["repo"] } }],
    });
    expect(await get(client)).toMatchObject({ use_default: false, include_claim_keys: ["repo"] });
  });
});

describe("the subject template of an organization", () => {
  afterEach(stopAll);

  test("is the default until it is set", async () => {
    const { client } = await startOcto();
    expect((await client.get(ORGANIZATION + PATH)).body).toEqual({
      include_claim_keys: ["repo", "context"],
      use_immutable_subject: false,
    });
    expect(await client.put(ORGANIZATION + PATH, { include_claim_keys: ["repository_id"] })).toMatchObject({
      status: 201,
      body: {},
    });
    expect((await client.get(ORGANIZATION + PATH)).body).toMatchObject({ include_claim_keys: ["repository_id"] });
  });

  test("opts its older repositories in to ids, unless they say otherwise", async () => {
    const { api, client } = await startOcto({ repositories: [...NAMES, { name: "api", id: 75, subjects: "names" }] });
    api.state.repository("api").customizeSubject({ useDefault: true, useImmutableSubject: false });
    await client.put(ORGANIZATION + PATH, { use_immutable_subject: true });
    expect(api.state.repository("web-shop").subjectPrefix).toBe("repo:octo-org@65/web-shop@74");
    expect(api.state.repository("api").subjectPrefix).toBe("repo:octo-org/api");
  });

  test("of an Enterprise Server says nothing of ids", async () => {
    const { client } = await startOcto({ flavour: "ghes" });
    expect((await client.get(ORGANIZATION + PATH)).body).toEqual({ include_claim_keys: ["repo", "context"] });
  });
});
