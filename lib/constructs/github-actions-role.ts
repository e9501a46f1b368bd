import { dependable, type ITerraformDependable, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { claimKeyRule, knowsGithubClaims, type GithubClaimKey } from "../aws/condition-keys";
import { policyLength, type PolicyDocument } from "../aws/policy-document";
import type { OtherPrincipal } from "../aws/other-principals";
import {
  customerPolicyName,
  descriptionRule,
  INLINE_POLICIES_LENGTH,
  MANAGED_POLICY_LENGTH,
  MAX_MANAGED_POLICIES,
  MAX_TAGS,
  policyNameRule,
  policyPathRule,
  roleNameRule,
  rolePathRule,
  sessionDurationRule,
  sessionNameRule,
  TRUST_POLICY_LENGTH,
} from "../aws/role-rules";
import { trustPolicy } from "../aws/trust-policy";
import { jobFilterProblems, type JobFilter, type RequiredClaims } from "../github/job-filter";
import { requiredAlternatives, templateProblems } from "../github/templated-jobs";
import { address } from "./address";
import { attributeOf } from "./attribute";
import {
  IamPolicy,
  IamRole,
  IamRolePoliciesExclusive,
  IamRolePolicy,
  IamRolePolicyAttachment,
  IamRolePolicyAttachmentsExclusive,
} from "./bindings";
import type { IGithubOidcProvider } from "./github-oidc-provider";
import type { IGithubRepository } from "./github-repository";
import { keeping } from "./keeping";
import { located } from "./located";
import { awsPolicyName, homeOf, managedPolicyAddress, principalProblem } from "./role-parts";
import { jsonTemplate } from "./template";

/** Jobs of one repository: the keys of a `JobFilter`, all of which must hold. */
export interface AllowedJobs extends JobFilter<GithubClaimKey> {
  readonly repository: IGithubRepository;
}

export interface GithubActionsRoleProps {
  /** The account's OIDC provider. */
  readonly provider: IGithubOidcProvider;
  /** Name of the role: 1 to 64 letters, digits and `+=,.@_-`. */
  readonly name: string;
  /** Who may assume the role: a list of alternatives, at least one. */
  readonly allow: readonly AllowedJobs[];
  /**
   * Who may assume the role in addition to GitHub's jobs: accounts, roles and services of AWS.
   *
   * @default nobody
   */
  readonly alsoTrusts?: readonly OtherPrincipal[];
  /** @default none */
  readonly description?: string;
  /** Path of the role and of policies made for it, beginning and ending with "/". @default "/" */
  readonly path?: string;
  /** Longest session in seconds, 3,600 to 43,200. @default 3600 */
  readonly sessionSeconds?: number;
  /**
   * Name that the caller's session must have, or pattern of names with `*` and `?`: 2 to 64 letters, digits
   * and `+=,.@_-`. CloudTrail tells sessions apart by it; with none given, `aws-actions/configure-aws-credentials`
   * calls a session `GitHubActions`.
   *
   * @default any name
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
   */
  readonly sessionName?: string;
  /** ARN of the policy that bounds the role's permissions. @default none */
  readonly permissionsBoundary?: string;
  /** ARNs of managed policies. @default none */
  readonly managedPolicies?: readonly string[];
  /**
   * Managed policies that are made for the role, by key: documents, JSON text, or a reference to it, of at most
   * 6,144 characters each. In IAM a policy's name is that of the role, a hyphen and the key.
   *
   * @default none
   */
  readonly customerPolicies?: Readonly<Record<string, PolicyDocument | string>>;
  /** Inline policies by name: documents, JSON text, or a reference to it. @default none */
  readonly inlinePolicies?: Readonly<Record<string, PolicyDocument | string>>;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Refuse plans that destroy or replace the role. @default false */
  readonly preventDestroy?: boolean;
  /**
   * Whether policies that somebody else gives the role are taken off it, in each apply.
   *
   * @default false
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policies_exclusive
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
   */
  readonly exclusive?: boolean;
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
  /** Terraform's address of the role, for what is to wait for it. */
  readonly address: string;

  /**
   * @throws RangeError when nobody could assume the role, a stranger could, AWS would refuse the trust
   *   policy, or a value is outside AWS's limits. The message begins with the construct's path.
   */
  constructor(scope: Construct, id: string, props: GithubActionsRoleProps) {
    super(scope, id);
    this.check(props);
    this.name = props.name;
    const resource = new IamRole(this, "Resource", {
      name: props.name,
      assumeRolePolicy: this.trust(props),
      description: props.description,
      path: props.path,
      maxSessionDuration: props.sessionSeconds,
      permissionsBoundary: props.permissionsBoundary,
      tags: props.tags,
      lifecycle: keeping(props.preventDestroy),
    });
    resource.dependsOn = this.waitFor(props.provider);
    this.arn = resource.arn;
    this.address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    const role = attributeOf(resource, "name");
    const attachments = [...new Set(props.managedPolicies)].map(
      (policyArn) =>
        new IamRolePolicyAttachment(this, `attachment:${managedPolicyAddress(this, policyArn)}`, { role, policyArn }),
    );
    for (const [key, policy] of Object.entries(props.customerPolicies ?? {}))
      attachments.push(this.attachOwn(key, policy, role, props));
    const inline = Object.entries(props.inlinePolicies ?? {}).map(
      ([name, policy]) =>
        new IamRolePolicy(this, `policy:${address(name)}`, { role, name, policy: jsonTemplate(policy) }),
    );
    if (props.exclusive) this.excludeOthers(role, attachments, inline);
  }

  /** Makes a managed policy for the role, and attaches it. */
  private attachOwn(
    key: string,
    policy: PolicyDocument | string,
    role: string,
    { name, path, tags }: GithubActionsRoleProps,
  ): IamRolePolicyAttachment {
    const made = new IamPolicy(this, `customer:${address(key)}`, {
      name: customerPolicyName(name, key),
      path,
      policy: jsonTemplate(policy),
      tags,
    });
    return new IamRolePolicyAttachment(this, `attachment:${address("customer", key)}`, {
      role,
      policyArn: attributeOf(made, "arn"),
    });
  }

  /** By references, so that what is the role's own is there before all else is taken off. */
  private excludeOthers(
    roleName: string,
    attachments: readonly IamRolePolicyAttachment[],
    inline: readonly IamRolePolicy[],
  ): void {
    new IamRolePolicyAttachmentsExclusive(this, "attachments:exclusive", {
      roleName,
      policyArns: attachments.map((each) => attributeOf(each, "policy_arn")),
    });
    new IamRolePoliciesExclusive(this, "policies:exclusive", {
      roleName,
      policyNames: inline.map((each) => attributeOf(each, "name")),
    });
  }

  private check(props: GithubActionsRoleProps): void {
    const {
      name,
      sessionSeconds,
      sessionName,
      path,
      tags = {},
      trustPolicyQuota: quota = TRUST_POLICY_LENGTH.default,
    } = props;
    this.rule("role name", name, roleNameRule(name));
    if (sessionSeconds !== undefined)
      this.rule("session of seconds", String(sessionSeconds), sessionDurationRule(sessionSeconds));
    if (sessionName !== undefined) this.rule("session name", sessionName, sessionNameRule(sessionName));
    if (props.description !== undefined && !Token.isUnresolved(props.description))
      this.rule("description", props.description, descriptionRule(props.description));
    if (path !== undefined && !Token.isUnresolved(path)) this.rule("path", path, rolePathRule(path));
    const tagCount = Object.keys(tags).length;
    if (tagCount > MAX_TAGS) this.refuse(`${tagCount} tags: IAM takes at most ${MAX_TAGS}`);
    if (quota < TRUST_POLICY_LENGTH.default || quota > TRUST_POLICY_LENGTH.max)
      this.refuse(
        `quota of ${quota} for a trust policy: AWS has ${TRUST_POLICY_LENGTH.default}, and raises it to ${TRUST_POLICY_LENGTH.max} at most`,
      );
    this.checkPolicies(props);
    for (const jobs of props.allow) this.checkJobs(jobs, props.provider);
    for (const principal of props.alsoTrusts ?? []) {
      const wrong = principalProblem(principal);
      if (wrong !== undefined) this.refuse(wrong);
    }
  }

  private checkPolicies({
    name: role,
    path = "/",
    managedPolicies,
    customerPolicies = {},
    inlinePolicies = {},
  }: GithubActionsRoleProps): void {
    const managed = new Set(managedPolicies).size + Object.keys(customerPolicies).length;
    if (managed > MAX_MANAGED_POLICIES)
      this.refuse(`${managed} managed policies: IAM attaches at most ${MAX_MANAGED_POLICIES} to a role`);
    this.checkNamesakes(managedPolicies);
    if (Object.keys(customerPolicies).length > 0 && !Token.isUnresolved(path))
      this.rule("path", path, policyPathRule(path));
    for (const [key, policy] of Object.entries(customerPolicies)) {
      this.rule("policy name", customerPolicyName(role, key), policyNameRule(customerPolicyName(role, key)));
      const length = lengthOf([policy]);
      if (length > MANAGED_POLICY_LENGTH)
        this.refuse(
          `policy ${JSON.stringify(key)} of ${length} characters exceeds IAM's limit of ${MANAGED_POLICY_LENGTH} for a managed policy: split it in two`,
        );
    }
    for (const name of Object.keys(inlinePolicies)) this.rule("policy name", name, policyNameRule(name));
    const length = lengthOf(Object.values(inlinePolicies));
    if (length > INLINE_POLICIES_LENGTH)
      this.refuse(
        `inline policies of ${length} characters together, and IAM takes ${INLINE_POLICIES_LENGTH}: make the largest one of "customerPolicies", where each may have ${MANAGED_POLICY_LENGTH}`,
      );
  }

  /** Of AWS's own policies the name is the place in an address. */
  private checkNamesakes(managedPolicies: readonly string[] = []): void {
    const arns = new Map<string, string>();
    for (const arn of managedPolicies) {
      const name = awsPolicyName(arn);
      if (name === undefined) continue;
      const twin = arns.get(name);
      if (twin !== undefined && twin !== arn)
        this.refuse(
          `${JSON.stringify(twin)} and ${JSON.stringify(arn)}: AWS has no two policies of one name, keep the one that it has`,
        );
      arns.set(name, arn);
    }
  }

  private checkJobs(
    { repository, ...jobs }: AllowedJobs,
    { issuer, partition, assertsClaimKeys = false }: IGithubOidcProvider,
  ): void {
    const [problem] = jobFilterProblems(jobs);
    if (problem) this.refuse(problem.message);
    const [unsaid] = templateProblems(jobs, { templates: repository.subjectTemplates, claims: repository.tokenClaims });
    if (unsaid) this.refuse(unsaid.message);
    const [claim] = alternativesOf({ repository, ...jobs }).flatMap((claims) =>
      Object.keys(claims).filter((name) => name !== "sub"),
    );
    if (claim !== undefined && !assertsClaimKeys && !knowsGithubClaims(issuer, partition))
      this.refuse(
        `claim "${claim}" beside the subject: AWS is known to compare it only for token.actions.githubusercontent.com in partition "aws", not for ${issuer} in "${partition}": leave it out, or vouch for it with "assertsClaimKeys" of the provider`,
      );
    for (const name of Object.keys(jobs.claims ?? {})) this.rule("claim", name, claimKeyRule(name));
    if (repository.stack && repository.stack !== TerraformStack.of(this))
      this.refuse(
        `${repository.fullName} is looked up in stack "${repository.stack.node.id}": look it up in the stack of the role`,
      );
  }

  private rule(what: string, value: string, wrong: string | undefined): void {
    if (wrong) this.refuse(`${what} ${JSON.stringify(value)}: ${wrong}`);
  }

  private refuse(problem: string): never {
    throw new RangeError(`${this.node.path}: ${problem}`);
  }

  /** Resources of one state wait for one another; for what is in another the whole stack waits. */
  private waitFor({ dependency }: IGithubOidcProvider): string[] | undefined {
    if (dependency === undefined) return undefined;
    const stack = TerraformStack.of(this);
    const other = Construct.isConstruct(dependency) ? TerraformStack.of(dependency) : stack;
    if (other === stack) return [dependencyOf(dependency)];
    stack.addDependency(other);
    return undefined;
  }

  private trust({
    provider,
    allow,
    alsoTrusts = [],
    sessionName,
    trustPolicyQuota: quota = TRUST_POLICY_LENGTH.default,
  }: GithubActionsRoleProps): string {
    const alternatives = allow.flatMap(alternativesOf);
    const others =
      alsoTrusts.length === 0
        ? undefined
        : { principals: alsoTrusts, home: located(this.node.path, () => homeOf(provider)) };
    const policy = located(this.node.path, () =>
      trustPolicy({
        providerArn: provider.arn,
        issuer: provider.issuer,
        audiences: provider.audiences,
        alternatives,
        sessionName,
        others,
      }),
    );
    const text = JSON.stringify(policy);
    const length = policyLength(text);
    if (length > quota)
      this.refuse(
        `trust policy of ${length} characters, over the quota of ${quota}: admit fewer jobs, or make two roles of it`,
      );
    return text;
  }
}

const alternativesOf = ({ repository, ...jobs }: AllowedJobs): RequiredClaims[] =>
  requiredAlternatives(jobs, {
    prefixes: repository.subjectPrefixes,
    templates: repository.subjectTemplates,
    claims: repository.tokenClaims,
  });

/** Characters of policies together, as IAM counts them. How long a reference will be is not known here. */
const lengthOf = (policies: readonly (PolicyDocument | string)[]): number =>
  policies
    .map((policy) => (typeof policy === "string" ? policy : JSON.stringify(policy)))
    .filter((text) => !Token.isUnresolved(text))
    .reduce((sum, text) => sum + policyLength(text), 0);

/** What roles wait for, as a token each: thousands of roles wait for the same provider, and a token is dear. */
const dependencies = new WeakMap<ITerraformDependable, string>();

function dependencyOf(resource: ITerraformDependable): string {
  const known = dependencies.get(resource) ?? dependable(resource);
  dependencies.set(resource, known);
  return known;
}
