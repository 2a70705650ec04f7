# Compiled by sluice from jwt-login.yaml; change that and compile again.

variable "jwt_research_oidc_issuer" {
  description = "The issuer of the cluster's ServiceAccount tokens, an https address."
  type        = string
}
