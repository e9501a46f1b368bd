import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AwsQuery, type Partition } from "./aws-query";
import { ask, collect, hasEnded, stop, tail } from "./command";
import { IamReader } from "./iam-reader";
import { type Probe, found, missing } from "./probe";
import { isAtLeast } from "./version";

const MINIMUM = "5.0.0";
const START_LIMIT_MS = 60_000;

/** Any other account: the caller's own account plays no part in AssumeRole here. */
const CALLER = "999999999999";

/** A running AWS in which every account exists, with the AWS-managed policies. */
export class Moto {
  static async start(): Promise<Moto> {
    const port = await freePort();
    const server = spawn(python(), ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
      // Without its managed policies moto refuses to attach ReadOnlyAccess and the like.
      env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const moto = new Moto(`http://127.0.0.1:${port}`, server, collect(server.stderr));
    await moto.untilItAnswers();
    return moto;
  }

  private constructor(
    readonly url: string,
    private readonly server: ChildProcess,
    private readonly log: () => string,
  ) {}

  /** What one account holds. */
  iam(account: string, partition?: Partition): IamReader {
    return new IamReader(this.query(account, partition));
  }

  /** Any action in one account: to change something behind Terraform's back, for example. */
  query(account: string, partition?: Partition): AwsQuery {
    return new AwsQuery(this.url, account, partition);
  }

  /**
   * The environment in which AWS SDKs, Terraform's provider and its S3 backend among them,
   * take this server for AWS, with credentials of the account.
   *
   * moto knows an account by its access keys, and issues keys for any account through AssumeRole.
   */
  async environment(account: string, partition: Partition = "aws"): Promise<Record<string, string>> {
    const { Credentials: keys } = await this.query(CALLER, partition).call<{ Credentials: RawCredentials }>(
      "sts",
      "AssumeRole",
      {
        RoleArn: `arn:${partition}:iam::${account}:role/terraform`,
        RoleSessionName: "e2e",
      },
    );
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: keys.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.SecretAccessKey,
      AWS_SESSION_TOKEN: keys.SessionToken,
      // The metadata service of a cloud machine must not lend its own credentials.
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }

  async stop(): Promise<void> {
    await stop(this.server, ["SIGTERM", "SIGKILL"], 5_000);
  }

  private async untilItAnswers(): Promise<void> {
    const giveUpAt = Date.now() + START_LIMIT_MS;
    while (!(await this.answers())) {
      if (hasEnded(this.server)) throw new Error(`moto ended before it answered:\n${tail(this.log())}`);
      if (Date.now() > giveUpAt) {
        await this.stop();
        throw new Error(`moto did not answer within ${START_LIMIT_MS / 1000} s:\n${tail(this.log())}`);
      }
      await sleep(100);
    }
  }

  private async answers(): Promise<boolean> {
    try {
      await this.query(CALLER).call("sts", "GetCallerIdentity");
      return true;
    } catch {
      return false;
    }
  }
}

export function probeMoto(): Probe {
  const version = ask(python(), ["-c", "import moto.server; print(moto.__version__)"])?.trim();
  if (version === undefined) return missing(`${python()} has no moto.server: install moto[server].`);
  return isAtLeast(version, MINIMUM) ? found(version) : missing(`moto ${version} is older than ${MINIMUM}.`);
}

interface RawCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

/** The interpreter, by its name on PATH: in an activated virtual environment that is the environment's. */
function python(): string {
  return process.env["PYTHON"] ?? "python3";
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
