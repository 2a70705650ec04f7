# Reviewed by the security team.
path "research/data/gateway" {
  capabilities = ["read"]
}

# One folder, a provider each.
path "research/data/providers/groq" {
  capabilities = ["read"]
}

path "research/data/providers/together" {
  capabilities = ["read"]
}
