# Compiled by sluice from dynamic-credentials.yaml; change that and compile again.

resource "vault_mount" "ledger" {
  path = "ledger"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_mount" "database" {
  path = "database"
  type = "database"
}

resource "vault_database_secret_backend_connection" "ledger" {
  backend       = vault_mount.database.path
  name          = "ledger"
  plugin_name   = "postgresql-database-plugin"
  allowed_roles = ["ledger"]

  postgresql {
    connection_url = "postgresql://{{username}}:{{password}}@ledger-db.example.com:5432/ledger?sslmode=verify-full"
    username       = "vault"
    password_wo    = var.ledger_password
    # Count up to hand over a new password.
    password_wo_version = 1
  }
}

resource "vault_database_secret_backend_role" "ledger" {
  backend = vault_mount.database.path
  name    = "ledger"
  db_name = vault_database_secret_backend_connection.ledger.name
  creation_statements = [
    "CREATE ROLE \"{{name}}\" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE \"ledger_owner\";",
    "ALTER ROLE \"{{name}}\" SET ROLE \"ledger_owner\";",
  ]
  default_ttl = 3600
  max_ttl     = 86400
}

resource "vault_database_secret_backend_connection" "archive" {
  backend       = vault_mount.database.path
  name          = "archive"
  plugin_name   = "postgresql-database-plugin"
  allowed_roles = ["archive-reader"]

  postgresql {
    connection_url = "postgresql://{{username}}:{{password}}@archive-db.example.com:6432/archive?sslmode=verify-full"
    username       = "vault"
    password_wo    = var.archive_password
    # Count up to hand over a new password.
    password_wo_version = 1
  }
}

resource "vault_database_secret_backend_role" "archive_reader" {
  backend = vault_mount.database.path
  name    = "archive-reader"
  db_name = vault_database_secret_backend_connection.archive.name
  creation_statements = [
    "CREATE ROLE \"{{name}}\" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO \"{{name}}\";",
  ]
  default_ttl = 3600
  max_ttl     = 86400
}

resource "vault_policy" "ledger_external_secrets" {
  name   = "ledger-external-secrets"
  policy = <<-EOT
    path "ledger/data/gateway" {
      capabilities = ["read"]
    }

    path "database/creds/ledger" {
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

resource "vault_kubernetes_auth_backend_role" "ledger" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "ledger"
  bound_service_account_names      = ["ledger-eso"]
  bound_service_account_namespaces = ["ai-ledger"]
  audience                         = "vault"
  token_policies                   = [vault_policy.ledger_external_secrets.name]
  token_ttl                        = 7200
  token_max_ttl                    = 7200
}
