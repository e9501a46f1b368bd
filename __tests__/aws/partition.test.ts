import { defaultAudience, partitionOf, regionRule } from "../../lib/aws/partition";
import { testRule } from "../github/rule-table";

describe("the partition of a region", () => {
  test.each([
    ["eu-west-1", "aws"],
    ["us-east-1", "aws"],
    ["us-west-2", "aws"],
    ["ca-central-1", "aws"],
    ["il-central-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-gov-east-1", "aws-us-gov"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["us-isof-south-1", "aws-iso-f"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("%s is %s", (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
    expect(regionRule(region)).toBeUndefined();
  });
});

testRule("the code of a region", regionRule, {
  accepts: {
    "one part between": "eu-west-1",
    "two parts between": "us-gov-west-1",
    "a number of two digits": "eu-west-10",
    "a region that nobody has heard of yet": "mars-north-1",
  },
  refuses: {
    nothing: ["", "code of a region"],
    "a zone": ["eu-west-1a", "code of a region"],
    "no number": ["eu-west", "code of a region"],
    "a number of three digits": ["eu-west-100", "code of a region"],
    "upper case": ["EU-WEST-1", "code of a region"],
    "a name for people": ["Europe (Ireland)", "code of a region"],
    "no region": ["global", "code of a region"],
    "a line break at the end": ["eu-west-1\n", "code of a region"],
  },
});

describe("the audience of a partition", () => {
  test.each([
    ["aws", "sts.amazonaws.com"],
    ["aws-us-gov", "sts.amazonaws.com"],
    ["aws-cn", "sts.amazonaws.com.cn"],
  ] as const)("%s has %s", (partition, audience) => {
    expect(defaultAudience(partition)).toBe(audience);
  });
});
