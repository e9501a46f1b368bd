import type { Partition } from "./partition";
import type { ConditionBlock, PolicyDocument, PolicyStatement } from "./policy-document";

/**
 * What Terraform's S3 backend asks of AWS, and the policy that grants it.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */

/** How much of a state a role may: `read` plans without a lock, `lock` also takes and releases the lock, `write` applies. Each includes the one before. */
export const STATE_ACCESS = ["read", "lock", "write"] as const;
export type StateAccess = (typeof STATE_ACCESS)[number];

/** How states are locked: by a file beside each (`use_lockfile`, Terraform 1.10), in a DynamoDB table, or not at all. */
export type StateLock = "file" | "none" | { readonly dynamodbTable: string };

/** A bucket that holds states. */
export interface StateBucket {
  readonly bucket: string;
  /** Region of the bucket, of its key and of the table that locks. */
  readonly region: string;
  readonly partition: Partition;
  /** Twelve digits: the account of the table that locks. */
  readonly account: string;
  readonly lock: StateLock;
  /** ARN of the KMS key that encrypts the states. @default a key of S3's own, for which no permission is needed */
  readonly kmsKeyArn?: string | undefined;
}

/** What a role may do with some states. */
export interface StateGrant {
  readonly states: StateBucket;
  /** As in the backend's block: the key of one state, or with "/" at the end every state below it. */
  readonly key: string;
  readonly access: StateAccess;
}

/** What an action is about: the bucket or table as a whole, states, or what stands beside each of them. */
export type StateTarget = "bucket" | "state" | "lockFile" | "table" | "lockItem" | "digestItem" | "kmsKey";

/** An action that Terraform needs, and from which access on. */
export interface StateNeed {
  readonly action: string;
  readonly target: StateTarget;
  readonly from: StateAccess;
  /** Only where states are locked in this way. @default in whatever way */
  readonly lock?: "file" | "table";
  readonly why: string;
}

/**
 * Everything that Terraform needs. Left out of HashiCorp's list is `kms:Encrypt`, because S3 encrypts with data
 * keys; put in is the digest that Terraform keeps of each state beside its lock in DynamoDB.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const STATE_NEEDS: readonly StateNeed[] = [
  {
    action: "s3:ListBucket",
    target: "bucket",
    from: "read",
    why: "a state that is not there yet is told from one that may not be read",
  },
  { action: "s3:GetObject", target: "state", from: "read", why: "reads the state" },
  { action: "s3:PutObject", target: "state", from: "write", why: "writes the state" },
  {
    action: "s3:GetObject",
    target: "lockFile",
    from: "lock",
    lock: "file",
    why: "tells who holds the lock, and that it is one's own before it is released",
  },
  { action: "s3:PutObject", target: "lockFile", from: "lock", lock: "file", why: "takes the lock" },
  { action: "s3:DeleteObject", target: "lockFile", from: "lock", lock: "file", why: "releases the lock" },
  {
    action: "dynamodb:DescribeTable",
    target: "table",
    from: "lock",
    lock: "table",
    why: "HashiCorp lists it; it tells of the table, not of what is in it",
  },
  {
    action: "dynamodb:GetItem",
    target: "digestItem",
    from: "read",
    lock: "table",
    why: "compares the state with the digest that was kept of it",
  },
  {
    action: "dynamodb:PutItem",
    target: "digestItem",
    from: "write",
    lock: "table",
    why: "keeps the digest of the state",
  },
  { action: "dynamodb:GetItem", target: "lockItem", from: "lock", lock: "table", why: "tells who holds the lock" },
  { action: "dynamodb:PutItem", target: "lockItem", from: "lock", lock: "table", why: "takes the lock" },
  { action: "dynamodb:DeleteItem", target: "lockItem", from: "lock", lock: "table", why: "releases the lock" },
  { action: "kms:Decrypt", target: "kmsKey", from: "read", why: "reads what is encrypted" },
  { action: "kms:GenerateDataKey", target: "kmsKey", from: "lock", lock: "file", why: "encrypts the lock file" },
  { action: "kms:GenerateDataKey", target: "kmsKey", from: "write", why: "encrypts the state" },
];

/** Says what is wrong with the key of a state, or of all states below it, or `undefined`. */
export function stateKeyRule(key: string): string | undefined {
  if (
    !/^[\u0021-\u007e]+( +[\u0021-\u007e]+)*$/.test(key) ||
    key.startsWith("/") ||
    key.includes("//") ||
    key.length > 900
  )
    return 'use the key that the backend is given, without "/" at its start, as in "network/terraform.tfstate"; with "/" at the end it means every state below it, as in "network/"';
  if (/[*?]|[$%]\{/.test(key)) return 'remove "*", "?", "${" and "%{": IAM and Terraform read them as more than a name';
  if (key.endsWith(".tflock") || key.endsWith("-md5"))
    return 'name the state: Terraform keeps its locks and digests under names that end in ".tflock" and "-md5"';
  return undefined;
}

/** Says what is wrong with the ARN of the key that encrypts the states of a region, or `undefined`. */
export function kmsKeyArnRule(arn: string, partition: Partition, region: string): string | undefined {
  const [, inPartition, inRegion] = /^arn:([a-z-]+):kms:([a-z0-9-]+):[0-9]{12}:key\/[A-Za-z0-9-]+$/.exec(arn) ?? [];
  if (inPartition === undefined)
    return `use the ARN of a key, not of an alias: IAM compares nothing else, as in "arn:${partition}:kms:${region}:111122223333:key/1234abcd-12ab-44cd-86ef-1234567890ab"`;
  if (inPartition !== partition) return `it is of partition "${inPartition}", and the bucket is in "${partition}"`;
  return inRegion === region
    ? undefined
    : `it is of region "${inRegion}", and the bucket is in "${region}": S3 encrypts with keys of its own region`;
}

/**
 * The permissions policy for Terraform's state. It admits what Terraform does in the default workspace.
 *
 * @throws RangeError when nothing is granted, a key is none, or a lock is to be taken where there is none.
 */
export function terraformStatePolicy(grants: readonly StateGrant[]): PolicyDocument {
  if (grants.length === 0) throw new RangeError("No state is named");
  for (const grant of grants) checkGrant(grant);
  return {
    Version: "2012-10-17",
    Statement: [...ofBuckets(grants), ...ofObjects(grants), ...grants.flatMap(ofTable), ...ofKeys(grants)],
  };
}

function checkGrant({ key, access, states }: StateGrant): void {
  const wrong =
    stateKeyRule(key) ??
    (states.kmsKeyArn === undefined ? undefined : kmsKeyArnRule(states.kmsKeyArn, states.partition, states.region));
  if (wrong) throw new RangeError(`State ${JSON.stringify(key)} of bucket ${JSON.stringify(states.bucket)}: ${wrong}`);
  if (access === "lock" && states.lock === "none")
    throw new RangeError(
      `State ${JSON.stringify(key)}: the states of bucket ${JSON.stringify(states.bucket)} are not locked, use "read"`,
    );
}

/** The needs of a grant that are about some target. */
function needsOf({ states: { lock }, access }: StateGrant, ...targets: StateTarget[]): StateNeed[] {
  const by = typeof lock === "object" ? "table" : lock;
  return STATE_NEEDS.filter(
    (need) =>
      targets.includes(need.target) &&
      (need.lock ?? by) === by &&
      STATE_ACCESS.indexOf(need.from) <= STATE_ACCESS.indexOf(access),
  );
}

const isFolder = (key: string): boolean => key.endsWith("/");
/** The key, or a pattern of all keys below it. */
const below = (key: string): string => (isFolder(key) ? `${key}*` : key);
const bucketArn = ({ partition, bucket }: StateBucket): string => `arn:${partition}:s3:::${bucket}`;

/** One statement for each bucket, about the keys of its states. */
const ofBuckets = (grants: readonly StateGrant[]): PolicyStatement[] =>
  [...groupBy(grants, ({ states }) => bucketArn(states))].map(([arn, group]) => {
    const keys = group.map(({ key }) => below(key));
    return allow(["s3:ListBucket"], arn, {
      [keys.some((key) => key.includes("*")) ? "StringLike" : "StringEquals"]: { "s3:prefix": oneOrAll(keys) },
    });
  });

/** States and lock files: one statement for all actions that are about the same of them. */
function ofObjects(grants: readonly StateGrant[]): PolicyStatement[] {
  const objects = new Map<string, Set<string>>();
  for (const grant of grants)
    for (const { action, target } of needsOf(grant, "state", "lockFile")) {
      const object = `${bucketArn(grant.states)}/${target === "lockFile" ? `${below(grant.key)}.tflock` : below(grant.key)}`;
      objects.set(action, (objects.get(action) ?? new Set()).add(object));
    }
  const resources = [...objects].map(([action, each]) => [action, withoutCovered([...each])] as const);
  return [...groupBy(resources, ([, each]) => JSON.stringify(each))].map(([, group]) =>
    allow(
      group.map(([action]) => action),
      oneOrAll(group[0]?.[1] ?? []),
    ),
  );
}

/** Leaves out lock files that the pattern of a folder has already. */
const withoutCovered = (objects: readonly string[]): string[] =>
  objects.filter(
    (object) =>
      !objects.some((other) => other !== object && other.endsWith("/*") && object.startsWith(other.slice(0, -1))),
  );

/**
 * Items are told apart by their key, BUCKET/KEY for a lock and BUCKET/KEY-md5 for a digest. Below a folder a
 * pattern of locks has the digests too: where only locks are meant they are taken out.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
function ofTable(grant: StateGrant): PolicyStatement[] {
  const { states, key } = grant;
  if (typeof states.lock !== "object") return [];
  const table = `arn:${states.partition}:dynamodb:${states.region}:${states.account}:table/${states.lock.dynamodbTable}`;
  const byAction = [...groupBy(needsOf(grant, "lockItem", "digestItem"), ({ action }) => action)];
  // Actions that are about the same items stand together.
  const byItems = groupBy(byAction, ([, needs]) =>
    needs
      .map(({ target }) => target)
      .sort()
      .join(),
  );
  const ofItems = [...byItems.values()].map((group) => {
    const targets = new Set(group[0]?.[1].map(({ target }) => target));
    return allow(
      group.map(([action]) => action),
      table,
      itemCondition(`${states.bucket}/${below(key)}`, targets),
    );
  });
  return [...needsOf(grant, "table").map(({ action }) => allow([action], table)), ...ofItems];
}

/**
 * Locks, digests or both, of a state or of all below a folder. `ForAllValues` holds where a request has no
 * values at all, so that is ruled out.
 */
function itemCondition(lock: string, targets: ReadonlySet<StateTarget>): ConditionBlock {
  const ofFolder = lock.endsWith("*");
  const items = targets.has("lockItem")
    ? targets.has("digestItem") && !ofFolder
      ? [lock, `${lock}-md5`]
      : [lock]
    : [`${lock}-md5`];
  return {
    [`ForAllValues:${ofFolder ? "StringLike" : "StringEquals"}`]: { "dynamodb:LeadingKeys": oneOrAll(items) },
    ...(ofFolder && !targets.has("digestItem")
      ? { "ForAllValues:StringNotLike": { "dynamodb:LeadingKeys": "*-md5" } }
      : {}),
    Null: { "dynamodb:LeadingKeys": "false" },
  };
}

/** One statement for each key; through S3 alone, where the name that the service has there is known. */
const ofKeys = (grants: readonly StateGrant[]): PolicyStatement[] =>
  [
    ...groupBy(
      grants.filter(({ states }) => states.kmsKeyArn !== undefined),
      ({ states }) => states.kmsKeyArn ?? "",
    ),
  ].map(([arn, group]) => {
    const { partition, region } = group[0]?.states ?? { partition: "aws", region: "" };
    const isNamed = partition === "aws" || partition === "aws-us-gov";
    return allow(
      [...new Set(group.flatMap((grant) => needsOf(grant, "kmsKey").map(({ action }) => action)))],
      arn,
      isNamed ? { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } } : undefined,
    );
  });

const allow = (
  actions: readonly string[],
  resource: string | readonly string[],
  condition?: ConditionBlock,
): PolicyStatement => ({
  Effect: "Allow",
  Action: oneOrAll(actions),
  Resource: resource,
  ...(condition && { Condition: condition }),
});

/** AWS writes a list of one as a text. */
const oneOrAll = (texts: readonly string[]): string | readonly string[] =>
  texts.length === 1 ? (texts[0] ?? "") : texts;

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
