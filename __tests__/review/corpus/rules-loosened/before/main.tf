data "github_user" "octocat" {
  username = "octocat"
}

resource "github_repository_environment" "waits" {
  repository  = "web-shop"
  environment = "waits"
  wait_timer  = 60
}

resource "github_repository_environment" "reviewed" {
  repository          = "web-shop"
  environment         = "reviewed"
  prevent_self_review = true
  reviewers {
    users = [data.github_user.octocat.id]
  }
  can_admins_bypass = false
}

resource "github_repository_environment" "strict" {
  repository        = "web-shop"
  environment       = "strict"
  can_admins_bypass = false
  reviewers {
    users = [data.github_user.octocat.id]
  }
}
