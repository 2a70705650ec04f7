# Compiled by sluice from old-cluster.yaml; change that and compile again.

variable "kubernetes_host" {
  description = "The https address of the API server, as Vault reaches it."
  type        = string
  default     = "https://kubernetes.default.svc"
}

variable "kubernetes_ca_cert" {
  description = "The API server's certificate authority in PEM; none for a Vault in a pod of that cluster."
  type        = string
  default     = null
}

variable "kubernetes_token_reviewer_jwt" {
  description = "A lasting token with the ClusterRole system:auth-delegator; none for a Vault in a pod of that cluster."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true
}
