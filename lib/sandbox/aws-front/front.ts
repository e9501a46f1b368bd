import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { permits, type AccessRequest } from "../../aws/permissions/decide";
import { readPermissions, type PermissionsStatement } from "../../aws/permissions/read-policy";
import { decryptionOf, listingOf, needsOf, signatureOf, type AwsRequest, type Home, type Signature } from "./requests";
import { closeServer, listenOnLoopback, LOOPBACK } from "../loopback";

/** Credentials and what they may do. */
export interface Session extends Home {
  readonly accessKeyId: string;
  /** The permissions policies of the role that was assumed, as JSON. */
  readonly policies: readonly string[];
}

/** An action that a session asked for, and what came of it. */
export interface Decision {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request, in lower case, and their values. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly allowed: boolean;
}

export interface AwsFrontOptions {
  /** Address of the local AWS endpoint that does what is allowed, such as moto's. */
  readonly upstream: string;
  /** Credentials that are held to their policies; those of others are let through. */
  readonly sessions: readonly Session[];
}

/** What stands behind a session's access key. */
interface Principal extends Home {
  readonly statements: readonly PermissionsStatement[];
}

type Headers = AwsRequest["headers"];

/** What is said of one connection and means nothing on the next. */
const OF_A_CONNECTION: readonly string[] = ["host", "connection", "transfer-encoding", "expect"];

/** An answer, whole. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Stands before a local AWS endpoint and holds sessions to the permissions policies of their roles, as IAM
 * would: actions, resources and conditions. It knows what Terraform asks of its state: S3, DynamoDB, KMS
 * behind S3, and who it is. Everything else is refused, rather than let through unseen.
 */
export class AwsFront {
  private readonly principals: ReadonlyMap<string, Principal>;
  private server?: Server;
  private made: Decision[] = [];

  private constructor(private readonly options: AwsFrontOptions) {
    this.principals = new Map(
      options.sessions.map(({ accessKeyId, policies, account, partition }) => [
        accessKeyId,
        { account, partition, statements: policies.flatMap(statementsOf) },
      ]),
    );
  }

  /**
   * Starts a server on the loopback interface, on any free port.
   *
   * @throws RangeError when a session's policy cannot be read.
   */
  static async start(options: AwsFrontOptions): Promise<AwsFront> {
    const front = new AwsFront(options);
    await front.listen();
    return front;
  }

  /** What a client takes for the address of AWS. */
  get url(): string {
    return `http://${LOOPBACK}:${(this.server?.address() as AddressInfo).port}`;
  }

  /** Every action that sessions asked for, in order. */
  get decisions(): readonly Decision[] {
    return this.made;
  }

  /** Forgets the decisions so far. */
  clearDecisions(): void {
    this.made = [];
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server) await closeServer(server);
  }

  private async listen(): Promise<void> {
    const server = createServer((request, response) => void this.serve(request, response));
    await listenOnLoopback(server);
    this.server = server;
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request: AwsRequest = {
        method: message.method ?? "",
        path: message.url ?? "/",
        headers: message.headers,
        body: await bodyOf(message),
      };
      const { status, headers, body } = await this.answer(request);
      response.writeHead(status, without(headers, [])).end(request.method === "HEAD" ? undefined : body);
    } catch {
      response.destroy();
    }
  }

  private async answer(request: AwsRequest): Promise<Answer> {
    const signature = signatureOf(request);
    const principal = this.principals.get(signature?.accessKeyId ?? "");
    if (!signature || !principal) return this.forward(request);
    const needs = needsOf(request, signature, principal);
    for (const need of needs) if (!this.decide(need, principal)) return refusal(need, signature);
    const answer = await this.forward(request);
    const reluctance = this.reluctance(request, answer, signature, principal);
    return reluctance ? refusal(reluctance, signature) : answer;
  }

  /** What keeps an answer back that S3 gives only to some: that nothing is there, and what is encrypted. */
  private reluctance(
    request: AwsRequest,
    { status, headers }: Answer,
    signature: Signature,
    principal: Principal,
  ): AccessRequest | undefined {
    if (signature.service !== "s3" || !/^(GET|HEAD)$/.test(request.method)) return undefined;
    const listing = status === 404 ? listingOf(request, principal) : undefined;
    if (listing && !this.decide(listing, principal)) return listing;
    const kmsKey = headers["x-amz-server-side-encryption-aws-kms-key-id"];
    const decryption =
      (status === 200 || status === 206) && request.method === "GET" && typeof kmsKey === "string"
        ? decryptionOf(kmsKey, signature)
        : undefined;
    return decryption && !this.decide(decryption, principal) ? decryption : undefined;
  }

  private decide(need: AccessRequest, { statements }: Principal): boolean {
    const allowed = permits(statements, need);
    this.made.push({ action: need.action, resource: need.resource, keys: Object.fromEntries(need.keys), allowed });
    return allowed;
  }

  private forward({ method, path, headers, body }: AwsRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = send(
        new URL(path, this.options.upstream),
        { method, headers: { ...without(headers, OF_A_CONNECTION), "content-length": String(body.length) } },
        (incoming) => {
          bodyOf(incoming).then(
            (whole) =>
              resolve({
                status: incoming.statusCode ?? 502,
                headers: without(incoming.headers, OF_A_CONNECTION),
                body: whole,
              }),
            reject,
          );
        },
      );
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }
}

const without = (headers: Headers, names: readonly string[]): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || names.includes(name) ? [] : [[name, typeof value === "string" ? value : [...value]]],
    ),
  );

function statementsOf(policy: string): readonly PermissionsStatement[] {
  const reading = readPermissions(policy);
  if ("refused" in reading) throw new RangeError(`No permissions policy: ${reading.refused}`);
  return reading.statements;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * What AWS answers to whoever may not.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
function refusal({ action, resource }: AccessRequest, { service }: Signature): Answer {
  const message = `not authorized to perform: ${action} on resource: ${resource}`;
  if (service === "dynamodb")
    return {
      status: 400,
      headers: { "content-type": "application/x-amz-json-1.0" },
      body: Buffer.from(JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", Message: message })),
    };
  return {
    status: 403,
    headers: { "content-type": "application/xml" },
    body: Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>${escaped(message)}</Message></Error>`,
    ),
  };
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
