# Compiled by sluice from litellm.yaml; change that and compile again.

path "litellm/data/api-keys" {
  capabilities = ["read"]
}

path "litellm/data/database" {
  capabilities = ["read"]
}
