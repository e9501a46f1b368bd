import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { policyLength, type PolicyDocument } from "../aws/policy-document";
import { policyNameRule, roleNameRule, sessionDurationRule, TRUST_POLICY_LENGTH } from "../aws/role-rules";
import { trustPolicy } from "../aws/trust-policy";
import { jobFilterProblems, requiredClaims, type JobFilter } from "../github/job-filter";
import { address } from "./address";
import { IamRole, IamRolePolicy, IamRolePolicyAttachment } from "./bindings";
import type { IGithubOidcProvider } from "./github-oidc-provider";
import type { IGithubRepository } from "./github-repository";
import { jsonTemplate } from "./template";

/** Jobs of one repository: the keys of a `JobFilter`, all of which must hold. */
export interface AllowedJobs extends JobFilter {
  readonly repository: IGithubRepository;
}

export interface GithubActionsRoleProps {
  /** The account's OIDC provider. */
  readonly provider: IGithubOidcProvider;
  /** Name of the role: 1 to 64 letters, digits and `+=,.@_-`. */
  readonly name: string;
  /** Who may assume the role: a list of alternatives, at least one. */
  readonly allow: readonly AllowedJobs[];
  /** @default none */
  readonly description?: string;
  /** Path, beginning and ending with "/". @default "/" */
  readonly path?: string;
  /** Longest session in seconds, 3,600 to 43,200. @default 3600 */
  readonly sessionSeconds?: number;
  /** ARN of the policy that bounds the role's permissions. @default none */
  readonly permissionsBoundary?: string;
  /** ARNs of managed policies. @default none */
  readonly managedPolicies?: readonly string[];
  /** Inline policies by name: documents, or JSON text. @default none */
  readonly inlinePolicies?: Readonly<Record<string, PolicyDocument | string>>;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Most characters that the account's quota gives a trust policy, 2,048 to 8,192. @default 2048 */
  readonly trustPolicyQuota?: number;
}

/**
 * A role that jobs of GitHub Actions assume with their token, and nobody else.
 *
 * Policies are resources of their own (`aws_iam_role_policy`, `aws_iam_role_policy_attachment`), so that
 * a plan names each one that changes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export class GithubActionsRole extends Construct {
  /** ARN of the role: a reference, known once the role is made. */
  readonly arn: string;
  readonly name: string;

  /**
   * @throws RangeError when nobody could assume the role, a stranger could, AWS would refuse the trust
   *   policy, or a value is outside AWS's limits. The message begins with the construct's path.
   */
  constructor(scope: Construct, id: string, props: GithubActionsRoleProps) {
    super(scope, id);
    this.check(props);
    this.name = props.name;
    const role = new IamRole(this, "Resource", {
      name: props.name,
      assumeRolePolicy: this.trust(props),
      description: props.description,
      path: props.path,
      maxSessionDuration: props.sessionSeconds,
      permissionsBoundary: props.permissionsBoundary,
      tags: props.tags,
      dependsOn: props.provider.dependency ? [props.provider.dependency] : undefined,
    });
    this.arn = role.arn;
    for (const policyArn of new Set(props.managedPolicies)) new IamRolePolicyAttachment(this, `attachment:${policyAddress(policyArn)}`, { role: role.name, policyArn });
    for (const [name, policy] of Object.entries(props.inlinePolicies ?? {}))
      new IamRolePolicy(this, `policy:${address(name)}`, { role: role.name, name, policy: typeof policy === "string" ? policy : jsonTemplate(policy) });
  }

  private check(props: GithubActionsRoleProps): void {
    const refuse = (problem: string | undefined): void => {
      if (problem) throw new RangeError(`${this.node.path}: ${problem}`);
    };
    const rule = (what: string, value: string, wrong: string | undefined): void => refuse(wrong && `${what} ${JSON.stringify(value)}: ${wrong}`);
    rule("role name", props.name, roleNameRule(props.name));
    if (props.sessionSeconds !== undefined) rule("session of seconds", String(props.sessionSeconds), sessionDurationRule(props.sessionSeconds));
    for (const name of Object.keys(props.inlinePolicies ?? {})) rule("policy name", name, policyNameRule(name));
    for (const { repository, ...jobs } of props.allow) {
      refuse(jobFilterProblems(jobs)[0]?.message);
      if (repository.stack && repository.stack !== TerraformStack.of(this)) refuse(`${repository.fullName} is looked up in stack "${repository.stack.node.id}": look it up in the stack of the role`);
    }
  }

  private trust({ provider, allow, trustPolicyQuota: quota = TRUST_POLICY_LENGTH.default }: GithubActionsRoleProps): string {
    const alternatives = allow.map(({ repository, ...jobs }) => requiredClaims(jobs, repository.subjectPrefixes));
    let text: string;
    try {
      text = JSON.stringify(trustPolicy({ providerArn: provider.arn, issuer: provider.issuer, audiences: provider.audiences, alternatives }));
    } catch (error) {
      throw error instanceof RangeError ? new RangeError(`${this.node.path}: ${error.message}`) : error;
    }
    const length = policyLength(text);
    if (length > quota) throw new RangeError(`${this.node.path}: trust policy of ${length} characters, over the quota of ${quota}: admit fewer jobs, or make two roles of it`);
    return text;
  }
}

/** A managed policy's place in an address: its name, and for a policy of the account's own the account too. */
function policyAddress(arn: string): string {
  const ofAws = /^arn:[a-z-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn);
  return address(ofAws?.[1] ?? arn);
}
