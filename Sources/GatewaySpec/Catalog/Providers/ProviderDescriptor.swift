/// A provider as data. Code exists only for a dialect.
public struct ProviderDescriptor: Sendable {
  /// The word that `providers.*.type` takes.
  public let id: String
  /// The name under which people know it.
  public let displayName: String
  /// The API that it speaks.
  public let dialect: Dialect
  /// The address of its public API, to which the paths of the dialect are added; `nil` where the spec must give one.
  /// `{region}` stands for the provider's `region`.
  public let baseURL: String?
  /// How a request carries its key; `nil` if it takes none.
  public let authentication: Authentication?
  /// The prefix of its models in LiteLLM's configuration.
  public let litellmPrefix: String
  /// What it can be called for. A provider of conversations serves clients of both dialects.
  public let operations: Set<InferenceOperation>
  /// How it differs from OpenAI where it speaks OpenAI's dialect.
  public let traits: Traits

  /// The API that a provider speaks.
  public enum Dialect: String, Sendable, CaseIterable {
    /// OpenAI's chat completions.
    case openAI
    /// Anthropic's messages.
    case anthropic
    /// Google's `generateContent`.
    case gemini
    /// Amazon Bedrock's Converse.
    case bedrock
    /// Answers inside the process, without key or network.
    case mock
  }

  /// How a request carries its key.
  public enum Authentication: Hashable, Sendable {
    /// `Authorization: Bearer KEY`.
    case bearer
    /// A header of its own that holds the key alone.
    case header(String)
    /// A signature made with an access key pair (AWS Signature Version 4), or `Authorization: Bearer KEY`.
    case awsSignature
  }

  /// Differences between servers that speak OpenAI's dialect.
  public struct Traits: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The limit of the answer is called `max_completion_tokens`; elsewhere `max_tokens`.
    public static let namesCompletionTokens = Traits(rawValue: 1)
    /// `stream_options.include_usage` is understood.
    public static let reportsStreamUsage = Traits(rawValue: 2)
    /// Earlier reasoning is taken back as `reasoning_content`; elsewhere it is left out.
    public static let takesReasoning = Traits(rawValue: 4)
    /// Parameters that OpenAI does not have, such as `top_k`, are understood.
    public static let takesSamplingExtras = Traits(rawValue: 8)
    /// The deployment and the version of the API stand in the path (Azure OpenAI).
    public static let hasDeployments = Traits(rawValue: 16)
  }

  /// Describes a provider.
  public init(
    id: String, displayName: String, dialect: Dialect, baseURL: String?, authentication: Authentication?,
    litellmPrefix: String, operations: Set<InferenceOperation>, traits: Traits = []
  ) {
    self.id = id
    self.displayName = displayName
    self.dialect = dialect
    self.baseURL = baseURL
    self.authentication = authentication
    self.litellmPrefix = litellmPrefix
    self.operations = operations
    self.traits = traits
  }

  /// Whether a key must be given: the provider's public address is used and it asks for one.
  public var needsKey: Bool { authentication != nil && baseURL != nil }

  /// Whether clients can call it for an operation. Conversations are translated where the dialect is another.
  public func serves(_ operation: InferenceOperation) -> Bool {
    operations.contains(operation) || operation.isChat && !operations.isDisjoint(with: [.chat, .messages])
  }
}
