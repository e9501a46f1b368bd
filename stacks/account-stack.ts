import path from "node:path";
import { App, LocalBackend, S3Backend, type TerraformElement, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { type Construct, type Node } from "constructs";
import { needsGithub, type AccountAccess, type Admission, type ChainedRoleAccess, type EnvironmentAccess, type RepositoryAccess, type RoleAccess } from "../lib/config/account-access";
import { Access } from "../lib/config/access";
import { REGION_VARIABLE } from "../lib/config/published-names";
import type { AccessConfig } from "../lib/config/schema";
import { address, addressOfPath } from "../lib/constructs/address";
import { AwsProvider, GithubProvider } from "../lib/constructs/bindings";
import { ProtectedBranch, ProtectedBranchesLookup, type IBranchProtection } from "../lib/constructs/branch-protection";
import { ChainedRole } from "../lib/constructs/chained-role";
import { DeploymentEnvironment } from "../lib/constructs/deployment-environment";
import { GithubActionsRole } from "../lib/constructs/github-actions-role";
import { GithubOidcProvider, type IGithubOidcProvider } from "../lib/constructs/github-oidc-provider";
import { GithubRepository, GithubRepositoryLookup, type IGithubRepository } from "../lib/constructs/github-repository";
import { GithubRepositoryIdLookup } from "../lib/constructs/github-repository-ids";
import { publishRepositorySecret, publishRepositoryVariable } from "../lib/constructs/repository-value";
import { literal } from "../lib/constructs/template";
import { Renames } from "./renames";
import { addSubjectTemplates } from "./subject-templates";

/** Versions of the providers that the stacks run on: the oldest with all that they use, below the next major. */
const PROVIDER_VERSIONS = {
  aws: ">= 5.81.0, < 7.0.0",
  github: ">= 6.9.1, < 7.0.0",
  /** Before 6.10 the provider loses what it made in an environment whose name has a ":". */
  githubWithColons: ">= 6.10.0, < 7.0.0",
} as const;
/** Postconditions and `check` blocks, and what `cdktf diff` itself asks for. */
const TERRAFORM_VERSION = ">= 1.5.0";

/**
 * One AWS account: its OIDC provider and roles, and the GitHub environments, variables and secrets that
 * use them. One stack is one state and one plan.
 *
 * Addresses follow the access file: `repositories.web-shop.environments.production` is
 * `github_repository_environment.web-shop__production`, its role `aws_iam_role.web-shop__production`.
 */
export class AccountStack extends TerraformStack {
  private readonly renames: Renames;
  /** By repository. */
  private readonly protectedBranches = new Map<string, readonly IBranchProtection[]>();

  /**
   * @param id name of the account in the access file.
   * @param access what `Access.fromFile` read, or the file's content written as an object. For many
   *   accounts make an `Access` once: an object is checked as a whole each time.
   * @throws AccessConfigError when the object has mistakes.
   * @throws RangeError when it has no account of that name.
   */
  constructor(scope: Construct, id: string, access: AccessConfig | Access) {
    super(scope, id);
    const account = Access.from(access).account(id);
    this.renames = new Renames(account.renames);
    this.addProviders(account);
    this.addBackend(account);
    const provider = this.addOidcProvider(account);
    for (const { repository, branch } of account.protectedBranches) this.protectBranch(repository, branch);
    const environments = new Map<string, DeploymentEnvironment>();
    for (const environment of account.environments) environments.set(address(environment.repository, environment.name), this.addEnvironment(account, environment));
    const arns: Record<string, string> = {};
    const trusting = new Map<RoleAccess, GithubActionsRole>();
    for (const role of account.roles) {
      const made = this.addRole(account, provider, role);
      trusting.set(role, made);
      arns[role.name] = made.arn;
      this.publish(account, role, made, environments);
    }
    this.renames.addTo(this);
    for (const role of account.chainedRoles) arns[role.name] = this.addChainedRole(account, role).arn;
    addSubjectTemplates(this, account, trusting);
    new TerraformOutput(this, "output:oidc_provider_arn", { value: provider.arn, description: "ARN of the account's OIDC provider" });
    new TerraformOutput(this, "output:role_arns", { value: arns, description: "ARN of each role, by its name" });
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { scopes } = "node" in element ? element.node : element;
    return addressOfPath(scopes.slice(scopes.indexOf(this) + 1).map((scope) => scope.node.id));
  }

  private addProviders(account: AccountAccess): void {
    new AwsProvider(this, "aws", {
      region: account.region,
      // A plan with credentials of another account stops before it reads anything.
      allowedAccountIds: [account.id],
      assumeRole: account.assumeRole === undefined ? undefined : [{ roleArn: account.assumeRole }],
    });
    this.addOverride("terraform.required_version", TERRAFORM_VERSION);
    this.addOverride("terraform.required_providers.aws.version", PROVIDER_VERSIONS.aws);
    if (!needsGithub(account)) return;
    const { owner, instance } = account.github;
    new GithubProvider(this, "github", { owner, baseUrl: instance.apiUrl });
    const hasColon = account.environments.some(({ name }) => name.includes(":"));
    this.addOverride("terraform.required_providers.github.version", hasColon ? PROVIDER_VERSIONS.githubWithColons : PROVIDER_VERSIONS.github);
  }

  private addBackend(account: AccountAccess): void {
    const s3 = account.backend?.s3;
    if (!s3) {
      // Relative to the stack's folder, so that the output is the same wherever the project stands.
      const folder = path.join(App.of(this).outdir, "stacks", this.node.id);
      new LocalBackend(this, { path: path.relative(folder, `terraform.${this.node.id}.tfstate`).split(path.sep).join("/") });
      return;
    }
    new S3Backend(this, { bucket: s3.bucket, key: s3.key, region: s3.region, encrypt: s3.encrypt ?? true, kmsKeyId: s3.kmsKeyId, dynamodbTable: s3.dynamodbTable });
    if (s3.useLockfile !== undefined) this.addOverride("terraform.backend.s3.use_lockfile", s3.useLockfile);
    if (s3.assumeRole !== undefined) this.addOverride("terraform.backend.s3.assume_role.role_arn", s3.assumeRole);
  }

  private addOidcProvider(account: AccountAccess): IGithubOidcProvider {
    const { host } = account.github.instance;
    const props = { host, enterpriseSlug: enterpriseSlugOf(account), audiences: account.audiences, assertsClaimKeys: account.assertsClaimKeys, account: { id: account.id, partition: account.partition } };
    return account.oidcProvider === "existing" ? GithubOidcProvider.fromLookup(this, "provider:github", props) : new GithubOidcProvider(this, "provider:github", { ...props, tags: literalValues(account.tags), preventDestroy: account.preventDestroy });
  }

  private protectBranch(repository: string, branch: string): void {
    const made = new ProtectedBranch(this, branchId(repository, branch), { repository, branch });
    this.renames.note(repository, undefined, branch, branchId);
    this.protectedBranches.set(repository, [...(this.protectedBranches.get(repository) ?? []), made]);
  }

  /** The protected branches of a repository: those that this stack makes, or else what GitHub has, looked up once. */
  private protectionOf(repository: string, { github }: AccountAccess): readonly IBranchProtection[] {
    const known = this.protectedBranches.get(repository) ?? [new ProtectedBranchesLookup(this, `protected:${address(repository, "branches", "protected")}`, { fullName: `${github.owner}/${repository}` })];
    this.protectedBranches.set(repository, known);
    return known;
  }

  private addEnvironment(account: AccountAccess, environment: EnvironmentAccess): DeploymentEnvironment {
    this.renames.note(environment.repository, { environment: environment.name }, environment.name, environmentId);
    const made = new DeploymentEnvironment(this, environmentId(environment.repository, environment.name), {
      ...environment.protection,
      repository: environment.repository,
      name: environment.name,
      preventDestroy: account.preventDestroy,
      protectedBranches: environment.protection.deployFrom === "protectedBranches" ? this.protectionOf(environment.repository, account) : undefined,
    });
    for (const [name, value] of Object.entries(environment.variables)) made.publishVariable(name, literal(value));
    for (const [name, variable] of Object.entries(environment.secrets)) made.publishSecret(name, this.sensitiveVariable(variable));
    return made;
  }

  private addRole(account: AccountAccess, provider: IGithubOidcProvider, role: RoleAccess): GithubActionsRole {
    const [own, idOf] = "environment" in role.scope ? [role.scope.environment, environmentRoleId] : [role.scope.role, roleId];
    this.renames.note(role.repository, role.scope, own, idOf);
    return new GithubActionsRole(this, idOf(role.repository, own), {
      provider,
      name: role.name,
      allow: role.admits.map(({ repository, jobs }: Admission) => ({ ...jobs, repository: this.repository(repository, account) })),
      alsoTrusts: role.alsoTrusts,
      description: role.description === undefined ? undefined : literal(role.description),
      path: account.rolePath,
      sessionSeconds: role.sessionSeconds,
      sessionName: role.sessionName,
      permissionsBoundary: role.permissionsBoundary,
      managedPolicies: role.managedPolicies,
      customerPolicies: Object.fromEntries(role.customerPolicies.map(({ key, document }) => [key, document])),
      inlinePolicies: Object.fromEntries(role.inlinePolicies.map(({ name, document }) => [name, document])),
      tags: literalValues(role.tags),
      preventDestroy: account.preventDestroy,
      exclusive: role.exclusive,
      trustPolicyQuota: account.trustPolicyQuota,
    });
  }

  /** Its address is its key alone: those of other roles begin with their repository, and have two parts or more. */
  private addChainedRole(account: AccountAccess, role: ChainedRoleAccess): ChainedRole {
    return new ChainedRole(this, `chained:${address(role.key)}`, {
      account,
      name: role.name,
      trusts: role.trusts,
      preventDestroy: account.preventDestroy,
      description: role.description === undefined ? undefined : literal(role.description),
      path: account.rolePath,
      permissionsBoundary: role.permissionsBoundary,
      managedPolicies: role.managedPolicies,
      inlinePolicies: Object.fromEntries(role.inlinePolicies.map(({ name, document }) => [name, document])),
      tags: literalValues(account.tags),
      trustPolicyQuota: account.trustPolicyQuota,
    });
  }

  /** Puts a role's ARN, as a reference, where the file says. */
  private publish(account: AccountAccess, role: RoleAccess, { arn }: GithubActionsRole, environments: ReadonlyMap<string, DeploymentEnvironment>): void {
    if (!role.publish) return;
    const { kind, name } = role.publish;
    if (!("environment" in role.scope)) {
      this.renames.note(role.repository, undefined, name, (repository, own) => `${kind}-of:${address(repository, own)}`);
      (kind === "variable" ? publishRepositoryVariable : publishRepositorySecret)(this, { repository: role.repository, name, value: arn });
      return;
    }
    const environment = environments.get(address(role.repository, role.scope.environment));
    if (!environment) throw new Error(`${this.node.path}: environment of role ${role.name} is not in this stack`);
    if (kind === "variable") environment.publishVariable(name, arn);
    else environment.publishSecret(name, arn);
    environment.publishVariable(REGION_VARIABLE, account.region);
  }

  /** A repository's subjects; looked up once for each stack. */
  private repository({ owner, name, subjects, ids, expectedIds, forms, claims }: RepositoryAccess, { github, subjectTemplates }: Pick<AccountAccess, "github" | "subjectTemplates">): IGithubRepository {
    // The file's own owner is one, in whatever spelling an entry names it.
    const isOwn = owner.toLowerCase() === github.owner.toLowerCase();
    const fullName = `${isOwn ? github.owner : owner}/${name}`;
    if (forms && subjects !== "lookup") return GithubRepository.withTemplates(this.repository({ owner, name, subjects, ids, ...(expectedIds && { expectedIds }) }, { github, subjectTemplates }), forms.map((each) => each.claims), claims);
    if (subjects === "immutable" && ids) return GithubRepository.byId(fullName, ids);
    if (subjects === "both" && ids) return GithubRepository.byNameAndId(fullName, ids);
    if (subjects === "name") return GithubRepository.byName(fullName);
    const id = `repository:${isOwn ? address(name) : address(owner, name)}`;
    const known = this.node.tryFindChild(id) as GithubRepositoryLookup | GithubRepositoryIdLookup | undefined;
    if (known) return known;
    if (subjects === "both") return new GithubRepositoryIdLookup(this, id, { fullName, expected: expectedIds });
    const setsTemplate = forms !== undefined && subjectTemplates.some(({ repository }) => repository === name);
    return new GithubRepositoryLookup(this, id, { fullName, mintsIds: github.instance.kind !== "server", forms, tokenClaims: claims, setsTemplate });
  }

  /** The Terraform variable of that name; declared once, however many secrets it fills. */
  private sensitiveVariable(name: string): string {
    const id = `input:${name}`;
    const known = this.node.tryFindChild(id) as TerraformVariable | undefined;
    return (known ?? new TerraformVariable(this, id, { type: "string", sensitive: true, nullable: false, description: "Secret that goes to GitHub" })).stringValue;
  }
}

const branchId = (repository: string, branch: string): string => `protected:${address(repository, "branch", branch)}`;
const environmentId = (repository: string, name: string): string => `environment:${address(repository, name)}`;
const environmentRoleId = (repository: string, environment: string): string => `role:${address(repository, environment)}`;
const roleId = (repository: string, key: string): string => `role:${address(repository, "role", key)}`;

/** The slug stands behind the host in the issuer; only github.com and ghe.com have one. */
function enterpriseSlugOf({ github: { instance } }: AccountAccess): string | undefined {
  return instance.kind === "server" ? undefined : instance.issuer.split("/")[1];
}

const literalValues = (tags: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(tags).map(([key, value]) => [literal(key), literal(value)]));
