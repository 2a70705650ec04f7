public import SourceDiagnostics
import YAMLSyntax

/// Reads the keys of one section. Each call declares a key: its name, its type, whether it must be there, its default
/// and its documentation.
public struct FieldReader {
  private enum Source {
    /// A mapping of the file.
    case node(YAMLNode, SpecDecoder)
    /// The section is not written.
    case absent
    /// Nobody decodes; the declarations are collected.
    case description
  }

  private let source: Source
  private let sectionSpan: SourceSpan
  private let sectionKey: YAMLNode?
  private let misspelt: [UnknownKey]
  private var matchedKeys = 0
  private(set) var described: [FieldShape] = []

  init(_ decoder: SpecDecoder, section: YAMLNode, key: YAMLNode?, misspelt: [UnknownKey] = []) {
    self.misspelt = misspelt
    source = .node(section, decoder)
    sectionSpan = decoder.tree.span(of: key ?? section)
    sectionKey = key
  }

  private init(_ source: Source, at span: SourceSpan) {
    self.source = source
    sectionSpan = span
    sectionKey = nil
    misspelt = []
  }

  private static let nowhere = SourceSpan(file: SourceFileID(rawValue: 0), start: 0, end: 0)
  static var defaults: FieldReader { FieldReader(.absent, at: nowhere) }
  static var describing: FieldReader { FieldReader(.description, at: nowhere) }

  // MARK: Declarations

  /// A key that must be written.
  public mutating func required<Value: SpecValue>(
    _ key: StaticString, _ documentation: StaticString, as type: Value.Type = Value.self
  ) -> Setting<Value> {
    describe(key, documentation, Value.self, .required)
    if let setting = read(key, as: Value.self) { return setting }
    if case .node(let section, let decoder) = source, !decoder.tree.isIncomplete(section) {
      decoder.reportMissing(key, as: Value.self, in: section, at: sectionSpan, named: sectionKey)
    }
    return Setting(.placeholder, at: sectionSpan, .invalid)
  }

  /// A key that may be left out, in which case `value` holds.
  public mutating func defaulted<Value: SpecScalar>(
    _ key: StaticString, _ documentation: StaticString, to value: Value
  ) -> Setting<Value> {
    describe(key, documentation, Value.self, .defaulted(value.description))
    return read(key, as: Value.self) ?? Setting(value, at: sectionSpan, .defaulted)
  }

  /// A section, list or map that may be left out, in which case it holds nothing but defaults.
  public mutating func section<Value: SpecValue>(
    _ key: StaticString, _ documentation: StaticString, as type: Value.Type = Value.self
  ) -> Setting<Value> {
    describe(key, documentation, Value.self, .optional)
    if let setting = read(key, as: Value.self) { return setting }
    if let section = Value.self as? any SpecSection.Type {
      var absent = FieldReader(.absent, at: sectionSpan)
      if let value = section.init(from: &absent) as? Value { return Setting(value, at: sectionSpan, .defaulted) }
    }
    let empty = (Value.self as? any SpecCollection.Type)?.empty as? Value
    return Setting(empty ?? .placeholder, at: sectionSpan, .defaulted)
  }

  /// A key that may be left out; `omission` says what then holds, for documentation.
  public mutating func optional<Value: SpecValue>(
    _ key: StaticString, _ documentation: StaticString, as type: Value.Type = Value.self,
    omission: StaticString? = nil
  ) -> Setting<Value>? {
    describe(key, documentation, Value.self, omission.map { .defaulted("\($0)") } ?? .optional)
    return read(key, as: Value.self)
  }

  /// A whole number that may be left out and must lie in a range.
  public mutating func defaulted(
    _ key: StaticString, _ documentation: StaticString, to value: Int, in range: ClosedRange<Int>
  ) -> Setting<Int> {
    checked(defaulted(key, documentation, to: value), key, in: range)
  }

  /// A whole number that may be left out and, if written, must lie in a range.
  public mutating func optional(
    _ key: StaticString, _ documentation: StaticString, in range: ClosedRange<Int>, omission: StaticString? = nil
  ) -> Setting<Int>? {
    let setting: Setting<Int>? = optional(key, documentation, omission: omission)
    return setting.map { checked($0, key, in: range) }
  }

  /// Of these settings at most one may be written, or exactly one where `isRequired`.
  public func exclusive(
    _ settings: [(key: StaticString, span: SourceSpan?)], isRequired: Bool, reason: StaticString
  ) {
    guard case .node(_, let decoder) = source else { return }
    let written = settings.compactMap { setting in setting.span.map { (setting.key, $0) } }
    if written.count > 1 {
      decoder.reportExclusive(written.map { "\($0.0)" }, at: written.map(\.1), reason: "\(reason)")
    } else if isRequired {
      needsOne(of: settings, reason: reason)
    }
  }

  /// Of these settings at least one must be written.
  public func needsOne(of settings: [(key: StaticString, span: SourceSpan?)], reason: StaticString) {
    guard case .node(let section, let decoder) = source, settings.allSatisfy({ $0.span == nil }),
      !decoder.tree.isIncomplete(section)
    else { return }
    decoder.reportNoneOf(settings.map { "\($0.key)" }, at: sectionSpan, reason: "\(reason)")
  }

  // MARK: Reading

  private mutating func read<Value: SpecValue>(_ key: StaticString, as type: Value.Type) -> Setting<Value>? {
    guard case .node(let section, let decoder) = source, let entry = entry(key, in: section, of: decoder.tree) else {
      return nil
    }
    matchedKeys += 1
    let tree = decoder.tree
    if let value = Value.decode(entry.value, named: entry.key, with: decoder) {
      return Setting(value, at: tree.span(of: entry.value), key: tree.span(of: entry.key), .written)
    }
    return Setting(.placeholder, at: tree.span(of: entry.value), key: tree.span(of: entry.key), .invalid)
  }

  private func entry(_ key: StaticString, in section: YAMLNode, of tree: YAMLTree) -> YAMLEntry? {
    for index in 0..<tree.entryCount(of: section) {
      let entry = tree.entry(of: section, at: index)
      if tree.text(of: entry.key, equals: key) { return entry }
    }
    if misspelt.isEmpty { return nil }
    return misspelt.first { $0.meant == "\(key)" }?.entry
  }

  private func checked(_ setting: Setting<Int>, _ key: StaticString, in range: ClosedRange<Int>) -> Setting<Int> {
    guard case .node(_, let decoder) = source, setting.isWritten, !range.contains(setting.value) else { return setting }
    decoder.reportOutOfRange(setting.value, key: "\(key)", range: range, at: setting.span)
    return Setting(min(max(setting.value, range.lowerBound), range.upperBound), at: setting.span, .invalid)
  }

  private mutating func describe<Value: SpecValue>(
    _ key: StaticString, _ documentation: StaticString, _ type: Value.Type,
    _ presence: @autoclosure () -> FieldShape.Presence
  ) {
    guard case .description = source else { return }
    described.append(
      FieldShape(
        key: "\(key)", documentation: "\(documentation)", presence: presence(), shape: Value.shape))
  }

  /// Whether the mapping has more keys than have been asked for.
  var hasUnmatchedKeys: Bool {
    guard case .node(let section, let decoder) = source else { return false }
    return matchedKeys < decoder.tree.entryCount(of: section)
  }
}
