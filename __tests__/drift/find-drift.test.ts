import { findDrift } from "../../lib/drift/find-drift";
import { GithubClient } from "../../lib/drift/github-client";
import { driftOutputSchema, DRIFT_KINDS, type DriftOutput } from "../../lib/drift/output";
import type { GithubApi, Repository } from "../../lib/sandbox/github-api";
import { ACCESS, octoShop } from "./octo-shop";

describe("drift", () => {
  let api: GithubApi;
  let shop: Repository;
  const find = async (accounts = ACCESS.accounts): Promise<DriftOutput> =>
    driftOutputSchema.parse(
      await findDrift(
        new GithubClient({ apiUrl: api.url, token: "anything", wait: () => Promise.resolve() }),
        accounts,
      ),
    );
  const differences = async (): Promise<string[]> =>
    (await find()).drift.map(
      ({ account, environment, kind, name, file, github, seenByPlan }) =>
        `${[account, environment, kind, name].filter(Boolean).join(" ")}: ${file} | ${github}${seenByPlan ? "" : " (not seen)"}`,
    );
  beforeEach(async () => {
    api = await octoShop();
    shop = api.state.repository("web-shop");
  });
  afterEach(() => api.stop());
  const production = () => shop.environment("production");

  test("there is none after an apply, in whatever case GitHub spells names, and with the secrets comes when they were set", async () => {
    const { drift, secrets } = await find();
    expect(drift).toEqual([]);
    expect(secrets).toEqual([
      {
        repository: "octo-org/web-shop",
        environment: null,
        name: "RELEASE_ROLE",
        updatedAt: shop.secrets.get("RELEASE_ROLE").updatedAt,
      },
      {
        repository: "octo-org/web-shop",
        environment: "Production",
        name: "SENTRY_DSN",
        updatedAt: production().secrets.get("SENTRY_DSN").updatedAt,
      },
    ]);
  });

  /** What somebody does on GitHub's pages, and what is found. */
  const CHANGES: readonly (readonly [string, () => unknown, readonly string[]])[] = [
    [
      "takes every reviewer away",
      () => production().protect({ reviewers: [] }),
      ["production Production reviewers: team release-managers, user octocat | nobody (not seen)"],
    ],
    [
      "takes one reviewer away",
      () => production().protect({ reviewers: [{ type: "Team", id: 9 }] }),
      ["production Production reviewers: team release-managers, user octocat | team release-managers"],
    ],
    [
      "puts another reviewer in the place of one",
      () =>
        production().protect({
          reviewers: [
            { type: "Team", id: 9 },
            { type: "User", id: 78 },
          ],
        }),
      ["production Production reviewers: team release-managers, user octocat | team release-managers, user hubot"],
    ],
    [
      "adds a reviewer where there is none",
      () => shop.environment("open").protect({ reviewers: [{ type: "User", id: 78 }] }),
      ["staging open reviewers: nobody | user hubot"],
    ],
    [
      "shortens the wait",
      () => production().protect({ waitTimer: 9 }),
      ["production Production waitTimer: 10 min | 9 min"],
    ],
    [
      "ends the wait",
      () => production().protect({ waitTimer: 0 }),
      ["production Production waitTimer: 10 min | 0 min"],
    ],
    [
      "allows self-review",
      () => production().protect({ preventSelfReview: false }),
      ["production Production preventSelfReview: yes | no"],
    ],
    [
      "lets administrators bypass",
      () => production().protect({ canAdminsBypass: true }),
      ["production Production adminsCanBypass: no | yes"],
    ],
    [
      "lets every ref deploy",
      () => production().protect({ deployableRefs: "any" }),
      ["production Production deployFrom: branch main, branch release/*, tag v* | any ref"],
    ],
    [
      "adds a pattern",
      () => production().addPolicy("*", "branch"),
      [
        "production Production deployFrom: branch main, branch release/*, tag v* | branch *, branch main, branch release/*, tag v* (not seen)",
      ],
    ],
    [
      "makes a branch's pattern one of tags",
      () => (production().policies.delete(policy("main")), production().addPolicy("main", "tag")),
      ["production Production deployFrom: branch main, branch release/*, tag v* | branch release/*, tag main, tag v*"],
    ],
    [
      "takes a pattern away",
      () => production().policies.delete(policy("main")),
      ["production Production deployFrom: branch main, branch release/*, tag v* | branch release/*, tag v*"],
    ],
    ["deletes an environment", () => shop.deleteEnvironment("open"), ["staging open environment: there | not there"]],
    [
      "points a role's variable elsewhere",
      () => production().variables.set("AWS_ROLE_ARN", "arn:aws:iam::666666666666:role/evil"),
      [
        "production Production variable AWS_ROLE_ARN: arn:aws:iam::111122223333:role/github/web-shop-Production | arn:aws:iam::666666666666:role/evil",
      ],
    ],
    [
      "puts something of his own into a variable, which is not repeated",
      () => production().variables.set("LOG_LEVEL", "hunter2!"),
      ["production Production variable LOG_LEVEL: its value | another value"],
    ],
    [
      "moves the region",
      () => production().variables.set("AWS_REGION", "us-east-1"),
      ["production Production variable AWS_REGION: eu-west-1 | us-east-1"],
    ],
    [
      "deletes a variable",
      () => shop.variables.delete("AWS_PLAN_ROLE_ARN"),
      ["production variable AWS_PLAN_ROLE_ARN: arn:aws:iam::111122223333:role/github/web-shop-plan | not there"],
    ],
    [
      "deletes a secret of an environment",
      () => production().secrets.delete("SENTRY_DSN"),
      ["production Production secret SENTRY_DSN: there | not there"],
    ],
    [
      "deletes a secret of the repository",
      () => shop.secrets.delete("RELEASE_ROLE"),
      ["production secret RELEASE_ROLE: there | not there"],
    ],
    [
      "sets a template",
      () => shop.customizeSubject({ useDefault: false, includeClaimKeys: ["actor"] }),
      ["production subject: GitHub's default template | a template of actor (not seen)"],
    ],
    [
      "has another repository follow its organization's template",
      () => api.state.repository("ci").customizeSubject({ useDefault: false }),
      ["production subject: GitHub's default template | the organization's template"],
    ],
    [
      "lists the default's own keys",
      () => shop.customizeSubject({ useDefault: false, includeClaimKeys: ["repo", "context"] }),
      [],
    ],
    [
      "unprotects the branch",
      () => shop.branches.unprotect("main"),
      [
        "staging protectedBranches main: protected | not protected",
        "staging preview deployFrom: protected branches | no protected branch, so that every branch may deploy",
      ],
    ],
    [
      "leaves protection to a ruleset",
      () => (shop.branches.unprotect("main"), shop.branches.rule("main")),
      [
        "staging protectedBranches main: protected | protected by a ruleset alone",
        "staging preview deployFrom: protected branches | branches protected by rulesets alone, which environments may not regard",
      ],
    ],
    [
      "renames the repository",
      () => api.state.renameRepository("web-shop", "shop"),
      [
        "production repository: octo-org/web-shop | octo-org/shop (not seen)",
        "production subject: repo:octo-org@65/web-shop@74 | repo:octo-org@65/shop@74 (not seen)",
      ],
    ],
    [
      "adds an environment, a variable and a secret that the file says nothing of",
      () => (shop.putEnvironment("other"), production().variables.set("X", "y"), shop.secrets.set("Z", "z")),
      [],
    ],
  ];
  const policy = (name: string): number => production().policies.find(name, "branch")?.id ?? 0;

  test.each(CHANGES)("is found when somebody %s", async (_, change, expected) => {
    change();
    expect(await differences()).toEqual(expected);
  });

  test("knows of every kind of difference", async () => {
    const found = new Set<string>();
    for (const [, , expected] of CHANGES)
      for (const each of expected)
        for (const kind of DRIFT_KINDS) if (each.split(":")[0]?.split(" ").includes(kind)) found.add(kind);
    expect([...found].sort()).toEqual([...DRIFT_KINDS].sort());
  });

  test("tells everything at once", async () => {
    production().protect({ waitTimer: 0, canAdminsBypass: true, reviewers: [] });
    expect(await differences()).toHaveLength(3);
  });

  test("is of the accounts that were asked for", async () => {
    production().protect({ waitTimer: 0 });
    expect((await find([ACCESS.account("staging")])).drift).toEqual([]);
    expect((await find([ACCESS.account("production")])).drift).toHaveLength(1);
  });

  test("is read with few requests: nothing that the file says nothing of", async () => {
    api.clearRequests();
    await find([ACCESS.account("staging")]);
    expect(api.requests.map(({ path }) => path.replace(/^\/api\/v3/, "")).sort()).toEqual([
      "/repos/octo-org/web-shop",
      "/repos/octo-org/web-shop/branches?protected=true&per_page=100",
      "/repos/octo-org/web-shop/environments?per_page=100",
    ]);
    expect(api.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  test("is found behind the first page", async () => {
    for (let index = 0; index < 60; index += 1) production().variables.create(`V_${index}`, "x");
    for (let index = 0; index < 120; index += 1) shop.putEnvironment(`a-${index}`);
    production().variables.set("LOG_LEVEL", "debug");
    expect(await differences()).toEqual(["production Production variable LOG_LEVEL: its value | another value"]);
  });
});
