data "github_team" "release_managers" {
  slug = "release-managers"
}

data "github_user" "octocat" {
  username = "octocat"
}

resource "github_repository_environment" "production" {
  repository  = "web-shop"
  environment = "production"
  reviewers {
    teams = [data.github_team.release_managers.id]
    users = [data.github_user.octocat.id]
  }
  wait_timer = 10
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
