# Compiled by sluice from own-gateway.yaml; change that and compile again.

resource "vault_mount" "models" {
  path = "models"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "models_external_secrets" {
  name   = "models-external-secrets"
  policy = <<-EOT
    path "models/data/gateway" {
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

resource "vault_kubernetes_auth_backend_role" "models" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "models"
  bound_service_account_names      = ["models-eso"]
  bound_service_account_namespaces = ["ai-models"]
  audience                         = "vault"
  token_policies                   = [vault_policy.models_external_secrets.name]
  token_ttl                        = 1200
  token_max_ttl                    = 1200
}
