import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let repeatedReadsOfOneKey = Rule(
    3030, "repeated-reads-of-one-key", .warning,
    summary: "one secret of Vault is read again and again",
    rationale: """
      External Secrets Operator reads once for each entry and caches nothing: four fields of one secret are four requests, each
      with an audit record, each counted by quotas. At 15 seconds that is 16 reads a minute of one secret for one gateway, and
      a login before each round. Keys change once in weeks.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          refreshInterval: ⟦15s⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """,
        fixed: """
          secrets:
            delivery: external-secrets
            refreshInterval: 1m
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
              database-url: { vault: litellm/database, property: url }

          """),
      .allowed(
        """
        secrets:
          delivery: external-secrets
          refreshInterval: 5m
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    let refresh = context.spec.secrets.value.refreshInterval
    guard context.spec.secrets.value.delivery.known == .externalSecrets, refresh.isWritten,
      let interval = refresh.known,
      interval > .zero
    else { return }
    let keys = Dictionary(
      grouping: context.spec.secrets.value.entries.value.compactMap(\.value.vault).filter { !$0.isInvalid }, by: \.value
    )
    guard let (path, uses) = keys.max(by: { ($0.value.count, $1.key.text) < ($1.value.count, $0.key.text) }),
      uses.count > 1
    else { return }
    let reads = Int64(uses.count) * 60_000 / max(1, interval.milliseconds)
    guard reads >= mostReadsPerMinute else { return }
    let corrected = "\(Int64(uses.count) / mostReadsPerMinute + 1)m"
    findings.add(
      "\(uses.count) entries x \(60_000 / max(1, interval.milliseconds)) refreshes = \(reads) reads of `\(path)` a minute",
      at: refresh.span, label: "how often they are read",
      related: uses.prefix(3).map { Diagnostic.Label($0.span, "a read of its own") },
      help: ["write `\(corrected)` or more; `1h` is the default"],
      fixIts: [FixIt("write `\(corrected)`", .unsafe, replace: refresh.span, with: corrected)])
  }

  /// From how many reads of one secret in a minute on the rule speaks.
  private static let mostReadsPerMinute: Int64 = 6
}
