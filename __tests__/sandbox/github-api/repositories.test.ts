import { Refusal } from "../../../lib/sandbox/github-api";
import { ORGANIZATION, REPOSITORY, startOcto, stopAll } from "./support/octo";

const SUBJECT = "/actions/oidc/customization/sub";

afterEach(stopAll);

describe("accounts, teams and repositories", () => {
  test("are answered in GitHub's shape, found in any case", async () => {
    const { client } = await startOcto();
    expect((await client.get("/orgs/OCTO-ORG")).body).toMatchObject({
      login: "octo-org",
      id: 65,
      plan: { name: "enterprise" },
    });
    expect((await client.get("/users/octo-org")).body).toMatchObject({ login: "octo-org", type: "Organization" });
    expect((await client.get("/users/OctoCat")).body).toMatchObject({ login: "octocat", id: 77, type: "User" });
    expect((await client.get("/users/octocat/keys")).body).toEqual([]);
    expect((await client.get("/users/octocat/gpg_keys")).body).toEqual([]);
    expect((await client.get("/repos/Octo-Org/Web-Shop")).body).toMatchObject({
      full_name: "octo-org/web-shop",
      id: 74,
      visibility: "private",
      private: true,
    });
  });

  test("are the same by id", async () => {
    const { client } = await startOcto();
    expect((await client.get("/repositories/74")).body).toEqual((await client.get(REPOSITORY)).body);
    expect((await client.get("/organizations/65")).body).toEqual((await client.get(ORGANIZATION)).body);
    expect((await client.get("/organizations/65/team/88")).body).toEqual(
      (await client.get(`${ORGANIZATION}/teams/release-managers`)).body,
    );
  });

  test("know of no members and no repositories of a team", async () => {
    const { client } = await startOcto();
    for (const team of [`${ORGANIZATION}/teams/release-managers`, "/organizations/65/team/88"]) {
      expect((await client.get(`${team}/members`)).body).toEqual([]);
      expect((await client.get(`${team}/repos?per_page=100`)).body).toEqual([]);
    }
  });

  test.each([
    "/orgs/nobody",
    "/orgs/octocat",
    "/users/nobody",
    "/users/nobody/keys",
    `${ORGANIZATION}/teams/nobody`,
    `${ORGANIZATION}/teams/nobody/members`,
    "/organizations/65/team/1",
    "/organizations/1",
    "/organizations/77/team/88",
    "/repos/octo-org/nothing",
    "/repositories/1",
    "/repositories/x",
    "/nothing",
  ])("are not found at %s", async (path) => {
    const { client } = await startOcto();
    expect(await client.get(path)).toMatchObject({ status: 404, body: { message: "Not Found", status: "404" } });
  });

  test("get free ids when they ask for none", async () => {
    const { api } = await startOcto({
      repositories: [{ name: "a" }, { name: "b", id: 1001 }, { name: "c" }],
      users: [{ login: "u" }],
      teams: [{ slug: "t" }],
    });
    const { repositories, owner } = api.state;
    const ids = [
      ...repositories.map(({ id }) => id),
      owner.id,
      ...owner.teams.map(({ id }) => id),
      api.state.account("u").id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(api.state.repository("b").id).toBe(1001);
  });

  test("of a person leave the organization's paths empty", async () => {
    const { client } = await startOcto({
      owner: { login: "octocat", id: 1, type: "User", plan: "pro" },
      users: [],
      teams: [],
      repositories: [{ name: "dotfiles" }],
    });
    expect((await client.get("/orgs/octocat")).status).toBe(404);
    expect((await client.get("/repos/octocat/dotfiles")).body).toMatchObject({ owner: { type: "User" } });
    expect((await client.put("/repos/octocat/dotfiles/environments/prod")).status).toBe(200);
  });
});

describe("a repository that was renamed", () => {
  const rename = async () => {
    const started = await startOcto({ repositories: [{ name: "web-shop", id: 74, subjects: "names" }] });
    await started.client.put(`${REPOSITORY}/environments/a%2Fb`);
    started.api.state.renameRepository("web-shop", "shop");
    return started;
  };

  test("is found under its new name with all that it had", async () => {
    const { client } = await rename();
    expect((await client.get("/repos/octo-org/shop/environments/a%2Fb")).status).toBe(200);
    expect((await client.get("/repos/octo-org/shop")).body).toMatchObject({ id: 74, name: "shop" });
  });

  test("mints subjects with ids and with its new name", async () => {
    const { client } = await rename();
    expect((await client.get(`/repos/octo-org/shop${SUBJECT}`)).body).toMatchObject({
      sub_claim_prefix: "repo:octo-org@65/shop@74",
    });
  });

  test("answers reads of its old name with 301 and writes with 307, down to the same place", async () => {
    const { api, client } = await rename();
    const target = new URL("/api/v3/repositories/74/environments/a%2Fb", api.url).href;
    const read = await client.get(`${REPOSITORY}/environments/a%2Fb`);
    expect(read).toMatchObject({ status: 301, body: { message: "Moved Permanently", url: target } });
    expect(read.headers.get("location")).toBe(target);
    expect((await client.put(`${REPOSITORY}/environments/a%2Fb`)).status).toBe(307);
    expect((await client.get(`${REPOSITORY}/environments?per_page=5`)).headers.get("location")).toBe(
      new URL("/api/v3/repositories/74/environments?per_page=5", api.url).href,
    );
    expect((await client.get(REPOSITORY)).headers.get("location")).toBe(
      new URL("/api/v3/repositories/74", api.url).href,
    );
  });

  test("can be followed to by a client that keeps method and body", async () => {
    const { api } = await rename();
    const answer = await fetch(new URL(`/api/v3${REPOSITORY}/actions/variables`, api.url), {
      method: "POST",
      headers: { authorization: "Bearer x" },
      body: JSON.stringify({ name: "A", value: "1" }),
    });
    expect(answer.status).toBe(201);
    expect(api.state.repository("shop").variables.get("A").value).toBe("1");
  });

  test("gives its old name up to a new repository", async () => {
    const { api, client } = await rename();
    api.state.addRepository({ name: "web-shop", id: 80 });
    expect((await client.get(REPOSITORY)).body).toMatchObject({ id: 80 });
  });

  test("and renamed back answers under its first name", async () => {
    const { api, client } = await rename();
    api.state.renameRepository("shop", "web-shop");
    expect((await client.get(REPOSITORY)).status).toBe(200);
    expect((await client.get("/repos/octo-org/shop")).status).toBe(301);
  });

  test("twice is still found under both old names", async () => {
    const { api, client } = await rename();
    api.state.renameRepository("shop", "store");
    for (const old of ["web-shop", "shop"])
      expect((await client.get(`/repos/octo-org/${old}`)).headers.get("location")).toMatch(/repositories\/74$/);
  });

  test("and deleted is found nowhere", async () => {
    const { api, client } = await rename();
    api.state.deleteRepository("shop");
    for (const path of [REPOSITORY, "/repos/octo-org/shop", "/repositories/74"])
      expect((await client.get(path)).status).toBe(404);
  });

  test("on an Enterprise Server keeps names for subjects", async () => {
    const { api } = await startOcto({ flavour: "ghes" });
    expect(api.state.renameRepository("web-shop", "shop").subjectPrefix).toBe("repo:octo-org/shop");
  });
});

describe("a repository that was transferred", () => {
  const transfer = async () => {
    const started = await startOcto({
      otherOwners: [{ login: "acme", id: 66, plan: "team" }],
      repositories: [{ name: "web-shop", id: 74, subjects: "names" }],
    });
    await started.client.put(`${REPOSITORY}/environments/production`, {
      reviewers: [
        { type: "Team", id: 88 },
        { type: "User", id: 77 },
      ],
    });
    started.api.state.transferRepository("web-shop", "acme");
    return started;
  };

  test("is its new owner's, in its subjects too", async () => {
    const { client } = await transfer();
    expect((await client.get("/repos/acme/web-shop")).body).toMatchObject({ owner: { login: "acme" }, id: 74 });
    expect((await client.get(`/repos/acme/web-shop${SUBJECT}`)).body).toMatchObject({
      sub_claim_prefix: "repo:acme@66/web-shop@74",
    });
    expect((await client.get(REPOSITORY)).status).toBe(301);
  });

  test("leaves its former owner's teams behind", async () => {
    const { client } = await transfer();
    expect((await client.get("/repos/acme/web-shop/environments/production")).body).toMatchObject({
      protection_rules: [{ type: "required_reviewers", reviewers: [{ type: "User" }] }],
    });
  });

  test("has what its new owner's plan has", async () => {
    const { client } = await transfer();
    expect((await client.put("/repos/acme/web-shop/environments/production", { wait_timer: 5 })).status).toBe(422);
  });
});

describe("a person on GitHub's pages", () => {
  test("meets the rules that the API has", async () => {
    const { api } = await startOcto({
      repositories: [
        { name: "web-shop", id: 74 },
        { name: "api", id: 75 },
      ],
    });
    const repository = api.state.repository("web-shop");
    const refused = (action: () => unknown) => expect(action).toThrow(Refusal);
    refused(() => api.state.renameRepository("api", "web-shop"));
    refused(() => api.state.repository("nothing"));
    refused(() => api.state.addOwner({ login: "Octo-Org" }));
    refused(() => repository.variables.set("GITHUB_X", "1"));
    refused(() => repository.putEnvironment(" "));
    refused(() => repository.putEnvironment("production", { reviewers: [{ type: "User", id: 1 }] }));
    refused(() => repository.deleteEnvironment("production"));
  });

  test("adds and removes reviewers, patterns and environments that the API then shows", async () => {
    const { api, client } = await startOcto();
    const environment = api.state
      .repository("web-shop")
      .putEnvironment("Production", { reviewers: [{ type: "User", id: 77 }], deployableRefs: "patterns" });
    environment.addPolicy("main", "branch");
    expect((await client.get(`${REPOSITORY}/environments/production/deployment-branch-policies`)).body).toMatchObject({
      total_count: 1,
    });
    environment.protect({ reviewers: [] });
    expect((await client.get(`${REPOSITORY}/environments/production`)).body).toMatchObject({
      protection_rules: [{ type: "branch_policy" }],
    });
    api.state.repository("web-shop").deleteEnvironment("production");
    expect((await client.get(`${REPOSITORY}/environments/production`)).status).toBe(404);
  });

  test("cannot give an id out twice", async () => {
    const { api } = await startOcto();
    expect(() => api.state.addRepository({ name: "other", id: 74 })).toThrow("Repository id 74 is given out already");
    expect(() => api.state.addTeam({ slug: "other", id: 88 })).toThrow("Team id 88 is given out already");
    expect(() => api.state.addUser({ login: "other", id: 77 })).toThrow("Account id 77 is given out already");
    expect(() => api.state.addUser({ login: "third", id: 0 })).toThrow("An id is a positive whole number, not 0");
  });
});
