public import SourceDiagnostics

/// What can be wrong with a policy: everything that `vault policy write` refuses, and what it accepts but nobody means.
public enum PolicyMistakes {
  /// All kinds.
  public static let all = [
    syntax, unknownKey, unknownCapability, unknownLegacyPolicy, plusGlob, valueType, wrappingRange, duration,
    templateBraces, controlGroup, duplicateAttribute, mergedDuplicate, globNotAtEnd, wildcardInsideSegment,
  ]

  /// The text is neither HCL 1 nor JSON.
  public static let syntax = RuleDescription(
    3101, "policy-syntax", .error, summary: "a Vault policy is not well-formed HCL or JSON",
    rationale: """
      Vault reads a policy as JSON when its first character is `{`, and as HCL 1 otherwise: strings in double quotes, \
      `key = value`, `path "…" { … }`, no functions, no `null`, no `:` and no `;`.

      `vault policy write` refuses the whole policy. Tokens that should carry it then have none of its rules.
      """,
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          capabilities⟦:⟧ ["read"]
        }

        """#,
        fixed: #"""
          path "litellm/data/team" {
            capabilities = ["read"]
          }

          """#, base: .policy),
      .flagged(
        #"""
        path "litellm/data/team" ⟦{⟧
          capabilities = ["read"]

        """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// A key that Vault does not know.
  public static let unknownKey = RuleDescription(
    3102, "unknown-policy-key", .error, summary: "a policy has a key that Vault does not know",
    rationale: """
      At the top level Vault knows only `path` blocks (and `name`, which it ignores), in a rule only its own keys, \
      lower case exactly. It refuses a policy with any other key, so that a misspelled limit cannot go unnoticed.
      """,
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          ⟦capabilites⟧ = ["read"]
        }

        """#,
        fixed: #"""
          path "litellm/data/team" {
            capabilities = ["read"]
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// A capability that does not exist.
  public static let unknownCapability = RuleDescription(
    3103, "unknown-capability", .error, summary: "a rule grants a capability that does not exist",
    rationale: """
      Capabilities are `create`, `read`, `update`, `patch`, `delete`, `list`, `recover`, `sudo`, `subscribe` and \
      `deny`, lower case exactly. `write` and `root` are none: writing needs `create` and `update`. Vault refuses the \
      policy.
      """,
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          capabilities = ["read", ⟦"write"⟧]
        }

        """#,
        fixed: #"""
          path "litellm/data/team" {
            capabilities = ["read", "create", "update"]
          }

          """#, base: .policy),
      .flagged(
        #"""
        path "litellm/data/team" {
          capabilities = [⟦"Read"⟧]
        }

        """#,
        fixed: #"""
          path "litellm/data/team" {
            capabilities = ["read"]
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// A value of the old key `policy` that does not exist.
  public static let unknownLegacyPolicy = RuleDescription(
    3104, "unknown-legacy-policy", .error, summary: "the old key `policy` of a rule has an unknown value",
    rationale: """
      The key `policy` is the old way to state capabilities and knows `deny`, `read`, `write` and `sudo`. Vault \
      refuses a policy with another value.
      """,
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          policy = ⟦"Read"⟧
        }

        """#,
        fixed: #"""
          path "litellm/data/team" {
            policy = "read"
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// `+*` in a pattern.
  public static let plusGlob = RuleDescription(
    3105, "plus-glob", .error, summary: "a pattern holds `+*`",
    rationale: """
      `+` stands for one segment and `*` for any ending; `+*` would be neither, and Vault refuses it anywhere in a \
      pattern. To match one segment and everything below it write `+/*`.
      """,
    examples: [
      .flagged(
        #"""
        path ⟦"litellm/data/+*"⟧ {
          capabilities = ["read"]
        }

        """#,
        fixed: #"""
          path "litellm/data/+/*" {
            capabilities = ["read"]
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/+/*" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// A value of the wrong kind.
  public static let valueType = RuleDescription(
    3106, "policy-value-type", .error, summary: "a policy attribute has a value of the wrong kind",
    rationale: """
      Vault decodes each attribute into one kind of value: `capabilities` is a list even for one capability, the \
      values in `allowed_parameters` are lists. It refuses a policy in which a value does not fit.
      """,
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          capabilities = ⟦"read"⟧
        }

        """#,
        fixed: #"""
          path "litellm/data/team" {
            capabilities = ["read"]
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// An upper limit of the wrapping time below the lower one.
  public static let wrappingRange = RuleDescription(
    3107, "wrapping-ttl-range", .error, summary: "`max_wrapping_ttl` of a rule is below its `min_wrapping_ttl`",
    rationale: "No wrapping time could satisfy both, so Vault refuses the policy.",
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          capabilities     = ["read"]
          min_wrapping_ttl = "10m"
          max_wrapping_ttl = ⟦"5m"⟧
        }

        """#,
        fixed: #"""
          path "litellm/data/team" {
            capabilities     = ["read"]
            min_wrapping_ttl = "5m"
            max_wrapping_ttl = "10m"
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities     = ["read"]
          min_wrapping_ttl = "5m"
          max_wrapping_ttl = "10m"
        }

        """#, base: .policy),
    ])

  /// A duration that cannot be read.
  public static let duration = RuleDescription(
    3108, "policy-duration", .error, summary: "a duration in a policy cannot be read",
    rationale: """
      Vault takes a number of seconds or a text such as `90s`, `15m`, `1h30m` or `7d`, and refuses a policy with \
      anything else.
      """,
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          capabilities     = ["read"]
          max_wrapping_ttl = ⟦"5 m"⟧
        }

        """#,
        fixed: #"""
          path "litellm/data/team" {
            capabilities     = ["read"]
            max_wrapping_ttl = "5m"
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities     = ["read"]
          max_wrapping_ttl = "5m"
        }

        """#, base: .policy),
    ])

  /// Template braces that do not pair up.
  public static let templateBraces = RuleDescription(
    3109, "template-braces", .error, summary: "the `{{` and `}}` of a pattern do not pair up",
    rationale: """
      A template in a pattern is `{{identity.entity.name}}` and the like. Vault refuses a policy in which a brace pair \
      has no partner.
      """,
    examples: [
      .flagged(
        #"""
        path ⟦"litellm/data/{{identity.entity.name}"⟧ {
          capabilities = ["read"]
        }

        """#,
        fixed: #"""
          path "litellm/data/{{identity.entity.name}}" {
            capabilities = ["read"]
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/{{identity.entity.name}}" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// An incomplete control group.
  public static let controlGroup = RuleDescription(
    3110, "control-group", .error, summary: "a control group is incomplete",
    rationale: """
      A control group needs at least one factor; each factor an `identity` block with at least one group id or name \
      and `approvals` above 0; and it can control only capabilities that the rule grants. Vault refuses the policy, \
      Community Edition too, though only Enterprise asks for approvals.
      """,
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          capabilities  = ["read"]
          control_group = ⟦{⟧ ttl = "1h" }
        }

        """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities  = ["read"]
          control_group = {
            factor "leads" {
              identity {
                group_names = ["leads"]
                approvals   = 1
              }
            }
          }
        }

        """#, base: .policy),
    ])

  /// An attribute that is set twice, for servers that refuse it.
  public static let duplicateAttribute = RuleDescription(
    3111, "duplicate-attribute", .error, summary: "an attribute is set twice in one block",
    rationale: """
      Vault refuses it from 1.21, and since 2.0.4 without a way out. Before, it joined lists and let the last text win, \
      which is rarely what was meant. Two `path` blocks with one pattern are fine: they are merged.
      """,
    examples: [
      .flagged(
        #"""
        path "litellm/data/team" {
          capabilities = ["read"]
          ⟦capabilities⟧ = ["list"]
        }

        """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// An attribute that is set twice, for servers that merge it.
  public static let mergedDuplicate = RuleDescription(
    3112, "duplicate-attribute-merged", .warning, summary: "an attribute is set twice in one block and silently merged",
    rationale: """
      These servers join lists and let the last text win. Newer releases of Vault refuse the policy, so it stands in \
      the way of an upgrade.
      """, examples: [])

  /// A `*` that is no wildcard.
  public static let globNotAtEnd = RuleDescription(
    3113, "glob-not-at-end", .warning, summary: "a `*` stands before the end of a pattern",
    rationale: """
      Only a `*` at the very end of a pattern is a wildcard; elsewhere it is an ordinary character, and the rule \
      matches no path that people use. One segment is matched by `+`.
      """,
    examples: [
      .flagged(
        #"""
        path ⟦"litellm/data/*/models"⟧ {
          capabilities = ["read"]
        }

        """#,
        fixed: #"""
          path "litellm/data/+/models" {
            capabilities = ["read"]
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/+/models" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// A `+` that is no wildcard.
  public static let wildcardInsideSegment = RuleDescription(
    3114, "wildcard-inside-segment", .warning, summary: "a `+` stands beside other characters of a segment",
    rationale: """
      `+` is a wildcard only when it is a whole segment. In `team-+` or `+x` it is an ordinary character, and the rule \
      matches no path that people use.
      """,
    examples: [
      .flagged(
        #"""
        path ⟦"litellm/data/team-+"⟧ {
          capabilities = ["read"]
        }

        """#,
        fixed: #"""
          path "litellm/data/team-*" {
            capabilities = ["read"]
          }

          """#, base: .policy),
      .allowed(
        #"""
        path "litellm/data/team-*" {
          capabilities = ["read"]
        }

        """#, base: .policy),
    ])

  /// What is wrong with a pattern, wherever and in whichever notation it is written.
  public static func diagnostics(
    for pattern: PathPattern, at span: SourceSpan, in notation: RuleSpans.Notation = .policyFile
  ) -> [Diagnostic] {
    let shown = "`\(pattern.written)`"
    func fix(_ corrected: String?) -> [FixIt] {
      guard let corrected else { return [] }
      return [FixIt("write `\(corrected)`", .unsafe, replace: span, with: notation.literal(corrected))]
    }
    if pattern.hasForbiddenWildcards {
      return [
        Diagnostic(
          plusGlob, "pattern \(shown) holds `+*`", at: span,
          help: ["write `+` for one segment, `+/*` for one segment and everything below it"],
          fixIts: fix(pattern.withSeparatedGlob))
      ]
    }
    var found: [Diagnostic] = []
    if PatternTemplate(pattern.written) == nil {
      found.append(
        Diagnostic(
          templateBraces, "the braces in \(shown) do not pair up", at: span,
          help: ["write each parameter as `{{name}}`"], fixIts: fix(pattern.withClosedTemplate)))
    }
    if pattern.hasLiteralStar {
      found.append(
        Diagnostic(
          globNotAtEnd, "`*` in \(shown) is no wildcard, for it does not end the pattern", at: span,
          help: ["write `+` for one segment"], fixIts: fix(pattern.withSegmentWildcards)))
    }
    if pattern.hasLiteralPlus {
      found.append(
        Diagnostic(
          wildcardInsideSegment, "`+` in \(shown) is no wildcard, for it is not a whole segment", at: span,
          help: ["write `+` as a segment of its own, or end the pattern with `*`"],
          fixIts: fix(pattern.withGlobForFinalPlus)))
    }
    return found
  }

  /// Says that a word is no capability, and what may have been meant.
  public static func unknownCapability(_ word: String, at span: SourceSpan) -> Diagnostic {
    let lowered = PolicyName.normalized(word)
    let meant: String? =
      switch lowered {
      case "write", "edit": "write `create` and `update`; neither contains the other"
      case "root", "admin": "there is no capability for everything; name those that are needed"
      case Capability.scan.name: "`scan` exists in OpenBao only"
      default: Capability(rawValue: lowered).map { "write `\($0.name)`" }
      }
    let known = Capability.allCases.filter { $0 != .scan }.map { "`\($0.name)`" }.joined(separator: ", ")
    let fix = lowered == "write" ? HCLString.quoted("create") + ", " + HCLString.quoted("update") : nil
    return Diagnostic(
      unknownCapability, "`\(word)` is not a capability", at: span,
      notes: meant == nil ? ["capabilities are \(known)"] : [], help: meant.map { [$0] } ?? [],
      fixIts: fix.map { [FixIt("write `create` and `update`", .unsafe, replace: span, with: $0)] } ?? [])
  }
}
