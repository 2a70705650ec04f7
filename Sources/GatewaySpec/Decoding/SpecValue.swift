public import YAMLSyntax

/// Something that can stand as a value in the spec: a scalar, a section, a list or a map of named entries.
public protocol SpecValue: Sendable {
  /// Reads the value from a node. Mistakes are reported to the decoder, each once; `nil` means that nothing usable is
  /// left and that this has been said.
  static func decode(_ node: YAMLNode, named key: YAMLNode?, with decoder: SpecDecoder) -> Self?
  /// What may be written, for messages, documentation and the JSON Schema.
  static var shape: ValueShape { get }
  /// Stands in for a value that could not be read; never reaches compiler or runtime.
  static var placeholder: Self { get }
}

/// A mapping with fixed keys.
///
/// The initialiser is the one declaration of the section: run over a node it decodes, run over nothing it gives the
/// defaults, and run by ``SectionShape`` it lists keys, types, defaults and documentation.
public protocol SpecSection: SpecValue {
  /// One sentence that says what the section decides.
  static var summary: StaticString { get }
  /// Reads each key once; the order of reading is the order of documentation.
  init(from fields: inout FieldReader)
}

extension SpecSection {
  /// Reads the value from a node; mistakes go to the decoder.
  public static func decode(_ node: YAMLNode, named key: YAMLNode?, with decoder: SpecDecoder) -> Self? {
    guard decoder.tree.kind(of: node) == .mapping else {
      decoder.reportWrongKind(of: node, named: key, expected: "a mapping of keys", shape: shape)
      return nil
    }
    decoder.enter(Self.self)
    defer { decoder.leave() }
    let beforeSection = decoder.mark
    var fields = FieldReader(decoder, section: node, key: key)
    let section = Self(from: &fields)
    guard fields.hasUnmatchedKeys else { return section }

    // A key that nobody asked for is reported, then read as the one that was meant: whatever else is wrong below it
    // still shows, and the key that seems to be missing is not reported a second time.
    let strangers = decoder.unknownKeys(in: node, shape: SectionShape(Self.self))
    guard !strangers.isEmpty else { return section }
    decoder.rewind(to: beforeSection)
    for stranger in strangers { decoder.report(stranger, named: key) }
    var corrected = FieldReader(decoder, section: node, key: key, misspelt: strangers)
    return Self(from: &corrected)
  }

  /// What may be written.
  public static var shape: ValueShape { .section(SectionShape(Self.self)) }

  /// Stands in for a value that could not be read.
  public static var placeholder: Self {
    var fields = FieldReader.defaults
    return Self(from: &fields)
  }
}

extension SpecScalar {
  /// Reads the value from a node; mistakes go to the decoder.
  public static func decode(_ node: YAMLNode, named key: YAMLNode?, with decoder: SpecDecoder) -> Self? {
    decoder.scalar(node, named: key)
  }

  /// What may be written.
  public static var shape: ValueShape {
    .scalar(ScalarShape(expectation: expectation, samples: samples, schema: schema))
  }
}
