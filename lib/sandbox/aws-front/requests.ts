import { conditionKeys } from "../../aws/policy/evaluate";
import type { AccessRequest } from "../../aws/permissions/decide";

/** A request as it was sent to an endpoint of AWS. */
export interface AwsRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** Who signed a request, for which service and where. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
export function signatureOf({ headers }: AwsRequest): Signature | undefined {
  const [, accessKeyId, region, service] =
    /Credential=([^/]+)\/[0-9]{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(headerOf(headers, "authorization")) ?? [];
  return accessKeyId !== undefined && region !== undefined && service !== undefined
    ? { accessKeyId, region, service }
    : undefined;
}

/** Where the principal is. */
export interface Home {
  readonly partition: string;
  /** Twelve digits. */
  readonly account: string;
}

/**
 * What a request needs to be allowed. One that is not known here needs what no policy names.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function needsOf(request: AwsRequest, signature: Signature, home: Home): readonly AccessRequest[] {
  switch (signature.service) {
    case "s3":
      return s3Needs(request, signature, home);
    case "dynamodb":
      return dynamodbNeeds(request, signature, home);
    case "sts":
      // Nobody can be kept from asking who they are.
      return /(^|&)Action=GetCallerIdentity(&|$)/.test(request.body.toString("utf8"))
        ? []
        : [unknown(request, signature)];
    default:
      return [unknown(request, signature)];
  }
}

/** A name that is no action: only a policy that allows everything has it. */
const unknown = ({ method, path }: AwsRequest, { service }: Signature): AccessRequest => ({
  action: `${service}:${method} ${path}`,
  resource: "*",
  keys: conditionKeys({}),
});

/** Whether S3 tells of an object that is not there rather than refuse: only to whoever may list it. */
export function listingOf(request: AwsRequest, { partition }: Home): AccessRequest | undefined {
  const { bucket, key } = objectOf(request);
  return key === ""
    ? undefined
    : {
        action: "s3:ListBucket",
        resource: `arn:${partition}:s3:::${bucket}`,
        keys: conditionKeys({ "s3:prefix": key }),
      };
}

/** What it takes to read an object that is encrypted with a KMS key. @param keyArn as S3 answers with it */
export const decryptionOf = (keyArn: string, signature: Signature): AccessRequest => ({
  action: "kms:Decrypt",
  resource: keyArn,
  keys: throughS3(signature),
});

const throughS3 = ({ region }: Signature): AccessRequest["keys"] =>
  conditionKeys({ "kms:ViaService": `s3.${region}.amazonaws.com` });

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
function s3Needs(request: AwsRequest, signature: Signature, { partition }: Home): readonly AccessRequest[] {
  const { bucket, key, query } = objectOf(request);
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  if (key === "")
    return /^(GET|HEAD)$/.test(request.method) && bucket !== ""
      ? [
          {
            action: "s3:ListBucket",
            resource: bucketArn,
            keys: conditionKeys({ "s3:prefix": query.get("prefix") ?? undefined }),
          },
        ]
      : [unknown(request, signature)];
  const about = (action: string): AccessRequest => ({
    action,
    resource: `${bucketArn}/${key}`,
    keys: conditionKeys({}),
  });
  switch (request.method) {
    case "GET":
    case "HEAD":
      return [about("s3:GetObject")];
    case "PUT": {
      const kmsKey = headerOf(request.headers, "x-amz-server-side-encryption-aws-kms-key-id");
      return [
        about("s3:PutObject"),
        ...(kmsKey === "" ? [] : [{ action: "kms:GenerateDataKey", resource: kmsKey, keys: throughS3(signature) }]),
      ];
    }
    case "DELETE":
      return [about("s3:DeleteObject")];
    default:
      return [unknown(request, signature)];
  }
}

/** Path-style addresses alone: a local endpoint has no names for buckets. */
function objectOf({ path }: AwsRequest): { bucket: string; key: string; query: URLSearchParams } {
  const url = new URL(path, "http://localhost");
  const [bucket = "", ...key] = url.pathname.slice(1).split("/").map(decodeURIComponent);
  return { bucket, key: key.join("/"), query: url.searchParams };
}

/** Partition key of the tables that Terraform locks in. */
const LOCK_ID = "LockID";

interface DynamodbBody {
  readonly TableName?: string;
  readonly Key?: Readonly<Record<string, { readonly S?: string }>>;
  readonly Item?: Readonly<Record<string, { readonly S?: string }>>;
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
function dynamodbNeeds(
  { headers, body }: AwsRequest,
  { region }: Signature,
  { partition, account }: Home,
): readonly AccessRequest[] {
  const operation = headerOf(headers, "x-amz-target").split(".").at(-1) ?? "";
  const { TableName: table = "", Key: key, Item: item } = JSON.parse(body.toString("utf8")) as DynamodbBody;
  const leading = (key ?? item)?.[LOCK_ID]?.S;
  return [
    {
      action: `dynamodb:${operation}`,
      resource: `arn:${partition}:dynamodb:${region}:${account}:table/${table}`,
      keys: conditionKeys({ "dynamodb:LeadingKeys": leading }),
    },
  ];
}

function headerOf(headers: AwsRequest["headers"], name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
