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
