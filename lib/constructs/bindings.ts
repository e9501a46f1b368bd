/**
 * The generated bindings in use, each by its own path: the packages' roots load every resource there
 * is, which costs seconds and hundreds of megabytes.
 */
export { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
export { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
export { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
export { IamRole } from "@cdktf/provider-aws/lib/iam-role";
export { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
export { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
export { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
export { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
export { AwsProvider } from "@cdktf/provider-aws/lib/provider";
export { ActionsEnvironmentSecret } from "@cdktf/provider-github/lib/actions-environment-secret";
export { ActionsEnvironmentVariable } from "@cdktf/provider-github/lib/actions-environment-variable";
export { ActionsOrganizationOidcSubjectClaimCustomizationTemplate } from "@cdktf/provider-github/lib/actions-organization-oidc-subject-claim-customization-template";
export { ActionsRepositoryOidcSubjectClaimCustomizationTemplate } from "@cdktf/provider-github/lib/actions-repository-oidc-subject-claim-customization-template";
export { ActionsOrganizationSecret } from "@cdktf/provider-github/lib/actions-organization-secret";
export { ActionsOrganizationSecretRepositories } from "@cdktf/provider-github/lib/actions-organization-secret-repositories";
export { ActionsOrganizationVariable } from "@cdktf/provider-github/lib/actions-organization-variable";
export { ActionsSecret } from "@cdktf/provider-github/lib/actions-secret";
export { ActionsVariable } from "@cdktf/provider-github/lib/actions-variable";
export { BranchProtectionV3 } from "@cdktf/provider-github/lib/branch-protection-v3";
export { DataGithubRepository } from "@cdktf/provider-github/lib/data-github-repository";
export { DataGithubRestApi } from "@cdktf/provider-github/lib/data-github-rest-api";
export { DataGithubTeam } from "@cdktf/provider-github/lib/data-github-team";
export { DataGithubUser } from "@cdktf/provider-github/lib/data-github-user";
export { GithubProvider } from "@cdktf/provider-github/lib/provider";
export { RepositoryEnvironment } from "@cdktf/provider-github/lib/repository-environment";
export { RepositoryEnvironmentDeploymentPolicy } from "@cdktf/provider-github/lib/repository-environment-deployment-policy";
