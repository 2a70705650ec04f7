# Compiled by sluice from token-login.yaml; change that and compile again.

resource "vault_mount" "pilot" {
  path = "pilot"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "external_secrets_secrets" {
  name   = "external-secrets-secrets"
  policy = <<-EOT
    path "pilot/data/gateway" {
      capabilities = ["read"]
    }
  EOT
}
