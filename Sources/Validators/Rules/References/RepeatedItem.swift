import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let repeatedItem = Rule(
    2019, "repeated-item", .warning,
    summary: "a list names the same thing twice",
    rationale: """
      A fallback that stands twice is tried twice while the client waits; a policy, a capability or a model that stands twice
      means nothing the second time. It is the trace of a merge, or of a name that was copied and not changed, and then
      something else is missing.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini, ⟦gpt-4o-mini⟧] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

        """,
        fixed: """
          models:
            gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini] }
            gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

          """),
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets: { paths: [{ path: litellm/data/+, capabilities: [read, ⟦read⟧] }] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """, hidden: true),
      .allowed(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

        """),
    ]
  ) { context, findings in
    func check<Item: SpecScalar>(_ items: SpecList<Item>, _ place: String) {
      var first: [Item: SourceSpan] = [:]
      for item in items {
        guard let earlier = first[item.value] else {
          first[item.value] = item.span
          continue
        }
        findings.add(
          "\(place) name `\(item.value)` twice", at: item.span, label: "the second time",
          related: [Diagnostic.Label(earlier, "the first time")], help: ["remove it, or write the name that is meant"],
          fixIts: context.removing(context.removal(of: item), .safe))
      }
    }
    for model in context.spec.models.value {
      check(model.value.fallbacks.value, "the fallbacks of `\(model.name.value)`")
    }
    for key in context.spec.auth.value.keys.value {
      check(key.value.models?.value ?? SpecList(), "the models of the key `\(key.name.value)`")
    }
    guard let vault = context.spec.vault?.known else { return }
    for login in vault.logins.value {
      check(login.value.policies.value, "the policies of the login `\(login.name.value)`")
    }
    for policy in vault.policies.value {
      for rule in policy.value.paths?.value ?? SpecList() {
        check(rule.value.capabilities.value, "the capabilities of `\(rule.value.path.value)`")
      }
    }
  }
}
