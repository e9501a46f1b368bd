import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsFront } from "../../../lib/sandbox/aws-front";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-44cd-86ef-1234567890ab";

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: "arn:aws:s3:::octo/network/*",
    },
    {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::octo",
      Condition: { StringLike: { "s3:prefix": "network/*" } },
    },
    { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::octo/unlisted/*" },
    {
      Effect: "Allow",
      Action: "dynamodb:*",
      Resource: "arn:aws:dynamodb:eu-west-1:111122223333:table/locks",
      Condition: { StringEquals: { "dynamodb:LeadingKeys": "octo/network" } },
    },
    {
      Effect: "Allow",
      Action: "kms:GenerateDataKey",
      Resource: KEY,
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
    },
  ],
});

/** An AWS that does as it is told: objects called `missing` are not there, those called `secret` are encrypted. */
function upstream(): Promise<{ readonly server: Server; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      asked.push(`${request.method} ${request.url}${body && ` ${body}`}`);
      const encryption = request.url?.endsWith("secret") ? { "x-amz-server-side-encryption-aws-kms-key-id": KEY } : {};
      response.writeHead(request.url?.endsWith("missing") ? 404 : 200, { etag: "x", ...encryption }).end("done");
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ server, asked })));
}

describe("a local AWS that holds sessions to their policies", () => {
  let aws: Awaited<ReturnType<typeof upstream>>;
  let front: AwsFront;
  beforeAll(async () => {
    aws = await upstream();
    const { port } = aws.server.address() as AddressInfo;
    front = await AwsFront.start({
      upstream: `http://127.0.0.1:${port}`,
      sessions: [{ accessKeyId: "ASIAROLE", account: "111122223333", partition: "aws", policies: [POLICY] }],
    });
  });
  beforeEach(() => {
    front.clearDecisions();
    aws.asked.length = 0;
  });
  afterAll(async () => {
    await front.stop();
    await new Promise((resolve) => aws.server.close(resolve));
  });

  const ask = (
    service: string,
    method: string,
    path: string,
    {
      accessKeyId = "ASIAROLE",
      body,
      headers = {},
    }: { accessKeyId?: string; body?: string; headers?: Record<string, string> } = {},
  ): Promise<Response> =>
    fetch(`${front.url}${path}`, {
      method,
      headers: {
        ...headers,
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
      },
      ...(body === undefined ? {} : { body }),
    });

  test.each<[string, string, string, number]>([
    ["reads what may be read", "GET", "/octo/network/a", 200],
    ["asks for its head", "HEAD", "/octo/network/a", 200],
    ["writes", "PUT", "/octo/network/a", 200],
    ["deletes", "DELETE", "/octo/network/a", 200],
    ["lists what may be listed", "GET", "/octo?list-type=2&prefix=network%2Fa", 200],
    ["does not list all", "GET", "/octo?list-type=2", 403],
    ["does not list another prefix", "GET", "/octo?list-type=2&prefix=env%3A%2F", 403],
    ["does not read elsewhere", "GET", "/octo/billing/a", 403],
    ["does not read in another bucket", "GET", "/octo-2/network/a", 403],
    ["does not write elsewhere", "PUT", "/octo/unlisted/a", 403],
    ["does not delete elsewhere", "DELETE", "/octo/unlisted/a", 403],
    ["is told that nothing is there where it may list", "GET", "/octo/network/missing", 404],
    ["is not told that nothing is there where it may not list", "GET", "/octo/unlisted/missing", 403],
    ["reads a key with characters that an address escapes", "GET", "/octo/network/a%20b%2Fc", 200],
    ["does not what is not known here", "POST", "/octo/network/a?restore", 403],
    ["does not list buckets", "GET", "/", 403],
    ["does not make a bucket", "PUT", "/octo-3", 403],
  ])("of S3, a session %s", async (_, method, path, status) => {
    expect((await ask("s3", method, path)).status).toBe(status);
    // What is not there must be looked for before it can be said.
    if (!path.endsWith("missing")) expect(aws.asked).toHaveLength(status === 200 ? 1 : 0);
  });

  test("a refusal is S3's own, and no more is told of an object than that", async () => {
    const response = await ask("s3", "GET", "/octo/billing/a");
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>not authorized to perform: s3:GetObject on resource: arn:aws:s3:::octo/billing/a</Message></Error>',
    );
    expect(front.decisions).toEqual([
      { action: "s3:GetObject", resource: "arn:aws:s3:::octo/billing/a", keys: {}, allowed: false },
    ]);
  });

  test("of a KMS key, a session that may encrypt alone writes and does not read back", async () => {
    expect(
      (
        await ask("s3", "PUT", "/octo/network/secret", {
          headers: { "x-amz-server-side-encryption-aws-kms-key-id": KEY },
        })
      ).status,
    ).toBe(200);
    expect((await ask("s3", "GET", "/octo/network/secret")).status).toBe(403);
    expect((await ask("s3", "HEAD", "/octo/network/secret")).status).toBe(200);
    expect(
      (
        await ask("s3", "PUT", "/octo/network/secret", {
          headers: { "x-amz-server-side-encryption-aws-kms-key-id": KEY.replace("1234", "4321") },
        })
      ).status,
    ).toBe(403);
  });

  test.each<[string, string, object, number]>([
    ["gets its item", "GetItem", { TableName: "locks", Key: { LockID: { S: "octo/network" } } }, 200],
    [
      "puts its item",
      "PutItem",
      { TableName: "locks", Item: { LockID: { S: "octo/network" }, Info: { S: "x" } } },
      200,
    ],
    ["does not get another item", "GetItem", { TableName: "locks", Key: { LockID: { S: "octo/billing" } } }, 400],
    ["does not use another table", "GetItem", { TableName: "others", Key: { LockID: { S: "octo/network" } } }, 400],
    ["does not scan", "Scan", { TableName: "locks" }, 400],
  ])("of DynamoDB, a session %s", async (_, operation, body, status) => {
    const response = await ask("dynamodb", "POST", "/", {
      body: JSON.stringify(body),
      headers: { "x-amz-target": `DynamoDB_20120810.${operation}` },
    });
    expect(response.status).toBe(status);
    if (status === 400)
      expect(await response.json()).toMatchObject({ __type: "com.amazon.coral.service#AccessDeniedException" });
    expect(aws.asked).toEqual(status === 200 ? [`POST / ${JSON.stringify(body)}`] : []);
  });

  test("who it is, a session may always ask, and no more of STS", async () => {
    expect((await ask("sts", "POST", "/", { body: "Action=GetCallerIdentity&Version=2011-06-15" })).status).toBe(200);
    expect((await ask("sts", "POST", "/", { body: "Action=AssumeRole&Version=2011-06-15" })).status).toBe(403);
    expect((await ask("iam", "POST", "/", { body: "Action=ListRoles" })).status).toBe(403);
  });

  test("other credentials are let through, and nothing is kept of them", async () => {
    expect((await ask("iam", "POST", "/", { accessKeyId: "AKIAADMIN", body: "Action=ListRoles" })).status).toBe(200);
    expect((await fetch(`${front.url}/octo/billing/a`)).status).toBe(200);
    expect(front.decisions).toEqual([]);
  });

  test("a session without a policy that can be read is none", async () => {
    await expect(
      AwsFront.start({
        upstream: "http://127.0.0.1:1",
        sessions: [{ accessKeyId: "A", account: "1", partition: "aws", policies: ["{}"] }],
      }),
    ).rejects.toThrow(RangeError);
  });
});
