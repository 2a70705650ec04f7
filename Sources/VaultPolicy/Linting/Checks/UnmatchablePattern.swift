import SourceDiagnostics

extension PolicyCheck {
  static let unmatchablePattern = PolicyCheck(
    3125, "unmatchable-pattern", .warning,
    summary: "no request has a path that the pattern matches",
    rationale: """
      Policies are about API paths without `/v1/`, in the form in which they reach Vault: no empty segment, no `.` and no
      `..`, and in exactly this case. A rule for anything else is accepted, grants nothing and, with `deny`, keeps nobody
      out.
      """,
    examples: [
      .flagged(
        """
        path ⟦"v1/litellm/data/team"⟧ {
          capabilities = ["read"]
        }

        """,
        fixed: """
          path "litellm/data/team" {
            capabilities = ["read"]
          }

          """, base: .policy),
      .flagged(
        """
        path ⟦"litellm/data//team"⟧ {
          capabilities = ["read"]
        }

        """,
        fixed: """
          path "litellm/data/team" {
            capabilities = ["read"]
          }

          """, base: .policy),
      .flagged(
        """
        path ⟦"litellm/Data/team"⟧ {
          capabilities = ["read"]
        }

        """,
        fixed: """
          path "litellm/data/team" {
            capabilities = ["read"]
          }

          """, base: .policy),
      .allowed(
        """
        path "litellm/data/team" {
          capabilities = ["read"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, _ in
      guard let span = rule.primarySpan, let flaw = rule.pattern.flaw else { return nil }
      return Diagnostic(
        kind, "no request matches `\(rule.pattern.written)`", at: span, label: flaw.reason,
        help: [flaw.corrected.isEmpty ? "write the API path that is meant" : "write `\(flaw.corrected)`"],
        fixIts: flaw.corrected.isEmpty ? [] : rule.writing(flaw.corrected, .unsafe))
    })
}

extension PathPattern {
  /// Why no request can match a pattern, and what was probably meant.
  public struct Flaw: Sendable, Hashable {
    /// A few words.
    public let reason: String
    /// The pattern that was probably meant; empty if there is none.
    public let corrected: String
  }

  /// Why no request can match the pattern, however the server is set up; `nil` if one can.
  public var flaw: Flaw? {
    if bytes.isEmpty { return Flaw(reason: "it is empty", corrected: "") }
    var segments = text.split(separator: "/", omittingEmptySubsequences: false)
    if segments.count > 2, segments[0] == "v1" {
      return Flaw(reason: "policies are written without `v1/`", corrected: segments.dropFirst().joined(separator: "/"))
    }
    if segments.dropLast().contains("") {
      return Flaw(
        reason: "it has an empty segment",
        corrected: text.split(separator: "/").joined(separator: "/") + (segments.last == "" ? "/" : ""))
    }
    if let dots = segments.first(where: { $0 == "." || $0 == ".." }) {
      let rest = segments.filter { $0 != "." }.joined(separator: "/")
      return Flaw(reason: "`\(dots)` is resolved before", corrected: dots == "." ? rest : "")
    }
    // Vault's own words are lower case; those of a mount are whatever it is called.
    if KeyValueMounts.ownPaths.contains(segments[0].lowercased()),
      !KeyValueMounts.ownPaths.contains(String(segments[0]))
    {
      segments[0] = Substring(segments[0].lowercased())
    } else if segments.count > 2, segments[1].contains(where: \.isUppercase),
      KVPath.Part(rawValue: segments[1].lowercased()) != nil
    {
      segments[1] = Substring(segments[1].lowercased())
    } else {
      return nil
    }
    return Flaw(reason: "paths are compared letter by letter", corrected: segments.joined(separator: "/"))
  }
}
