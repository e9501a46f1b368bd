import {
  to = aws_iam_role.asis
  id = "as-is"
}

resource "aws_iam_role" "asis" {
  name = "as-is"
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

import {
  to = aws_iam_role.opened
  id = "opened"
}

resource "aws_iam_role" "opened" {
  name = "opened"
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
            "${local.token}:sub" = ["repo:octo-org/web-shop:ref:refs/heads/main", "repo:octo-org/web-shop:pull_request"]
          }
        }
      }
    ]
  })
}
