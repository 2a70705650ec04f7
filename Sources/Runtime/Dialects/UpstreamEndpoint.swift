public import GatewaySpec
import NIOCore

/// How one target is called: the dialect of its provider, the paths, and the fields that every request carries. All that
/// can be worked out before requests come is worked out here.
public struct UpstreamEndpoint: Sendable {
  /// The provider as the catalogue knows it.
  public let provider: ProviderDescriptor
  /// Scheme, host and port: what a connection can be shared for.
  public let origin: UpstreamOrigin
  /// The provider's own name for the model.
  public let model: String
  /// Fields that every request carries: credentials, versions.
  public let fields: [UpstreamField]
  /// What bounds an answer where the dialect asks for a bound and the client names none, in tokens.
  let outputLimit: Int
  /// How requests are signed; `nil` if ``fields`` are enough.
  let signer: AWSSigner?
  /// `model` as a JSON string, quotes included, ready to be spliced into requests.
  let encodedModel: [UInt8]
  /// The value of the `host` field.
  let hostField: String
  private let targets: UpstreamTargets

  /// The dialect that the provider speaks.
  var dialect: ProviderDescriptor.Dialect { provider.dialect }

  /// Describes how a target is called.
  ///
  /// - Parameters:
  ///   - provider: what the catalogue knows of it.
  ///   - origin: scheme, host and port.
  ///   - pathPrefix: what stands before the dialect's paths, such as `/v1`; without a slash at the end, empty for none.
  ///   - model: the provider's name of the model.
  ///   - credential: how the gateway authenticates; `nil` for a provider that asks for nothing.
  ///   - apiVersion: Azure OpenAI's `api-version`; without it Azure's unversioned API is used.
  ///   - deployment: Azure OpenAI's name of the deployment; without it, that of the model.
  ///   - outputLimit: what bounds an answer where the dialect asks for a bound, in tokens; without it, what is known of
  ///     the model.
  public init(
    provider: ProviderDescriptor, origin: UpstreamOrigin, pathPrefix: String, model: String,
    credential: UpstreamCredential? = nil, apiVersion: String? = nil, deployment: String? = nil, outputLimit: Int? = nil
  ) {
    self.provider = provider
    self.origin = origin
    self.model = deployment ?? model
    self.outputLimit = outputLimit ?? AnthropicModelTraits.outputLimit(of: model)
    encodedModel = JSONText.encode(deployment ?? model)
    hostField = origin.hostField
    targets = UpstreamTargets(
      provider: provider, pathPrefix: pathPrefix, model: deployment ?? model, apiVersion: apiVersion)
    var fields: [UpstreamField] = []
    var signer: AWSSigner?
    switch credential {
    case nil: break
    case .field(let field): fields.append(field)
    case .awsKeyPair(let credentials): signer = AWSSigner(credentials, service: "bedrock")
    }
    if provider.dialect == .anthropic {
      fields.append(UpstreamField(name: "anthropic-version", value: SecretValue("2023-06-01")))
    }
    self.fields = fields
    self.signer = signer
  }

  /// The request target of an operation: path and query.
  func target(of operation: InferenceOperation, isStream: Bool) -> String {
    targets.target(of: operation, isStream: isStream)
  }
}

/// A header field of requests to a provider. Its value may be a secret.
public struct UpstreamField: Sendable {
  /// The name, in lower case.
  public let name: String
  /// The whole value, such as `Bearer sk-…`.
  public let value: SecretValue

  /// Names a field and its value.
  public init(name: String, value: SecretValue) {
    self.name = name
    self.value = value
  }
}

/// How the gateway authenticates to a provider.
public enum UpstreamCredential: Sendable {
  /// By a header field.
  case field(UpstreamField)
  /// By a signature over each request (AWS Signature Version 4).
  case awsKeyPair(AWSCredentials)

  /// A key in the form that a provider asks for; `nil` if it asks for none.
  public static func key(_ key: SecretValue, _ authentication: ProviderDescriptor.Authentication?)
    -> UpstreamCredential?
  {
    switch authentication {
    case nil: nil
    case .bearer, .awsSignature:
      .field(UpstreamField(name: "authorization", value: key.withExposedValue { SecretValue("Bearer \($0)") }))
    case .header(let name): .field(UpstreamField(name: name.lowercased(), value: key))
    }
  }
}
