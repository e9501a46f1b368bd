import path from "node:path";
import { App, LocalBackend, S3Backend, type TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { type Construct, type Node } from "constructs";
import {
  needsGithub,
  type AccountAccess,
  type Admission,
  type ChainedRoleAccess,
  type EnvironmentAccess,
  type RepositoryAccess,
  type RoleAccess,
} from "../lib/config/account-access";
import { Access } from "../lib/config/access";
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
import { literal } from "../lib/constructs/template";
import { GithubValues } from "./github-values";
import { AWS_PROVIDER, githubProviderRange, isProvider612 } from "./provider-versions";
import { Renames, type IdOf, type OwnName } from "./renames";
import { addSubjectTemplates } from "./subject-templates";

/** Postconditions and `check` blocks, and what `cdktf diff` itself asks for. */
const TERRAFORM_VERSION = ">= 1.5.0";

/**
 * One AWS account: its OIDC provider and roles, and the GitHub environments, variables and secrets that
 * use them. One stack is one state and one plan.
 *
 * Addresses follow the access file: `repositories.web-shop.environments.production` is
 * `github_repository_environment.web-shop__production`, its role `aws_iam_role.web-shop__production`, and a
 * role of its `roles` `aws_iam_role.web-shop__production__role__KEY`.
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
    const values = new GithubValues(this, account, this.renames);
    for (const environment of account.environments) this.addEnvironment(environment, account, values);
    const arns: Record<string, string> = {};
    const trusting = new Map<RoleAccess, GithubActionsRole>();
    for (const role of account.roles) {
      const made = this.addRole(account, provider, role);
      trusting.set(role, made);
      arns[role.name] = made.arn;
      for (const value of role.publish) values.publish(value, made);
    }
    for (const given of account.values) values.give(given);
    for (const owner of account.waitsFor) this.waitFor(owner);
    this.renames.addTo(this);
    for (const role of account.chainedRoles) arns[role.name] = this.addChainedRole(account, role).arn;
    addSubjectTemplates(this, account, trusting);
    new TerraformOutput(this, "output:oidc_provider_arn", {
      value: provider.arn,
      description: "ARN of the account's OIDC provider",
    });
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
    this.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER);
    if (!needsGithub(account)) return;
    const { owner, instance } = account.github;
    new GithubProvider(this, "github", { owner, baseUrl: instance.apiUrl });
    this.addOverride("terraform.required_providers.github.version", githubProviderRange(account));
  }

  private addBackend(account: AccountAccess): void {
    const s3 = account.backend?.s3;
    if (!s3) {
      // Relative to the stack's folder, so that the output is the same wherever the project stands.
      const folder = path.join(App.of(this).outdir, "stacks", this.node.id);
      new LocalBackend(this, {
        path: path.relative(folder, `terraform.${this.node.id}.tfstate`).split(path.sep).join("/"),
      });
      return;
    }
    new S3Backend(this, {
      bucket: s3.bucket,
      key: s3.key,
      region: s3.region,
      encrypt: s3.encrypt ?? true,
      kmsKeyId: s3.kmsKeyId,
      dynamodbTable: s3.dynamodbTable,
    });
    if (s3.useLockfile !== undefined) this.addOverride("terraform.backend.s3.use_lockfile", s3.useLockfile);
    if (s3.assumeRole !== undefined) this.addOverride("terraform.backend.s3.assume_role.role_arn", s3.assumeRole);
  }

  private addOidcProvider(account: AccountAccess): IGithubOidcProvider {
    const { host } = account.github.instance;
    const props = {
      host,
      enterpriseSlug: enterpriseSlugOf(account),
      audiences: account.audiences,
      assertsClaimKeys: account.assertsClaimKeys,
      account: { id: account.id, partition: account.partition },
    };
    return account.oidcProvider === "existing"
      ? GithubOidcProvider.fromLookup(this, "provider:github", props)
      : new GithubOidcProvider(this, "provider:github", {
          ...props,
          tags: literalValues(account.tags),
          preventDestroy: account.preventDestroy,
        });
  }

  private protectBranch(repository: string, branch: string): void {
    const made = new ProtectedBranch(this, branchId(repository, branch), { repository, branch });
    this.renames.note(repository, [], (name) => branchId(name, branch));
    this.protectedBranches.set(repository, [...(this.protectedBranches.get(repository) ?? []), made]);
  }

  /** The protected branches of a repository: those that this stack makes, or else what GitHub has, looked up once. */
  private protectionOf(repository: string, { github }: AccountAccess): readonly IBranchProtection[] {
    const known = this.protectedBranches.get(repository) ?? [
      new ProtectedBranchesLookup(this, `protected:${address(repository, "branches", "protected")}`, {
        fullName: `${github.owner}/${repository}`,
      }),
    ];
    this.protectedBranches.set(repository, known);
    return known;
  }

  private addEnvironment(environment: EnvironmentAccess, account: AccountAccess, values: GithubValues): void {
    const { repository, name, variables, secrets, protection } = environment;
    this.renames.note(repository, [{ scope: { environment: name, key: undefined }, now: name }], (each, [own = ""]) =>
      environmentId(each, own),
    );
    const made = new DeploymentEnvironment(this, environmentId(repository, name), {
      ...protection,
      repository,
      name,
      preventDestroy: account.preventDestroy,
      protectedBranches:
        protection.deployFrom === "protectedBranches" ? this.protectionOf(repository, account) : undefined,
      isProvider612: isProvider612(account),
    });
    values.know(repository, name, made);
    const place = { repository, environment: name };
    for (const [each, value] of Object.entries(variables)) values.give({ kind: "variable", name: each, place, value });
    for (const [each, source] of Object.entries(secrets)) values.give({ kind: "secret", name: each, place, source });
  }

  private addRole(account: AccountAccess, provider: IGithubOidcProvider, role: RoleAccess): GithubActionsRole {
    const { names, idOf } = placeOf(role);
    this.renames.note(role.repository, names, idOf);
    return new GithubActionsRole(
      this,
      idOf(
        role.repository,
        names.map(({ now }) => now),
        (name) => name,
      ),
      {
        provider,
        name: role.name,
        allow: role.admits.map(({ repository, jobs }: Admission) => ({
          ...jobs,
          repository: this.repository(repository, account),
        })),
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
      },
    );
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

  /** The stack of that account, where it is in the same app, is applied first. */
  private waitFor(account: string): void {
    const owner = this.node.scope?.node.tryFindChild(account);
    if (TerraformStack.isStack(owner)) this.addDependency(owner);
  }

  /** A repository's subjects; looked up once for each stack. */
  private repository(
    { owner, name, subjects, ids, expectedIds, forms, claims }: RepositoryAccess,
    { github, subjectTemplates }: Pick<AccountAccess, "github" | "subjectTemplates">,
  ): IGithubRepository {
    // The file's own owner is one, in whatever spelling an entry names it.
    const isOwn = owner.toLowerCase() === github.owner.toLowerCase();
    const fullName = `${isOwn ? github.owner : owner}/${name}`;
    if (forms && subjects !== "lookup")
      return GithubRepository.withTemplates(
        this.repository(
          { owner, name, subjects, ids, ...(expectedIds && { expectedIds }) },
          { github, subjectTemplates },
        ),
        forms.map((each) => each.claims),
        claims,
      );
    if (subjects === "immutable" && ids) return GithubRepository.byId(fullName, ids);
    if (subjects === "both" && ids) return GithubRepository.byNameAndId(fullName, ids);
    if (subjects === "name") return GithubRepository.byName(fullName);
    const id = `repository:${isOwn ? address(name) : address(owner, name)}`;
    const known = this.node.tryFindChild(id) as GithubRepositoryLookup | GithubRepositoryIdLookup | undefined;
    if (known) return known;
    if (subjects === "both") return new GithubRepositoryIdLookup(this, id, { fullName, expected: expectedIds });
    const setsTemplate = forms !== undefined && subjectTemplates.some(({ repository }) => repository === name);
    return new GithubRepositoryLookup(this, id, {
      fullName,
      mintsIds: github.instance.kind !== "server",
      forms,
      tokenClaims: claims,
      setsTemplate,
    });
  }
}

const branchId = (repository: string, branch: string): string => `protected:${address(repository, "branch", branch)}`;
const environmentId = (repository: string, name: string): string => `environment:${address(repository, name)}`;

/** The names that a role's address follows, and how. The parts are as many for each kind of role as for no other, so that no two have one address. */
function placeOf({ scope, part }: RoleAccess): { readonly names: readonly OwnName[]; readonly idOf: IdOf } {
  if (!("environment" in scope))
    return {
      names: [{ scope, now: scope.role }],
      idOf: (repository, [key = ""], nameOf) =>
        `role:${part === undefined ? address(repository, "role", key) : address(repository, "role", key, "of", nameOf(part))}`,
    };
  const environment = { scope: { environment: scope.environment, key: undefined }, now: scope.environment };
  if (scope.key === undefined)
    return { names: [environment], idOf: (repository, [name = ""]) => `role:${address(repository, name)}` };
  return {
    names: [environment, { scope, now: scope.key }],
    idOf: (repository, [name = "", key = ""]) => `role:${address(repository, name, "role", key)}`,
  };
}

/** The slug stands behind the host in the issuer; only github.com and ghe.com have one. */
function enterpriseSlugOf({ github: { instance } }: AccountAccess): string | undefined {
  return instance.kind === "server" ? undefined : instance.issuer.split("/")[1];
}

const literalValues = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [literal(key), literal(value)]));
