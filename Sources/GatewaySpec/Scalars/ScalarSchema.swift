/// What a JSON Schema can say of a scalar, as data.
public struct ScalarSchema: Hashable, Sendable {
  /// The JSON types that may be written, such as `["string"]` or `["integer", "string"]`.
  public let jsonTypes: [String]
  /// A regular expression (ECMA-262, anchored at both ends) that every accepted string matches.
  public let pattern: String?
  /// The smallest number allowed, where numbers are.
  public let minimum: Int?
  /// The largest number allowed, where numbers are.
  public let maximum: Int?
  /// The only texts allowed, for a choice.
  public let allowed: [String]?
  /// The longest text allowed, in characters.
  public let maximumLength: Int?

  /// Makes a schema; what is left out is not restricted.
  public init(
    _ jsonTypes: [String] = ["string"], pattern: String? = nil, minimum: Int? = nil, maximum: Int? = nil,
    allowed: [String]? = nil, maximumLength: Int? = nil
  ) {
    self.jsonTypes = jsonTypes
    self.pattern = pattern
    self.minimum = minimum
    self.maximum = maximum
    self.allowed = allowed
    self.maximumLength = maximumLength
  }
}
