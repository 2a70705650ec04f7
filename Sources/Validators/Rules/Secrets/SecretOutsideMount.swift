import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let secretOutsideMount = Rule(
    3003, "secret-outside-mount", .error, concludesFromAbsence: true,
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
            openai-key: { vault: ⟦team/api-keys⟧, property: openai-key }
            database-url: { vault: ⟦litellm⟧, property: url }

        """, hidden: true),
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
    let list = mounts.map { "`\($0)`" }.joined(separator: ", ")
    var seen: Set<Substring> = []
    for first in outside where seen.insert(first.text.segments.first ?? "").inserted {
      let group = groups[first.text.segments.first ?? ""] ?? []
      let nearest = seen.count > NameSuggestion.mostGuesses ? nil : nearestMount(to: first.text, among: mounts)
      let edits = group.compactMap { place in
        nearest.flatMap { $0.corrected(place.text).map { TextEdit(place.path.span, $0) } }
      }
      var help = "declare its mount under `vault.mounts`"
      if let corrected = nearest?.corrected(first.text) {
        help = "write `\(corrected)`, which lies under a declared mount"
      }
      findings.add(
        "the secret `\(first.secret)` lies under no declared mount", at: first.path.span, label: "no such mount",
        related: group.dropFirst().prefix(3).map { Diagnostic.Label($0.path.span, "nor is this one") }
          + (vault.mounts.isWritten ? [Diagnostic.Label(vault.mounts.keySpan, "the mounts are declared here")] : []),
        notes: nearest == nil && !mounts.isEmpty ? ["the declared mounts are \(list)"] : [], help: [help],
        fixIts: nearest.map { [FixIt("write `\($0.mount)`", .unsafe, edits: edits)] } ?? [])
    }
  }

  /// A mount that was probably meant, and what was written in its place.
  private struct NearMount {
    let mount: String
    let written: String

    /// The path under the mount, if it begins with what was written.
    func corrected(_ path: VaultPathText) -> String? {
      path.text.hasPrefix(written + "/") ? mount + path.text.dropFirst(written.count) : nil
    }
  }

  private static func nearestMount(to path: VaultPathText, among mounts: [String]) -> NearMount? {
    for mount in mounts {
      let length = mount.split(separator: "/").count
      guard path.segments.count > length else { continue }
      // The store's mount before the path that `vault kv put` was given.
      if path.segments.dropFirst().starts(with: mount.split(separator: "/")), path.segments.count > length + 1 {
        return NearMount(mount: mount, written: path.segments[...length].joined(separator: "/"))
      }
      let written = path.segments[..<length].joined(separator: "/")
      if NameSuggestion.nearest(to: written, among: [mount]) != nil { return NearMount(mount: mount, written: written) }
    }
    return nil
  }
}
