import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let loginDeniesItself = Rule(
    3041, "login-denies-itself", .error,
    summary: "a policy keeps the login from what it does with its own token",
    rationale: """
      External Secrets Operator looks its token up to see whether a store works, and revokes it after each round. The policy
      `default` allows both. A rule of the login's own policies on these paths, or a more specific one around them, takes that
      away: the store is never valid and nothing is synced, or tokens pile up until their TTL.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
                - { path: ⟦auth/token/lookup-self⟧, capabilities: [deny] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
                - { path: auth/token/*, capabilities: [deny] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
    ]
  ) { context, findings in
    guard context.spec.secrets.value.delivery.known == .externalSecrets, let login = context.vaultScope.login,
      let acl = context.vaultScope.acl
    else { return }
    var requests = [AccessRequest(.read, "auth/token/lookup-self")]
    if login.value.method.known != .token { requests.append(AccessRequest(.update, "auth/token/revoke-self")) }
    for request in requests {
      let decision = acl.decide(request)
      guard !decision.isAllowed, let rule = decision.rule else { continue }
      let written = rule.contributors.map(\.rule).first {
        $0.primarySpan != nil && $0.effectiveCapabilities == rule.capabilities
      }
      guard let span = (written ?? rule.contributors.map(\.rule).first { $0.primarySpan != nil })?.primarySpan else {
        continue
      }
      let need = request.operation.capability.map { "`\($0.name)` on " } ?? ""
      findings.add(
        "`\(login.name.value)` needs \(need)`\(request.path)`, and `\(rule.pattern)` keeps it from that", at: span,
        label: "decides", related: [Diagnostic.Label(login.name.span, "this login carries it")],
        help: ["remove the rule; the policy `default` says what a token may do with itself"])
    }
  }
}
