# Compiled by sluice from jwt-login.yaml; change that and compile again.

resource "vault_mount" "research" {
  path = "research"
  type = "kv"
  options = {
    version = "2"
  }
}

resource "vault_policy" "research_read" {
  name   = "research-read"
  policy = <<-EOT
    path "research/data/gateway" {
      capabilities = ["read"]
    }

    path "research/data/providers/groq" {
      capabilities = ["read"]
    }

    path "research/data/providers/together" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_jwt_auth_backend" "jwt_research" {
  path               = "jwt-research"
  oidc_discovery_url = var.jwt_research_oidc_issuer
}

resource "vault_jwt_auth_backend_role" "research" {
  backend         = vault_jwt_auth_backend.jwt_research.path
  role_name       = "research"
  role_type       = "jwt"
  user_claim      = "sub"
  bound_subject   = "system:serviceaccount:ai-research:research-eso"
  bound_audiences = ["https://vault.example.com"]
  token_policies  = [vault_policy.research_read.name]
  token_ttl       = 1200
  token_max_ttl   = 1200
}
