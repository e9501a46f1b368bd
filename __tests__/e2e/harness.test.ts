import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "./harness/command";
import { Moto } from "./harness/moto";
import { ProviderMirrors, platform } from "./harness/provider-mirrors";
import { inSandboxFolder } from "./harness/sandbox-folder";
import { storyTest } from "./harness/story-test";
import { PLAN, Terraform, succeeded } from "./harness/terraform";
import { failFast } from "./harness/terraform-override";
import { effectiveChanges } from "./harness/terraform-plan";
import { compareVersions } from "./harness/version";

const PAYMENTS = "111111111111";
const LOGGING = "222222222222";
const MANAGED = ["AmazonECS_FullAccess", "AmazonS3FullAccess", "ReadOnlyAccess", "job-function/ViewOnlyAccess"];
const GITHUB = "token.actions.githubusercontent.com";

describe("provider mirrors", () => {
  /** A folder that looks like a mirror, without real plugins. */
  function mirror(folder: string, source: string, version: string, on = platform()): void {
    mkdirSync(path.join(folder, "registry.terraform.io", source, version, on), { recursive: true });
  }

  const named = (...folders: string[]) =>
    ProviderMirrors.fromEnvironment({ TERRAFORM_PROVIDER_MIRRORS: folders.join(path.delimiter) });

  test("are found in a folder that holds registry.terraform.io, and in that folder itself", () =>
    inSandboxFolder(async (folder) => {
      mirror(path.join(folder, "one"), "hashicorp/aws", "5.100.0");
      mirror(path.join(folder, "two"), "integrations/github", "6.9.1");
      const mirrors = named(path.join(folder, "one"), path.join(folder, "two", "registry.terraform.io"));
      expect(mirrors.versions("hashicorp/aws")).toEqual(["5.100.0"]);
      expect(mirrors.versions("integrations/github")).toEqual(["6.9.1"]);
    }));

  test("tell versions newest first, by number and not by letter", () =>
    inSandboxFolder(async (folder) => {
      for (const version of ["6.9.1", "6.13.0", "6.2.0"]) mirror(folder, "integrations/github", version);
      expect(named(folder).versions("integrations/github")).toEqual(["6.13.0", "6.9.1", "6.2.0"]);
      expect(compareVersions("6.13", "6.13.0")).toBe(0);
    }));

  test("leave out what was built for another platform", () =>
    inSandboxFolder(async (folder) => {
      mirror(folder, "hashicorp/aws", "5.100.0", "plan9_mips");
      expect(named(folder).versions("hashicorp/aws")).toEqual([]);
    }));

  test("are none where none is named, or where the folder is not there", () => {
    expect(ProviderMirrors.fromEnvironment({}).providers).toEqual([]);
    expect(named("/no/such/folder").providers).toEqual([]);
  });

  test("offer every version, or the one chosen", () =>
    inSandboxFolder(async (folder) => {
      for (const version of ["6.9.1", "6.13.0"]) mirror(folder, "integrations/github", version);
      const offered = (at: string, version: string) =>
        existsSync(path.join(at, "providers/registry.terraform.io/integrations/github", version));
      const all = path.join(folder, "all");
      named(folder).writeCliConfig(all);
      expect([offered(all, "6.9.1"), offered(all, "6.13.0")]).toEqual([true, true]);
      const one = path.join(folder, "one");
      named(folder).writeCliConfig(one, { "integrations/github": "6.9.1" });
      expect([offered(one, "6.9.1"), offered(one, "6.13.0")]).toEqual([true, false]);
    }));

  test("refuse a version that is in no mirror", () => {
    expect(() => new ProviderMirrors([]).writeCliConfig(".", { "hashicorp/aws": "7.0.0" })).toThrow(
      'No mirror holds hashicorp/aws "7.0.0": there is none',
    );
  });

  test("give each provider its own block and Terraform no other way", () =>
    inSandboxFolder(async (folder) => {
      mirror(folder, "hashicorp/aws", "5.100.0");
      mirror(folder, "integrations/github", "6.9.1");
      const config = readFileSync(named(folder).writeCliConfig(folder), "utf8");
      expect(config.match(/include = .*/g)).toEqual([
        'include = ["registry.terraform.io/hashicorp/aws"]',
        'include = ["registry.terraform.io/integrations/github"]',
      ]);
      expect(config).not.toContain("direct");
    }));
});

describe("a command", () => {
  const env = { PATH: process.env["PATH"] ?? "" };

  test("sees no environment but the one it is given", async () => {
    const { stdout } = await run(process.execPath, ["-p", "JSON.stringify(process.env)"], {
      env: { ONLY: "this" },
      timeoutMs: 10_000,
    });
    expect(JSON.parse(stdout)).toMatchObject({ ONLY: "this" });
    expect(JSON.parse(stdout)).not.toHaveProperty("PATH");
  });

  test("is stopped at its time limit, even when it takes an interrupt lightly", async () => {
    const stubborn = "process.once('SIGINT', () => console.log('not yet')); setInterval(() => {}, 1000)";
    const result = await run(process.execPath, ["-e", stubborn], { env, timeoutMs: 3_000, graceMs: 500 });
    expect(result).toMatchObject({ exitCode: null, timedOut: true, stdout: "not yet\n" });
  });
});

describe("Terraform", () => {
  storyTest(["terraform", "github"], "the version chosen of a provider is the one installed", async () => {
    const mirrors = ProviderMirrors.fromEnvironment();
    for (const version of mirrors.versions("integrations/github"))
      await inSandboxFolder(async (folder) => {
        writeFileSync(path.join(folder, "main.tf"), requires("integrations/github"));
        const cliConfig = mirrors.writeCliConfig(folder, { "integrations/github": version });
        expect(succeeded(await new Terraform({ folder, cliConfig }).init()).stdout).toContain(
          `Installed integrations/github v${version}`,
        );
      });
  });

  storyTest(["terraform"], "a provider that no mirror holds fails at init, without a network", () =>
    inSandboxFolder(async (folder) => {
      writeFileSync(path.join(folder, "main.tf"), requires("nobody/nowhere"));
      const cliConfig = new ProviderMirrors([]).writeCliConfig(folder);
      const init = await new Terraform({ folder, cliConfig }).init();
      expect(init.exitCode).toBe(1);
      expect(init.stderr).toContain("Failed to query available provider packages");
    }),
  );
});

describe("Terraform and a local AWS", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await Moto.start();
  });
  afterAll(() => moto?.stop());

  /** Terraform on a configuration of its own, with credentials of one account. */
  async function terraform(folder: string, configuration: string, account: string): Promise<Terraform> {
    const stack = path.join(folder, "stack");
    mkdirSync(stack, { recursive: true });
    writeFileSync(path.join(stack, "main.tf"), configuration);
    const cliConfig = ProviderMirrors.fromEnvironment().writeCliConfig(folder);
    return new Terraform({ folder: stack, cliConfig, env: await moto.environment(account) });
  }

  storyTest(["terraform", "aws", "moto"], "a role is created, read back, found unchanged, altered and destroyed", () =>
    inSandboxFolder(async (folder) => {
      const tf = await terraform(folder, roleInAccount(PAYMENTS, { sessionDuration: 3600 }), PAYMENTS);
      succeeded(await tf.init());
      succeeded(await tf.plan({ out: "first.plan" }), PLAN.changes);
      const plan = await tf.show("first.plan");
      expect(effectiveChanges(plan).every(({ actions, before }) => actions[0] === "create" && before === null)).toBe(
        true,
      );
      expect(plan.resourceChanges.find(({ address }) => address === "aws_iam_role.deploy")).toMatchObject({
        after: { name: "deploy", max_session_duration: 3600 },
        afterUnknown: { arn: true },
      });
      succeeded(await tf.apply("first.plan"));

      const iam = moto.iam(PAYMENTS);
      const provider = `arn:aws:iam::${PAYMENTS}:oidc-provider/${GITHUB}`;
      expect(await iam.oidcProvider(provider)).toEqual({
        arn: provider,
        url: GITHUB,
        clientIds: ["sts.amazonaws.com"],
        thumbprints: [],
        tags: { team: "payments" },
      });
      const role = await iam.role("deploy");
      expect(role).toMatchObject({
        arn: `arn:aws:iam::${PAYMENTS}:role/github/deploy`,
        path: "/github/",
        maxSessionDuration: 3600,
        permissionsBoundary: `arn:aws:iam::${PAYMENTS}:policy/boundary`,
        tags: { team: "payments" },
      });
      expect(JSON.parse(role.assumeRolePolicyDocument)).toEqual(trust(provider));
      expect(await iam.attachedPolicyArns("deploy")).toEqual(MANAGED.map((name) => `arn:aws:iam::aws:policy/${name}`));
      expect(await iam.inlinePolicyNames("deploy")).toEqual(["artifacts"]);
      expect(JSON.parse(await iam.inlinePolicy("deploy", "artifacts"))).toEqual(ARTIFACTS);

      expect((await tf.plan()).exitCode).toBe(PLAN.empty);
      expect(await tf.output()).toEqual({ role: role.arn });
      expect(JSON.parse(await tf.showState())).toMatchObject({ values: { outputs: { role: { value: role.arn } } } });

      writeFileSync(path.join(folder, "stack/main.tf"), roleInAccount(PAYMENTS, { sessionDuration: 7200 }));
      succeeded(await tf.plan({ out: "second.plan" }), PLAN.changes);
      expect(effectiveChanges(await tf.show("second.plan"))).toMatchObject([
        { address: "aws_iam_role.deploy", actions: ["update"] },
      ]);
      succeeded(await tf.apply("second.plan"));
      expect(await iam.role("deploy")).toMatchObject({ maxSessionDuration: 7200 });
      expect((await tf.plan()).exitCode).toBe(PLAN.empty);

      succeeded(await tf.destroy());
      expect(await iam.roleNames()).toEqual([]);
      expect(await iam.tryRole("deploy")).toBeUndefined();
      expect(await iam.oidcProviderArns()).toEqual([]);
    }),
  );

  storyTest(["terraform", "aws", "moto"], "credentials of the wrong account are stopped by allowed_account_ids", () =>
    inSandboxFolder(async (folder) => {
      const tf = await terraform(folder, `${providerFor(LOGGING)}\n${ISSUER}`, PAYMENTS);
      succeeded(await tf.init());
      failFast(path.join(folder, "stack"));
      const plan = await tf.plan();
      expect(plan.exitCode).toBe(PLAN.failed);
      expect(plan.stderr).toContain(`AWS account ID not allowed: ${PAYMENTS}`);
    }),
  );

  storyTest(
    ["terraform", "aws", "moto"],
    "one account's role serves another: assume_role decides where things are made",
    () =>
      inSandboxFolder(async (folder) => {
        const tf = await terraform(folder, `${providerFor(LOGGING, LOGGING)}\n${ISSUER}`, PAYMENTS);
        succeeded(await tf.init());
        succeeded(await tf.apply());
        expect(await moto.iam(LOGGING).oidcProviderArns()).toEqual([`arn:aws:iam::${LOGGING}:oidc-provider/${GITHUB}`]);
        expect(await moto.iam(PAYMENTS).oidcProviderArns()).toEqual([]);
        succeeded(await tf.destroy());
      }),
  );

  storyTest(["terraform", "aws", "moto"], "a role assumed in the wrong account is stopped by allowed_account_ids", () =>
    inSandboxFolder(async (folder) => {
      const tf = await terraform(folder, `${providerFor(LOGGING, PAYMENTS)}\n${ISSUER}`, LOGGING);
      succeeded(await tf.init());
      expect((await tf.plan()).stderr).toContain(`AWS account ID not allowed: ${PAYMENTS}`);
    }),
  );

  storyTest(["terraform", "aws", "moto"], "a provider that is there already can be looked up by its URL", () =>
    inSandboxFolder(async (folder) => {
      const account = "333333333333";
      await moto.query(account).call("iam", "CreateOpenIDConnectProvider", {
        Url: `https://${GITHUB}`,
        "ClientIDList.member.1": "sts.amazonaws.com",
      });
      const lookup = `data "aws_iam_openid_connect_provider" "github" { url = "https://${GITHUB}" }
        output "arn" { value = data.aws_iam_openid_connect_provider.github.arn }`;
      const tf = await terraform(folder, `${providerFor(account)}\n${lookup}`, account);
      succeeded(await tf.init());
      succeeded(await tf.apply());
      expect(await tf.output()).toEqual({ arn: `arn:aws:iam::${account}:oidc-provider/${GITHUB}` });
    }),
  );
});

const ISSUER = `resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://${GITHUB}"
  client_id_list = ["sts.amazonaws.com"]
  tags           = { team = "payments" }
}`;

const ARTIFACTS = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::artifacts/*" }],
};

function trust(provider: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: provider },
        // Characters that a careless decoding would change.
        Condition: { StringEquals: { [`${GITHUB}:sub`]: "repo:octo/app:environment:a%3Ab + é" } },
      },
    ],
  };
}

function requires(source: string): string {
  return `terraform {
    required_providers {
      it = { source = "${source}" }
    }
  }`;
}

/** The provider block as the product synthesizes it: an account guard, and maybe a role to assume. */
function providerFor(account: string, assumeRoleIn?: string): string {
  const assumeRole =
    assumeRoleIn === undefined ? "" : `assume_role { role_arn = "arn:aws:iam::${assumeRoleIn}:role/terraform" }`;
  return `terraform {
    required_providers {
      aws = {
        source  = "hashicorp/aws"
        version = ">= 5.81.0, < 7.0.0"
      }
    }
  }
  provider "aws" {
    region              = "eu-central-1"
    allowed_account_ids = ["${account}"]
    ${assumeRole}
  }`;
}

function roleInAccount(account: string, { sessionDuration }: { sessionDuration: number }): string {
  return `${providerFor(account)}
  ${ISSUER}
  resource "aws_iam_policy" "boundary" {
    name   = "boundary"
    policy = ${quoted({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] })}
  }
  resource "aws_iam_role" "deploy" {
    name                 = "deploy"
    path                 = "/github/"
    max_session_duration = ${sessionDuration}
    permissions_boundary = aws_iam_policy.boundary.arn
    assume_role_policy   = ${quoted(trust("${aws_iam_openid_connect_provider.github.arn}"))}
    tags                 = { team = "payments" }
  }
  resource "aws_iam_role_policy" "artifacts" {
    name   = "artifacts"
    role   = aws_iam_role.deploy.name
    policy = ${quoted(ARTIFACTS)}
  }
  resource "aws_iam_role_policy_attachment" "managed" {
    for_each   = toset(${JSON.stringify(MANAGED)})
    role       = aws_iam_role.deploy.name
    policy_arn = "arn:aws:iam::aws:policy/\${each.key}"
  }
  output "role" {
    value = aws_iam_role.deploy.arn
  }`;
}

/** A document as an HCL string that holds its JSON. */
function quoted(document: object): string {
  return JSON.stringify(JSON.stringify(document)).replaceAll("%{", "%%{");
}
