import type { AccessConfig } from "../../lib/config/schema";
import { addresses, argumentsOf, blockAt, blocksOf, terraformJson } from "../constructs/terraform-json";
import { oneAccount, synthesize, synthesizeMain } from "./synthesize";

const SEALED = { encrypted: Buffer.alloc(60, 7).toString("base64"), keyId: "568250167242549743" };
const ROLE_ARN = "${aws_iam_role.web__role__plan.arn}";

const CONFIG: AccessConfig = {
  ...oneAccount({
    repositories: {
      web: {
        variables: { TEMPLATE: "${x}" },
        secrets: { DSN: { fromVariable: "dsn" }, KEY: SEALED },
        roles: {
          plan: {
            allow: [{ branch: "main" }],
            publish: [
              { variable: "ARN" },
              { variable: "REGION", value: "region" },
              { variable: "ACCOUNT", value: "accountId" },
              { variable: "PARTITION", value: "partition" },
              { variable: "NAME", value: "name" },
              { secret: "ARN" },
              { secret: "NAME", value: "name" },
              { secret: "REGION", value: "region" },
              { variable: "PLAN", organization: "all" },
              { secret: "PLAN", organization: ["web", "Web.api"] },
            ],
          },
        },
      },
    },
  }),
  organization: {
    variables: { LEVEL: { value: "info", repositories: ["web"] } },
    secrets: { SEALED: { ...SEALED, repositories: "private" } },
  },
};

describe("Values of repositories and of the organization", () => {
  const json = terraformJson(synthesize(CONFIG), "main");
  const at = (address: string): Record<string, unknown> => argumentsOf(blockAt(json.resource, address));

  test("are what the file gives a repository", () => {
    expect(at("github_actions_variable.web__TEMPLATE")).toEqual({
      repository: "web",
      variable_name: "TEMPLATE",
      value: "$${x}",
    });
    expect(at("github_actions_secret.web__DSN")).toEqual({
      repository: "web",
      secret_name: "DSN",
      plaintext_value: "${var.dsn}",
    });
    expect(at("github_actions_secret.web__KEY")).toEqual({
      repository: "web",
      secret_name: "KEY",
      encrypted_value: SEALED.encrypted,
    });
    expect(json.variable?.["dsn"]).toMatchObject({ sensitive: true, nullable: false });
  });

  test("are each fact of a role and its account", () => {
    const values = Object.fromEntries(
      ["ARN", "REGION", "ACCOUNT", "PARTITION", "NAME"].map((name) => [
        name,
        at(`github_actions_variable.web__${name}`)["value"],
      ]),
    );
    expect(values).toEqual({
      ARN: ROLE_ARN,
      REGION: "eu-west-1",
      ACCOUNT: "111122223333",
      PARTITION: "aws",
      NAME: "web-plan",
    });
  });

  test("are references where they are secrets", () => {
    const secrets = Object.fromEntries(
      ["ARN", "NAME", "REGION"].map((name) => [name, at(`github_actions_secret.web__${name}`)["plaintext_value"]]),
    );
    expect(secrets).toEqual({ ARN: ROLE_ARN, NAME: "${local.web__role__plan__name}", REGION: "${local.region}" });
    expect(json.locals).toMatchObject({ web__role__plan__name: "web-plan", region: "eu-west-1" });
  });

  test("are the organization's, for the repositories that are to see them", () => {
    expect(at("github_actions_organization_variable.PLAN")).toEqual({
      variable_name: "PLAN",
      value: ROLE_ARN,
      visibility: "all",
    });
    expect(at("github_actions_organization_variable.LEVEL")).toEqual({
      variable_name: "LEVEL",
      value: "info",
      visibility: "selected",
      selected_repository_ids: ["${data.github_repository.web.repo_id}"],
    });
    expect(at("github_actions_organization_secret.SEALED")).toEqual({
      secret_name: "SEALED",
      encrypted_value: SEALED.encrypted,
      visibility: "private",
    });
    const { selected_repository_ids: ids, ...secret } = at("github_actions_organization_secret.PLAN");
    expect(secret).toEqual({ secret_name: "PLAN", plaintext_value: ROLE_ARN, visibility: "selected" });
    expect(ids).toEqual([
      expect.stringMatching(/^\$\{data\.github_repository\.Web-api-[0-9a-f]{8}\.repo_id\}$/),
      "${data.github_repository.web.repo_id}",
    ]);
  });

  test("have the plan ask whether the owner is an organization, where one is the organization's", () => {
    expect(blockAt(json.data, "github_rest_api.owner__is__octo-org")["endpoint"]).toBe("orgs/octo-org");
    const without = synthesizeMain({ repositories: { web: { variables: { A: "x" } } } });
    expect(without.data).toBeUndefined();
    expect([...addresses(without).keys()]).toEqual([
      "aws_iam_openid_connect_provider.github",
      "github_actions_variable.web__A",
    ]);
  });

  test("have addresses that none of a repository with a like name has", () => {
    const twin = synthesizeMain({
      github: { subjects: "lookup" },
      repositories: {
        owner: {
          roles: { plan: { allow: [{ branch: "main" }], publish: { variable: "X", organization: ["owner"] } } },
        },
      },
    });
    expect(Object.keys(twin.data?.["github_rest_api"] ?? {}).sort()).toEqual(["owner", "owner__is__octo-org"]);
  });

  test("are set by the stack of the account that the file names, and need GitHub's provider there alone", () => {
    const app = synthesize({
      ...CONFIG,
      accounts: {
        main: { id: "111122223333", region: "eu-west-1" },
        other: { id: "222233334444", region: "eu-west-1" },
      },
      organization: { account: "other", variables: { LEVEL: { value: "info", repositories: "all" } } },
      repositories: { web: { account: "other", variables: { A: "x" } } },
    });
    expect([...addresses(terraformJson(app, "other")).keys()].filter((each) => each.startsWith("github_"))).toEqual([
      "github_actions_organization_variable.LEVEL",
      "github_actions_variable.web__A",
    ]);
    expect(Object.keys(terraformJson(app, "main").provider)).toEqual(["aws"]);
  });
});

describe("GitHub's provider for Terraform", () => {
  const SECRETS = ["github_actions_secret", "github_actions_environment_secret", "github_actions_organization_secret"];
  const build = (terraformProvider?: string) =>
    synthesizeMain({
      github: terraformProvider === undefined ? {} : { terraformProvider },
      repositories: {
        web: {
          secrets: { A: { fromVariable: "a" }, B: SEALED },
          environments: { live: { secrets: { A: { fromVariable: "a" }, B: SEALED } } },
          roles: { plan: { allow: [{ branch: "main" }], publish: { secret: "C", organization: "all" } } },
        },
      },
    });
  const argumentsUsed = (json: ReturnType<typeof build>): string[] =>
    [
      ...new Set(
        SECRETS.flatMap((type) => blocksOf(json.resource, type).flatMap((block) => Object.keys(argumentsOf(block)))),
      ),
    ]
      .filter((each) => /value|key/.test(each))
      .sort();

  test.each([
    [undefined, ">= 6.9.1, < 7.0.0", ["encrypted_value", "plaintext_value"]],
    ["6.9.1", ">= 6.9.1, < 7.0.0", ["encrypted_value", "plaintext_value"]],
    ["6.11.9", ">= 6.11.9, < 7.0.0", ["encrypted_value", "plaintext_value"]],
    ["6.12", ">= 6.12.0, < 7.0.0", ["key_id", "value", "value_encrypted"]],
    ["6.100", ">= 6.100.0, < 7.0.0", ["key_id", "value", "value_encrypted"]],
  ])("is of version %j on: %s, with the arguments %j of secrets", (least, range, used) => {
    const json = build(least);
    expect(json.terraform.required_providers["github"]?.version).toBe(range);
    expect(argumentsUsed(json)).toEqual(used);
  });

  test("is new enough for a colon whatever the file asks for, and never older than that", () => {
    const versionOf = (terraformProvider: string) =>
      synthesizeMain({ github: { terraformProvider }, repositories: { web: { environments: { "a:b": null } } } })
        .terraform.required_providers["github"]?.version;
    expect(versionOf("6.9.1")).toBe(">= 6.10.0, < 7.0.0");
    expect(versionOf("6.13")).toBe(">= 6.13.0, < 7.0.0");
  });
});
