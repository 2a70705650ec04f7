# Compiled by sluice from token-login.yaml; change that and compile again.

resource "vault_mount" "pilot" {
  path = "pilot"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "pilot_external_secrets" {
  name   = "pilot-external-secrets"
  policy = <<-EOT
    path "pilot/data/gateway" {
      capabilities = ["read"]
    }
  EOT
}
