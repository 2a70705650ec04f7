# Compiled by sluice from litellm.yaml; change that and compile again.

resource "vault_mount" "litellm" {
  path = "litellm"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "eso_litellm_policy" {
  name   = "eso-litellm-policy"
  policy = <<-EOT
    path "litellm/data/api-keys" {
      capabilities = ["read"]
    }

    path "litellm/data/database" {
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

resource "vault_kubernetes_auth_backend_role" "eso_litellm" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "eso-litellm"
  bound_service_account_names      = ["litellm-eso"]
  bound_service_account_namespaces = ["ai-services"]
  audience                         = "vault"
  token_policies                   = [vault_policy.eso_litellm_policy.name]
  token_ttl                        = 1200
  token_max_ttl                    = 1200
}
