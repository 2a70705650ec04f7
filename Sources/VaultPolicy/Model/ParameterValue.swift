/// A value of a request parameter, or one that a rule allows or denies: a JSON value whose integers and fractions stay
/// apart.
public indirect enum ParameterValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case list([ParameterValue])
  case object([String: ParameterValue])
}

extension ParameterValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral
{
  /// Makes a text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Makes a whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// Makes a boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Makes a list.
  public init(arrayLiteral elements: ParameterValue...) { self = .list(elements) }
}

/// The parameters that a rule allows or denies, with the values it is about.
public struct ParameterConstraints: Hashable, Sendable {
  /// One parameter and its values; no values stand for any value. The name `*` stands for any parameter.
  public struct Entry: Hashable, Sendable {
    /// The name as written; it is compared in lower case.
    public let name: String
    /// The values. Text with `*` at an end is a glob.
    public let values: [ParameterValue]

    /// Makes an entry.
    public init(_ name: String, _ values: [ParameterValue] = []) {
      self.name = name
      self.values = values
    }
  }

  /// The entries in the order of the policy.
  public let entries: [Entry]

  /// Makes constraints.
  public init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// The values by lower-case name.
  var valuesByName: [String: [ParameterValue]] {
    Dictionary(entries.map { ($0.name.lowercased(), $0.values) }) { _, last in last }
  }
}

extension ParameterConstraints: ExpressibleByDictionaryLiteral {
  /// Makes constraints from names and values.
  public init(dictionaryLiteral elements: (String, [ParameterValue])...) {
    self.init(elements.map { Entry($0, $1) })
  }
}
