provider "aws" {
  alias               = "staging"
  region              = "eu-west-1"
  max_retries         = 1
  allowed_account_ids = ["222233334444"]
  assume_role {
    role_arn = "arn:aws:iam::222233334444:role/terraform"
  }
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
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

resource "aws_iam_role" "staging" {
  name     = "deploy"
  provider = aws.staging
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "arn:aws:iam::222233334444:oidc-provider/${local.token}" }
        Condition = {
          StringEquals = {
            "${local.token}:aud" = "sts.amazonaws.com"
            "${local.token}:sub" = "repo:octo-org/web-shop:environment:staging"
          }
        }
      }
    ]
  })
}
