moved {
  from = aws_iam_role.deploy
  to   = module.deploy.aws_iam_role.this
}

module "deploy" {
  source   = "./role"
  name     = "deploy"
  subjects = ["repo:octo-org/web-shop:environment:production"]
}
