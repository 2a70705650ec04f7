# Compiled by sluice from observability.yaml; change that and compile again.

resource "vault_mount" "watched" {
  path = "watched"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "watched_external_secrets" {
  name   = "watched-external-secrets"
  policy = <<-EOT
    path "watched/data/gateway" {
      capabilities = ["read"]
    }

    path "watched/data/langfuse" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_auth_backend" "kubernetes" {
  type = "kubernetes"
  path = "kubernetes"
}

resource "vault_kubernetes_auth_backend_config" "kubernetes" {
  backend               = vault_auth_backend.kubernetes.path
  kubernetes_host       = var.kubernetes_host
  kubernetes_ca_cert    = var.kubernetes_ca_cert
  token_reviewer_jwt_wo = var.kubernetes_token_reviewer_jwt
  # Count up to hand over a new token.
  token_reviewer_jwt_wo_version = 1
}

resource "vault_kubernetes_auth_backend_role" "watched" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "watched"
  bound_service_account_names      = ["watched-eso"]
  bound_service_account_namespaces = ["ai-watched"]
  audience                         = "vault"
  token_policies                   = [vault_policy.watched_external_secrets.name]
  token_ttl                        = 1200
  token_max_ttl                    = 1200
}
