resource "github_actions_repository_oidc_subject_claim_customization_template" "web_shop" {
  repository  = "web-shop"
  use_default = true
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
