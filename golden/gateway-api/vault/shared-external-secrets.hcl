# Compiled by sluice from gateway-api.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "shared/data/gateway" {
  capabilities = ["read"]
}
