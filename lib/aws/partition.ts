/**
 * AWS partitions: separate clouds with their own ARNs, regions and STS audience.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export type Partition =
  "aws" | "aws-cn" | "aws-us-gov" | "aws-iso" | "aws-iso-b" | "aws-iso-e" | "aws-iso-f" | "aws-eusc";

const BY_REGION_PREFIX: readonly (readonly [string, Partition])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["us-iso-", "aws-iso"],
  ["eu-isoe-", "aws-iso-e"],
  ["eusc-", "aws-eusc"],
];

/** Says what is wrong with a region's name, or `undefined`. Only its form: new regions open every year. */
export const regionRule = (region: string): string | undefined =>
  /^[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}$/.test(region) ? undefined : 'use the code of a region, as in "eu-west-1"';

/** The partition that a region belongs to. */
export const partitionOf = (region: string): Partition =>
  BY_REGION_PREFIX.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";

/**
 * The audience that `aws-actions/configure-aws-credentials` asks for in a partition.
 *
 * @see https://github.com/aws-actions/configure-aws-credentials#oidc-audience
 */
export const defaultAudience = (partition: Partition): string =>
  partition === "aws-cn" ? "sts.amazonaws.com.cn" : "sts.amazonaws.com";
