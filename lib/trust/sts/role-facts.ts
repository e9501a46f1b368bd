import { parseIamArn } from "../../aws/arn";
import type { Partition } from "../../aws/partition";
import { isPlainObject, member } from "./read-object";

/** What is known of the role, beside its trust policy. */
export interface RoleFacts {
  /** @default unknown */
  readonly arn?: RoleArn;
  /** Longest session, in seconds. @default unknown */
  readonly maxSessionSeconds?: number;
}

export interface RoleArn {
  readonly partition: Partition;
  readonly account: string;
  /** Without its path. */
  readonly name: string;
}

/** Takes the ARN of a role apart, or answers `undefined`. */
export function parseRoleArn(text: string): RoleArn | undefined {
  const arn = parseIamArn(text);
  if (arn?.type !== "role" || !/^[0-9]{12}$/.test(arn.account)) return undefined;
  return { partition: arn.partition as Partition, account: arn.account, name: arn.resource.split("/").at(-1) ?? "" };
}

/**
 * What `aws iam get-role` says around a trust policy; nothing for a bare policy. Never throws: whether the
 * text is any good is for the reader of the policy to say.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
 */
export function readRoleFacts(text: string): RoleFacts {
  const output = parse(text);
  const role = isPlainObject(output) ? (member(output, "Role") ?? output) : undefined;
  if (!isPlainObject(role) || member(role, "Statement") !== undefined) return {};
  const [written, seconds] = [member(role, "Arn"), member(role, "MaxSessionDuration")];
  const arn = typeof written === "string" ? parseRoleArn(written) : undefined;
  return { ...(arn ? { arn } : {}), ...(Number.isInteger(seconds) ? { maxSessionSeconds: seconds as number } : {}) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
