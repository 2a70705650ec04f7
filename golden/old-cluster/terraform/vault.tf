# Compiled by sluice from old-cluster.yaml; change that and compile again.

resource "vault_mount" "archive" {
  path = "archive"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "archive_external_secrets" {
  name   = "archive-external-secrets"
  policy = <<-EOT
    path "archive/data/gateway" {
      capabilities = ["read"]
    }

    path "archive/data/database" {
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

resource "vault_kubernetes_auth_backend_role" "archive" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "archive"
  bound_service_account_names      = ["archive-eso"]
  bound_service_account_namespaces = ["ai-archive"]
  audience                         = "vault"
  token_policies                   = [vault_policy.archive_external_secrets.name]
  token_ttl                        = 1200
  token_max_ttl                    = 1200
}
