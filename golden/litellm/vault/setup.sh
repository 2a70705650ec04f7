#!/bin/sh
# Compiled by sluice from litellm.yaml; change that and compile again.
#
# Prepares Vault for the gateway; safe to run again. It needs the command `vault`, logged in (VAULT_TOKEN or
# `vault login`) with the right to manage mounts, policies and auth methods.
set -eu
cd "$(dirname "$0")"
export VAULT_ADDR=https://vault.example.com:8200

# has_mount PATH, has_auth PATH: whether something is mounted there.
has_mount() { vault secrets list -format=json | grep -qF "\"$1/\":"; }
has_auth() { vault auth list -format=json | grep -qF "\"$1/\":"; }

# Secrets engines
has_mount litellm || vault secrets enable -path=litellm -version=2 kv

# Policies
vault policy write eso-litellm-policy eso-litellm-policy.hcl

# Login external-secrets
if ! has_auth kubernetes; then
  vault auth enable -path=kubernetes kubernetes
  # Inside the cluster Vault finds everything by itself; from outside it needs the address of the API server.
  vault write auth/kubernetes/config kubernetes_host="${KUBERNETES_HOST:-https://kubernetes.default.svc}"
fi
vault write auth/kubernetes/role/eso-litellm \
  bound_service_account_names=litellm-eso \
  bound_service_account_namespaces=ai-services \
  audience=vault \
  token_policies=eso-litellm-policy \
  token_ttl=20m0s \
  token_max_ttl=20m0s

# Secrets are put into Vault by hand, from files or standard input, so that no value stands in a script, in the list of
# processes or in the history of a shell. `kv put` replaces all fields of a path; with KV version 2,
# `vault kv patch -mount=MOUNT PATH FIELD=-` changes one of them from standard input.
#   vault kv put -mount=litellm api-keys \
#     master-key=@master-key.txt \
#     salt-key=@salt-key.txt \
#     openai-key=@openai-key.txt \
#     anthropic-key=@anthropic-key.txt
#   vault kv put -mount=litellm database \
#     url=@database-url.txt
