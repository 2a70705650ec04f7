/// The name under which clients ask for a model: at most 256 printable characters, no space at either end.
public struct ModelName: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  static let scalarKind = ScalarKind<ModelName>(
    "a model name", samples: ["gpt-4o-mini", "claude-haiku"], placeholder: Self(text: "placeholder"),
    schema: ModelNameShape.schema)

  static func read(_ text: String) -> Self? {
    ModelNameShape.isName(text) ? Self(text: text) : nil
  }

  static func explain(_ text: String) -> ScalarMistake { ModelNameShape.explain(text, as: Self.self) }
}
