resource "aws_iam_role" "deploy" {
  name_prefix = "deploy-"
  path        = "/"
  lifecycle {
    create_before_destroy = true
  }
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
            "${local.token}:sub" = "repo:octo-org/web-shop:ref:refs/heads/main"
          }
        }
      }
    ]
  })
}
