# Compiled by sluice from dynamic-credentials.yaml; change that and compile again.
# Derived: read on exactly the paths that the spec's secrets lie at.

path "ledger/data/gateway" {
  capabilities = ["read"]
}

path "database/creds/ledger" {
  capabilities = ["read"]
}
