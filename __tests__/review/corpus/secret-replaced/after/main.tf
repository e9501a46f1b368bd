resource "github_actions_secret" "dsn" {
  repository      = "web-shop"
  secret_name     = "SENTRY_DSN"
  plaintext_value = "secret-value-after"
}
