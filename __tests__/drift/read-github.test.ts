import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expectedOf } from "../../lib/drift/expected";
import type { RepositoryFacts } from "../../lib/drift/facts";
import { GithubClient } from "../../lib/drift/github-client";
import { readRepository } from "../../lib/drift/read-github";
import { Access } from "../../lib/config/access";

const [EXPECTED] = expectedOf(
  Access.from({
    github: { owner: "octo-org", subjects: "name" },
    accounts: { main: { id: "111122223333", region: "eu-west-1" } },
    repositories: {
      web: {
        environments: { "a/b": { deployFrom: "protectedBranches" } },
        roles: { r: { allow: [{ branch: "main" }] } },
      },
    },
  }).accounts,
);

/** GitHub's answers by path; each is as little as GitHub's description asks for. */
const ANSWERS = {
  "/repos/octo-org/web": { full_name: "octo-org/web" },
  "/repos/octo-org/web/environments": { environments: [{ name: "A/B" }, { name: "other" }] },
  "/repos/octo-org/web/actions/oidc/customization/sub": { use_default: true },
  "/repos/octo-org/web/branches": [{ name: "main", protected: true }],
};

describe("what is read of GitHub", () => {
  let server: Server;
  let paths: string[];
  const read = async (answers: Partial<Record<keyof typeof ANSWERS, unknown>> = {}): Promise<RepositoryFacts> => {
    const all: Record<string, unknown> = { ...ANSWERS, ...answers };
    paths = [];
    server = createServer((request, response) => {
      const path = (request.url ?? "").replace(/\?.*/, "");
      paths.push(path);
      response.writeHead(path in all ? 200 : 404).end(JSON.stringify(all[path]));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const client = new GithubClient({
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      token: "t",
    });
    return readRepository(client, EXPECTED as NonNullable<typeof EXPECTED>);
  };
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("may be as little as it describes", async () => {
    expect(await read()).toEqual({
      fullName: "octo-org/web",
      environments: [
        {
          name: "A/B",
          reviewers: [],
          waitMinutes: 0,
          preventSelfReview: false,
          adminsCanBypass: undefined,
          deployFrom: "any ref",
          variables: new Map(),
          secrets: [],
        },
      ],
      variables: new Map(),
      secrets: [],
      subject: { template: "default", prefix: undefined },
      protectedBranches: [{ name: "main", hasRules: true }],
    });
  });

  test("may name reviewers who are gone, rules that are not known here, and nothing of a policy", async () => {
    const rules = [
      {
        type: "required_reviewers",
        reviewers: [{ type: "User", reviewer: null }, { type: "Team", reviewer: { slug: "ops" } }, {}],
      },
      { type: "a-rule-to-come" },
      { type: "wait_timer" },
    ];
    const { environments } = await read({
      "/repos/octo-org/web/environments": {
        environments: [{ name: "a/b", protection_rules: rules, deployment_branch_policy: null }],
      },
    });
    expect(environments[0]).toMatchObject({
      reviewers: [
        { kind: "user", name: "(gone from GitHub)" },
        { kind: "team", name: "ops" },
        { kind: "user", name: "(gone from GitHub)" },
      ],
      waitMinutes: 0,
      deployFrom: "any ref",
    });
  });

  test("asks for an environment's policies by the name that GitHub spells, encoded once", async () => {
    await expect(
      read({
        "/repos/octo-org/web/environments": {
          environments: [
            { name: "A/B", deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
          ],
        },
      }),
    ).rejects.toThrow("(404)");
    expect(paths).toContain("/repos/octo-org/web/environments/A%2FB/deployment-branch-policies");
  });
});
