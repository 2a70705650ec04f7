/// The name that a provider gives a model: at most 256 printable characters, no space at either end.
public struct ProviderModelName: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  static let scalarKind = ScalarKind<ProviderModelName>(
    "the name of a provider's model", samples: ["gpt-4o-mini", "meta-llama/Llama-3.1-8B-Instruct"],
    placeholder: Self(text: "placeholder"),
    schema: ModelNameShape.schema)

  static func read(_ text: String) -> Self? {
    ModelNameShape.isName(text) ? Self(text: text) : nil
  }

  static func explain(_ text: String) -> ScalarMistake { ModelNameShape.explain(text, as: Self.self) }
}
