# Compiled by sluice from jwt-login.yaml; change that and compile again.
# From policies/research-read.hcl.

path "research/data/gateway" {
  capabilities = ["read"]
}

path "research/data/providers/groq" {
  capabilities = ["read"]
}

path "research/data/providers/together" {
  capabilities = ["read"]
}
