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

resource "aws_iam_role_policy_attachment" "production" {
  role       = aws_iam_role.production.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "github_actions_environment_variable" "role" {
  repository    = "web-shop"
  environment   = github_repository_environment.production.environment
  variable_name = "AWS_ROLE_ARN"
  value         = aws_iam_role.production.arn
}
