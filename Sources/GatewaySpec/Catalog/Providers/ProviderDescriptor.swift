internal import SourceDiagnostics

/// A provider as data. Code exists only for a dialect.
public struct ProviderDescriptor: Sendable {
  /// The word that `providers.*.type` takes.
  public let id: String
  /// The name under which people know it.
  public let displayName: String
  /// The API that it speaks.
  public let dialect: Dialect
  /// The address of its public API, to which the paths of the dialect are added; `nil` where the spec must give one.
  public let baseURL: String?
  /// How a request carries its key; `nil` if it takes none.
  public let authentication: Authentication?
  /// The prefix of its models in LiteLLM's configuration.
  public let litellmPrefix: String

  /// The API that a provider speaks.
  public enum Dialect: String, Sendable, CaseIterable {
    /// OpenAI's chat completions.
    case openAI
    /// Anthropic's messages.
    case anthropic
    /// Answers inside the process, without key or network.
    case mock
  }

  /// How a request carries its key.
  public enum Authentication: Hashable, Sendable {
    /// `Authorization: Bearer KEY`.
    case bearer
    /// A header of its own that holds the key alone.
    case header(String)
  }

  /// Whether a key must be given: the provider's public address is used and it asks for one.
  public var needsKey: Bool { authentication != nil && baseURL != nil }
}

/// The providers that Sluice knows. Adding one that speaks a known dialect is adding a line.
public enum ProviderCatalog {
  /// All providers, by id.
  public static let all: [ProviderDescriptor] = [
    openAI("openai", "OpenAI", "https://api.openai.com/v1", litellm: "openai"),
    ProviderDescriptor(
      id: "anthropic", displayName: "Anthropic", dialect: .anthropic, baseURL: "https://api.anthropic.com",
      authentication: .header("x-api-key"), litellmPrefix: "anthropic"),
    openAI("mistral", "Mistral", "https://api.mistral.ai/v1", litellm: "mistral"),
    openAI("groq", "Groq", "https://api.groq.com/openai/v1", litellm: "groq"),
    openAI("deepseek", "DeepSeek", "https://api.deepseek.com/v1", litellm: "deepseek"),
    openAI("together", "Together AI", "https://api.together.xyz/v1", litellm: "together_ai"),
    openAI("fireworks", "Fireworks AI", "https://api.fireworks.ai/inference/v1", litellm: "fireworks_ai"),
    openAI("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", litellm: "openrouter"),
    openAI("openai-compatible", "a server with OpenAI's API", nil, litellm: "openai"),
    ProviderDescriptor(
      id: "mock", displayName: "the built-in mock", dialect: .mock, baseURL: nil, authentication: nil,
      litellmPrefix: "openai"),
  ]

  /// The provider of that id.
  public static func descriptor(_ id: String) -> ProviderDescriptor? { all.first { $0.id == id } }

  private static func openAI(
    _ id: String, _ displayName: String, _ baseURL: String?, litellm prefix: String
  ) -> ProviderDescriptor {
    ProviderDescriptor(
      id: id, displayName: displayName, dialect: .openAI, baseURL: baseURL, authentication: .bearer,
      litellmPrefix: prefix)
  }
}

/// The id of a provider in ``ProviderCatalog``.
public struct ProviderType: TextScalar {
  /// The id.
  public let text: String

  /// Reads the value from its text.
  public init(parsing text: String) throws(ScalarMistake) {
    guard ProviderCatalog.descriptor(text) != nil else { throw Self.mistake(text) }
    self.text = text
  }

  private static func mistake(_ text: String) -> ScalarMistake {
    let ids = ProviderCatalog.all.map(\.id)
    let nearest = NameSuggestion.nearest(to: text, among: ids)
    let list = ids.map { "`\($0)`" }.joined(separator: ", ")
    return ScalarMistake(
      headline: "no provider is called `\(text)`",
      help: nearest.map { "write `\($0)`" }
        ?? "write one of \(list); any server with OpenAI's API is `openai-compatible` with a `baseURL`",
      replacement: nearest)
  }

  /// What a person should write.
  public static var expectation: String { "the type of a provider" }
  /// Texts that are accepted.
  public static var samples: [String] { ["openai", "anthropic", "openai-compatible"] }
  /// Stands in for a value that could not be read.
  public static var placeholder: ProviderType { ProviderType(constant: "mock") }
  /// The JSON Schema of the scalar.
  public static var schema: ScalarSchema { ScalarSchema(allowed: ProviderCatalog.all.map(\.id)) }

  /// What the catalogue knows about it.
  public var descriptor: ProviderDescriptor { ProviderCatalog.descriptor(text) ?? ProviderCatalog.all[0] }
}
