internal import SourceDiagnostics

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
