# Compiled by sluice from token-login.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "pilot/data/gateway" {
  capabilities = ["read"]
}
