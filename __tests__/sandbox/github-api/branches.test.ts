import type { GithubApi } from "../../../lib/sandbox/github-api";
import type { Client } from "./support/client";
import { REPOSITORY, startOcto, stopAll } from "./support/octo";

const BRANCHES = `${REPOSITORY}/branches`;
const MAIN = `${BRANCHES}/main/protection`;
/** What the provider sends. */
const RULES = {
  required_status_checks: null,
  required_pull_request_reviews: {
    dismissal_restrictions: {},
    dismiss_stale_reviews: true,
    require_code_owner_reviews: false,
    required_approving_review_count: 2,
    require_last_push_approval: false,
  },
  enforce_admins: true,
  restrictions: null,
  required_conversation_resolution: false,
};

describe("a repository's branches", () => {
  let api: GithubApi;
  let client: Client;
  const names = async (query = "") =>
    ((await client.get(`${BRANCHES}${query}`)).body as { name: string }[]).map(({ name }) => name);
  beforeEach(async () => {
    ({ api, client } = await startOcto({
      repositories: [{ name: "web-shop", id: 74, branches: ["main", "dev", "release/1"] }],
    }));
  });
  afterEach(stopAll);

  test("are unprotected at the start, and listed by whether they are", async () => {
    expect(await names()).toEqual(["main", "dev", "release/1"]);
    expect(await names("?protected=true")).toEqual([]);
    await client.put(MAIN, RULES);
    expect(await names("?protected=true")).toEqual(["main"]);
    expect(await names("?protected=false")).toEqual(["dev", "release/1"]);
  });

  test("are listed as protected by a ruleset as well, but have no rules of their own then", async () => {
    api.state.repository("web-shop").branches.rule("dev");
    await client.put(MAIN, RULES);
    expect((await client.get(`${BRANCHES}?protected=true`)).body).toMatchObject([
      { name: "main", protected: true, protection: { enabled: true } },
      { name: "dev", protected: true, protection: { enabled: false } },
    ]);
    expect(await client.get(`${BRANCHES}/dev/protection`)).toMatchObject({
      status: 404,
      body: { message: "Branch not protected" },
    });
    api.state.repository("web-shop").branches.rule("dev", false);
    expect(await names("?protected=true")).toEqual(["main"]);
  });

  test("come in pages", async () => {
    const { headers, body } = await client.get(`${BRANCHES}?per_page=2`);
    expect(body).toHaveLength(2);
    expect(headers.get("link")).toContain("page=2");
  });

  test("have the rules that were put, and only these", async () => {
    await client.put(MAIN, RULES);
    expect((await client.get(MAIN)).body).toMatchObject({
      required_pull_request_reviews: { dismiss_stale_reviews: true, required_approving_review_count: 2 },
      enforce_admins: { enabled: true },
    });
    await client.put(MAIN, { ...RULES, required_pull_request_reviews: null, enforce_admins: null });
    const { body } = await client.get(MAIN);
    expect(body).toMatchObject({ enforce_admins: { enabled: false } });
    expect(body).not.toHaveProperty("required_pull_request_reviews");
  });

  test("lose their rules when these are deleted", async () => {
    await client.put(MAIN, RULES);
    expect((await client.get(`${MAIN}/required_signatures`)).body).toMatchObject({ enabled: false });
    expect((await client.delete(`${MAIN}/required_signatures`)).status).toBe(204);
    expect((await client.delete(MAIN)).status).toBe(204);
    expect((await client.get(MAIN)).status).toBe(404);
    expect((await client.delete(MAIN)).status).toBe(404);
  });

  test("are found with a slash in their name, and refused when they are not there", async () => {
    expect((await client.put(`${BRANCHES}/release%2F1/protection`, RULES)).status).toBe(200);
    expect(await client.put(`${BRANCHES}/release%2F2/protection`, RULES)).toMatchObject({
      status: 404,
      body: { message: "Branch not found" },
    });
  });

  test("of a private repository are not protected on the free plan", async () => {
    ({ client } = await startOcto({ owner: { login: "octo-org", id: 65, plan: "free" } }));
    expect(await client.put(MAIN, RULES)).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining("Upgrade to GitHub Pro") },
    });
  });
});
