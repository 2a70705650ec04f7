import SourceDiagnostics

extension PolicyCheck {
  static let resultDependsOnVaultVersion = PolicyCheck(
    3122, "result-depends-on-vault-version", .warning,
    summary: "whether a folder may be listed depends on the release of Vault",
    rationale: """
      Vault appends a slash to the path of every LIST. Releases differ in whether the path is matched with it or without it
      first: with `list` on `kv/metadata/*` and `deny` on `kv/metadata/private/*`, Vault up to 2.0.2 lists `private/` for
      everybody, later releases and OpenBao refuse. A policy that means the same everywhere names the folder itself, for a
      rule for exactly that path is looked at first by all of them.
      """,
    examples: [
      .flagged(
        """
        path "litellm/metadata/*" {
          capabilities = ["list"]
        }

        path ⟦"litellm/metadata/private/*"⟧ {
          capabilities = ["deny"]
        }

        """, base: .policy),
      .allowed(
        """
        path "litellm/metadata/*" {
          capabilities = ["list"]
        }

        path "litellm/metadata/private" {
          capabilities = ["deny"]
        }

        path "litellm/metadata/private/*" {
          capabilities = ["deny"]
        }

        """, base: .policy),
    ],
    .token { kind, token in
      guard token.rules.contains(where: { $0.capabilities.contains(.list) }) else { return [] }
      let profiles: [VersionProfile] = [.trimmedFirst, .fullFirst, .denyAware]
      let servers = profiles.compactMap { profile in
        (try? ACL(token.policies, options: .init(profile: profile))).map { (profile, $0) }
      }
      return token.rules.compactMap { rule -> Diagnostic? in
        guard let span = rule.patternSpan, rule.pattern.kind != .exact,
          rule.pattern.literalBytes.last == PathPattern.slash
        else { return nil }
        let folder = String(decoding: rule.pattern.samplePath.dropLast(), as: UTF8.self)
        let request = AccessRequest(.list, folder)
        let decisions = servers.map { ($0.0, $0.1.decide(request).isAllowed) }
        let allowing = decisions.filter(\.1).map(\.0.servers)
        guard !allowing.isEmpty, allowing.count < decisions.count else { return nil }
        let refusing = decisions.filter { !$0.1 }.map(\.0.servers)
        let shown = rule.pattern.text.dropLast()
        return Diagnostic(
          kind, "whether `\(shown)` may be listed depends on the release of Vault", at: span,
          label: "not the same everywhere",
          notes: [
            "allowed by \(allowing.joined(separator: " and ")); refused by \(refusing.joined(separator: " and "))"
          ],
          help: ["add a rule for exactly `\(shown.dropLast())` with the capabilities that are meant for the folder"])
      }
    })
}

extension VersionProfile {
  /// The servers of the generation, in words.
  var servers: String {
    switch self {
    case .trimmedFirst: "Vault before 2.0.3"
    case .fullFirst: "OpenBao"
    case .denyAware: "Vault from 2.0.3"
    case .denyAwareCaseInsensitive: "Vault from 2.2.2"
    }
  }
}
