import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AwsFront, type Decision } from "../../lib/sandbox/aws-front";
import { ProviderMirrors } from "./harness/provider-mirrors";
import { Moto } from "./harness/moto";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { sandboxFolder, type SandboxFolder } from "./harness/sandbox-folder";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, Terraform } from "./harness/terraform";
import { Project } from "./story/project";

/**
 * Terraform itself, with the policies that the stack gives its roles: what is asked of a state, what is
 * granted and what is not. moto does as it is told, so a front holds each role to its policy.
 */
const NEEDS: readonly Need[] = ["terraform", "aws", "moto"];
const ACCOUNT = "333344445555";
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-44cd-86ef-1234567890ab`;

const access = `
github: { owner: octo-org, subjects: name }
accounts:
  sandbox: { id: "${ACCOUNT}", region: eu-west-1 }
states:
  files: { bucket: octo-tfstate, kmsKey: "${KEY}" }
  tables: { bucket: octo-tfstate-old, lock: { dynamodbTable: terraform-locks } }
repositories:
  network:
    roles:
      plan:
        allow: [{ pullRequest: true }]
        state: [{ in: files, key: network/, access: lock }, { in: tables, key: network/main.tfstate, access: lock }]
      deploy:
        allow: [{ branch: main }]
        state: [{ in: files, key: network/main.tfstate, access: write }, { in: tables, key: network/, access: write }]
      read:
        allow: [{ repository: web-shop, branch: main }]
        state: [{ in: files, key: network/main.tfstate, access: read }, { in: tables, key: network/main.tfstate, access: read }]
`;

const ROLES = ["network-plan", "network-deploy", "network-read"] as const;
type Role = (typeof ROLES)[number];

interface Backend {
  readonly bucket: string;
  readonly lock: Readonly<Record<string, unknown>>;
}

const FILES: Backend = { bucket: "octo-tfstate", lock: { use_lockfile: true, kms_key_id: KEY } };
const TABLES: Backend = { bucket: "octo-tfstate-old", lock: { dynamodb_table: "terraform-locks" } };

describe("Terraform's state, behind the policies of roles", () => {
  let moto: Moto;
  let front: AwsFront;
  let folder: SandboxFolder;
  let stack: Terraform;
  const credentials = new Map<Role, Record<string, string>>();

  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (!ready) return;
    moto = await Moto.start();
    folder = sandboxFolder();
    const project = new Project(path.join(folder.path, "access"));
    await project.synth(access);
    stack = project.terraform("sandbox", await moto.environment(ACCOUNT));
    succeeded(await stack.init());
    succeeded(await stack.apply());
    const sessions = await Promise.all(
      ROLES.map(async (role) => {
        const { Credentials: keys } = await moto
          .query("999999999999")
          .call<{ Credentials: Record<"AccessKeyId" | "SecretAccessKey" | "SessionToken", string> }>(
            "sts",
            "AssumeRole",
            { RoleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`, RoleSessionName: "terraform" },
          );
        credentials.set(role, {
          AWS_ACCESS_KEY_ID: keys.AccessKeyId,
          AWS_SECRET_ACCESS_KEY: keys.SecretAccessKey,
          AWS_SESSION_TOKEN: keys.SessionToken,
        });
        return {
          accessKeyId: keys.AccessKeyId,
          account: ACCOUNT,
          partition: "aws",
          policies: [await moto.iam(ACCOUNT).inlinePolicy(role, "terraform-state")],
        };
      }),
    );
    front = await AwsFront.start({ upstream: moto.url, sessions });
    for (const bucket of [FILES.bucket, TABLES.bucket])
      await call(
        "s3",
        "PUT",
        `/${bucket}`,
        "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>",
      );
    await call(
      "dynamodb",
      "POST",
      "/",
      JSON.stringify({
        TableName: "terraform-locks",
        AttributeDefinitions: [{ AttributeName: "LockID", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "LockID", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
      "DynamoDB_20120810.CreateTable",
    );
  });
  afterAll(async () => {
    await Promise.all([moto?.stop(), front?.stop()]);
    folder?.remove();
  });

  /** Makes what no role of these may make. */
  async function call(service: string, method: string, path: string, body: string, target?: string): Promise<void> {
    const scope = `20200101/eu-west-1/${service}/aws4_request`;
    const headers = {
      "x-moto-account-id": ACCOUNT,
      authorization: `AWS4-HMAC-SHA256 Credential=unchecked/${scope}, SignedHeaders=host, Signature=unchecked`,
      ...(target === undefined ? {} : { "x-amz-target": target, "content-type": "application/x-amz-json-1.0" }),
    };
    const response = await fetch(`${moto.url}${path}`, { method, headers, body });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }

  /** Terraform in a configuration of its own, with the credentials of a role. It makes nothing in AWS. */
  async function terraformOf(role: Role, { bucket, lock }: Backend, key = STATE): Promise<Terraform> {
    const home = path.join(folder.path, `${role}-${bucket}-${key.replaceAll("/", "-")}`);
    mkdirSync(home, { recursive: true });
    const backend = { bucket, key, region: "eu-west-1", encrypt: true, use_path_style: true, ...lock };
    writeFileSync(
      path.join(home, "main.tf.json"),
      JSON.stringify({
        terraform: { backend: { s3: backend } },
        resource: { terraform_data: { network: { input: "10.0.0.0/8" } } },
      }),
    );
    const cliConfig = ProviderMirrors.fromEnvironment().writeCliConfig(path.join(home, ".terraform-cli"));
    const env = {
      AWS_ENDPOINT_URL: front.url,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_REGION: "eu-west-1",
      AWS_MAX_ATTEMPTS: "1",
      ...credentials.get(role),
    };
    const terraform = new Terraform({ folder: home, cliConfig, env });
    succeeded(await terraform.init());
    front.clearDecisions();
    return terraform;
  }

  /** What was asked since the role's `terraform init`, each once. */
  const asked = (allowed: boolean): string[] =>
    [...new Set(front.decisions.filter((decision) => decision.allowed === allowed).map(words))].sort();
  const words = ({ action, resource, keys }: Decision): string =>
    `${action} ${keys["s3:prefix"]?.[0] ?? keys["dynamodb:leadingkeys"]?.[0] ?? resource.replace(/^arn:aws:[a-z0-9]+:[^:]*:[^:]*:/, "")}`;

  const STATE = "network/main.tfstate";
  /** Asked first, whatever the role: Terraform looks for other workspaces, and goes on without them. */
  const WORKSPACES = "s3:ListBucket env:/";
  const encryption = (action: string): string => `kms:${action} key/1234abcd-12ab-44cd-86ef-1234567890ab`;

  describe.each([
    {
      name: "locked with a file and encrypted with a key",
      backend: FILES,
      reading: [encryption("Decrypt"), `s3:GetObject octo-tfstate/${STATE}`],
      locking: [
        encryption("GenerateDataKey"),
        `s3:DeleteObject octo-tfstate/${STATE}.tflock`,
        `s3:GetObject octo-tfstate/${STATE}.tflock`,
        `s3:PutObject octo-tfstate/${STATE}.tflock`,
      ],
      writing: [`s3:PutObject octo-tfstate/${STATE}`],
      noLock: `s3:PutObject octo-tfstate/${STATE}.tflock`,
    },
    {
      name: "locked in a table",
      backend: TABLES,
      reading: [`dynamodb:GetItem octo-tfstate-old/${STATE}-md5`, `s3:GetObject octo-tfstate-old/${STATE}`],
      locking: ["DeleteItem", "GetItem", "PutItem"].map((action) => `dynamodb:${action} octo-tfstate-old/${STATE}`),
      writing: [`dynamodb:PutItem octo-tfstate-old/${STATE}-md5`, `s3:PutObject octo-tfstate-old/${STATE}`],
      noLock: `dynamodb:PutItem octo-tfstate-old/${STATE}`,
    },
  ])("$name", ({ backend, reading, locking, writing, noLock }) => {
    storyTest(NEEDS, "is written by a role with `write`, from nothing", async () => {
      const terraform = await terraformOf("network-deploy", backend);
      succeeded(await terraform.apply());
      expect(asked(true)).toEqual([...reading, ...locking, ...writing, `s3:ListBucket ${STATE}`].sort());
      expect(asked(false)).toEqual([WORKSPACES]);
      expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
    });

    storyTest(NEEDS, "is planned against by a role with `lock`, which takes the lock and gives it back", async () => {
      const terraform = await terraformOf("network-plan", backend);
      for (let run = 0; run < 2; run += 1) expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
      expect(asked(true)).toEqual([...reading, ...locking].sort());
      expect(asked(false)).toEqual([WORKSPACES]);
    });

    storyTest(NEEDS, "is not written by a role with `lock`", async () => {
      const terraform = await terraformOf("network-plan", backend);
      const applied = await terraform.run("apply", "-input=false", "-auto-approve", "-replace=terraform_data.network");
      expect([applied.exitCode, applied.stderr]).toEqual([1, expect.stringContaining("Failed to save state")]);
      expect(asked(false)).toEqual([WORKSPACES, `s3:PutObject ${backend.bucket}/${STATE}`]);
      expect((await (await terraformOf("network-deploy", backend)).plan()).exitCode).toBe(PLAN.empty);
    });

    storyTest(NEEDS, "is read by a role with `read`, which cannot lock it", async () => {
      const terraform = await terraformOf("network-read", backend);
      expect((await terraform.plan({ args: ["-lock=false"] })).exitCode).toBe(PLAN.empty);
      expect(asked(true)).toEqual(reading);
      expect(asked(false)).toEqual([WORKSPACES]);
      expect(await terraform.plan()).toMatchObject({
        exitCode: PLAN.failed,
        stderr: expect.stringContaining("Error acquiring the state lock") as string,
      });
      expect(asked(false)).toContain(noLock);
    });

    storyTest(NEEDS, "beside it stands one that is refused, rather than taken for a new one", async () => {
      await expect(terraformOf("network-read", backend, "billing/main.tfstate")).rejects.toThrow(
        'Unable to access object "billing/main.tfstate"',
      );
    });
  });

  storyTest(NEEDS, "the stack's second plan is empty, and nothing is left of it", async () => {
    expect((await stack.plan()).exitCode).toBe(PLAN.empty);
    succeeded(await stack.destroy());
    expect(await moto.iam(ACCOUNT).roleNames()).toEqual([]);
  });
});
