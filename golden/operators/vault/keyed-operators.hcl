# Compiled by sluice from operators.yaml; change that and compile again.

path "keyed/data/*" {
  capabilities = ["create", "read", "update", "patch", "delete"]
}

path "keyed/metadata/*" {
  capabilities = ["read", "list"]
}

path "keyed/data/+/retired" {
  capabilities = ["deny"]
}

path "sys/leases/revoke-prefix/database/creds/keyed" {
  capabilities = ["update", "sudo"]
}

path "sys/events/subscribe/kv-v2/data-write" {
  capabilities = ["read", "subscribe"]
}

path "keyed/subkeys/*" {
  capabilities = ["recover"]
}
