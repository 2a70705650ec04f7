import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let secretOutsidePolicyScope = Rule(
    3001, "secret-outside-policy-scope", .error, concludesFromAbsence: true,
    summary: "the login that reads a secret is not granted `read` on its path",
    rationale: """
      Vault refuses what no rule grants, and answers 403 without saying why; External Secrets Operator then keeps the whole
      Secret from being written, because one entry failed. The path that counts is that of the API: for a KV v2 mount it
      has `data/` behind the mount, which `vault kv get` hides.

      Of several rules that match, the most specific decides alone: what a broader one grants does not count, not even
      when the narrow one only says `list`. The rules are evaluated here exactly as Vault does.
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
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: ⟦litellm/database⟧, property: url }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            policies:
              gateway-secrets:
                paths:
                  - { path: litellm/data/api-keys, capabilities: [read] }
                  - { path: litellm/data/database, capabilities: [read] }
            logins:
              external-secrets:
                { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }
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
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/database, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: ⟦litellm/database⟧, property: url }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            policies:
              gateway-secrets:
                paths:
                  - { path: litellm/data/api-keys, capabilities: [read] }
                  - { path: litellm/data/database, capabilities: [read] }
            logins:
              external-secrets:
                { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }
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
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/*, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [list] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: ⟦litellm/database⟧, property: url }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            policies:
              gateway-secrets:
                paths:
                  - { path: litellm/*, capabilities: [read] }
                  - { path: litellm/data/database, capabilities: [read, list] }
            logins:
              external-secrets:
                { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }
          secrets:
            delivery: external-secrets
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
              database-url: { vault: litellm/database, property: url }

          """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
    ]
  ) { context, findings in
    guard let login = context.vaultScope.login else { return }
    for gap in context.vaultScope.gaps where gap.explanation.decision.denial != .explicitDeny {
      guard let first = gap.reads.first else { continue }
      let advice = ScopeAdvice(gap, context)
      findings.add(
        "`\(login.name.value)` may not read `\(gap.path)`, where the secret `\(first.secret.name.value)` lies",
        at: first.path.span, label: "outside the policy's scope",
        related: advice.related + [Diagnostic.Label(login.name.span, "this login reads it")]
          + gap.reads.dropFirst().prefix(3).map { Diagnostic.Label($0.path.span, "lies there too") },
        notes: advice.notes, help: advice.help, fixIts: advice.fixIts)
    }
  }
}

/// What there is to say and to do about a path that no rule lets a login read.
private struct ScopeAdvice {
  var related: [Diagnostic.Label] = []
  var notes: [String] = []
  var help: [String] = []
  var fixIts: [FixIt] = []

  init(_ gap: VaultScope.Gap, _ context: RuleContext) {
    if let rule = gap.explanation.decision.rule {
      explain(rule, gap, context)
    } else if let read = gap.reads.first, let corrected = read.withoutRepeatedMount,
      context.vaultScope.acl?.decide(.read, corrected.apiPath).isAllowed == true
    {
      removeRepeatedMount(read, corrected.path)
    } else if let lookalike = gap.lookalike {
      mend(lookalike, gap)
    } else {
      addRule(gap, context)
    }
  }

  /// A rule matches and decides, but not for `read`.
  private mutating func explain(_ rule: EffectiveRule, _ gap: VaultScope.Gap, _ context: RuleContext) {
    let contributor = rule.contributors.first
    let span = contributor?.rule.primarySpan
    if case .missingCapability? = gap.explanation.decision.denial {
      let granted = rule.capabilities.names.map { "`\($0)`" }.joined(separator: ", ")
      let label = "this rule decides, and grants " + (granted.isEmpty ? "nothing" : "only \(granted)")
      if let span { related.append(Diagnostic.Label(span, label)) } else { notes.append("`\(rule.pattern)`: \(label)") }
      if let loser = gap.explanation.losers.first(where: { $0.rule.capabilities.contains(.read) }) {
        notes.append("`\(loser.rule.pattern)` grants `read`, but the most specific rule decides alone")
      }
      help.append("add `read` to the capabilities of `\(rule.pattern)`")
      addCapability(contributor?.rule, context)
    } else {
      if let span { related.append(Diagnostic.Label(span, "this rule decides, and limits parameters or wrapping")) }
      help.append("remove the parameters and wrapping times of `\(rule.pattern)`: a plain read meets none of them")
    }
  }

  private mutating func addCapability(_ rule: PolicyRule?, _ context: RuleContext) {
    guard let first = rule?.spans?.capabilities.values.min(), context.isFirstInBrackets(first) else { return }
    let isHCL = first.file != context.spec.apiVersion.span.file
    let edit = TextEdit(first.startPoint, isHCL ? "\"read\", " : "read, ")
    fixIts.append(FixIt("add `read`", .unsafe, edits: [edit]))
  }

  /// The key begins with the name of its mount, and without it everything is granted.
  private mutating func removeRepeatedMount(_ read: VaultScope.Read, _ corrected: String) {
    notes.append("the path names the mount `\(read.location.mount.name.value)` twice")
    help.append("write `\(corrected)`")
    fixIts.append(FixIt("write `\(corrected)`", .unsafe, replace: read.path.span, with: corrected))
  }

  /// A rule nearly matches.
  private mutating func mend(_ lookalike: VaultScope.Lookalike, _ gap: VaultScope.Gap) {
    let pattern = lookalike.rule.pattern
    let flaw =
      switch lookalike.flaw {
      case .lacksData: "lacks the `data/` of a KV v2 mount"
      case .isMetadata: "is about the metadata only"
      case .unmatchable: "is about a path that no request has"
      case .misspelt: "resembles it and does not match"
      }
    help.append("write `\(lookalike.corrected)` in the policy `\(lookalike.policy.name.value)`")
    guard let span = lookalike.rule.primarySpan else {
      notes.append("the rule `\(pattern)` \(flaw)")
      return
    }
    related.append(Diagnostic.Label(span, "this rule \(flaw)"))
    fixIts += lookalike.rule.writing(lookalike.corrected, .unsafe)
  }

  /// Nothing is near: a rule is missing.
  private mutating func addRule(_ gap: VaultScope.Gap, _ context: RuleContext) {
    let policies = context.vaultScope.policies ?? []
    let line = "{ path: \(gap.path), capabilities: [read] }"
    guard let policy = policies.first(where: { $0.origin == .written }) ?? policies.first else {
      help.append("give the login a policy with `\(line)`, or leave `policies` out and it is derived")
      return
    }
    related.append(Diagnostic.Label(policy.name.span, "no rule of this policy matches"))
    if case .file = policy.origin {
      help.append("add `path \"\(gap.path)\" { capabilities = [\"read\"] }` to the policy `\(policy.name.value)`")
      return
    }
    help.append("add `- \(line)` to the policy `\(policy.name.value)`")
    if let last = policy.policy.rules.last?.spans?.rule, let edit = context.addition(of: line, behind: last) {
      fixIts.append(FixIt("add the rule", .unsafe, edits: [edit]))
    }
  }
}
