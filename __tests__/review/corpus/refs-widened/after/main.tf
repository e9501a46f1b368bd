resource "github_repository_environment" "production" {
  repository  = "web-shop"
  environment = "production"
  deployment_branch_policy {
    protected_branches     = false
    custom_branch_policies = true
  }
}

resource "github_repository_environment_deployment_policy" "main" {
  repository     = "web-shop"
  environment    = github_repository_environment.production.environment
  branch_pattern = "main"
}

resource "github_repository_environment_deployment_policy" "features" {
  repository     = "web-shop"
  environment    = github_repository_environment.production.environment
  branch_pattern = "feature/*"
}

resource "aws_iam_role" "production" {
  name = "web-shop-production"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = local.github }
        Condition = {
          StringEquals = {
            "${local.token}:aud" = "sts.amazonaws.com"
            "${local.token}:sub" = "repo:octo-org/web-shop:environment:production"
          }
        }
      }
    ]
  })
}
