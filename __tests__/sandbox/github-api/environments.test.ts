import fc from "fast-check";
import { OCTO, REPOSITORY, startOcto, stopAll } from "./support/octo";
import type { Client } from "./support/client";
import { runs } from "../../support/runs";

const ENVIRONMENT = `${REPOSITORY}/environments/production`;

const users = (count: number) => (OCTO.users ?? []).slice(0, count).map(({ id }) => ({ type: "User", id }));

describe("an environment", () => {
  let client: Client;
  let api: Awaited<ReturnType<typeof startOcto>>["api"];
  beforeEach(async () => ({ api, client } = await startOcto()));
  afterEach(stopAll);

  test("does not exist before it is put", async () => {
    expect(await client.get(ENVIRONMENT)).toMatchObject({ status: 404, body: { message: "Not Found", status: "404" } });
  });

  test("put without a body is unprotected", async () => {
    expect(await client.put(ENVIRONMENT)).toMatchObject({
      status: 200,
      body: { name: "production", protection_rules: [], deployment_branch_policy: null, can_admins_bypass: true },
    });
  });

  test("shows its protection in GitHub's shape", async () => {
    await client.put(ENVIRONMENT, {
      wait_timer: 10,
      reviewers: [
        { type: "Team", id: 88 },
        { type: "User", id: 77 },
      ],
      prevent_self_review: true,
      can_admins_bypass: false,
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
    expect((await client.get(ENVIRONMENT)).body).toMatchObject({
      can_admins_bypass: false,
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      protection_rules: [
        { type: "wait_timer", wait_timer: 10 },
        {
          type: "required_reviewers",
          prevent_self_review: true,
          reviewers: [
            { type: "Team", reviewer: { id: 88, slug: "release-managers", name: "Release Managers" } },
            { type: "User", reviewer: { id: 77, login: "octocat" } },
          ],
        },
        { type: "branch_policy" },
      ],
    });
  });

  test("is listed with its repository's others, a page at a time", async () => {
    for (const name of ["a", "b", "c"]) await client.put(`${REPOSITORY}/environments/${name}`);
    const first = await client.get(`${REPOSITORY}/environments?per_page=2`);
    expect(first.body).toMatchObject({ total_count: 3, environments: [{ name: "a" }, { name: "b" }] });
    const last = await client.get(`${REPOSITORY}/environments?per_page=2&page=2`);
    expect(last.body).toMatchObject({ total_count: 3, environments: [{ name: "c" }] });
  });

  test("is found in any case and keeps the case that it was first written in", async () => {
    await client.put(`${REPOSITORY}/environments/Production`, { wait_timer: 5 });
    await client.put(`${REPOSITORY}/environments/PRODUCTION`, { wait_timer: 6 });
    expect((await client.get(ENVIRONMENT)).body).toMatchObject({
      name: "Production",
      protection_rules: [{ wait_timer: 6 }],
    });
    expect(api.state.repository("web-shop").environments).toHaveLength(1);
  });

  test.each(["prod/eu:1", "prod eu", "100%", "a%2Fb", "ümläut", "?x=1", "#1", "+"])(
    "may be called %p",
    async (name) => {
      const address = `${REPOSITORY}/environments/${encodeURIComponent(name)}`;
      expect((await client.put(address)).body).toMatchObject({ name });
      await client.post(`${address}/variables`, { name: "A", value: "1" });
      expect((await client.get(`${address}/variables/A`)).body).toMatchObject({ value: "1" });
      expect(api.state.repository("web-shop").environment(name).variables.get("A").value).toBe("1");
    },
  );

  test("keeps any name that can be written in an address, decoded once", async () => {
    // A lone "." or ".." is taken out of every address before it is sent.
    const isAddressable = (text: string) => text.trim() !== "" && text.length <= 255 && !/^\.\.?$/.test(text);
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }).filter(isAddressable);
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        const { body } = await client.put(`${REPOSITORY}/environments/${encodeURIComponent(text)}`);
        expect((body as { name: string }).name.toLowerCase()).toBe(text.toLowerCase());
      }),
      { numRuns: runs(50) },
    );
  });

  test("has a name of 255 characters at most", async () => {
    expect((await client.put(`${REPOSITORY}/environments/${"e".repeat(255)}`)).status).toBe(200);
    expect((await client.put(`${REPOSITORY}/environments/${"e".repeat(256)}`)).status).toBe(422);
  });

  test("takes six reviewers, users and teams together, and no seventh", async () => {
    const team = { type: "Team", id: 88 };
    expect((await client.put(ENVIRONMENT, { reviewers: [...users(5), team] })).status).toBe(200);
    expect(await client.put(ENVIRONMENT, { reviewers: [...users(6), team] })).toMatchObject({
      status: 422,
      body: { message: "Invalid request.\n\nNo more than 6 items are allowed; 7 were supplied." },
    });
    expect(api.state.repository("web-shop").environment("production").protection.reviewers).toHaveLength(6);
  });

  test.each([
    ["0", 0, 200],
    ["43200", 43_200, 200],
    ["-1", -1, 422],
    ["43201", 43_201, 422],
  ])("answers a wait timer of %s minutes with %d", async (_, wait_timer, status) => {
    expect((await client.put(ENVIRONMENT, { wait_timer })).status).toBe(status);
  });

  test.each([
    ["a string", "5"],
    ["null", null],
    ["half a minute", 0.5],
  ])("refuses %s as a wait timer", async (_, wait_timer) => {
    const { status, body } = await client.put(ENVIRONMENT, { wait_timer });
    expect({ status, body }).toMatchObject({ status: 422, body: { message: expect.stringContaining("wait_timer") } });
  });

  test("goes by protected branches or by patterns, not by both and not by neither", async () => {
    const put = async (protected_branches: boolean, custom_branch_policies: boolean) =>
      (await client.put(ENVIRONMENT, { deployment_branch_policy: { protected_branches, custom_branch_policies } }))
        .status;
    expect(await put(true, false)).toBe(200);
    expect(await put(false, true)).toBe(200);
    expect(await put(true, true)).toBe(422);
    expect(await put(false, false)).toBe(422);
  });

  test.each([
    ["a user who does not exist", { type: "User", id: 123_456 }],
    ["a team that does not exist", { type: "Team", id: 123_456 }],
    ["a team's id as a user", { type: "User", id: 88 }],
    ["a user's id as a team", { type: "Team", id: 77 }],
    ["an organization", { type: "User", id: 65 }],
    ["a reviewer of no type", { id: 77 }],
  ])("refuses %s as a reviewer", async (_, reviewer) => {
    expect((await client.put(ENVIRONMENT, { reviewers: [{ type: "User", id: 701 }, reviewer] })).status).toBe(422);
  });

  test("refused at its creation does not exist", async () => {
    await client.put(ENVIRONMENT, { reviewers: [{ type: "User", id: 123_456 }] });
    expect((await client.get(ENVIRONMENT)).status).toBe(404);
  });

  test("prevents self-review only where somebody reviews", async () => {
    expect(await client.put(ENVIRONMENT, { prevent_self_review: true })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining("must have at least one reviewer to set prevent_self_review") },
    });
    expect((await client.put(ENVIRONMENT, { prevent_self_review: true, reviewers: users(1) })).status).toBe(200);
    expect((await client.put(ENVIRONMENT, { reviewers: [] })).body).toMatchObject({ protection_rules: [] });
  });

  test("refuses a field that GitHub does not know", async () => {
    expect(await client.put(ENVIRONMENT, { wait_time: 5 })).toMatchObject({
      status: 422,
      body: { message: 'Invalid request.\n\n"wait_time" is not a permitted key.' },
    });
  });

  describe("protected and put again", () => {
    const protection = {
      wait_timer: 5,
      reviewers: users(2),
      prevent_self_review: true,
      can_admins_bypass: false,
      deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
    };
    const current = () => api.state.repository("web-shop").environment("production").protection;
    beforeEach(() => client.put(ENVIRONMENT, protection));

    test("keeps what is left out", async () => {
      await client.put(ENVIRONMENT, {});
      expect(current()).toMatchObject({
        waitTimer: 5,
        preventSelfReview: true,
        canAdminsBypass: false,
        deployableRefs: "protected",
      });
      expect(current().reviewers).toHaveLength(2);
    });

    test("loses its reviewers to an empty list, and with them the ban on self-review", async () => {
      await client.put(ENVIRONMENT, { reviewers: [] });
      expect(current()).toMatchObject({ reviewers: [], preventSelfReview: false, waitTimer: 5 });
    });

    test("keeps its reviewers when they are null", async () => {
      await client.put(ENVIRONMENT, { reviewers: null });
      expect(current()).toMatchObject({ reviewers: users(2), preventSelfReview: true });
    });

    test("loses its branch policy to null and its wait timer to zero", async () => {
      const { body } = await client.put(ENVIRONMENT, { deployment_branch_policy: null, wait_timer: 0 });
      expect(body).toMatchObject({
        deployment_branch_policy: null,
        protection_rules: [{ type: "required_reviewers" }],
      });
    });

    test("keeps the ids of the rules that stay", async () => {
      const ids = async () =>
        ((await client.get(ENVIRONMENT)).body as { protection_rules: { id: number }[] }).protection_rules.map(
          ({ id }) => id,
        );
      const before = await ids();
      await client.put(ENVIRONMENT, { ...protection, wait_timer: 7 });
      expect(await ids()).toEqual(before);
    });
  });

  test("takes its variables, secrets and policies along when it is deleted", async () => {
    await client.put(ENVIRONMENT, {
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
    await client.post(`${ENVIRONMENT}/variables`, { name: "A", value: "1" });
    await client.putSecret(`${ENVIRONMENT}/secrets`, "B", "2");
    await client.post(`${ENVIRONMENT}/deployment-branch-policies`, { name: "main" });
    expect((await client.delete(ENVIRONMENT)).status).toBe(204);
    expect((await client.delete(ENVIRONMENT)).status).toBe(404);
    expect((await client.get(`${ENVIRONMENT}/variables/A`)).status).toBe(404);

    await client.put(ENVIRONMENT);
    expect((await client.get(`${ENVIRONMENT}/variables`)).body).toMatchObject({ total_count: 0 });
    expect((await client.get(`${ENVIRONMENT}/secrets`)).body).toMatchObject({ total_count: 0 });
    expect((await client.get(`${ENVIRONMENT}/deployment-branch-policies`)).body).toMatchObject({ total_count: 0 });
  });

  test("has no gates of apps", async () => {
    await client.put(ENVIRONMENT);
    expect((await client.get(`${ENVIRONMENT}/deployment_protection_rules`)).body).toEqual({
      total_count: 0,
      custom_deployment_protection_rules: [],
    });
  });
});
