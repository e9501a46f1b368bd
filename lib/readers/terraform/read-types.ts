/** The types of resources, and with `data.` before them of data sources, that say something of access. */
const READ_TYPES = [
  "aws_iam_openid_connect_provider",
  "data.aws_iam_openid_connect_provider",
  "aws_iam_policy",
  "aws_iam_policy_attachment",
  "aws_iam_role",
  "aws_iam_role_policies_exclusive",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_role_policy_attachments_exclusive",
  "github_actions_environment_secret",
  "github_actions_environment_variable",
  "github_actions_organization_oidc_subject_claim_customization_template",
  "github_actions_organization_secret",
  "github_actions_organization_secret_repositories",
  "github_actions_organization_variable",
  "github_actions_repository_oidc_subject_claim_customization_template",
  "github_actions_secret",
  "github_actions_variable",
  "github_branch_protection",
  "github_branch_protection_v3",
  "github_organization_ruleset",
  "github_repository",
  "data.github_repository",
  "github_repository_deployment_branch_policy",
  "github_repository_environment",
  "github_repository_environment_deployment_policy",
  "github_repository_ruleset",
  "data.github_rest_api",
  "github_team",
  "data.github_team",
  "data.github_user",
] as const;

export type ReadType = (typeof READ_TYPES)[number];

const KNOWN: ReadonlySet<string> = new Set(READ_TYPES);

/** Whether resources of a type say something of access. */
export const isRead = (type: string, mode: "managed" | "data" | (string & {})): boolean =>
  KNOWN.has(mode === "data" ? `data.${type}` : type);
