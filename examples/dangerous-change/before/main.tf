terraform {
  required_providers {
    aws    = { source = "hashicorp/aws" }
    github = { source = "integrations/github" }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

provider "github" {
  owner = "octo-org"
}

locals {
  token = "token.actions.githubusercontent.com"
  roles = {
    "web-shop-production" = "repo:octo-org/web-shop:environment:production"
    "web-shop-release"    = "repo:octo-org/web-shop:ref:refs/heads/main"
  }
}

resource "aws_iam_role" "deploy" {
  for_each = local.roles
  name     = each.key
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/${local.token}" }
      Condition = {
        StringEquals = { "${local.token}:aud" = "sts.amazonaws.com" }
        StringLike   = { "${local.token}:sub" = each.value }
      }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  for_each = {
    "web-shop-production" = "AmazonECS_FullAccess"
  }
  role       = aws_iam_role.deploy[each.key].name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_iam_role_policy" "release" {
  name = "publish"
  role = aws_iam_role.deploy["web-shop-release"].name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::octo-web-shop-releases/*" }]
  })
}

data "github_team" "release_managers" {
  slug = "release-managers"
}

resource "github_repository_environment" "production" {
  repository          = "web-shop"
  environment         = "production"
  wait_timer          = 10
  prevent_self_review = true
  can_admins_bypass   = false
  reviewers {
    teams = [data.github_team.release_managers.id]
  }
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

resource "github_actions_variable" "role" {
  repository    = "web-shop"
  variable_name = "AWS_RELEASE_ROLE_ARN"
  value         = aws_iam_role.deploy["web-shop-release"].arn
}
