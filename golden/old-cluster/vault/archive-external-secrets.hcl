# Compiled by sluice from old-cluster.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "archive/data/gateway" {
  capabilities = ["read"]
}

path "archive/data/database" {
  capabilities = ["read"]
}
