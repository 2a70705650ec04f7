import GatewaySpec
public import SourceDiagnostics
public import Validators

/// What a start of the gateway decides beside the spec.
public struct ServeOptions: Sendable {
  /// The address to listen on; `nil` takes all addresses, or only this machine's own where anybody may call.
  public var host: String?
  /// The port in place of `server.port`; 0 lets the system choose.
  public var port: Int?
  /// Whether the built-in mock answers in place of every provider.
  public var usesMock = false

  /// Serves as the spec says.
  public init() {}
}

/// Why a spec cannot be served here.
public struct PreparationFailure: Error {
  /// The reasons, each with its place in the spec.
  public let diagnostics: [Diagnostic]
}

extension GatewaySnapshot {
  /// Resolves everything that requests will need. All that can fail fails here.
  ///
  /// - Throws: all reasons together, so that one run names every missing secret.
  public static func prepare(
    _ validated: ValidatedSpec, options: ServeOptions = ServeOptions(), secrets: SecretSource
  ) throws(PreparationFailure) -> GatewaySnapshot {
    var preparation = SnapshotPreparation(validated.spec, options, secrets)
    let access = preparation.access()
    let models = preparation.models()
    guard let access, preparation.diagnostics.isEmpty else {
      throw PreparationFailure(diagnostics: preparation.diagnostics.sortedForDisplay())
    }
    let server = validated.spec.server.value
    var limits = GatewayLimits()
    limits.maxBodyBytes = Int(clamping: server.maxBodySize.value.byteCount)
    limits.maxHeaderBytes = Int(clamping: server.maxHeaderSize.value.byteCount)
    limits.maxConnections = server.maxConnections.value
    limits.maxConcurrentRequests = server.maxConcurrentRequests.value
    limits.headTimeout = .milliseconds(server.headerTimeout.value.milliseconds)
    limits.idleTimeout = .milliseconds(server.idleTimeout.value.milliseconds)
    limits.streamIdleTimeout = .milliseconds(server.streamIdleTimeout.value.milliseconds)
    limits.requestTimeout = .milliseconds(
      min(server.requestTimeout.value.milliseconds, validated.spec.routing.value.timeout.value.milliseconds))
    limits.shutdownGrace = .milliseconds(server.shutdownGracePeriod.value.milliseconds)
    var host = "0.0.0.0"
    if case .open = access { host = "127.0.0.1" }
    let listen = ListenAddress(host: options.host ?? host, port: options.port ?? Int(server.port.value.number))
    return GatewaySnapshot(listen: listen, limits: limits, access: access, models: models)
  }
}

/// Turns a spec into the parts of a snapshot and collects what stands in the way.
private struct SnapshotPreparation {
  private let spec: GatewaySpec
  private let options: ServeOptions
  private let secrets: SecretSource
  private let uses: [SecretUse]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ spec: GatewaySpec, _ options: ServeOptions, _ secrets: SecretSource) {
    self.spec = spec
    self.options = options
    self.secrets = secrets
    uses = spec.secretUses
  }

  /// The master key. A spec without any key is open; with the mock a master key that is not at hand leaves the gateway
  /// open too. `nil` if the access that the spec asks for cannot be had.
  mutating func access() -> GatewayAccess? {
    let auth = spec.auth.value
    guard let reference = auth.masterKey else {
      if auth.keys.value.isEmpty { return .open }
      diagnostics.append(
        Diagnostic(
          ServeMistakes.virtualKeysNotServed, "the runtime cannot check the keys of the clients",
          at: auth.keys.keySpan, label: "without a master key the gateway would be open to anybody",
          help: ["set `auth.masterKey`; clients then call with that key"]))
      return nil
    }
    if options.usesMock, lookUp(reference.value.secret.value) == nil { return .open }
    return secret(reference.value, for: "the master key").map(GatewayAccess.masterKey)
  }

  mutating func models() -> [PublicModel] {
    var providers: [EntryName: ModelTarget.Provider] = [:]
    for entry in spec.providers.value { providers[entry.name.value] = provider(entry) }
    return spec.models.value.map { model in
      let targets = model.value.targets.value.map { target in
        let name = target.value.provider.value
        return ModelTarget(
          id: "\(name)/\(target.value.model.value)", provider: providers[name] ?? .mock,
          model: target.value.model.value.text, weight: target.value.weight.value)
      }
      return PublicModel(name: model.name.value.text, targets: targets)
    }
  }

  private mutating func provider(_ entry: NamedEntry<EntryName, ProviderSection>) -> ModelTarget.Provider {
    let descriptor = entry.value.type.value.descriptor
    if options.usesMock { return .mock }
    switch descriptor.dialect {
    case .mock: return .mock
    case .anthropic, .gemini, .bedrock:
      diagnostics.append(
        Diagnostic(
          ServeMistakes.dialectNotServed, "the runtime cannot call \(descriptor.displayName)'s own API",
          at: entry.value.type.span, label: "not served by this release",
          help: ["start with `--mock` to answer in its place"]))
      return .mock
    case .openAI: break
    }
    let address = entry.value.baseURL?.value ?? descriptor.baseURL.flatMap { try? WebURL(parsing: $0) }
    guard let address else { return .mock }
    var credential: OpenAICompatibleEndpoint.Credential?
    if let reference = entry.value.apiKey, let key = secret(reference.value, for: "the key of `\(entry.name.value)`") {
      credential = Self.credential(key, descriptor.authentication)
    }
    let origin = UpstreamOrigin(
      scheme: address.scheme == .https ? .https : .http, host: Self.unbracketed(address.host),
      port: Int(address.effectivePort.number))
    var path = address.path
    while path.hasSuffix("/") { path.removeLast() }
    return .openAICompatible(OpenAICompatibleEndpoint(origin: origin, pathPrefix: path, credential: credential))
  }

  private static func credential(
    _ key: SecretValue, _ authentication: ProviderDescriptor.Authentication?
  ) -> OpenAICompatibleEndpoint.Credential? {
    switch authentication {
    case nil: nil
    case .bearer, .awsSignature: .init(value: key.withExposedValue { SecretValue("Bearer \($0)") })
    case .header(let name): .init(header: name, value: key)
    }
  }

  private static func unbracketed(_ host: String) -> String {
    host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
  }

  private func lookUp(_ name: EntryName) -> SecretValue? {
    variable(of: name).flatMap { secrets.secret(in: $0) }
  }

  private func variable(of name: EntryName) -> EnvironmentVariableName? {
    spec.secrets.value.entries.value[name].map { spec.environmentVariable(of: $0, uses: uses) }
  }

  private mutating func secret(_ reference: SecretReference, for purpose: String) -> SecretValue? {
    let name = reference.secret.value
    if let found = lookUp(name) { return found }
    // A validated spec declares every secret that it names.
    guard let variable = variable(of: name) else { return nil }
    diagnostics.append(
      Diagnostic(
        ServeMistakes.secretNotFound, "\(purpose) is not at hand: the secret `\(name)` was not found",
        at: reference.secret.span, label: "needed here",
        notes: ["looked for the environment variable `\(variable)`, and for a file of that name in the secrets folder"],
        help: ["set `\(variable)`, or start with `--mock` to answer without providers"]))
    return nil
  }
}
