import { grantOf } from "../../../lib/aws/permissions/grant";
import { readPermissions } from "../../../lib/aws/permissions/read-policy";
import { terraformStatePolicy, type StateAccess, type StateBucket } from "../../../lib/aws/terraform-state";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-44cd-86ef-1234567890ab";
const FILES: StateBucket = {
  bucket: "octo",
  region: "eu-west-1",
  partition: "aws",
  account: "111122223333",
  lock: "file",
  kmsKeyArn: KEY,
};
const CHINA: StateBucket = {
  ...FILES,
  partition: "aws-cn",
  region: "cn-north-1",
  kmsKeyArn: KEY.replace("aws:kms:eu-west-1", "aws-cn:kms:cn-north-1"),
};
const TABLES: StateBucket = { ...FILES, lock: { dynamodbTable: "locks" } };

function levelOf(document: object): string {
  const reading = readPermissions(JSON.stringify(document));
  if ("refused" in reading) throw new Error(reading.refused);
  return grantOf("state", reading.statements, [], []).level;
}

describe.each([
  ["in files", FILES],
  ["in files, in China", CHINA],
  ["in a table", TABLES],
])("a role that locks states %s", (_, states) => {
  test.each<[StateAccess, string, string]>([
    ["read", "network/", "reads"],
    ["lock", "network/", "reads"],
    ["lock", "network/main.tfstate", "reads"],
    ["write", "network/", "writes"],
    ["write", "network/main.tfstate", "writes"],
  ])("and may %s %s amounts to one that %s", (access, key, level) => {
    expect(levelOf(terraformStatePolicy([{ states, key, access }]))).toBe(level);
  });
});

describe("what is like a lock, and more than that, writes:", () => {
  const items = (condition: object, actions: string | string[] = "dynamodb:PutItem"): object => ({
    Statement: { Effect: "Allow", Action: actions, Resource: "*", Condition: condition },
  });
  const leading = (values: string | string[]): object => ({ "dynamodb:LeadingKeys": values });
  const present = { Null: leading("false") };

  test.each<[string, object]>([
    [
      "other objects beside lock files",
      {
        Statement: {
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: ["arn:aws:s3:::octo/a.tflock", "arn:aws:s3:::octo/a"],
        },
      },
    ],
    [
      "lock files of any bucket",
      { Statement: { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::*.tflock" } },
    ],
    [
      "all but lock files",
      { Statement: { Effect: "Allow", Action: "s3:PutObject", NotResource: "arn:aws:s3:::octo/a.tflock" } },
    ],
    [
      "all but one action",
      { Statement: { Effect: "Allow", NotAction: "s3:GetObject", Resource: "arn:aws:s3:::octo/a.tflock" } },
    ],
    [
      "more actions on lock files",
      { Statement: { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::octo/a.tflock" } },
    ],
    ["every item", items({})],
    ["items that the request need not name", items({ "ForAllValues:StringEquals": leading("octo/a") })],
    ["digests of states", items({ "ForAllValues:StringEquals": leading("octo/a-md5"), ...present })],
    ["digests among locks", items({ "ForAllValues:StringLike": leading("octo/network/*"), ...present })],
    ["items of one's own", items({ "ForAllValues:StringEquals": leading("customer-7"), ...present })],
    [
      "items whose names a variable makes",
      items({ "ForAllValues:StringEquals": leading("octo/${aws:PrincipalTag/x}"), ...present }),
    ],
    ["items named, in one way or another", items({ "ForAnyValue:StringEquals": leading("octo/a"), ...present })],
    [
      "updates of items",
      items({ "ForAllValues:StringEquals": leading("octo/a"), ...present }, [
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
      ]),
    ],
  ])("%s", (_, document) => expect(levelOf({ Version: "2012-10-17", ...document })).toBe("writes"));

  test("a lock item with exactly its name is a lock", () => {
    expect(
      levelOf({ Version: "2012-10-17", ...items({ "ForAllValues:StringEquals": leading("octo/a"), ...present }) }),
    ).toBe("reads");
  });
});
