# Compiled by sluice from operators.yaml; change that and compile again.

resource "vault_mount" "keyed" {
  path = "keyed"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "keyed_operators" {
  name   = "keyed-operators"
  policy = <<-EOT
    path "keyed/data/*" {
      capabilities = ["create", "read", "update", "patch", "delete"]
    }

    path "keyed/metadata/*" {
      capabilities = ["read", "list"]
    }

    path "keyed/data/+/retired" {
      capabilities = ["deny"]
    }

    path "sys/leases/revoke-prefix/database/creds/keyed" {
      capabilities = ["update", "sudo"]
    }

    path "sys/events/subscribe/kv-v2/data-write" {
      capabilities = ["read", "subscribe"]
    }

    path "keyed/subkeys/*" {
      capabilities = ["recover"]
    }
  EOT
}

resource "vault_policy" "keyed_external_secrets" {
  name   = "keyed-external-secrets"
  policy = <<-EOT
    path "keyed/data/gateway" {
      capabilities = ["read"]
    }

    path "keyed/data/providers/openai" {
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

resource "vault_kubernetes_auth_backend_role" "keyed" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "keyed"
  bound_service_account_names      = ["keyed-eso"]
  bound_service_account_namespaces = ["ai-keyed"]
  audience                         = "vault"
  token_policies                   = [vault_policy.keyed_external_secrets.name]
  token_ttl                        = 1200
  token_max_ttl                    = 1200
}

resource "vault_kubernetes_auth_backend_role" "keyed_operators" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "keyed-operators"
  bound_service_account_names      = ["keyed-operators"]
  bound_service_account_namespaces = ["ai-keyed"]
  audience                         = "vault"
  token_policies                   = [vault_policy.keyed_operators.name]
  token_ttl                        = 1200
  token_max_ttl                    = 1200
}
