public import GatewaySpec

/// The models that the gateway offers, by public name.
public struct ModelTable: Sendable {
  /// The models in the order of the spec.
  public let models: [PublicModel]
  private let byName: [String: Int]

  /// Makes a table; of two models with one name the first counts.
  public init(_ models: [PublicModel]) {
    self.models = models
    byName = Dictionary(models.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The model with a public name.
  public subscript(name name: String) -> PublicModel? {
    byName[name].map { models[$0] }
  }
}
/// One way to answer for a model: a provider and the name that the provider knows the model by.
public final class ModelTarget: Sendable {
  /// What kind of provider answers.
  public enum Provider: Sendable {
    /// The provider inside the gateway: no network, no key, the same answer to the same question.
    case mock
    /// Anything that speaks OpenAI's chat completions over HTTP.
    case openAICompatible(OpenAICompatibleEndpoint)
  }

  /// What `x-sluice-target` shows, such as `openai/gpt-4o-mini`: no address, no secret.
  public let id: String
  /// Who answers.
  public let provider: Provider
  /// The provider's own name for the model.
  public let model: String
  /// The share of the requests, relative to the other targets; 0 takes none unless all are 0.
  public let weight: Int
  /// Its place among the targets: those of a higher tier are asked only when none of the lower ones can answer.
  public let tier: Int
  /// How long it may take; `nil` for what the model's policy says.
  public let timeout: Duration?
  /// What the provider can be asked for.
  public let operations: Set<InferenceOperation>
  /// What its tokens cost; `nil` if that is not known.
  public let price: TokenPrice?
  /// `model` as a JSON string, quotes included, ready to be spliced into requests.
  let encodedModel: [UInt8]

  /// Describes a target. Characters that may not stand in a header field become `_` in ``id``.
  public init(
    id: String, provider: Provider, model: String, weight: Int = 1, tier: Int = 1, timeout: Duration? = nil,
    operations: Set<InferenceOperation> = [.chat], price: TokenPrice? = nil
  ) {
    self.id = String(decoding: id.utf8.map { (0x21...0x7e).contains($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    self.provider = provider
    self.model = model
    self.weight = weight
    self.tier = tier
    self.timeout = timeout
    self.operations = operations
    self.price = price
    encodedModel = JSONText.encode(model)
  }

  /// Whether the provider has the endpoint.
  func serves(_ operation: InferenceOperation) -> Bool { operations.contains(operation) }
}

/// Where an OpenAI-compatible provider is and how it is called.
public struct OpenAICompatibleEndpoint: Sendable {
  /// A header field that authenticates the gateway to the provider.
  public struct Credential: Sendable {
    /// The field's name, such as `authorization` or `api-key`.
    public let header: String
    /// The whole field value, such as `Bearer sk-…`.
    public let value: SecretValue

    /// Names a field and its value.
    public init(header: String = "authorization", value: SecretValue) {
      self.header = header
      self.value = value
    }
  }

  /// Scheme, host and port: what a connection can be shared for.
  public let origin: UpstreamOrigin
  /// What stands before `/chat/completions`, such as `/v1`; without a slash at the end, and empty for none.
  public let pathPrefix: String
  /// How the gateway authenticates; `nil` for a provider that asks for nothing.
  public let credential: Credential?
  /// The value of the `host` field.
  let hostField: String
  /// The request target of a chat completion.
  let chatCompletionsPath: String

  /// Describes an endpoint.
  public init(origin: UpstreamOrigin, pathPrefix: String = "/v1", credential: Credential? = nil) {
    self.origin = origin
    self.pathPrefix = pathPrefix
    self.credential = credential
    hostField = origin.hostField
    chatCompletionsPath = pathPrefix + "/chat/completions"
  }
}

/// Scheme, host and port of a provider.
public struct UpstreamOrigin: Hashable, Sendable, CustomStringConvertible {
  /// How to speak to it.
  public enum Scheme: String, Hashable, Sendable {
    /// HTTP without TLS.
    case http
    /// HTTP over TLS, the certificate verified against the system's roots and the host name.
    case https
  }

  /// Plain or TLS.
  public let scheme: Scheme
  /// A host name or an IP address, the latter without brackets.
  public let host: String
  /// A TCP port.
  public let port: Int

  /// Names an origin; without a port, the scheme's own.
  public init(scheme: Scheme, host: String, port: Int? = nil) {
    self.scheme = scheme
    self.host = host
    self.port = port ?? (scheme == .https ? 443 : 80)
  }

  /// The origin as the start of a URL.
  public var description: String { "\(scheme.rawValue)://\(hostField)" }

  var hostField: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == (scheme == .https ? 443 : 80) ? name : "\(name):\(port)"
  }
}
