resource "aws_iam_role" "deploy" {
  for_each = toset(["api", "web-shop"])
  name     = "${each.key}-deploy"
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
            "${local.token}:sub" = "repo:octo-org/${each.key}:environment:production"
          }
        }
      }
    ]
  })
}
