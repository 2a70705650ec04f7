# Compiled by sluice from approle-login.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "teams/edge/gateway" {
  capabilities = ["read"]
}
