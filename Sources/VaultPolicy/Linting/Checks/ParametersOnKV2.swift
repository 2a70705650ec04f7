import SourceDiagnostics

extension PolicyCheck {
  static let parametersOnKV2 = PolicyCheck(
    3120, "parameters-on-kv2", .warning,
    summary: "a rule limits the parameters of a KV v2 secret",
    rationale: """
      Vault compares `allowed_parameters`, `denied_parameters` and `required_parameters` with the top level of a request. The
      body of a KV v2 write is `{"data": {…}}`, so that the fields of the secret are never seen: an allowed list refuses
      every write, a denied one refuses none, and a required parameter makes even a plain read fail.
      """,
    examples: [
      .flagged(
        """
        path "litellm/data/team" {
          capabilities = ["create", "update"]
          ⟦allowed_parameters⟧ = { "openai-key" = [] }
        }

        """, base: .policy),
      .allowed(
        """
        path "sys/leases/revoke" {
          capabilities = ["update"]
          allowed_parameters = { "lease_id" = ["database/creds/gateway/*"] }
        }

        """, base: .policy),
    ],
    .rule { kind, rule, mounts in
      guard mounts.part(of: rule.pattern)?.part == .data else { return nil }
      let keys = ["allowed_parameters", "denied_parameters", "required_parameters"]
      let places = keys.compactMap { key in rule.spans?.attributes[key].map { (key, $0.key) } }.sorted { $0.1 < $1.1 }
      guard let (key, place) = places.first, !rule.effectiveCapabilities.contains(.deny) else { return nil }
      return Diagnostic(
        kind, "`\(key)` sees nothing of a KV v2 secret", at: place, label: "the fields are nested under `data`",
        related: places.dropFirst().map { Diagnostic.Label($0.1, "nor does this") },
        help: ["remove it; what may be written there is decided by the path alone"])
    })
}
