public import SourceDiagnostics

/// A value of the spec together with its place and where it came from.
@dynamicMemberLookup
public struct Setting<Value: Sendable>: Sendable {
  /// How the value came to be.
  public enum Origin: Sendable {
    /// It stands in the file.
    case written
    /// It does not stand there; the language's default holds.
    case defaulted
    /// It stands there and could not be read, or is missing though it must be there; a finding says so and `value` is a
    /// placeholder that no rule may judge.
    case invalid
  }

  /// The value; a placeholder if ``isInvalid``.
  public let value: Value
  /// The place of the value; for a default the place of the section that leaves it out.
  public let span: SourceSpan
  /// The place of the key, or that of the value where there is no key (list elements).
  public let keySpan: SourceSpan
  /// How the value came to be.
  public let origin: Origin

  /// Makes a setting.
  public init(_ value: Value, at span: SourceSpan, key keySpan: SourceSpan? = nil, _ origin: Origin) {
    self.value = value
    self.span = span
    self.keySpan = keySpan ?? span
    self.origin = origin
  }

  /// Whether it stands in the file and could be read.
  public var isWritten: Bool { origin == .written }
  /// Whether the value is a placeholder.
  public var isInvalid: Bool { origin == .invalid }
  /// The value, or `nil` where it is a placeholder. Rules read this, so that one mistake gives one finding.
  public var known: Value? { origin == .invalid ? nil : value }

  /// A part of the value.
  public subscript<Part>(dynamicMember part: KeyPath<Value, Part>) -> Part { value[keyPath: part] }
}

extension Setting: Equatable where Value: Equatable {}
extension Setting: Hashable where Value: Hashable {}

extension Optional {
  /// The value that is written or defaulted; `nil` if the setting is absent or could not be read.
  public func known<Value>() -> Value? where Wrapped == Setting<Value> { self?.known }
}
