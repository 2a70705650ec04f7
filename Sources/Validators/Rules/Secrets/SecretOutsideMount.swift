import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let secretOutsideMount = Rule(
    3003, "secret-outside-mount", .error,
    summary: "the path of a secret lies under no declared mount",
    rationale: """
      A path in Vault begins with the mount of a secrets engine. External Secrets Operator is told the mount by the
      SecretStore and asks `MOUNT/data/KEY`; a store for `secret` asked for the key `litellm/api-keys` reads
      `secret/data/litellm/api-keys`, another mount than the one the keys were written to, and gets 403.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: ⟦litelm/api-keys⟧, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """,
        fixed: """
          secrets:
            delivery: external-secrets
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
              database-url: { vault: litellm/database, property: url }

          """),
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: ⟦secret/litellm/api-keys⟧, property: openai-key }
            database-url: { vault: ⟦litellm⟧, property: url }

        """),
      .allowed(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    guard let vault = context.spec.vault?.known, context.spec.secrets.value.delivery.known?.readsVault == true,
      context.hasReadableMounts(vault)
    else { return }
    let mounts = vault.mounts.value.map(\.name.value.text)
    let paths = context.spec.secrets.value.entries.value.compactMap { secret in
      secret.value.vault.flatMap { path in path.known.map { (secret: secret.name.value, path: path, text: $0) } }
    }
    for (secret, path, text) in paths {
      guard let location = vault.locate(text), location.key.isEmpty else { continue }
      findings.add(
        "`\(text)` is a mount, not a secret in it", at: path.span, label: "a mount",
        related: [Diagnostic.Label(location.mount.name.span, "declared here")],
        help: ["write the path of the secret too, such as `\(text)/\(secret)`"])
    }
    // Secrets that begin alike lack the same mount, which is one mistake.
    let outside = paths.filter { vault.locate($0.text) == nil }
    let groups = Dictionary(grouping: outside) { $0.text.segments.first ?? "" }
    var seen: Set<Substring> = []
    for first in outside where seen.insert(first.text.segments.first ?? "").inserted {
      let others = groups[first.text.segments.first ?? ""]?.dropFirst() ?? []
      let nearest = nearestMount(to: first.text, among: mounts)
      let list = mounts.map { "`\($0)`" }.joined(separator: ", ")
      let edits = ([first] + others).compactMap { place in
        nearestMount(to: place.text, among: mounts).map { TextEdit(place.path.span, $0) }
      }
      findings.add(
        "the secret `\(first.secret)` lies under no declared mount", at: first.path.span, label: "no such mount",
        related: others.prefix(3).map { Diagnostic.Label($0.path.span, "nor is this one") }
          + (vault.mounts.isWritten ? [Diagnostic.Label(vault.mounts.keySpan, "the mounts are declared here")] : []),
        notes: nearest == nil && !mounts.isEmpty ? ["the declared mounts are \(list)"] : [],
        help: [nearest.map { "a mount with a similar name exists: write `\($0)`" } ?? "declare its mount under `vault.mounts`"],
        fixIts: nearest.map { [FixIt("write `\($0)`", .unsafe, edits: edits)] } ?? [])
    }
  }

  /// The path under the mount that was probably meant.
  private static func nearestMount(to path: VaultPathText, among mounts: [String]) -> String? {
    var candidates: [String: String] = [:]
    for mount in mounts {
      let length = mount.split(separator: "/").count
      guard path.segments.count > length else { continue }
      candidates[mount] = path.segments[..<length].joined(separator: "/")
    }
    for (mount, start) in candidates.sorted(by: { $0.key < $1.key })
    where NameSuggestion.nearest(to: start, among: [mount]) != nil {
      return mount + path.text.dropFirst(start.count)
    }
    return nil
  }
}
