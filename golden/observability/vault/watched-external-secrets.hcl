# Compiled by sluice from observability.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "watched/data/gateway" {
  capabilities = ["read"]
}

path "watched/data/langfuse" {
  capabilities = ["read"]
}
