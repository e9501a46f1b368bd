import fc from "fast-check";
import { permits, type AccessRequest } from "../../lib/aws/permissions/decide";
import { readPermissions } from "../../lib/aws/permissions/read-policy";
import { conditionKeys } from "../../lib/aws/policy/evaluate";
import { identityPolicyProblems, policyLength } from "../../lib/aws/policy-document";
import { INLINE_POLICIES_LENGTH } from "../../lib/aws/role-rules";
import {
  kmsKeyArnRule,
  STATE_ACCESS,
  STATE_NEEDS,
  stateKeyRule,
  terraformStatePolicy,
  type StateAccess,
  type StateBucket,
  type StateGrant,
  type StateNeed,
} from "../../lib/aws/terraform-state";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-44cd-86ef-1234567890ab";
const FILES: StateBucket = {
  bucket: "octo",
  region: "eu-west-1",
  partition: "aws",
  account: "111122223333",
  lock: "file",
};
const TABLES: StateBucket = { ...FILES, lock: { dynamodbTable: "locks" } };
const UNLOCKED: StateBucket = { ...FILES, lock: "none" };

/** Whether a policy permits what Terraform asks. */
function permitsAll(grants: readonly StateGrant[], ...requests: readonly AccessRequest[]): boolean {
  const reading = readPermissions(JSON.stringify(terraformStatePolicy(grants)));
  if ("refused" in reading) throw new Error(reading.refused);
  return requests.every((request) => permits(reading.statements, request));
}

/** What Terraform asks of one state, written down from what it sends rather than from the policy. */
function request(
  { action, target }: StateNeed,
  { bucket, lock, kmsKeyArn = KEY }: StateBucket,
  state: string,
): AccessRequest {
  const table = `arn:aws:dynamodb:eu-west-1:111122223333:table/${typeof lock === "object" ? lock.dynamodbTable : "locks"}`;
  const item = (key: string): AccessRequest => ({
    action,
    resource: table,
    keys: conditionKeys({ "dynamodb:LeadingKeys": key }),
  });
  const of = (resource: string, keys: Record<string, string> = {}): AccessRequest => ({
    action,
    resource,
    keys: conditionKeys(keys),
  });
  switch (target) {
    case "bucket":
      return of(`arn:aws:s3:::${bucket}`, { "s3:prefix": state });
    case "state":
      return of(`arn:aws:s3:::${bucket}/${state}`);
    case "lockFile":
      return of(`arn:aws:s3:::${bucket}/${state}.tflock`);
    case "table":
      return of(table);
    case "lockItem":
      return item(`${bucket}/${state}`);
    case "digestItem":
      return item(`${bucket}/${state}-md5`);
    case "kmsKey":
      return of(kmsKeyArn, { "kms:ViaService": "s3.eu-west-1.amazonaws.com" });
  }
}

const atLeast = (access: StateAccess, from: StateAccess): boolean =>
  STATE_ACCESS.indexOf(access) >= STATE_ACCESS.indexOf(from);
const isOf = ({ lock, target }: StateNeed, states: StateBucket): boolean =>
  (lock ?? lockOf(states)) === lockOf(states) && (target !== "kmsKey" || states.kmsKeyArn !== undefined);
const lockOf = ({ lock }: StateBucket): string => (typeof lock === "object" ? "table" : lock);

const access = fc.constantFrom(...STATE_ACCESS);
const bucket = fc.constantFrom(FILES, TABLES, { ...FILES, kmsKeyArn: KEY }, { ...TABLES, kmsKeyArn: KEY });
const state = fc.constantFrom("network/main.tfstate", "network/a/b", "network/x y");
const key = fc.constantFrom("network/", "exactly");

describe("the policy for states", () => {
  test("permits every action that an access needs, and none that only a higher one does", () => {
    fc.assert(
      fc.property(access, bucket, state, key, (given, states, name, form) => {
        const grant = { states, key: form === "exactly" ? name : form, access: given };
        const needs = STATE_NEEDS.filter((need) => isOf(need, states));
        for (const need of needs) {
          // A pattern of states has their lock files too: reading them tells no more than the state does.
          if (form !== "exactly" && need.target === "lockFile" && need.action === "s3:GetObject") continue;
          // What is needed for two reasons is needed from the lower access on.
          const expected = needs.some(
            ({ action, target, from }) => action === need.action && target === need.target && atLeast(given, from),
          );
          expect([need.action, need.target, permitsAll([grant], request(need, states, name))]).toEqual([
            need.action,
            need.target,
            expected,
          ]);
        }
      }),
    );
  });

  test("permits nothing of another state, bucket or table", () => {
    fc.assert(
      fc.property(
        access,
        bucket,
        state,
        key,
        fc.constantFrom("billing/main.tfstate", "networks/main.tfstate", "network", "network2/main.tfstate"),
        (given, states, name, form, other) => {
          const grant = { states, key: form === "exactly" ? name : form, access: given };
          for (const need of STATE_NEEDS.filter((each) => isOf(each, states) && each.target !== "kmsKey")) {
            if (need.target !== "table")
              expect([need.action, other, permitsAll([grant], request(need, states, other))]).toEqual([
                need.action,
                other,
                false,
              ]);
            const elsewhere: StateBucket = {
              ...states,
              bucket: "octo-2",
              lock: typeof states.lock === "object" ? { dynamodbTable: "locks-2" } : states.lock,
            };
            expect([need.action, permitsAll([grant], request(need, elsewhere, name))]).toEqual([need.action, false]);
          }
        },
      ),
    );
  });

  test("is one that IAM takes", () => {
    fc.assert(
      fc.property(access, bucket, state, key, (given, states, name, form) => {
        expect(
          identityPolicyProblems(
            terraformStatePolicy([{ states, key: form === "exactly" ? name : form, access: given }]),
          ),
        ).toEqual([]);
      }),
    );
  });

  test("uses the key through S3 alone, and only that key", () => {
    const grant: StateGrant = { states: { ...FILES, kmsKeyArn: KEY }, key: "network/", access: "write" };
    const decrypt = (resource: string, service: string): AccessRequest => ({
      action: "kms:Decrypt",
      resource,
      keys: conditionKeys({ "kms:ViaService": service }),
    });
    expect(permitsAll([grant], decrypt(KEY, "s3.eu-west-1.amazonaws.com"))).toBe(true);
    expect(permitsAll([grant], decrypt(KEY, "secretsmanager.eu-west-1.amazonaws.com"))).toBe(false);
    expect(permitsAll([grant], { action: "kms:Decrypt", resource: KEY, keys: conditionKeys({}) })).toBe(false);
    expect(permitsAll([grant], decrypt(KEY.replace("1234abcd", "4321abcd"), "s3.eu-west-1.amazonaws.com"))).toBe(false);
  });

  test("writes no digest of a folder's states with a lock alone, and no item that the request does not name", () => {
    const grant: StateGrant = { states: TABLES, key: "network/", access: "lock" };
    const put = (leading: string | undefined): AccessRequest => ({
      action: "dynamodb:PutItem",
      resource: "arn:aws:dynamodb:eu-west-1:111122223333:table/locks",
      keys: conditionKeys({ "dynamodb:LeadingKeys": leading }),
    });
    expect(permitsAll([grant], put("octo/network/main"))).toBe(true);
    expect(permitsAll([grant], put("octo/network/main-md5"))).toBe(false);
    expect(permitsAll([{ ...grant, access: "write" }], put("octo/network/main-md5"))).toBe(true);
    expect(permitsAll([grant], put(undefined))).toBe(false);
  });

  test("says the same of both sides of a partition, and nothing of a service's name that is not known there", () => {
    const states: StateBucket = {
      ...TABLES,
      partition: "aws-cn",
      region: "cn-north-1",
      kmsKeyArn: KEY.replace("arn:aws:kms:eu-west-1", "arn:aws-cn:kms:cn-north-1"),
    };
    const text = JSON.stringify(terraformStatePolicy([{ states, key: "network/", access: "lock" }]));
    expect(text).toContain('"arn:aws-cn:s3:::octo"');
    expect(text).toContain('"arn:aws-cn:dynamodb:cn-north-1:111122223333:table/locks"');
    expect(text).not.toMatch(/arn:aws:|ViaService/);
  });

  test("is short: two states with a key fit many times into what a role may have", () => {
    const grants = (["network/main.tfstate", "dns/"] as const).map((each): StateGrant => ({
      states: { ...FILES, kmsKeyArn: KEY },
      key: each,
      access: "write",
    }));
    const text = JSON.stringify(terraformStatePolicy(grants));
    expect(policyLength(text)).toBeLessThan(INLINE_POLICIES_LENGTH / 10);
    expect(JSON.parse(text)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::octo",
          Condition: { StringLike: { "s3:prefix": ["network/main.tfstate", "dns/*"] } },
        },
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject"],
          Resource: [
            "arn:aws:s3:::octo/network/main.tfstate",
            "arn:aws:s3:::octo/network/main.tfstate.tflock",
            "arn:aws:s3:::octo/dns/*",
          ],
        },
        {
          Effect: "Allow",
          Action: "s3:DeleteObject",
          Resource: ["arn:aws:s3:::octo/network/main.tfstate.tflock", "arn:aws:s3:::octo/dns/*.tflock"],
        },
        {
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: KEY,
          Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        },
      ],
    });
  });

  test.each<[string, StateGrant[], string]>([
    ["no state", [], "No state is named"],
    [
      "a lock where there is none",
      [{ states: UNLOCKED, key: "a/", access: "lock" }],
      'State "a/": the states of bucket "octo" are not locked, use "read"',
    ],
    [
      "a pattern",
      [{ states: FILES, key: "*", access: "read" }],
      'State "*" of bucket "octo": remove "*", "?", "${" and "%{": IAM and Terraform read them as more than a name',
    ],
    [
      "an alias of a key",
      [{ states: { ...FILES, kmsKeyArn: "alias/terraform" }, key: "a/", access: "read" }],
      `State "a/" of bucket "octo": ${kmsKeyArnRule("alias/terraform", "aws", "eu-west-1")}`,
    ],
  ])("refuses %s", (_, grants, message) => expect(() => terraformStatePolicy(grants)).toThrow(new RangeError(message)));
});

describe("the key of a state", () => {
  test.each(["network/", "network/main.tfstate", "env:/prod/main.tfstate", "a b", "a".repeat(900), "x-md5/", "tflock"])(
    "may be %j",
    (each) => expect(stateKeyRule(each)).toBeUndefined(),
  );

  test.each([
    "",
    " ",
    " a",
    "a ",
    "/",
    "/a",
    "a//b",
    "é",
    "a\n",
    "a".repeat(901),
    "*",
    "a?",
    "${x}",
    "%{x}",
    "a.tflock",
    "a-md5",
  ])("may not be %j", (each) => expect(stateKeyRule(each)).toBeDefined());
});

describe("the KMS key of states", () => {
  test.each<[string, string | undefined]>([
    [KEY, undefined],
    ["arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab", undefined],
    ["arn:aws:kms:eu-west-1:111122223333:alias/terraform", "use the ARN of a key, not of an alias"],
    [KEY.replace("arn:aws:", "arn:aws-cn:"), 'it is of partition "aws-cn"'],
    [KEY.replace("eu-west-1", "eu-west-2"), 'it is of region "eu-west-2"'],
  ])("%s", (arn, wrong) => {
    const said = kmsKeyArnRule(arn, "aws", "eu-west-1");
    if (wrong === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(wrong);
  });
});
