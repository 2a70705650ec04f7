# Compiled by sluice from approle-login.yaml; change that and compile again.

resource "vault_mount" "teams_edge" {
  path = "teams/edge"
  type = "kv"
  options = {
    version = "1"
  }
}

resource "vault_policy" "edge_external_secrets" {
  name   = "edge-external-secrets"
  policy = <<-EOT
    path "teams/edge/gateway" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_auth_backend" "edge_approle" {
  type = "approle"
  path = "edge-approle"
}

resource "vault_approle_auth_backend_role" "edge" {
  backend        = vault_auth_backend.edge_approle.path
  role_name      = "edge"
  role_id        = "5f3c9a1e-2b7d-4c60-9e8a-1d2f3a4b5c6d"
  token_policies = [vault_policy.edge_external_secrets.name]
  token_ttl      = 1200
  token_max_ttl  = 1200
}
