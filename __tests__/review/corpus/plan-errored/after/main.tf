variable "frozen" {
  type    = bool
  default = true
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
            "${local.token}:sub" = ["repo:octo-org/web-shop:ref:refs/heads/main", "repo:octo-org/web-shop:pull_request"]
          }
        }
      }
    ]
  })
}

resource "aws_iam_role" "other" {
  name = "other"
  lifecycle {
    precondition {
      condition     = !var.frozen
      error_message = "Not today."
    }
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
            "${local.token}:sub" = "repo:octo-org/web-shop:environment:staging"
          }
        }
      }
    ]
  })
}
