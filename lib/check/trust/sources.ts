/** Pages that rules refer to. */
export const SOURCES = {
  secureByDefault: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
  conditionKeys:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif",
  operators: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  multiValued:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  logic:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html",
  requests: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html",
  principal: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  leastPrivilege: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  quotas: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  provider: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
  evaluation: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  githubOidc: "https://docs.github.com/en/actions/reference/security/oidc",
  githubTemplates:
    "https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository",
  githubReusable:
    "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows",
  githubAws: "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws",
  githubEnvironments: "https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments",
  actionAudience: "https://github.com/aws-actions/configure-aws-credentials#oidc-audience",
  suppressions: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
  sessionLength: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html",
  githubHardening: "https://docs.github.com/en/actions/reference/security/secure-use",
  githubVariables: "https://docs.github.com/en/actions/reference/workflows-and-actions/variables",
  openRoles: "https://securitylabs.datadoghq.com/articles/exploring-github-to-aws-keyless-authentication-flaws/",
  ohMyDc: "https://unit42.paloaltonetworks.com/oidc-misconfigurations-in-ci-cd",
  immutableSubjects: "https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens",
  sleeperSquats: "https://labs.boostsecurity.io/articles/sleeper-squats-github-oidc-immutable-subject-claim",
} as const;
