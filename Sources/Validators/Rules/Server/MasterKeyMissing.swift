import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let masterKeyMissing = Rule(
    4015, "master-key-missing", .error, concludesFromAbsence: true,
    summary: "the gateway has no master key",
    rationale: """
      Without a key anybody who reaches the gateway may call every model at the expense of its owner. LiteLLM refuses to
      start without a master key since it was found open on the internet too often. Sluice's own runtime starts without
      one, for a laptop; what an ingress publishes must have a key.
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
      .allowed("auth: { masterKey: { secret: master-key } }\n"),
    ]
  ) { context, findings in
    let auth = context.spec.auth
    guard let engine = context.knownEngine, !auth.isInvalid, auth.value.masterKey == nil else { return }
    if context.environmentValue("LITELLM_MASTER_KEY") != nil { return }
    let isPermitted =
      context.environmentValue("LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY")?.value.isTrue == true
    let help = ["add `masterKey: { secret: … }` under `auth`"]
    if engine == .litellm, !isPermitted {
      let place = auth.isWritten ? auth.keySpan : context.spec.engine.value.type.span
      findings.add(
        "LiteLLM does not start without a master key", at: place, label: "`masterKey` is missing", help: help)
    } else if let ingress = context.spec.ingress, !ingress.isInvalid, auth.value.keys.value.isEmpty,
      !auth.value.keys.isInvalid
    {
      findings.add(
        "anybody may call what this ingress publishes", at: ingress.keySpan, label: "published without a key",
        related: auth.isWritten ? [Diagnostic.Label(auth.keySpan, "`masterKey` is missing")] : [], help: help)
    }
  }
}
