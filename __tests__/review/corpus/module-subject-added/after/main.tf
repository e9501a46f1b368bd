module "deploy" {
  source   = "./role"
  name     = "deploy"
  subjects = ["repo:octo-org/web-shop:ref:refs/heads/main", "repo:octo-org/web-shop:ref:refs/tags/v*"]
}
