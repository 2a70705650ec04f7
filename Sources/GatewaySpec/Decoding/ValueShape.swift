/// What may be written at a place of the spec: the source of messages, documentation and the JSON Schema.
public indirect enum ValueShape: Sendable {
  case scalar(ScalarShape)
  case section(SectionShape)
  case list(of: ValueShape)
  case map(keys: ScalarShape, values: ValueShape)
  /// Any YAML, as the engine's own settings.
  case free

  /// The keys of the section that stands here, or that each entry of the list or map here is.
  public var section: SectionShape? {
    switch self {
    case .section(let section): section
    case .list(let element): element.section
    case .map(_, let value): value.section
    case .scalar, .free: nil
    }
  }
}

/// What a scalar may be.
public struct ScalarShape: Sendable {
  /// A noun phrase with an article, such as "a duration".
  public let expectation: String
  /// Texts that are accepted.
  public let samples: [String]
  /// The scalar in terms of JSON Schema.
  public let schema: ScalarSchema
}

/// The keys of a section.
public struct SectionShape: Sendable {
  /// What the section decides.
  public let summary: String
  /// The keys in the order of documentation.
  public let fields: [FieldShape]

  init<Section: SpecSection>(_ type: Section.Type) {
    summary = "\(type.summary)"
    var reader = FieldReader.describing
    _ = Section(from: &reader)
    fields = reader.described
  }

  /// The declaration of one key.
  public subscript(key: String) -> FieldShape? { fields.first { $0.key == key } }
}

/// One key of a section.
public struct FieldShape: Sendable {
  /// Whether a key must be written.
  public enum Presence: Sendable {
    case required
    case optional
    /// It may be left out; the text says what then holds.
    case defaulted(String)
  }

  /// The key as it is written.
  public let key: String
  /// What it decides, in one sentence.
  public let documentation: String
  /// Whether it must be written.
  public let presence: Presence
  /// What may be written.
  public let shape: ValueShape
}
