/**
 * The public API: the access file, the stack it becomes, and the constructs for a stack of your own.
 */
export { Access, type AccessOptions } from "./lib/config/access";
export { AccessConfigError, type Diagnostic } from "./lib/yaml/problem";
export type {
  AccessConfig,
  AccountConfig,
  EnvironmentConfig,
  EnvironmentRoleConfig,
  PairConfig,
  PairDefaults,
  RepositoryConfig,
  RepositoryRoleConfig,
  StateAccessConfig,
  StatesConfig,
} from "./lib/config/schema";
export type { AccountAccess } from "./lib/config/account-access";
export { AccountStack } from "./stacks/account-stack";
export {
  ProtectedBranch,
  ProtectedBranchesLookup,
  type IBranchProtection,
  type ProtectedBranchesLookupProps,
  type ProtectedBranchProps,
} from "./lib/constructs/branch-protection";
export { ChainedRole, type ChainedRoleProps } from "./lib/constructs/chained-role";
export { DeploymentEnvironment, type DeploymentEnvironmentProps } from "./lib/constructs/deployment-environment";
export {
  publishEnvironmentSecret,
  publishEnvironmentVariable,
  type EnvironmentValueProps,
} from "./lib/constructs/environment-value";
export { GithubActionsRole, type AllowedJobs, type GithubActionsRoleProps } from "./lib/constructs/github-actions-role";
export {
  GithubOidcProvider,
  type GithubOidcProviderProps,
  type IGithubOidcProvider,
  type ProviderAccount,
} from "./lib/constructs/github-oidc-provider";
export {
  GithubRepository,
  GithubRepositoryLookup,
  type GithubRepositoryLookupProps,
  type IGithubRepository,
  type RepositoryIds,
} from "./lib/constructs/github-repository";
export { GithubRepositoryIdLookup, type GithubRepositoryIdLookupProps } from "./lib/constructs/github-repository-ids";
export { requireOrganization } from "./lib/constructs/organization-owner";
export {
  publishOrganizationSecret,
  publishOrganizationVariable,
  type OrganizationValueProps,
} from "./lib/constructs/organization-value";
export {
  publishRepositorySecret,
  publishRepositoryVariable,
  type RepositoryValueProps,
} from "./lib/constructs/repository-value";
export type { SecretValue } from "./lib/constructs/secret-value";
export { SubjectTemplate, type Addressed, type SubjectTemplateProps } from "./lib/constructs/subject-template";
export { literal } from "./lib/constructs/template";
export type { JobFilter } from "./lib/github/job-filter";
export { migrationState, type Migration } from "./lib/github/migration";
export type { SubjectForm } from "./lib/github/subject-template";
export type { EncryptedSecret } from "./lib/github/values";
export type { DeployFrom, Protection, Reviewers } from "./lib/github/protection";
export type {
  AccountPrincipal,
  OtherPrincipal,
  RoleHome,
  RolePrincipal,
  ServicePrincipal,
} from "./lib/aws/other-principals";
export type { PolicyDocument, PolicyStatement } from "./lib/aws/policy-document";
export type { GithubClaimKey } from "./lib/aws/condition-keys";
export type { Partition } from "./lib/aws/partition";
export {
  terraformStatePolicy,
  type StateAccess,
  type StateBucket,
  type StateGrant,
  type StateLock,
} from "./lib/aws/terraform-state";
