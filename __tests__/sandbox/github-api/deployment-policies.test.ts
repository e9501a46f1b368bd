import type { Client } from "./support/client";
import { REPOSITORY, startOcto, stopAll } from "./support/octo";

const ENVIRONMENT = `${REPOSITORY}/environments/production`;
const POLICIES = `${ENVIRONMENT}/deployment-branch-policies`;
const byPatterns = (custom: boolean) => ({
  deployment_branch_policy: { protected_branches: !custom, custom_branch_policies: custom },
});

describe("a deployment policy", () => {
  let client: Client;
  const create = async (name: string, type?: string) =>
    (await client.post(POLICIES, { name, ...(type && { type }) })).body as { id: number };
  beforeEach(async () => {
    ({ client } = await startOcto());
    await client.put(ENVIRONMENT, byPatterns(true));
  });
  afterEach(stopAll);

  test("is for branches unless it says tags", async () => {
    expect(await create("main")).toMatchObject({ name: "main", type: "branch" });
    expect(await create("release/*", "branch")).toMatchObject({ type: "branch" });
    expect(await create("v*", "tag")).toMatchObject({ type: "tag" });
    expect((await client.get(POLICIES)).body).toMatchObject({
      total_count: 3,
      branch_policies: [{ name: "main" }, { name: "release/*" }, { name: "v*" }],
    });
  });

  test("changes its pattern and keeps its id and its type", async () => {
    const { id } = await create("v1*", "tag");
    expect(await client.put(`${POLICIES}/${id}`, { name: "v2*" })).toMatchObject({
      status: 200,
      body: { id, name: "v2*", type: "tag" },
    });
    expect((await client.get(`${POLICIES}/${id}`)).body).toMatchObject({ id, name: "v2*", type: "tag" });
  });

  test("is gone once deleted", async () => {
    const { id } = await create("main");
    expect((await client.delete(`${POLICIES}/${id}`)).status).toBe(204);
    expect((await client.get(`${POLICIES}/${id}`)).status).toBe(404);
    expect((await client.put(`${POLICIES}/${id}`, { name: "main" })).status).toBe(404);
    expect((await client.delete(`${POLICIES}/${id}`)).status).toBe(404);
  });

  test("that is there already is pointed at", async () => {
    const { id } = await create("main");
    const again = await client.post(POLICIES, { name: "main" });
    expect(again.status).toBe(303);
    expect(new URL(again.headers.get("location") ?? "").pathname).toBe(`/api/v3${POLICIES}/${id}`);
    expect(await create("main", "tag")).toMatchObject({ type: "tag" });
  });

  test("does not take the pattern of another", async () => {
    await create("main");
    const { id } = await create("release/*");
    expect((await client.put(`${POLICIES}/${id}`, { name: "main" })).status).toBe(422);
    expect((await client.put(`${POLICIES}/${id}`, { name: "release/*" })).status).toBe(200);
  });

  test.each([
    ["nothing", {}],
    ["a blank", { name: " " }],
    ["a number", { name: 1 }],
    ["a type that there is not", { name: "main", type: "commit" }],
  ])("refuses %s", async (_, body) => {
    expect((await client.post(POLICIES, body)).status).toBe(422);
  });

  test.each([
    ["protected branches", byPatterns(false)],
    ["any branch", { deployment_branch_policy: null }],
  ])("cannot be added to an environment that goes by %s", async (_, body) => {
    await client.put(ENVIRONMENT, body);
    expect((await client.post(POLICIES, { name: "main" })).status).toBe(404);
  });
});
