# Compiled by sluice from environments.yaml; change that and compile again.

resource "vault_mount" "assistant" {
  path = "assistant"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "assistant_external_secrets" {
  name   = "assistant-external-secrets"
  policy = <<-EOT
    path "assistant/data/production" {
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

resource "vault_kubernetes_auth_backend_role" "assistant" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "assistant"
  bound_service_account_names      = ["assistant-eso"]
  bound_service_account_namespaces = ["ai-assistant"]
  audience                         = "vault"
  token_policies                   = [vault_policy.assistant_external_secrets.name]
  token_ttl                        = 1200
  token_max_ttl                    = 1200
}
