import path from "node:path";
import { Access } from "../../lib/config/access";
import { AccessConfigError } from "../../lib/yaml/problem";
import type { AccessConfig } from "../../lib/config/schema";
import { AccountStack } from "../../stacks/account-stack";
import {
  addresses,
  blockAt,
  blocksOf,
  onlyBlock,
  synthesizeApp,
  terraformJson,
  type TerraformJson,
} from "../constructs/terraform-json";
import { AWS_VERSIONS, takes } from "./provider-schema";
import { oneAccount, synthesize, synthesizeMain } from "./synthesize";

const SAMPLE = Access.fromFile(path.resolve(__dirname, "../../access.yaml"));
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const document = (resource: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: resource }],
});

describe("What is published for a role", () => {
  test("is a reference to that role's ARN, never an ARN in text", () => {
    const { resource } = synthesizeMain({
      repositories: {
        web: {
          environments: {
            staging: { role: {} },
            production: { role: { publish: { variable: "ROLE" } } },
            secret: { role: { publish: { secret: "ROLE" } } },
          },
          roles: {
            plan: { allow: [{ pullRequest: true }], publish: { variable: "PLAN_ROLE" } },
            release: { allow: [{ tag: "v*" }], publish: { secret: "RELEASE_ROLE" } },
          },
        },
      },
    });
    expect(blockAt(resource, "github_actions_environment_variable.web__staging__AWS_ROLE_ARN")["value"]).toBe(
      "${aws_iam_role.web__staging.arn}",
    );
    expect(blockAt(resource, "github_actions_environment_variable.web__production__ROLE")["value"]).toBe(
      "${aws_iam_role.web__production.arn}",
    );
    expect(blockAt(resource, "github_actions_environment_secret.web__secret__ROLE")["plaintext_value"]).toBe(
      "${aws_iam_role.web__secret.arn}",
    );
    expect(blockAt(resource, "github_actions_variable.web__PLAN_ROLE")["value"]).toBe(
      "${aws_iam_role.web__role__plan.arn}",
    );
    expect(blockAt(resource, "github_actions_secret.web__RELEASE_ROLE")["plaintext_value"]).toBe(
      "${aws_iam_role.web__role__release.arn}",
    );
    for (const type of [
      "github_actions_environment_variable",
      "github_actions_environment_secret",
      "github_actions_variable",
      "github_actions_secret",
    ])
      for (const block of blocksOf(resource, type)) expect(JSON.stringify(block)).not.toContain("arn:aws");
  });

  test("stands beside the account's region in an environment", () => {
    const { resource } = synthesizeMain({
      account: { region: "eu-central-1" },
      repositories: { web: { environments: { production: { role: { publish: { secret: "ROLE" } } } } } },
    });
    expect(blockAt(resource, "github_actions_environment_variable.web__production__AWS_REGION")["value"]).toBe(
      "eu-central-1",
    );
  });

  test("is nothing where the file says so", () => {
    const { resource } = synthesizeMain({
      repositories: {
        web: {
          environments: { production: { role: { publish: false } } },
          roles: { plan: { allow: [{ pullRequest: true }] } },
        },
      },
    });
    expect(Object.keys(resource ?? {}).filter((type) => type.startsWith("github_"))).toEqual([
      "github_repository_environment",
    ]);
  });
});

describe("A trust policy", () => {
  const CONFIGS: AccessConfig[] = [
    oneAccount({
      repositories: {
        web: {
          environments: { production: { role: {} } },
          roles: { plan: { allow: [{ pullRequest: true }, { branch: "release/*" }, { branch: "main" }] } },
        },
      },
    }),
    oneAccount({
      github: { subjects: "name" },
      account: { audiences: ["sts.amazonaws.com", "octo"] },
      repositories: {
        web: { roles: { any: { allow: [{ any: true }, { tag: "v?", claims: { actor: ["a", "b*"] } }] } } },
      },
    }),
    oneAccount({
      github: { subjects: "both", ownerId: "1" },
      repositories: {
        web: {
          id: "2",
          roles: { any: { allow: [{ environment: "a:b", branch: "main" }, { subject: "repo:octo-org/*" }] } },
        },
      },
    }),
    oneAccount({
      account: { region: "cn-north-1" },
      repositories: { web: { environments: { production: { role: {} } } } },
    }),
  ];

  test.each(CONFIGS)(
    "parses as JSON, and each of its statements holds the audience and a subject (file %#)",
    (config) => {
      const { resource } = terraformJson(synthesize(config), "main");
      const account = Access.from(config).account("main");
      for (const role of blocksOf(resource, "aws_iam_role")) {
        const trust = JSON.parse(String(role["assume_role_policy"])) as {
          Version: string;
          Statement: { Condition: Record<string, Record<string, string | string[]>> }[];
        };
        expect(trust.Version).toBe("2012-10-17");
        expect(trust.Statement.length).toBeGreaterThan(0);
        for (const { Condition: condition } of trust.Statement) {
          expect([condition["StringEquals"]?.["token.actions.githubusercontent.com:aud"]].flat().sort()).toEqual(
            [...account.audiences].sort(),
          );
          expect(
            Object.values(condition)
              .flatMap((values) => Object.keys(values))
              .filter((key) => key.endsWith(":sub")),
          ).toHaveLength(1);
          expect(
            Object.keys(condition).filter((operator) => operator !== "StringEquals" && operator !== "StringLike"),
          ).toEqual([]);
        }
      }
    },
  );

  test("names the provider of its own account, whether that is made or looked up", () => {
    for (const oidcProvider of ["create", "existing"] as const) {
      const { resource, output } = synthesizeMain({
        account: { oidcProvider, region: "us-gov-west-1" },
        repositories: { web: { environments: { production: { role: {} } } } },
      });
      const arn = "arn:aws-us-gov:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
      expect(onlyBlock(resource, "aws_iam_role")["assume_role_policy"]).toContain(`"Federated":"${arn}"`);
      expect(output?.["oidc_provider_arn"]?.value).toBe(arn);
      expect(blocksOf(resource, "aws_iam_openid_connect_provider")).toHaveLength(oidcProvider === "create" ? 1 : 0);
    }
  });
});

describe("No stack", () => {
  test.each(SAMPLE.accounts.map(({ name }) => name))(
    "uses what the providers have deprecated, as %s of the sample shows",
    (name) => {
      const json = terraformJson(synthesize(SAMPLE), name);
      const keys = [...addresses(json).values()].flatMap((block) => Object.keys(block));
      for (const deprecated of [
        "inline_policy",
        "managed_policy_arns",
        "thumbprint_list",
        "encrypted_value",
        "destroy_on_drift",
      ])
        expect(keys).not.toContain(deprecated);
    },
  );

  test.each(SAMPLE.accounts.map(({ name }) => name))(
    "fetches GitHub's certificate, as %s of the sample shows",
    (name) => {
      const json = terraformJson(synthesize(SAMPLE), name);
      expect(Object.keys(json.data ?? {})).not.toContain("tls_certificate");
      expect(Object.keys(json.provider)).not.toContain("tls");
    },
  );
});

describe("Providers and versions", () => {
  const byName = { subjects: "name" as const, roles: { plan: { allow: [{ branch: "main" }] } } };

  test("stop a plan that has another account's credentials", () => {
    expect(synthesizeMain({ repositories: {} }).provider["aws"]).toEqual([
      { region: "eu-west-1", allowed_account_ids: ["111122223333"] },
    ]);
  });

  test("have AWS assume a role where the file names one", () => {
    const { provider } = synthesizeMain({
      account: { assumeRole: "arn:aws:iam::111122223333:role/terraform" },
      repositories: {},
    });
    expect(provider["aws"]?.[0]?.["assume_role"]).toEqual([{ role_arn: "arn:aws:iam::111122223333:role/terraform" }]);
  });

  test("are ranges, so that a user may take any release below the next major", () => {
    const { terraform } = synthesizeMain({ repositories: { web: { environments: { production: null } } } });
    expect(Object.keys(terraform.required_providers).sort()).toEqual(["aws", "github"]);
    for (const { version } of Object.values(terraform.required_providers))
      expect(version).toMatch(/^>= \d+\.\d+\.\d+, < \d+\.0\.0$/);
    expect(terraform.required_version).toMatch(/^>= \d+\.\d+\.\d+$/);
  });

  test("of GitHub are such as know an environment whose name has a colon", () => {
    const version = (name: string) =>
      synthesizeMain({ repositories: { web: { environments: { [name]: null } } } }).terraform.required_providers[
        "github"
      ]?.version;
    expect(version("production")).toMatch(/^>= 6\.9\.1, /);
    expect(version("production:eu")).toMatch(/^>= 6\.10\.0, /);
  });

  test("are without GitHub where nothing is published and nothing looked up", () => {
    const { terraform, provider, data } = synthesizeMain({ repositories: { web: byName } });
    expect(Object.keys(provider)).toEqual(["aws"]);
    expect(Object.keys(terraform.required_providers)).toEqual(["aws"]);
    expect(data).toBeUndefined();
  });

  test("are without GitHub where the subjects are written out", () => {
    const { provider, data } = synthesizeMain({
      repositories: { web: { roles: { plan: { allow: [{ subject: "repo:octo-org/web:environment:x" }] } } } },
    });
    expect(Object.keys(provider)).toEqual(["aws"]);
    expect(data).toBeUndefined();
  });

  test.each<[string, AccessConfig["repositories"]]>([
    ["an environment is made", { web: { environments: { production: null } } }],
    [
      "an ARN is published",
      { web: { ...byName, roles: { plan: { allow: [{ branch: "main" }], publish: { variable: "ROLE" } } } } },
    ],
    ["a repository is looked up", { web: { roles: { plan: { allow: [{ branch: "main" }] } } } }],
    [
      "another repository is looked up",
      { web: { subjects: "name", roles: { plan: { allow: [{ branch: "main", repository: "ci" }] } } } },
    ],
  ])("are with GitHub where %s", (_, repositories) => {
    expect(synthesizeMain({ repositories }).provider["github"]).toEqual([{ owner: "octo-org" }]);
  });

  test.each([
    ["octo.ghe.com", "https://api.octo.ghe.com/"],
    ["github.example.com", "https://github.example.com/"],
  ])("ask GitHub at %s under its address", (host, url) => {
    expect(
      synthesizeMain({ github: { host }, repositories: { web: { environments: { production: null } } } }).provider[
        "github"
      ],
    ).toEqual([{ owner: "octo-org", base_url: url }]);
  });

  test("trust the issuer that the enterprise's slug is in", () => {
    const { resource } = synthesizeMain({ github: { enterpriseSlug: "octo" }, repositories: {} });
    expect(onlyBlock(resource, "aws_iam_openid_connect_provider")["url"]).toBe(
      "https://token.actions.githubusercontent.com/octo",
    );
  });
});

describe("Environments", () => {
  test("keep administrators from bypassing, unless the file says otherwise", () => {
    const { resource } = synthesizeMain({
      repositories: { web: { environments: { production: null, staging: { adminsCanBypass: true } } } },
    });
    expect(blockAt(resource, "github_repository_environment.web__production")["can_admins_bypass"]).toBe(false);
    expect(blockAt(resource, "github_repository_environment.web__staging")["can_admins_bypass"]).toBe(true);
  });

  test("have a wait timer only where somebody waits", () => {
    const { resource } = synthesizeMain({
      repositories: { web: { environments: { production: { waitTimer: 30 }, staging: { waitTimer: 0 } } } },
    });
    expect(blockAt(resource, "github_repository_environment.web__production")["wait_timer"]).toBe(30);
    expect(blockAt(resource, "github_repository_environment.web__staging")).not.toHaveProperty("wait_timer");
  });

  test("have reviewers by numbers that are looked up, one team and user at a time", () => {
    const reviewers = { teams: ["release", "ops"], users: ["octocat"] };
    const { data, resource } = synthesizeMain({
      repositories: {
        web: { environments: { a: { reviewers }, b: { reviewers } } },
        api: { environments: { a: { reviewers: { users: ["octocat"] } } } },
      },
    });
    expect(Object.keys(data?.["github_team"] ?? {}).sort()).toEqual(["ops", "release"]);
    expect(Object.keys(data?.["github_user"] ?? {})).toEqual(["octocat"]);
    for (const name of ["a", "b"])
      expect(blockAt(resource, `github_repository_environment.web__${name}`)["reviewers"]).toEqual([
        {
          teams: ["${data.github_team.ops.id}", "${data.github_team.release.id}"],
          users: ["${data.github_user.octocat.id}"],
        },
      ]);
  });

  test("fill secrets from sensitive variables, each declared once", () => {
    const { variable, resource } = synthesizeMain({
      repositories: {
        web: {
          environments: {
            a: { secrets: { ONE: { fromVariable: "shared" }, TWO: { fromVariable: "shared" } } },
            b: { secrets: { ONE: { fromVariable: "shared" }, THREE: { fromVariable: "Resource" } } },
          },
        },
      },
    });
    const declaration = { type: "string", sensitive: true, nullable: false, description: expect.any(String) as string };
    expect(variable).toEqual({ shared: declaration, Resource: declaration });
    expect(
      blocksOf(resource, "github_actions_environment_secret")
        .map((secret) => secret["plaintext_value"])
        .sort(),
    ).toEqual(["${var.Resource}", "${var.shared}", "${var.shared}", "${var.shared}"]);
  });
});

describe("The state", () => {
  const backend = (s3: Record<string, unknown>) =>
    synthesizeMain({
      account: { backend: { s3: { bucket: "octo-tfstate", key: "github.tfstate", region: "eu-west-1", ...s3 } } },
      repositories: {},
    }).terraform.backend;

  test("is in S3 where the file says so, encrypted", () => {
    expect(backend({})).toEqual({
      s3: { bucket: "octo-tfstate", key: "github.tfstate", region: "eu-west-1", encrypt: true },
    });
  });

  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ useLockfile: true }, { use_lockfile: true }],
    [{ useLockfile: false }, { use_lockfile: false }],
    [
      { assumeRole: "arn:aws:iam::444455556666:role/state" },
      { assume_role: { role_arn: "arn:aws:iam::444455556666:role/state" } },
    ],
    [{ dynamodbTable: "locks" }, { dynamodb_table: "locks" }],
    [
      { encrypt: false, kmsKeyId: "alias/state" },
      { encrypt: false, kms_key_id: "alias/state" },
    ],
  ])("with %j has %j", (s3, expected) => {
    expect(backend(s3)["s3"]).toMatchObject(expected);
  });

  test("is a file beside the access file otherwise, named from the stack's own folder", () => {
    const app = synthesize(oneAccount({ repositories: {} }));
    const file = String(terraformJson(app, "main").terraform.backend["local"]?.["path"]);
    expect(path.isAbsolute(file)).toBe(false);
    expect(path.resolve(app.outdir, "stacks", "main", file)).toBe(path.resolve("terraform.main.tfstate"));
  });
});

describe("Outputs", () => {
  test("have every role of the account, by name", () => {
    const { output, resource } = synthesizeMain({
      repositories: {
        web: {
          environments: { production: { role: { name: "deploy" } } },
          roles: { plan: { allow: [{ branch: "main" }] } },
        },
        api: { roles: { plan: { allow: [{ branch: "main" }] } } },
      },
    });
    expect(output?.["role_arns"]?.value).toEqual({
      deploy: "${aws_iam_role.web__production.arn}",
      "web-plan": "${aws_iam_role.web__role__plan.arn}",
      "api-plan": "${aws_iam_role.api__role__plan.arn}",
    });
    expect(blocksOf(resource, "aws_iam_role")).toHaveLength(3);
  });
});

describe("Text of the file reaches AWS and GitHub as it stands", () => {
  test("in inline policies, whose policy variables are IAM's", () => {
    const { resource } = synthesizeMain({
      repositories: {
        web: {
          roles: {
            x: {
              allow: [{ branch: "main" }],
              inlinePolicies: { home: document("arn:aws:s3:::home/${aws:username}/*") },
            },
          },
        },
      },
    });
    expect(onlyBlock(resource, "aws_iam_role_policy")["policy"]).toBe(
      JSON.stringify(document("arn:aws:s3:::home/$${aws:username}/*")),
    );
  });

  test.each([
    ['${file("/etc/passwd")}', '$${file("/etc/passwd")}'],
    ["%{if true}x%{endif}", "%%{if true}x%%{endif}"],
    ["$${x}", "$$${x}"],
  ])("in variables, descriptions and patterns: %j", (text, escaped) => {
    const { resource } = synthesizeMain({
      repositories: {
        web: {
          environments: {
            production: {
              variables: { TEXT: text },
              deployFrom: { branches: [text.replaceAll(" ", "")] },
              role: { description: text },
            },
          },
        },
      },
    });
    expect(blockAt(resource, "github_actions_environment_variable.web__production__TEXT")["value"]).toBe(escaped);
    expect(onlyBlock(resource, "aws_iam_role")["description"]).toBe(escaped);
    expect(onlyBlock(resource, "github_repository_environment_deployment_policy")["branch_pattern"]).toBe(
      escaped.replaceAll(" ", ""),
    );
  });

  test("in tags, which every role and a provider that is made have", () => {
    const tags = { "cost centre": "4711", url: "https://example.com/a@b" };
    const { resource } = synthesizeMain({
      account: { tags },
      repositories: { web: { roles: { x: { allow: [{ branch: "main" }] } } } },
    });
    expect(onlyBlock(resource, "aws_iam_role")["tags"]).toEqual(tags);
    expect(onlyBlock(resource, "aws_iam_openid_connect_provider")["tags"]).toEqual(tags);
  });
});

describe("Addresses", () => {
  const NAMES = [
    "1st",
    "-",
    "a/b",
    "a:b",
    "a.b",
    "é",
    "a b",
    "role",
    "Resource",
    "a__b",
    "_a",
    "a-0123abcd",
    "100%",
    "a$b",
    "{a}",
    "'\"",
  ];

  test("are identifiers of Terraform, whatever the names are", () => {
    const json = synthesizeMain({
      repositories: {
        ...Object.fromEntries(
          [".github", "1st", "-web", "_", "a__b", "Resource"].map((name, index) => [
            name,
            {
              roles: {
                "1.x": {
                  name: `r${index}`,
                  allow: [{ branch: "main" }],
                  inlinePolicies: { "=,.@": document("*"), Resource: document("*") },
                },
              },
            },
          ]),
        ),
        web: {
          environments: Object.fromEntries(
            NAMES.map((name, index) => [
              name,
              {
                role: { name: `e${index}`, managedPolicies: ["job-function/ViewOnlyAccess"] },
                deployFrom: { branches: ["1/*", "*"] },
                reviewers: { users: ["1octocat"] },
                secrets: { _1: { fromVariable: "_" } },
              },
            ]),
          ),
        },
      },
    });
    const names = [...addresses(json).keys()].map((address) => address.split(".").at(-1) ?? "");
    for (const name of [...names, ...Object.keys({ ...json.locals, ...json.output, ...json.variable })])
      expect(name).toMatch(IDENTIFIER);
    expect(blocksOf(json.resource, "github_repository_environment")).toHaveLength(NAMES.length);
    expect(blocksOf(json.resource, "aws_iam_role_policy")).toHaveLength(12);
  });

  test("tell an environment called role from a role, and a policy called Resource from its role", () => {
    const { resource } = synthesizeMain({
      repositories: {
        web: {
          environments: { role: { role: { inlinePolicies: { x: document("arn:aws:s3:::environment") } } } },
          roles: { x: { allow: [{ any: true }], inlinePolicies: { Resource: document("arn:aws:s3:::role") } } },
        },
      },
    });
    expect(Object.keys(resource?.["aws_iam_role_policy"] ?? {}).sort()).toEqual([
      "web__role__x",
      "web__role__x__Resource",
    ]);
  });

  test("are one for a repository, however its owner is spelled", () => {
    const { data } = synthesizeMain({
      repositories: {
        web: {
          roles: {
            plan: {
              allow: [
                { branch: "main" },
                { branch: "main", repository: "Octo-Org/web" },
                { branch: "main", repository: "other/web" },
              ],
            },
          },
        },
      },
    });
    expect(Object.keys(data?.["github_rest_api"] ?? {}).sort()).toEqual(["other__web", "web"]);
    expect(blockAt(data, "github_rest_api.web")["endpoint"]).toBe("repos/octo-org/web/actions/oidc/customization/sub");
  });
});

describe("What is kept", () => {
  const repositories = { web: { environments: { a: { role: {} } }, roles: { b: { allow: [{ branch: "main" }] } } } };
  const kept = (account: object): string[] =>
    [...addresses(synthesizeMain({ account, repositories }))]
      .filter(([, { lifecycle }]) => lifecycle?.prevent_destroy)
      .map(([address]) => address)
      .sort();

  test("is on demand what others depend on: the provider, the roles and the environments", () => {
    expect(kept({ preventDestroy: true })).toEqual([
      "aws_iam_openid_connect_provider.github",
      "aws_iam_role.web__a",
      "aws_iam_role.web__role__b",
      "github_repository_environment.web__a",
    ]);
    expect(kept({ preventDestroy: true, oidcProvider: "existing" })).not.toContain(
      "aws_iam_openid_connect_provider.github",
    );
  });

  test("is nothing unless told", () => {
    expect([kept({}), kept({ preventDestroy: false })]).toEqual([[], []]);
    expect(addresses(synthesizeMain({ repositories })).get("aws_iam_role.web__a")).not.toHaveProperty("lifecycle");
  });
});

describe("Tags", () => {
  test("of a role stand beside the account's, and before them where both have a key", () => {
    const repositories = {
      web: {
        environments: { a: { role: { tags: { owner: "shop", tier: "1" } } } },
        roles: { b: { allow: [{ branch: "main" }] } },
      },
    };
    const { resource } = synthesizeMain({ account: { tags: { owner: "platform", cost: "1" } }, repositories });
    expect(blockAt(resource, "aws_iam_role.web__a")["tags"]).toEqual({ owner: "shop", cost: "1", tier: "1" });
    expect(blockAt(resource, "aws_iam_role.web__role__b")["tags"]).toEqual({ owner: "platform", cost: "1" });
    expect(blockAt(resource, "aws_iam_openid_connect_provider.github")["tags"]).toEqual({
      owner: "platform",
      cost: "1",
    });
  });

  test("are on everything that takes them", () => {
    const document = { Statement: [{ Effect: "Allow" as const, Action: "*", Resource: "*" }] };
    const environments = {
      a: {
        deployFrom: { branches: ["main"] },
        variables: { A: "b" },
        role: { managedPolicies: ["ReadOnlyAccess"], inlinePolicies: { x: document } },
      },
    };
    const json = synthesizeMain({
      account: { tags: { owner: "platform" } },
      repositories: { web: { protectBranches: ["main"], environments } },
    });
    const [version = ""] = AWS_VERSIONS;
    const takesTags = [...addresses(json)].filter(([address]) => takes(version, address.split(".")[0] ?? "", "tags"));
    expect(takesTags.map(([address]) => address).sort()).toEqual([
      "aws_iam_openid_connect_provider.github",
      "aws_iam_role.web__a",
    ]);
    for (const [address, { tags }] of takesTags) expect([address, tags]).toEqual([address, { owner: "platform" }]);
  });
});

describe("Protected branches", () => {
  const environments = {
    a: { deployFrom: "protectedBranches" },
    b: { deployFrom: "protectedBranches" },
    c: {},
  } as const;

  test("are looked up once for a repository whose environments go by them, and those wait", () => {
    const { data, resource } = synthesizeMain({ repositories: { web: { environments } } });
    expect(Object.keys(data?.["github_rest_api"] ?? {})).toEqual(["web__branches__protected"]);
    const waits = (name: string) => blockAt(resource, `github_repository_environment.web__${name}`)["depends_on"];
    expect([waits("a"), waits("b"), waits("c")]).toEqual([
      ["data.github_rest_api.web__branches__protected"],
      ["data.github_rest_api.web__branches__protected"],
      undefined,
    ]);
  });

  test("are not looked up where the stack makes them, and the environments wait for all of them", () => {
    const { data, resource } = synthesizeMain({
      repositories: { web: { protectBranches: ["main", "release/1"], environments } },
    });
    expect(data?.["github_rest_api"]).toBeUndefined();
    const made = Object.keys(resource?.["github_branch_protection_v3"] ?? {}).sort();
    expect(made).toEqual(["web__branch__main", expect.stringMatching(/^web__branch__release-1-[0-9a-f]{8}$/)]);
    expect(blockAt(resource, "github_repository_environment.web__a")["depends_on"]).toEqual(
      made.map((name) => `github_branch_protection_v3.${name}`),
    );
  });

  test("that another account's stack makes are looked up, and the account of the repository makes them", () => {
    const accounts = {
      one: { id: "111111111111", region: "eu-west-1" },
      two: { id: "222222222222", region: "eu-west-1" },
    };
    const app = synthesize({
      github: { owner: "octo-org" },
      accounts,
      repositories: {
        web: {
          account: "one",
          protectBranches: ["main"],
          environments: { a: { account: "two", deployFrom: "protectedBranches" } },
        },
      },
    });
    expect(Object.keys(terraformJson(app, "one").resource?.["github_branch_protection_v3"] ?? {})).toEqual([
      "web__branch__main",
    ]);
    expect(terraformJson(app, "two").resource?.["github_branch_protection_v3"]).toBeUndefined();
    expect(Object.keys(terraformJson(app, "two").data?.["github_rest_api"] ?? {})).toEqual([
      "web__branches__protected",
    ]);
  });
});

describe("AccountStack", () => {
  test("checks an access file that was written as an object", () => {
    const wrong = oneAccount({ account: { id: "1" }, repositories: {} });
    expect(() => synthesizeApp((app) => void new AccountStack(app, "main", wrong))).toThrow(AccessConfigError);
  });

  test("refuses the name of an account that is not in the file", () => {
    expect(() => synthesizeApp((app) => void new AccountStack(app, "other", oneAccount({ repositories: {} })))).toThrow(
      new RangeError('There is no account "other": there are main'),
    );
  });

  test("holds what belongs to its account and nothing else", () => {
    const app = synthesize(SAMPLE);
    const typesOf = (json: TerraformJson) =>
      [...addresses(json).keys()].filter((address) => !address.startsWith("data."));
    const [staging, production] = ["staging", "production"].map((name) => typesOf(terraformJson(app, name))) as [
      string[],
      string[],
    ];
    expect(staging.filter((address) => production.includes(address))).toEqual([]);
    expect(staging).toContain("github_repository_environment.web-shop__staging");
    expect(production).toContain("github_repository_environment.web-shop__production");
  });
});
