#!/bin/sh
# Compiled by sluice from token-login.yaml; change that and compile again.
#
# Prepares Vault for the gateway; safe to run again. It needs the command `vault`, logged in (VAULT_TOKEN or
# `vault login`) with the right to manage mounts, policies and auth methods.
set -eu
cd "$(dirname "$0")"
export VAULT_ADDR=https://vault.example.com:8200

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
kv_mount pilot 2

# Policies
vault policy write pilot-external-secrets pilot-external-secrets.hcl

# Login external-secrets
# A token that is renewed for as long as its period; it goes to the Secret that `credential` names:
#   vault token create -orphan -field=token -period=24h0m0s -policy=pilot-external-secrets

# Secrets are put into Vault by hand, from files, so that no value stands in a script, in the list of processes or in
# the history of a shell. `FIELD=@FILE` takes the file as it is, and a line end at its end becomes part of the secret;
# this makes a file without one from a line that is typed or pasted:
#   (umask 077; IFS= read -r value; printf %s "$value" >FILE)
# `kv put` replaces all fields of a path; with KV version 2, `vault kv patch -mount=MOUNT PATH FIELD=@FILE` changes one.
#   vault kv put -mount=pilot gateway \
#     master-key=@master-key.txt \
#     deepseek-key=@deepseek-key.txt
