# Compiled by sluice from old-cluster.yaml; change that and compile again.

terraform {
  required_version = ">= 1.11"

  required_providers {
    vault = {
      source  = "hashicorp/vault"
      version = "~> 5.10"
    }
  }
}

provider "vault" {
  address = "https://vault.example.com:8200"
}
