import { App } from "cdktf";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { AccountStack } from "../../stacks/account-stack";
import { addresses, blockAt, blocksOf, terraformJson } from "../constructs/terraform-json";
import { synthesize } from "./synthesize";

const CONFIG: AccessConfig = {
  github: { owner: "octo-org" },
  accounts: {
    staging: { id: "222233334444", region: "eu-west-1" },
    production: { id: "111122223333", region: "eu-central-1", rolePath: "/github/" },
  },
  repositories: {
    web: {
      environments: {
        "live:eu": {
          account: "production",
          variables: { LEVEL: "info" },
          role: { name: "live", accounts: "all" },
          roles: {
            migrate: {
              name: "migrate",
              account: "staging",
              publish: [{ secret: "MIGRATE" }, { secret: "MIGRATE_ACCOUNT", value: "accountId" }],
            },
          },
        },
      },
    },
  },
};

describe("An environment with roles in several accounts", () => {
  const app = synthesize(CONFIG);
  const [staging, production] = [terraformJson(app, "staging"), terraformJson(app, "production")];
  const HASHED = /web__live-eu-[0-9a-f]{8}/g;
  const placesOf = (json: typeof staging): string[] =>
    [...addresses(json).keys()]
      .filter((each) => !each.startsWith("data."))
      .map((each) => each.replaceAll(HASHED, "web__ENV"))
      .sort();

  test("is made in one stack, and gets values of each", () => {
    expect(placesOf(production)).toEqual([
      "aws_iam_openid_connect_provider.github",
      "aws_iam_role.web__ENV",
      "github_actions_environment_variable.web__ENV__AWS_REGION_PRODUCTION",
      "github_actions_environment_variable.web__ENV__AWS_ROLE_ARN_PRODUCTION",
      "github_actions_environment_variable.web__ENV__LEVEL",
      "github_repository_environment.web__ENV",
    ]);
    expect(placesOf(staging)).toEqual([
      "aws_iam_openid_connect_provider.github",
      "aws_iam_role.web__ENV",
      "aws_iam_role.web__ENV__role__migrate",
      "github_actions_environment_secret.web__ENV__MIGRATE",
      "github_actions_environment_secret.web__ENV__MIGRATE_ACCOUNT",
      "github_actions_environment_variable.web__ENV__AWS_REGION_STAGING",
      "github_actions_environment_variable.web__ENV__AWS_ROLE_ARN_STAGING",
    ]);
  });

  test("is named as it is in the stacks that do not make it, and referred to in the one that does", () => {
    for (const block of blocksOf(staging.resource, "github_actions_environment_variable"))
      expect([block["repository"], block["environment"]]).toEqual(["web", "live:eu"]);
    for (const block of blocksOf(production.resource, "github_actions_environment_variable"))
      expect(block["environment"]).toMatch(
        /^\$\{github_repository_environment\.web__live-eu-[0-9a-f]{8}\.environment\}$/,
      );
  });

  test("has no secret written out, not even an account's id", () => {
    const secrets = blocksOf(staging.resource, "github_actions_environment_secret").map((block) =>
      String(block["plaintext_value"]),
    );
    expect(secrets.map((each) => each.replace(HASHED, "web__ENV")).sort()).toEqual([
      "${aws_iam_role.web__ENV__role__migrate.arn}",
      "${local.accountId}",
    ]);
    expect(staging.locals).toMatchObject({ accountId: "222233334444" });
  });

  test("asks in every stack for a provider that knows its colon", () => {
    for (const json of [staging, production])
      expect(json.terraform.required_providers["github"]?.version).toMatch(/^>= 6\.10\.0, /);
  });

  test("is trusted alike in each account, but for the account", () => {
    const trustOf = (json: typeof staging, id: string): string => {
      const roles = Object.entries(json.resource?.["aws_iam_role"] ?? {}).filter(([name]) => !name.includes("migrate"));
      return String(roles[0]?.[1]["assume_role_policy"]).replaceAll(id, "ACCOUNT");
    };
    expect(trustOf(staging, "222233334444")).toBe(trustOf(production, "111122223333"));
    expect(trustOf(staging, "222233334444")).toContain("ACCOUNT");
  });
});

describe("A stack that puts values into another's environment", () => {
  test("is deployed after it", () => {
    const app = new App();
    const access = Access.from(CONFIG);
    const stacks = new Map(access.accounts.map(({ name }) => [name, new AccountStack(app, name, access)]));
    expect([...stacks.keys()]).toEqual(["production", "staging"]);
    expect(stacks.get("staging")?.dependencies).toEqual([stacks.get("production")]);
    expect(stacks.get("production")?.dependencies).toEqual([]);
  });

  test("stands alone where the other is not in the app", () => {
    expect(new AccountStack(new App(), "staging", CONFIG).dependencies).toEqual([]);
  });

  test("does not wait where nothing is put into an environment", () => {
    const access = Access.from({
      ...CONFIG,
      repositories: {
        web: { roles: { plan: { accounts: "all", allow: [{ branch: "main" }], publish: { variable: "PLAN" } } } },
      },
    });
    const app = new App();
    const stacks = access.accounts.map(({ name }) => new AccountStack(app, name, access));
    expect(stacks.flatMap(({ dependencies }) => dependencies)).toEqual([]);
    expect(
      blockAt(terraformJson(synthesize(access), "staging").resource, "github_actions_variable.web__PLAN_STAGING")[
        "value"
      ],
    ).toBe("${aws_iam_role.web__role__plan.arn}");
  });
});
