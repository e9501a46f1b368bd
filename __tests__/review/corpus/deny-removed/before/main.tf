resource "aws_iam_role" "build" {
  name = "build"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = local.github }
        Condition = {
          StringEquals = { "${local.token}:aud" = "sts.amazonaws.com" }
          StringLike   = { "${local.token}:sub" = "repo:octo-org/web-shop:ref:refs/heads/*" }
        }
      },
      {
        Effect    = "Deny"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = local.github }
        Condition = {
          StringLike = { "${local.token}:sub" = "repo:octo-org/web-shop:ref:refs/heads/dependabot/*" }
        }
      }
    ]
  })
}
