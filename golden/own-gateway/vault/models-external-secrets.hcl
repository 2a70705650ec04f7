# Compiled by sluice from own-gateway.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "models/data/gateway" {
  capabilities = ["read"]
}
