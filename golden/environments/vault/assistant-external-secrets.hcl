# Compiled by sluice from environments.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "assistant/data/production" {
  capabilities = ["read"]
}
