import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { findDrift } from "../../lib/drift/find-drift";
import { GithubClient } from "../../lib/drift/github-client";
import { GithubApi } from "../../lib/sandbox/github-api";

const WORKFLOW = "octo-org/ci/.github/workflows/deploy.yml@refs/heads/main";
const TEMPLATE = ["repo", "context", "job_workflow_ref"];
const repository = (settings: object): AccessConfig => ({
  github: { owner: "octo-org" },
  accounts: {
    production: { id: "111122223333", region: "eu-west-1" },
    staging: { id: "222233334444", region: "eu-west-1" },
  },
  organization: { account: "staging", subjectTemplate: TEMPLATE },
  repositories: {
    web: {
      account: "staging",
      ...settings,
      roles: { deploy: { account: "production", allow: [{ branch: "main", workflow: WORKFLOW }] } },
    },
  },
});

const OWN = "a template of repo, context, job_workflow_ref";
const ANOTHER = "a template of repo, context, actor";
const ORGANIZATION = "the organization's template";
const DEFAULT = "GitHub's default template";

/** What the file says of the repository's template, what GitHub has, and what is found of the account that trusts it and of the one that sets it. */
const TEMPLATES: readonly (readonly [
  file: AccessConfig["repositories"][string],
  github: { useDefault: boolean; includeClaimKeys?: readonly string[] },
  found: readonly string[],
])[] = [
  [{ subjectTemplate: TEMPLATE }, { useDefault: false, includeClaimKeys: TEMPLATE }, []],
  [
    { subjectTemplate: TEMPLATE },
    { useDefault: false, includeClaimKeys: ["repo", "context", "actor"] },
    [`${OWN} | ${ANOTHER}`],
  ],
  [{ subjectTemplate: TEMPLATE }, { useDefault: false }, [`${OWN} | ${ORGANIZATION}`]],
  [{ subjectTemplate: TEMPLATE }, { useDefault: true }, [`${OWN} | ${DEFAULT}`]],
  [{ subjectTemplate: "organization" }, { useDefault: false }, []],
  [
    { subjectTemplate: "organization" },
    { useDefault: false, includeClaimKeys: TEMPLATE },
    [`${ORGANIZATION} | ${OWN}`],
  ],
  [{ subjectTemplate: "organization" }, { useDefault: true }, [`${ORGANIZATION} | ${DEFAULT}`]],
  [{ subjectTemplate: "default" }, { useDefault: true }, []],
  [{ subjectTemplate: ["repo", "context"] }, { useDefault: true }, []],
  [{ subjectTemplate: "default" }, { useDefault: false, includeClaimKeys: TEMPLATE }, [`${DEFAULT} | ${OWN}`]],
  [{ subjectTemplate: { claims: TEMPLATE, also: "default" } }, { useDefault: false, includeClaimKeys: TEMPLATE }, []],
  // The template is still to be applied: the one before is trusted, and is not what the file asks for.
  [{ subjectTemplate: { claims: TEMPLATE, also: "default" } }, { useDefault: true }, [`${OWN} | ${DEFAULT}`]],
];

describe("drift of a repository's subjects", () => {
  let api: GithubApi;
  beforeEach(async () => {
    api = await GithubApi.start({ owner: { login: "octo-org", id: 65 }, repositories: [{ name: "web", id: 74 }] });
  });
  afterEach(() => api.stop());
  const drift = async (config: AccessConfig) =>
    (await findDrift(new GithubClient({ apiUrl: api.url, token: "t" }), Access.from(config).accounts)).drift;

  test.each(TEMPLATES)("with %j in the file and %j on GitHub", async (settings, github, found) => {
    api.state.repository("web").customizeSubject(github);
    const differences = await drift(repository(settings ?? {}));
    expect(
      differences
        .filter(({ account }) => account === "production")
        .map(({ kind, file, github: actual }) => `${kind}: ${file} | ${actual}`),
    ).toEqual(found.map((each) => `subject: ${each}`));
    expect(
      differences
        .filter(({ account }) => account === "staging")
        .map(({ file, github: actual, seenByPlan }) => `${file} | ${actual}${seenByPlan ? "" : " (not seen)"}`),
    ).toEqual(found);
  });

  test("names the stack that puts a template back", async () => {
    const differences = await drift(repository({ subjectTemplate: TEMPLATE }));
    expect(Object.fromEntries(differences.map(({ account, fix }) => [account, fix]))).toEqual({
      production:
        "plan and apply the stack that sets the template, or change the file: no job of it can assume a role until then",
      staging: 'plan and apply the stack "staging", or change the file',
    });
  });

  test.each(["immutable", "names"] as const)(
    "is none where both forms are trusted, the ids are read in the plan, and GitHub mints %s",
    async (subjects) => {
      await api.stop();
      api = await GithubApi.start({
        owner: { login: "octo-org", id: 65 },
        repositories: [{ name: "web", id: 74, subjects }],
      });
      expect(
        await drift({
          ...repository({}),
          repositories: {
            web: { subjects: "both", roles: { deploy: { account: "production", allow: [{ branch: "main" }] } } },
          },
        }),
      ).toEqual([]);
    },
  );
});
