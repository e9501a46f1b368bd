import type { Partition } from "./partition";

/** An ARN of IAM: `arn:PARTITION:iam::ACCOUNT:TYPE/PATH/NAME`. */
export interface IamArn {
  readonly partition: string;
  /** Twelve digits, or `aws` for what AWS itself manages. */
  readonly account: string;
  readonly type: string;
  /** Path and name, without a leading slash. */
  readonly resource: string;
}

/** Takes an ARN of IAM apart, or answers `undefined`. */
export function parseIamArn(text: string): IamArn | undefined {
  const match = /^arn:(aws(?:-[a-z]+)*):iam::([0-9]{12}|aws):([a-z-]+)\/([\u0021-\u007e]+)$/.exec(text);
  if (!match) return undefined;
  const [, partition = "", account = "", type = "", resource = ""] = match;
  return { partition, account, type, resource };
}

/** ARN of the OIDC provider of an issuer (host and path, without `https://`). */
export const oidcProviderArn = (partition: Partition, account: string, issuer: string): string =>
  `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;

/** ARN of a role. @param path begins and ends with "/" */
export const roleArn = (partition: Partition, account: string, path: string, name: string): string =>
  `arn:${partition}:iam::${account}:role${path}${name}`;

/** ARN of a policy that AWS manages; `name` includes its path, as in `job-function/ViewOnlyAccess`. */
export const awsManagedPolicyArn = (partition: Partition, name: string): string =>
  `arn:${partition}:iam::aws:policy/${name}`;

/** Says what is wrong with an account id, or `undefined`. */
export const accountIdRule = (id: string): string | undefined =>
  /^[0-9]{12}$/.test(id) ? undefined : "an AWS account id has 12 digits";

/**
 * Says why an account cannot use an ARN of the given type, or `undefined`.
 *
 * @param allowAwsManaged whether ARNs of AWS itself (`arn:aws:iam::aws:policy/…`) will do.
 */
export function foreignArnProblem(
  arn: IamArn | undefined,
  type: string,
  account: string,
  partition: Partition,
  allowAwsManaged: boolean,
): string | undefined {
  if (arn?.type !== type) return `use the ARN of a ${type}, as in "arn:${partition}:iam::${account}:${type}/NAME"`;
  if (arn.partition !== partition)
    return `it is of partition "${arn.partition}", and the account's region is in "${partition}": use one of that partition, as in "arn:${partition}:iam::${arn.account === "aws" ? "aws" : account}:${type}/NAME", or correct the region`;
  if (arn.account === "aws") return allowAwsManaged ? undefined : `use a ${type} of account ${account}`;
  return arn.account === account
    ? undefined
    : `it is of account ${arn.account}, and this is account ${account}: IAM uses only its own`;
}
