# Compiled by sluice from operators.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "keyed/data/gateway" {
  capabilities = ["read"]
}

path "keyed/data/providers/openai" {
  capabilities = ["read"]
}
