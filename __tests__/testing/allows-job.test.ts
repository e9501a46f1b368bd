import { fromStackJson } from "../../lib/readers/from-synth";
import type { AccessModel } from "../../lib/model/model";
import type { StatementModel, TrustModel } from "../../lib/trust/trust-model";
import type { GithubJob } from "../../lib/github/job";
import { allowsJob } from "../../lib/testing/allows-job";
import { stackJson } from "../../lib/testing/stack-json";
import { policy, REPOSITORY, sampleStack, statement, terraform } from "./sample";

const sample = fromStackJson(stackJson(sampleStack()));

function decided(model: AccessModel, role: string, job: GithubJob): string {
  const judgement = allowsJob(model, { role, job });
  return "undecided" in judgement ? judgement.undecided : judgement.explained.verdict.decision;
}

const immutable = { immutableSubject: true, ownerId: 65, repositoryId: 74 };
const release = "octo-org/ci/.github/workflows/release.yml@refs/heads/main";

describe("the sample", () => {
  test.each<[string, GithubJob, string]>([
    ["web-shop-production", { repository: REPOSITORY, environment: "production" }, "allow"],
    ["web-shop-production", { repository: REPOSITORY, environment: "production", ...immutable }, "allow"],
    ["web-shop-production", { repository: REPOSITORY, environment: "staging" }, "deny"],
    ["web-shop-production", { repository: REPOSITORY, branch: "main" }, "deny"],
    ["web-shop-production", { repository: "stranger/web-shop", environment: "production" }, "deny"],
    ["web-shop-production", { repository: "stranger/web-shop", environment: "production", ...immutable }, "deny"],
    // The plan reads the subject in GitHub's spelling, whatever the file's.
    ["web-shop-production", { repository: "Octo-Org/Web-Shop", environment: "production" }, "allow"],
    ["web-shop-production", { repository: "Octo-Org/Web-Shop", environment: "Production" }, "deny"],
    [
      "web-shop-production",
      { repository: REPOSITORY, environment: "production", audience: "https://github.com/octo-org" },
      "deny",
    ],
    [
      "web-shop-production",
      { repository: REPOSITORY, environment: "production", issuer: "https://token.actions.octo.ghe.com" },
      "deny",
    ],
    ["web-shop-plan", { repository: REPOSITORY, pullRequest: 7 }, "allow"],
    ["web-shop-plan", { repository: REPOSITORY, pullRequest: 7, ...immutable }, "allow"],
    ["web-shop-plan", { repository: REPOSITORY }, "allow"],
    ["web-shop-plan", { repository: REPOSITORY, branch: "topic" }, "deny"],
    ["web-shop-plan", { repository: REPOSITORY, subjectTemplate: ["repository_id"] }, "deny"],
    ["web-shop-release", { repository: REPOSITORY, tag: "v1", reusableWorkflow: release }, "allow"],
    ["web-shop-release", { repository: REPOSITORY, tag: "v1" }, "deny"],
    ["arn:aws:iam::111122223333:role/github/web-shop-plan", { repository: REPOSITORY }, "allow"],
  ])("%s, %j: %s", (role, job, decision) => expect(decided(sample, role, job)).toBe(decision));

  test("both forms, of which the plan reads the ids, admit a job of either", () => {
    const trust = (lookup: string): AccessModel => {
      const [account, ...others] = sample.accounts;
      const both: TrustModel = {
        version: "2012-10-17",
        statements: [
          statement("repo:octo-org/web-shop:environment:production"),
          statement([{ lookup, withIds: true }, ":environment:production"]),
        ],
      };
      return {
        ...sample,
        accounts: account
          ? [
              { ...account, roles: account.roles.slice(0, 1).map((role) => ({ ...role, name: "both", trust: both })) },
              ...others,
            ]
          : [],
      };
    };
    const job = { repository: REPOSITORY, environment: "production" };
    expect([
      decided(trust(REPOSITORY), "both", job),
      decided(trust(REPOSITORY), "both", { ...job, ...immutable }),
    ]).toEqual(["allow", "allow"]);
    expect([
      decided(trust("octo-org/other"), "both", { ...job, ...immutable }),
      decided(trust(REPOSITORY), "both", { ...job, environment: "staging", ...immutable }),
    ]).toEqual(["deny", "deny"]);
  });

  test("a session's name that the role asks for is given, or is the action's own", () => {
    const asking = fromStackJson(
      terraform(
        policy("repo:octo-org/web-shop:ref:refs/heads/main").replace(
          '"StringEquals":{',
          '"StringEquals":{"sts:RoleSessionName":"deploy",',
        ),
      ),
    );
    const allowed = (sessionName?: string): unknown => {
      const judgement = allowsJob(asking, {
        role: "deploy",
        job: { repository: REPOSITORY },
        ...(sessionName === undefined ? {} : { sessionName }),
      });
      return "explained" in judgement && judgement.explained.verdict.decision;
    };
    expect([allowed("deploy"), allowed("other"), allowed()]).toEqual(["allow", "deny", "deny"]);
  });

  test("a job that GitHub cannot have is refused, whatever the role", () => {
    expect(() => allowsJob(sample, { role: "nobody", job: { repository: "web-shop" } })).toThrow(RangeError);
  });
});

describe("client ids of the provider", () => {
  test("refuse an audience that the policy wants", () => {
    const clientIds = (ids: string[]): AccessModel => ({
      ...sample,
      accounts: sample.accounts.map((account) => ({
        ...account,
        providers: account.providers.map((provider) => ({ ...provider, clientIds: ids })),
      })),
    });
    expect(decided(clientIds(["octo"]), "web-shop-plan", { repository: REPOSITORY })).toBe("deny");
    expect(decided(clientIds(["octo", "sts.amazonaws.com"]), "web-shop-plan", { repository: REPOSITORY })).toBe(
      "allow",
    );
  });
});

describe("what cannot be told", () => {
  const trusting = (trust: TrustModel): AccessModel => ({
    ...sample,
    accounts: sample.accounts.map((account) => ({
      ...account,
      roles: account.roles.slice(0, 1).map((role) => ({ ...role, trust })),
    })),
  });
  const having = (...statements: StatementModel[]): AccessModel => trusting({ version: "2012-10-17", statements });
  const job = { repository: REPOSITORY };

  test.each<[string, AccessModel, string]>([
    ["a trust policy", trusting({ unknown: "var.policy" }), "its trust policy is not known: var.policy"],
    [
      "a part of one",
      having(statement(["repo:", { unknown: "var.repository" }, ":*"])),
      "a part of its trust policy is not known: var.repository",
    ],
    [
      "a part of a denial",
      having(statement("repo:octo-org/*"), statement([{ unknown: "var.denied" }], "Deny")),
      "a part of its trust policy is not known: var.denied",
    ],
    [
      "a policy that AWS refuses",
      trusting({ refused: ["there is no statement"] }),
      "AWS would refuse its trust policy: there is no statement",
    ],
  ])("%s", (_, model, undecided) => expect(decided(model, "web-shop-production", job)).toBe(undecided));

  test("a role that is not there: the nearest is named", () => {
    expect(decided(sample, "web-shop-prodction", job)).toBe(
      'there is no role "web-shop-prodction": did you mean "web-shop-production"?\nThe roles are web-shop-production, web-shop-plan, web-shop-release',
    );
  });
  test("two roles of one name", () => {
    const twice = { ...sample, accounts: [...sample.accounts, ...sample.accounts] };
    expect(decided(twice, "web-shop-plan", job)).toMatch(/^2 roles are named "web-shop-plan": give the ARN of one/);
  });
});

test("an explicit denial wins", () => {
  const [account] = sample.accounts;
  const [role] = account?.roles ?? [];
  if (!account || !role) throw new Error("the sample has no role");
  const trust: TrustModel = {
    version: "2012-10-17",
    statements: [statement("repo:octo-org/*"), statement("*:pull_request", "Deny")],
  };
  const model = { ...sample, accounts: [{ ...account, roles: [{ ...role, trust }] }] };
  expect(decided(model, "web-shop-production", { repository: REPOSITORY })).toBe("allow");
  expect(decided(model, "web-shop-production", { repository: REPOSITORY, pullRequest: 7 })).toBe("deny");
});

test("a prefix that is written out holds for its form alone", () => {
  const model = fromStackJson(terraform(policy("repo:octo-org@65/web-shop@74:ref:refs/heads/main")));
  expect(decided(model, "deploy", { repository: REPOSITORY, ...immutable })).toBe("allow");
  expect(decided(model, "deploy", { repository: REPOSITORY })).toBe("deny");
  expect(decided(model, "deploy", { repository: REPOSITORY, ...immutable, repositoryId: 75 })).toBe("deny");
});
