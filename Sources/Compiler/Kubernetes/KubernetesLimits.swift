import Emitters
import GatewaySpec
import SourceDiagnostics

/// What the manifests cannot carry.
enum KubernetesLimits {
  /// A ConfigMap holds 1 MiB in all (Kubernetes API, `MaxSecretSize`).
  private static let largestConfigMap = 1 << 20

  static func check(_ gateway: ManifestContext, _ diagnostics: inout [Diagnostic]) {
    checkSecrets(gateway, &diagnostics)
    checkLabels(gateway, &diagnostics)
    checkExposure(gateway, &diagnostics)
    checkConfiguration(gateway, &diagnostics)
    checkRelease(gateway, &diagnostics)
    checkImage(gateway, &diagnostics)
  }

  /// That each secret has a source and that the engine can take it are rules of the validator.
  private static func checkSecrets(_ gateway: ManifestContext, _ diagnostics: inout [Diagnostic]) {
    let delivery = gateway.spec.secrets.value.delivery
    for group in gateway.secrets.groups where group.dynamicPath != nil {
      for item in group.items where item.entry.value.property == nil {
        diagnostics.append(
          Diagnostic(
            OutputMistakes.secretNotDelivered,
            "secret `\(item.entry.name.value)` does not say which part of the credentials it is", at: item.origin,
            related: [.init(group.mount.name.span, "each read of this mount makes new credentials")],
            help: ["add `property: username` or `property: password`"]))
      }
    }
    if delivery.value == .files, gateway.secrets.carriage != .files {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried, "\(gateway.engine.displayName) reads no secrets from files",
          at: delivery.span,
          notes: ["they are compiled to environment variables"], help: ["write `delivery: environment`"]))
    }
    if !delivery.value.readsVault, !gateway.secrets.items.isEmpty {
      let keys = gateway.secrets.items.prefix(5).map { "`\($0.variable)`" }.joined(separator: ", ")
      let rest = gateway.secrets.items.count > 5 ? " and \(gateway.secrets.items.count - 5) more" : ""
      diagnostics.append(
        Diagnostic(
          OutputMistakes.secretMadeElsewhere, "the pods need a Secret `\(gateway.name)-secrets` that no output makes",
          at: delivery.span, notes: ["its keys are \(keys)\(rest)"],
          help: ["make it by hand, or let `delivery: external-secrets` copy the secrets from Vault"]))
    }
  }

  private static func checkLabels(_ gateway: ManifestContext, _ diagnostics: inout [Diagnostic]) {
    for label in gateway.spec.metadata.value.labels.value
    where ManifestContext.reservedLabels.contains(label.name.value.text) {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried, "label `\(label.name.value)` is set by the compiler", at: label.name.span,
          help: ["remove it, or choose a key of your own"]))
    }
  }

  private static func checkExposure(_ gateway: ManifestContext, _ diagnostics: inout [Diagnostic]) {
    let server = gateway.spec.server.value
    if gateway.spec.ingress?.value.controller.value == .gatewayAPI, server.requestTimeout.value.gatewayAPIText == nil {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried, "an HTTPRoute cannot say `\(server.requestTimeout.value)`",
          at: server.requestTimeout.span, help: ["write a duration of at most `99999h`"]))
    }
    let isSizeChecked =
      gateway.spec.engine.value.type.value == .sluice || gateway.spec.ingress?.value.controller.value == .nginx
    if server.maxBodySize.isWritten, !isSizeChecked {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried,
          "nothing holds requests to \(server.maxBodySize.value): \(gateway.engine.displayName) does not, nor does this way in",
          at: server.maxBodySize.span))
    }
    checkRuntimeLimits(gateway, &diagnostics)
    let metrics = gateway.spec.observability.value.metrics
    if metrics.value, gateway.metricsEndpoint == nil {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried, "\(gateway.engine.displayName) serves no metrics", at: metrics.span,
          help: ["write `metrics: false`"]))
    }
  }

  /// Limits that only the included runtime has.
  private static func checkRuntimeLimits(_ gateway: ManifestContext, _ diagnostics: inout [Diagnostic]) {
    guard gateway.spec.engine.value.type.value != .sluice else { return }
    let server = gateway.spec.server.value
    let limits = [
      ("maxHeaderSize", server.maxHeaderSize.isWritten, server.maxHeaderSize.span),
      ("maxConnections", server.maxConnections.isWritten, server.maxConnections.span),
      ("maxConcurrentRequests", server.maxConcurrentRequests.isWritten, server.maxConcurrentRequests.span),
      ("headerTimeout", server.headerTimeout.isWritten, server.headerTimeout.span),
      ("idleTimeout", server.idleTimeout.isWritten, server.idleTimeout.span),
      ("streamIdleTimeout", server.streamIdleTimeout.isWritten, server.streamIdleTimeout.span),
    ]
    for (key, isWritten, span) in limits where isWritten {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried, "\(gateway.engine.displayName) has no setting for `\(key)`", at: span,
          help: ["remove it"]))
    }
  }

  private static func checkConfiguration(_ gateway: ManifestContext, _ diagnostics: inout [Diagnostic]) {
    let size = gateway.configurationFiles.reduce(0) { $0 + $1.key.utf8.count + $1.content.utf8.count }
    if size > largestConfigMap {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried,
          "the configuration has \(size) bytes, and a ConfigMap holds \(largestConfigMap)",
          at: gateway.spec.metadata.value.name.span, help: ["divide the models among several gateways"]))
    }
    let variables = gateway.spec.engine.value.env.value
    guard gateway.secrets.carriage == .environment, !variables.isEmpty else { return }
    let secretVariables = Dictionary(
      gateway.secrets.items.map { ($0.variable, $0) }, uniquingKeysWith: { first, _ in first })
    for variable in variables {
      guard let secret = secretVariables[variable.name.value.text] else { continue }
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried, "variable `\(variable.name.value)` is taken by a secret",
          at: variable.name.span,
          related: [.init(secret.origin, "this secret has it")], help: ["remove one of the two"]))
    }
  }

  private static func checkRelease(_ gateway: ManifestContext, _ diagnostics: inout [Diagnostic]) {
    let version = gateway.spec.cluster.value.kubernetesVersion
    for field in KubernetesField.allCases where gateway.uses(field) && !gateway.knows(field) {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.fieldLeftOut,
          "`\(field.rawValue)` is left out of \(field.place): Kubernetes \(version.value) does not act on it",
          at: version.span, notes: [field.consequence], help: ["it comes with `kubernetesVersion: \"\(field.since)\"`"])
      )
    }
  }

  /// An image that the spec names is judged by the validator; the engine's own is named here.
  private static func checkImage(_ gateway: ManifestContext, _ diagnostics: inout [Diagnostic]) {
    let engine = gateway.spec.engine.value
    guard engine.image == nil else { return }
    diagnostics.append(
      Diagnostic(
        OutputMistakes.imageNotPinned,
        "the image `\(engine.descriptor.imageRepository):v\(engine.version.value)` is taken without its digest",
        at: engine.version.span,
        help: ["write `image:` with the digest, which `docker buildx imagetools inspect` prints"]))
  }
}
