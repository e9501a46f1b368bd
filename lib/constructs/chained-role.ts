import { Construct } from "constructs";
import type { OtherPrincipal, RoleHome } from "../aws/other-principals";
import { policyLength, type PolicyDocument } from "../aws/policy-document";
import { roleNameRule, SESSION_SECONDS, TRUST_POLICY_LENGTH } from "../aws/role-rules";
import { otherTrustPolicy } from "../aws/trust-policy";
import { address } from "./address";
import { attributeOf } from "./attribute";
import { IamRole, IamRolePolicy, IamRolePolicyAttachment } from "./bindings";
import { keeping } from "./keeping";
import { located } from "./located";
import { managedPolicyAddress, principalProblem } from "./role-parts";
import { jsonTemplate } from "./template";

export interface ChainedRoleProps {
  /** Account that the role is in. */
  readonly account: RoleHome;
  /** Name of the role: 1 to 64 letters, digits and `+=,.@_-`. */
  readonly name: string;
  /** Who may assume it, at least one: roles of GitHub's jobs, and others. */
  readonly trusts: readonly OtherPrincipal[];
  /** @default none */
  readonly description?: string;
  /** Path, beginning and ending with "/". @default "/" */
  readonly path?: string;
  /** ARN of the policy that bounds the role's permissions. @default none */
  readonly permissionsBoundary?: string;
  /** ARNs of managed policies. @default none */
  readonly managedPolicies?: readonly string[];
  /** Inline policies by name. @default none */
  readonly inlinePolicies?: Readonly<Record<string, PolicyDocument | string>>;
  /** Refuses plans that destroy or replace the role. @default false */
  readonly preventDestroy?: boolean;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Most characters that the account's quota gives a trust policy, 2,048 to 8,192. @default 2048 */
  readonly trustPolicyQuota?: number;
}

/**
 * A role that is assumed from another role, and by no job of GitHub's with its token. Its sessions last an
 * hour at most.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export class ChainedRole extends Construct {
  /** ARN of the role: a reference, known once the role is made. */
  readonly arn: string;

  /** @throws RangeError when nobody could assume the role, a principal is not well formed or the policy is over the quota. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, props: ChainedRoleProps) {
    super(scope, id);
    const resource = new IamRole(this, "Resource", {
      name: props.name,
      assumeRolePolicy: located(this.node.path, () => trustOf(props)),
      description: props.description,
      path: props.path,
      maxSessionDuration: SESSION_SECONDS.min,
      permissionsBoundary: props.permissionsBoundary,
      tags: props.tags,
      lifecycle: keeping(props.preventDestroy),
    });
    this.arn = resource.arn;
    const role = attributeOf(resource, "name");
    for (const policyArn of new Set(props.managedPolicies))
      new IamRolePolicyAttachment(this, `attachment:${managedPolicyAddress(this, policyArn)}`, { role, policyArn });
    for (const [name, policy] of Object.entries(props.inlinePolicies ?? {}))
      new IamRolePolicy(this, `policy:${address(name)}`, { role, name, policy: jsonTemplate(policy) });
  }
}

function trustOf({
  name,
  trusts,
  account,
  trustPolicyQuota: quota = TRUST_POLICY_LENGTH.default,
}: ChainedRoleProps): string {
  const wrong = roleNameRule(name);
  if (wrong !== undefined) throw new RangeError(`role name ${JSON.stringify(name)}: ${wrong}`);
  const problem = trusts.map(principalProblem).find((each) => each !== undefined);
  if (problem !== undefined) throw new RangeError(problem);
  const text = JSON.stringify(otherTrustPolicy({ principals: trusts, home: account }));
  const length = policyLength(text);
  if (length > quota)
    throw new RangeError(`trust policy of ${length} characters, over the quota of ${quota}: let fewer roles assume it`);
  return text;
}
