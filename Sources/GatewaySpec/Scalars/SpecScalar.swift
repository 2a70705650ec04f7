/// A value that is written as one YAML scalar.
///
/// Every kind of scalar is a type of its own, so that a duration cannot stand where a quantity is meant and every
/// mistake is told in the words of its kind. Parsing knows nothing of YAML and nothing of the field: a range that only
/// one field has is that field's business.
public protocol SpecScalar: SpecValue, Hashable, Sendable, CustomStringConvertible {
  /// Reads the text of a scalar, quotes and escapes already resolved.
  ///
  /// - Throws: what is wrong with the text, and what to write in its place where that is obvious.
  init(parsing text: String) throws(ScalarMistake)

  /// What a person should write, as a noun phrase with an article, such as "a duration".
  static var expectation: String { get }

  /// Two or three texts that are accepted, for messages and documentation.
  static var samples: [String] { get }

  /// The value that stands in for one that could not be read. It never reaches the compiler or the runtime.
  static var placeholder: Self { get }

  /// The JSON Schema of the scalar. It may accept more than `init(parsing:)` does, never less.
  static var schema: ScalarSchema { get }

  /// The canonical text; it parses back to an equal value.
  var description: String { get }
}

extension SpecScalar {
  /// Reads a text that is part of this program, such as a default.
  ///
  /// A text that is no such scalar is a programming error: it stops a debug build and becomes the placeholder otherwise.
  public init(constant text: StaticString) {
    do {
      self = try Self(parsing: text.description)
    } catch {
      assertionFailure(error.headline)
      self = Self.placeholder
    }
  }
}
