import type { Partition } from "./partition";
import type { PolicyStatement } from "./policy-document";

/** An account of which whoever its own policies allow may assume a role. */
export interface AccountPrincipal {
  /** Twelve digits. */
  readonly account: string;
  /** Text that the caller must give; asked for where a third party acts for several of its customers. @default none */
  readonly externalId?: string | undefined;
  /** Whether sessions may carry tags, which needs `sts:TagSession`. @default false */
  readonly tagSession?: boolean | undefined;
}

/** One role, which may not exist yet. */
export interface RolePrincipal {
  /** ARN, without wildcards. */
  readonly role: string;
  /** As of an account. @default none */
  readonly externalId?: string | undefined;
  /** As of an account. @default false */
  readonly tagSession?: boolean | undefined;
}

/** A service of AWS. */
export interface ServicePrincipal {
  /** As in `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /**
   * Account for whose resources the service may act, so that nobody else's lend it the role; `false` for a
   * service that does not say so.
   *
   * @default the role's account
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly sourceAccount?: string | false | undefined;
}

/** Who may assume a role beside GitHub's jobs. */
export type OtherPrincipal = AccountPrincipal | RolePrincipal | ServicePrincipal;

/** Account that a role is in. */
export interface RoleHome {
  /** Twelve digits. */
  readonly id: string;
  readonly partition: Partition;
}

/** ARN that stands for a whole account in a policy. */
const accountArn = (partition: string, account: string): string => `arn:${partition}:iam::${account}:root`;

/**
 * The statement of a trust policy that lets such a principal in.
 *
 * A role is not named as principal, but by a condition on its account: IAM refuses a policy with a role that
 * does not exist, and one that names a role by itself no longer means the role that is recreated under that
 * name. `aws:PrincipalArn` of a session is the role's ARN. So the two ends of a chain can be made in any order.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function otherStatement(principal: OtherPrincipal, home: RoleHome): PolicyStatement {
  if ("service" in principal) {
    const source = principal.sourceAccount ?? home.id;
    return {
      Action: "sts:AssumeRole",
      ...(source !== false && { Condition: { StringEquals: { "aws:SourceAccount": source } } }),
      Effect: "Allow",
      Principal: { Service: principal.service },
    };
  }
  const { externalId, tagSession } = principal;
  const account = "role" in principal ? (principal.role.split(":")[4] ?? "") : principal.account;
  const condition = {
    ...("role" in principal && { ArnEquals: { "aws:PrincipalArn": principal.role } }),
    ...(externalId !== undefined && { StringEquals: { "sts:ExternalId": externalId } }),
  };
  return {
    Action: tagSession ? ["sts:AssumeRole", "sts:TagSession"] : "sts:AssumeRole",
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
    Effect: "Allow",
    Principal: { AWS: accountArn(home.partition, account) },
  };
}

/** Says what is wrong with an external id, or `undefined`. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const externalIdRule = (id: string): string | undefined =>
  /^[\w+=,.@:/-]{2,1224}$/.test(id) ? undefined : 'use 2 to 1,224 letters, digits and "+=,.@:/_-"';

/** Says what is wrong with a service principal, or `undefined`. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services */
export const serviceRule = (service: string): string | undefined =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(service)
    ? undefined
    : 'use the name of one service, as in "ecs-tasks.amazonaws.com"';

/** Says what is wrong with the ARN of a role that is to be trusted, or `undefined`. Wildcards would admit others. */
export const trustedRoleRule = (arn: string): string | undefined =>
  /^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role\/[\w+=,.@/-]+$/.test(arn)
    ? undefined
    : 'use the ARN of one role, without wildcards, as in "arn:aws:iam::444455556666:role/NAME"';

/** A principal in plain words: `account 444455556666, with an external id`. */
export function describePrincipal(principal: OtherPrincipal): string {
  if ("service" in principal)
    return `service ${principal.service}${principal.sourceAccount === false ? ", for any account" : ""}`;
  const who = "role" in principal ? `role ${principal.role}` : `account ${principal.account}`;
  return [
    who,
    ...(principal.externalId === undefined ? [] : ["with an external id"]),
    ...(principal.tagSession ? ["with session tags"] : []),
  ].join(", ");
}
