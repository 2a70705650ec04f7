import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let masterKeyMissing = Rule(
    4015, "master-key-missing", .error, concludesFromAbsence: true,
    summary: "the gateway has no master key",
    rationale: """
      Without a key anybody who reaches the gateway may call every model at the expense of its owner. LiteLLM refuses to
      start without a master key since it was found open on the internet too often. Sluice's own runtime starts without
      one, for a laptop; what an ingress publishes must have a key, be it a client's.
      """,
    examples: [
      .flagged("⟦auth⟧: {}\n"),
      .flagged(
        """
        auth: {}
        ⟦ingress⟧:
          host: gateway.example.com
          tls: { secretName: gateway-tls }

        """, base: .sluice),
      .allowed("auth: {}\n", base: .sluice),
      .allowed(
        """
        auth: { keys: { web: { key: { secret: master-key } } } }
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }

        """, base: .sluice),
      .allowed("auth: { masterKey: { secret: master-key } }\n"),
    ]
  ) { context, findings in
    guard context.lacksMasterKey else { return }
    let auth = context.spec.auth
    let help = ["add `masterKey: { secret: … }` under `auth`"]
    if !context.startsWithoutMasterKey {
      let place = auth.isWritten ? auth.keySpan : context.spec.engine.value.type.span
      findings.add(
        "\(context.engine.displayName) does not start without a master key", at: place, label: "`masterKey` is missing",
        help: help)
    } else if let ingress = context.spec.ingress, !ingress.isInvalid {
      findings.add(
        "anybody may call what this ingress publishes", at: ingress.keySpan, label: "published without a key",
        related: auth.isWritten ? [Diagnostic.Label(auth.keySpan, "`masterKey` is missing")] : [], help: help)
    }
  }
}
