#!/bin/sh
# Compiled by sluice from own-gateway.yaml; change that and compile again.
#
# Prepares Vault for the gateway; safe to run again. It needs the command `vault`, logged in (VAULT_TOKEN or
# `vault login`) with the right to manage mounts, policies and auth methods.
set -eu
cd "$(dirname "$0")"
export VAULT_ADDR=https://vault.vault.svc:8200

# has_mount PATH: whether a secrets engine is mounted there.
has_mount() { vault secrets list -format=json | grep -qF "\"$1/\":"; }
# kv_mount PATH VERSION: mounts a key-value engine, or makes sure that the one there has this version, for the versions
# have other API paths and every policy below speaks of them.
kv_mount() {
  if has_mount "$1"; then
    version=1
    if vault read -format=json "sys/mounts/$1" | grep -q '"version": *"2"'; then version=2; fi
    if [ "$version" != "$2" ]; then
      echo "error: the mount $1 is no key-value engine of version $2" >&2
      exit 1
    fi
  else
    vault secrets enable -path="$1" -version="$2" kv
  fi
}

# Secrets engines
kv_mount models 2

# Policies
vault policy write models-external-secrets models-external-secrets.hcl

# has_auth PATH: whether an auth method is mounted there.
has_auth() { vault auth list -format=json | grep -qF "\"$1/\":"; }

# Auth method kubernetes
has_auth kubernetes || vault auth enable -path=kubernetes kubernetes
# Vault in a pod of this cluster needs none of these variables: it uses the certificate authority and the token of its
# pod, whose account needs the ClusterRole system:auth-delegator. Any other Vault needs KUBERNETES_HOST, the https
# address of the API server, and two files by their absolute paths: KUBERNETES_CA_CERT_FILE, its certificate authority,
# and TOKEN_REVIEWER_JWT_FILE, a lasting token of an account with that ClusterRole.
vault read auth/kubernetes/config >/dev/null 2>&1 || vault write auth/kubernetes/config \
  kubernetes_host="${KUBERNETES_HOST:-https://kubernetes.default.svc}" \
  ${KUBERNETES_CA_CERT_FILE:+kubernetes_ca_cert=@"$KUBERNETES_CA_CERT_FILE"} \
  ${TOKEN_REVIEWER_JWT_FILE:+token_reviewer_jwt=@"$TOKEN_REVIEWER_JWT_FILE"}

# Login external-secrets
vault write auth/kubernetes/role/models \
  bound_service_account_names=models-eso \
  bound_service_account_namespaces=ai-models \
  audience=vault \
  token_policies=models-external-secrets \
  token_ttl=20m0s \
  token_max_ttl=20m0s

# Secrets are put into Vault by hand, from files, so that no value stands in a script, in the list of processes or in
# the history of a shell. `FIELD=@FILE` takes the file as it is, and a line end at its end becomes part of the secret;
# this makes a file without one from a line that is typed or pasted:
#   (umask 077; IFS= read -r value; printf %s "$value" >FILE)
# `kv put` replaces all fields of a path; with KV version 2, `vault kv patch -mount=MOUNT PATH FIELD=@FILE` changes one.
#   vault kv put -mount=models gateway \
#     master-key=@master-key.txt \
#     openai-key=@openai-key.txt
