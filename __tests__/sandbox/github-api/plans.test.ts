import type { Plan, RepositoryVisibility } from "../../../lib/sandbox/github-api";
import { OCTO, REPOSITORY, startOcto, stopAll } from "./support/octo";

const ENVIRONMENT = `${REPOSITORY}/environments/production`;
const REVIEWERS_GATE =
  "Failed to create the environment protection rule. Please ensure the billing plan supports the required reviewers protection rule.";
const BRANCH_GATE = "Fail to create protected rule, please ensure billing plan include protected branch gate.";

const startOn = (plan: Plan, visibility: RepositoryVisibility = "private") =>
  startOcto({ owner: { login: "octo-org", id: 65, plan }, repositories: [{ name: "web-shop", id: 74, visibility }] });

const PATTERNS = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };

/** Each of the fields that need Enterprise on a private repository, at what it is anyway: GitHub refuses its presence. */
const GATED = {
  reviewers: { reviewers: [{ type: "User", id: 77 }] },
  "no reviewers": { reviewers: null },
  "a wait timer": { wait_timer: 10 },
  "a wait timer of zero": { wait_timer: 0 },
  "self-review": { prevent_self_review: false },
  "no bypass for administrators": { can_admins_bypass: false },
  "bypass for administrators": { can_admins_bypass: true },
};

describe("a private repository", () => {
  afterEach(stopAll);

  describe.each<Plan>(["free", "pro", "team"])("on the %s plan", (plan) => {
    test.each(Object.entries(GATED))("refuses an environment with %s", async (_, body) => {
      const { client } = await startOn(plan);
      expect(await client.put(ENVIRONMENT, body)).toMatchObject({ status: 422, body: { message: REVIEWERS_GATE } });
      expect((await client.get(ENVIRONMENT)).status).toBe(404);
    });

    test("takes an environment that any branch may deploy to", async () => {
      const { client } = await startOn(plan);
      expect((await client.put(ENVIRONMENT, { deployment_branch_policy: null })).status).toBe(200);
    });
  });

  test.each(Object.entries(GATED))("on Enterprise takes an environment with %s", async (_, body) => {
    const { client } = await startOn("enterprise");
    expect((await client.put(ENVIRONMENT, body)).status).toBe(200);
  });

  test.each<[Plan, number]>([
    ["free", 422],
    ["pro", 200],
    ["team", 200],
    ["enterprise", 200],
  ])("on the %s plan answers a branch policy with %d", async (plan, status) => {
    const { client } = await startOn(plan);
    const answer = await client.put(ENVIRONMENT, PATTERNS);
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer.body).toMatchObject({ message: BRANCH_GATE });
  });

  test.each<[Plan, number, number]>([
    ["free", 403, 403],
    ["pro", 201, 201],
  ])(
    "on the %s plan answers an environment's variable with %d and its secret with %d",
    async (plan, variable, secret) => {
      const { client } = await startOn(plan);
      await client.put(ENVIRONMENT);
      expect((await client.post(`${ENVIRONMENT}/variables`, { name: "A", value: "1" })).status).toBe(variable);
      expect((await client.putSecret(`${ENVIRONMENT}/secrets`, "B", "2")).status).toBe(secret);
    },
  );

  test("on the free plan still has variables and secrets of its own", async () => {
    const { client } = await startOn("free");
    expect((await client.post(`${REPOSITORY}/actions/variables`, { name: "A", value: "1" })).status).toBe(201);
    expect((await client.putSecret(`${REPOSITORY}/actions/secrets`, "B", "2")).status).toBe(201);
  });
});

describe("a repository that the plan does not hold back", () => {
  afterEach(stopAll);

  const everything = {
    ...GATED.reviewers,
    wait_timer: 10,
    prevent_self_review: true,
    can_admins_bypass: false,
    ...PATTERNS,
  };

  test("is a public one on any plan", async () => {
    const { client } = await startOn("free", "public");
    expect((await client.put(ENVIRONMENT, everything)).status).toBe(200);
  });

  test("is an internal one on Enterprise and not below", async () => {
    expect((await (await startOn("enterprise", "internal")).client.put(ENVIRONMENT, everything)).status).toBe(200);
    expect((await (await startOn("team", "internal")).client.put(ENVIRONMENT, everything)).status).toBe(422);
  });

  test("is any on an Enterprise Server", async () => {
    const { client } = await startOcto({ ...OCTO, owner: { login: "octo-org", plan: "free" }, flavour: "ghes" });
    expect((await client.put(ENVIRONMENT, everything)).status).toBe(200);
  });

  test("is one whose owner upgraded", async () => {
    const { api, client } = await startOn("team");
    api.state.owner.plan = "enterprise";
    expect((await client.put(ENVIRONMENT, everything)).status).toBe(200);
  });
});
