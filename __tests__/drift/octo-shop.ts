import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { GithubApi, type GithubState } from "../../lib/sandbox/github-api";

/** A file that says something of everything that drift looks at. */
export const CONFIG = {
  github: { owner: "octo-org", ownerId: "65", plan: "enterprise" },
  accounts: {
    production: { id: "111122223333", region: "eu-west-1", rolePath: "/github/" },
    staging: { id: "222233334444", region: "eu-central-1" },
  },
  repositories: {
    "web-shop": {
      id: "74",
      account: "staging",
      subjects: "immutable",
      protectBranches: ["main"],
      environments: {
        Production: {
          reviewers: { teams: ["release-managers"], users: ["octocat"] },
          waitTimer: 10,
          preventSelfReview: true,
          deployFrom: { branches: ["main", "release/*"], tags: ["v*"] },
          variables: { LOG_LEVEL: "info" },
          secrets: { SENTRY_DSN: { fromVariable: "dsn" } },
          role: { account: "production" },
        },
        preview: { account: "staging", deployFrom: "protectedBranches" },
        open: { account: "staging", adminsCanBypass: true },
      },
      roles: {
        plan: { account: "production", allow: [{ pullRequest: true }], publish: { variable: "AWS_PLAN_ROLE_ARN" } },
        release: {
          account: "production",
          allow: [{ tag: "v*", repository: "ci" }],
          publish: { secret: "RELEASE_ROLE" },
        },
      },
    },
  },
} as const satisfies AccessConfig;

export const ACCESS = Access.from(CONFIG);

/** A GitHub that has what the file says, as an apply leaves it. */
export async function octoShop(): Promise<GithubApi> {
  const api = await GithubApi.start({
    owner: { login: "octo-org", id: 65 },
    otherOwners: [{ login: "evil-org", id: 66 }],
    users: [
      { login: "Octocat", id: 77 },
      { login: "hubot", id: 78 },
    ],
    teams: [{ slug: "release-managers", id: 9 }],
    repositories: [
      { name: "web-shop", id: 74 },
      { name: "ci", id: 75 },
    ],
  });
  apply(api.state);
  return api;
}

function apply(state: GithubState): void {
  const shop = state.repository("web-shop");
  shop.branches.protect("main", { enforceAdmins: true, conversationResolution: false });
  const production = shop.putEnvironment("Production", {
    reviewers: [
      { type: "Team", id: 9 },
      { type: "User", id: 77 },
    ],
    waitTimer: 10,
    preventSelfReview: true,
    canAdminsBypass: false,
    deployableRefs: "patterns",
  });
  for (const branch of ["release/*", "main"]) production.addPolicy(branch, "branch");
  production.addPolicy("v*", "tag");
  for (const [name, value] of Object.entries({
    LOG_LEVEL: "info",
    AWS_REGION: "eu-west-1",
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/github/web-shop-Production",
  }))
    production.variables.create(name, value);
  production.secrets.set("SENTRY_DSN", "https://key@sentry.example/1");
  shop.putEnvironment("preview", { canAdminsBypass: false, deployableRefs: "protected" });
  shop.putEnvironment("open");
  shop.variables.create("AWS_PLAN_ROLE_ARN", "arn:aws:iam::111122223333:role/github/web-shop-plan");
  shop.secrets.set("RELEASE_ROLE", "arn:aws:iam::111122223333:role/github/web-shop-release");
}
