import { CONDITION_OPERATORS } from "../../../lib/aws/policy/condition-operators";
import {
  formatOperatorName,
  nearOperatorName,
  parseOperatorName,
} from "../../../lib/aws/policy/condition-operator-name";
import { meets, type Values } from "./policies";

type Row = readonly [condition: object, keys: Values, expected: boolean];

const TEAM = "aws:PrincipalTag/team";

/** What AWS's pages say, by page. Each row is a sentence or an example of it. */
const PAGES: Readonly<Record<string, readonly Row[]>> = {
  "reference_policies_elements_condition_operators.html#Conditions_String": [
    [
      { StringEquals: { "aws:PrincipalTag/job-category": "iamuser-admin" } },
      { "aws:PrincipalTag/job-category": "iamuser-admin" },
      true,
    ],
    [
      { StringEquals: { "aws:PrincipalTag/job-category": "iamuser-admin" } },
      { "aws:PrincipalTag/job-category": "IamUser-Admin" },
      false,
    ],
    [{ StringEquals: { "aws:PrincipalTag/job-category": "iamuser-admin" } }, {}, false],
    [
      { StringNotEquals: { "aws:PrincipalTag/job-category": "iamuser-admin" } },
      { "aws:PrincipalTag/job-category": "other" },
      true,
    ],
    [{ StringNotEquals: { "aws:PrincipalTag/job-category": "iamuser-admin" } }, {}, true],
    [{ StringEqualsIgnoreCase: { a: "Main" } }, { a: "mAIN" }, true],
    [{ StringNotEqualsIgnoreCase: { a: "Main" } }, { a: "mAIN" }, false],
    [{ StringNotEqualsIgnoreCase: { a: ["Main", "dev"] } }, { a: "test" }, true],
    [{ StringLike: { "s3:prefix": ["", "home/", "home/*"] } }, { "s3:prefix": "home/a/b:c" }, true],
    [{ StringLike: { "s3:prefix": ["", "home/", "home/*"] } }, { "s3:prefix": "" }, true],
    [{ StringLike: { "s3:prefix": ["", "home/", "home/*"] } }, { "s3:prefix": "Home/" }, false],
    [{ StringLike: { a: "v?" } }, { a: "v" }, false],
    [{ StringLike: { a: "v?" } }, { a: "v:" }, true],
    [{ StringNotLike: { a: ["main*", "dev"] } }, { a: "main2" }, false],
    [{ StringNotLike: { a: ["main*", "dev"] } }, { a: "test" }, true],
    [{ StringNotLike: { a: "main*" } }, {}, true],
    [{ StringEquals: { a: "repo:octo-org/*" } }, { a: "repo:octo-org/web" }, false],
    [{ StringEquals: { a: "repo:octo-org/*" } }, { a: "repo:octo-org/*" }, true],
  ],
  "reference_policies_elements_condition_operators.html#Conditions_Numeric": [
    [{ NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "10" }, true],
    [{ NumericLessThanEquals: { "s3:max-keys": 10 } }, { "s3:max-keys": "9.5" }, true],
    [{ NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "10.01" }, false],
    [{ NumericLessThan: { a: "10" } }, { a: "9" }, true],
    [{ NumericLessThan: { a: "10" } }, { a: "10" }, false],
    [{ NumericGreaterThan: { a: "10" } }, { a: "11" }, true],
    [{ NumericGreaterThanEquals: { a: "10" } }, { a: "10" }, true],
    [{ NumericEquals: { a: "1" } }, { a: "1.0" }, true],
    [{ NumericEquals: { a: "9007199254740993" } }, { a: "9007199254740992" }, false],
    [{ NumericEquals: { a: "1" } }, { a: "one" }, false],
    [{ NumericNotEquals: { a: ["1", "2"] } }, { a: "2" }, false],
    [{ NumericNotEquals: { a: ["1", "2"] } }, { a: "3" }, true],
  ],
  "reference_policies_elements_condition_operators.html#Conditions_Date": [
    [
      { DateGreaterThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } },
      { "aws:TokenIssueTime": "2020-01-01T00:00:02Z" },
      true,
    ],
    [
      { DateGreaterThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } },
      { "aws:TokenIssueTime": "2020-01-01T01:00:00+01:00" },
      false,
    ],
    [
      { DateLessThan: { "aws:CurrentTime": "2013-06-30T00:00:00Z" } },
      { "aws:CurrentTime": "2013-06-29T23:59:59.999Z" },
      true,
    ],
    [{ DateLessThanEquals: { "aws:EpochTime": "1577836800" } }, { "aws:EpochTime": "2020-01-01T00:00:00Z" }, true],
    [{ DateEquals: { a: "2020-01-01" } }, { a: "1577836800" }, true],
    [{ DateEquals: { a: 1577836800 } }, { a: "2020-01-01" }, true],
    [{ DateNotEquals: { a: "2020-01-01" } }, { a: "1577836800" }, false],
    [{ DateGreaterThanEquals: { a: "-292275054" } }, { a: "0099-12-31" }, true],
    [{ DateGreaterThan: { a: "2020-02-29" } }, { a: "2021-02-30" }, false],
  ],
  "reference_policies_elements_condition_operators.html#Conditions_Boolean": [
    [{ Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": "false" }, true],
    [{ Bool: { "aws:SecureTransport": false } }, { "aws:SecureTransport": "true" }, false],
    [{ Bool: { "aws:SecureTransport": "TRUE" } }, { "aws:SecureTransport": "true" }, true],
    [{ Bool: { "aws:SecureTransport": "false" } }, {}, false],
    [{ Bool: { a: "yes" } }, { a: "yes" }, false],
  ],
  "reference_policies_elements_condition_operators.html#Conditions_BinaryEquals": [
    [{ BinaryEquals: { key: "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } }, { key: "QmluYXJ5VmFsdWVJbkJhc2U2NA==" }, true],
    [{ BinaryEquals: { key: "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } }, { key: "QmluYXJ5VmFsdWVJbkJhc2U2NA" }, true],
    [{ BinaryEquals: { key: "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } }, { key: "qmluYXJ5VmFsdWVJbkJhc2U2NA==" }, false],
    [{ BinaryEquals: { key: "*" } }, { key: "*" }, false],
  ],
  "reference_policies_elements_condition_operators.html#Conditions_IPAddress": [
    [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, { "aws:SourceIp": "203.0.113.255" }, true],
    [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, { "aws:SourceIp": "203.0.114.0" }, false],
    [
      { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"] } },
      { "aws:SourceIp": "2001:db8:1234:5678:9abc::1" },
      true,
    ],
    [
      { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"] } },
      { "aws:SourceIp": "2001:db8:1234:5679::1" },
      false,
    ],
    [{ IpAddress: { "aws:SourceIp": "203.0.113.5" } }, { "aws:SourceIp": "203.0.113.5" }, true],
    [{ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, { "aws:SourceIp": "::1" }, false],
    [{ IpAddress: { "aws:SourceIp": "2001:db8::203.0.113.5" } }, { "aws:SourceIp": "2001:db8::cb00:7105" }, true],
    [{ IpAddress: { "aws:SourceIp": "203.0.113.0/33" } }, { "aws:SourceIp": "203.0.113.0" }, false],
    [
      { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"] } },
      { "aws:SourceIp": "203.0.113.9" },
      false,
    ],
    [
      { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"] } },
      { "aws:SourceIp": "198.51.100.1" },
      true,
    ],
  ],
  "reference_policies_elements_condition_operators.html#Conditions_ARN": [
    [
      { ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-2:123456789012:TOPIC-ID" } },
      { "aws:SourceArn": "arn:aws:sns:us-east-2:123456789012:TOPIC-ID" },
      true,
    ],
    [
      { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:123456789012:TOPIC-*" } },
      { "aws:SourceArn": "arn:aws:sns:us-east-2:123456789012:TOPIC-ID" },
      true,
    ],
    [
      { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:TOPIC-ID" } },
      { "aws:SourceArn": "arn:aws:sns:us-east-2:123456789012:TOPIC-ID" },
      false,
    ],
    [{ ArnLike: { "aws:SourceArn": "arn:aws:s3:::bucket/*" } }, { "aws:SourceArn": "arn:aws:s3:::bucket/a/b:c" }, true],
    [{ ArnLike: { "aws:SourceArn": "*" } }, { "aws:SourceArn": "no ARN" }, false],
    [{ ArnNotEquals: { "aws:SourceArn": "arn:aws:s3:::bucket" } }, { "aws:SourceArn": "arn:aws:s3:::other" }, true],
    [{ ArnNotLike: { "aws:SourceArn": "arn:aws:s3:::b*" } }, { "aws:SourceArn": "arn:aws:s3:::bucket" }, false],
    [{ ArnNotLike: { "aws:SourceArn": "arn:aws:s3:::b*" } }, {}, true],
  ],
  "reference_policies_elements_condition_operators.html#Conditions_IfExists": [
    [
      { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
      { "ec2:InstanceType": "t2.micro" },
      true,
    ],
    [
      { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
      { "ec2:InstanceType": "c4.large" },
      false,
    ],
    [{ StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } }, {}, true],
    [{ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, {}, true],
    [{ StringNotEqualsIfExists: { a: "b" } }, { a: "b" }, false],
    // Seen: https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w. The page says nothing of the two together.
    [{ "ForAnyValue:StringEqualsIfExists": { a: "b" } }, {}, false],
    [{ "ForAnyValue:StringEqualsIfExists": { a: "b" } }, { a: "" }, false],
    [{ "ForAnyValue:StringEqualsIfExists": { a: "b" } }, { a: ["b", "c"] }, true],
    [{ "ForAnyValue:StringNotEqualsIfExists": { a: "b" } }, {}, false],
    [{ "ForAllValues:StringEqualsIfExists": { a: "b" } }, {}, true],
  ],
  "reference_policies_elements_condition_operators.html#Conditions_Null": [
    [{ Null: { "aws:TokenIssueTime": "true" } }, {}, true],
    [{ Null: { "aws:TokenIssueTime": "true" } }, { "aws:TokenIssueTime": "2020-01-01" }, false],
    [{ Null: { "aws:TokenIssueTime": false } }, { "aws:TokenIssueTime": "2020-01-01" }, true],
    [{ Null: { "aws:TokenIssueTime": "false" } }, {}, false],
    [{ Null: { a: "true" } }, { a: [] }, true],
  ],
  "reference_policies_condition-single-vs-multi-valued-context-keys.html": [
    [
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } },
      { "aws:TagKeys": ["environment", "webserver"] },
      true,
    ],
    [
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } },
      { "aws:TagKeys": ["environment", "cost-center"] },
      false,
    ],
    [{ "ForAllValues:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } }, {}, true],
    [{ "ForAllValues:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } }, { "aws:TagKeys": [] }, true],
    [{ "ForAllValues:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } }, { "aws:TagKeys": "" }, true],
    [{ "ForAllValues:StringEquals": { "aws:TagKeys": ["environment"] }, Null: { "aws:TagKeys": "false" } }, {}, false],
    [
      { "ForAnyValue:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } },
      { "aws:TagKeys": ["a", "webserver"] },
      true,
    ],
    [
      { "ForAnyValue:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } },
      { "aws:TagKeys": ["a", "b"] },
      false,
    ],
    [{ "ForAnyValue:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } }, {}, false],
    [{ "ForAnyValue:StringEquals": { "aws:TagKeys": "environment" } }, { "aws:TagKeys": "environment" }, true],
    [{ "ForAllValues:StringNotEquals": { "aws:TagKeys": ["a", "b"] } }, { "aws:TagKeys": ["c", "d"] }, true],
    [{ "ForAllValues:StringNotEquals": { "aws:TagKeys": ["a", "b"] } }, { "aws:TagKeys": ["a", "d"] }, false],
    [{ "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["a", "b"] } }, { "aws:TagKeys": ["a", "d"] }, true],
    [{ "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["a", "b"] } }, { "aws:TagKeys": ["a", "b"] }, false],
    [{ "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["a", "b"] } }, {}, false],
    [{ StringEquals: { a: "x" } }, { a: ["x", "y"] }, true],
    [{ StringNotEquals: { a: "x" } }, { a: ["x", "y"] }, false],
  ],
  "reference_policies_condition-logic-multiple-context-keys-or-values.html": [
    [{ StringEquals: { a: ["x", "y"], b: "z" } }, { a: "y", b: "z" }, true],
    [{ StringEquals: { a: ["x", "y"], b: "z" } }, { a: "y" }, false],
    [{ StringEquals: { a: "x" }, StringLike: { a: "y*" } }, { a: "x" }, false],
    [{ StringNotEquals: { a: ["x", "y"] } }, { a: "y" }, false],
    [{ StringEquals: { a: [] } }, { a: "" }, false],
    [{ StringNotEquals: { a: [] } }, { a: "x" }, true],
  ],
  "reference_policies_elements_condition.html": [
    [{ StringEquals: { "AWS:Principaltag/TEAM": "red" } }, { "aws:PrincipalTag/team": "red" }, true],
    [{ StringEquals: { a: "x" } }, { A: "x" }, true],
    [{ "ForAnyValue:StringLikeIfExists": { a: "x*" } }, { A: ["xy"] }, true],
  ],
  "reference_policies_variables.html": [
    [{ StringEquals: { a: `\${${TEAM}}` } }, { a: "red", [TEAM]: "red" }, true],
    [{ StringEquals: { a: "${AWS:principaltag/Team}" } }, { a: "red", [TEAM]: "red" }, true],
    [{ StringEquals: { a: `\${${TEAM}}` } }, { a: "red" }, false],
    [{ StringNotEquals: { a: `\${${TEAM}}` } }, { a: "red" }, true],
    [{ StringNotEquals: { a: `\${${TEAM}}` } }, { a: "red", [TEAM]: "red" }, false],
    [{ StringLike: { a: `home-\${${TEAM}, 'company-wide'}/*` } }, { a: "home-company-wide/x" }, true],
    [{ StringLike: { a: `home-\${${TEAM}, 'company-wide'}/*` } }, { a: "home-red/x", [TEAM]: "red" }, true],
    [{ StringLike: { a: `home-\${${TEAM}, 'company-wide'}/*` } }, { a: "home-company-wide/x", [TEAM]: "red" }, false],
    [{ StringLike: { a: `home-\${${TEAM}, 'company-wide'}/*` } }, { a: "home-company-wide/x", [TEAM]: "" }, true],
    [{ StringEquals: { a: `\${${TEAM}}` } }, { a: "", [TEAM]: "" }, false],
    [{ StringEquals: { a: `\${${TEAM}}` } }, { a: "red", [TEAM]: ["red", "blue"] }, false],
    [{ StringLike: { a: `\${${TEAM}}` } }, { a: "anything", [TEAM]: "*" }, false],
    [{ StringLike: { a: `\${${TEAM}}` } }, { a: "*", [TEAM]: "*" }, true],
    [{ StringLike: { a: "a${*}b${?}c${$}" } }, { a: "a*b?c$" }, true],
    [{ StringLike: { a: "a${*}b" } }, { a: "axb" }, false],
    [{ StringEquals: { a: "${*}" } }, { a: "*" }, true],
    [{ StringEquals: { a: "${not closed" } }, { a: "${not closed" }, true],
    [
      { ArnLike: { a: "arn:aws:iam::${aws:PrincipalAccount}:role/*" } },
      { a: "arn:aws:iam::111122223333:role/x", "aws:PrincipalAccount": "111122223333" },
      true,
    ],
    [{ NumericEquals: { a: "${b}" } }, { a: "1", b: "1" }, false],
  ],
};

describe.each(Object.entries(PAGES))("as AWS says in %s", (_, rows) => {
  test.each(rows.map((row) => [JSON.stringify(row[0]), JSON.stringify(row[1]), row] as const))(
    "%s with %s",
    (_condition, _keys, [condition, keys, expected]) => expect(meets(condition, keys)).toBe(expected),
  );
});

describe("before the version 2012-10-17", () => {
  test.each(["2008-10-17", ""])("variables are text (version %j)", (version) => {
    expect(meets({ StringEquals: { a: "${aws:username}" } }, { a: "${aws:username}" }, version)).toBe(true);
    expect(meets({ StringEquals: { a: "${aws:username}" } }, { a: "eva", "aws:username": "eva" }, version)).toBe(false);
    expect(meets({ StringLike: { a: "${*}" } }, { a: "${anything}" }, version)).toBe(true);
    expect(meets({ StringLike: { a: "${*}" } }, { a: "*" }, version)).toBe(false);
  });
});

describe("the table of operators", () => {
  test("names AWS's page of each", () => {
    for (const { source } of Object.values(CONDITION_OPERATORS))
      expect(source).toMatch(
        /^https:\/\/docs\.aws\.amazon\.com\/IAM\/latest\/UserGuide\/reference_policies_elements_condition_operators\.html#Conditions_\w+$/,
      );
  });

  test("gives each name back as AWS writes it", () => {
    for (const base of Object.keys(CONDITION_OPERATORS).filter((each) => each !== "Null"))
      for (const quantifier of ["", "ForAllValues:", "ForAnyValue:"])
        for (const suffix of ["", "IfExists"]) {
          const name = `${quantifier}${base}${suffix}`;
          const parsed = parseOperatorName(name);
          expect(parsed && formatOperatorName(parsed)).toBe(name);
          // AWS answers MalformedPolicyDocument.
          expect(parseOperatorName(name.toLowerCase())).toBeUndefined();
          expect(nearOperatorName(name.toLowerCase())).toBe(name);
        }
  });

  test.each([
    "",
    "IfExists",
    "StringEqualsIfExistsIfExists",
    "ForAllValues:",
    "ForAllValues:Null",
    "ForAllValues:ForAnyValue:StringEquals",
    "constructor",
    "__proto__",
    "toString",
  ])("has no %j", (name) => expect(parseOperatorName(name)).toBeUndefined());
});
