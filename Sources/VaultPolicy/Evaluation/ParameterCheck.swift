extension EffectiveRule {
  /// Judges the wrapping time of a request.
  func wrappingDenial(_ ttl: Duration?) -> Decision.Denial? {
    let isTooLong = maxWrappingTTL > .zero && (ttl.map { $0 > maxWrappingTTL } ?? true)
    let isTooShort = minWrappingTTL > .zero && (ttl.map { $0 < minWrappingTTL } ?? true)
    return isTooLong || isTooShort ? .wrapping(minimum: minWrappingTTL, maximum: maxWrappingTTL) : nil
  }

  /// Judges the parameters of a request. Parameters are looked at in the order of their names, so that one request
  /// always gets one answer.
  func parameterDenial(_ data: [String: ParameterValue], matching: ParameterMatching) -> Decision.Denial? {
    if let missing = requiredParameters.first(where: { data[$0] == nil }) { return .missingParameter(missing) }
    guard !data.isEmpty else { return nil }
    let names = data.keys.sorted()
    if deniedParameters["*"] != nil, let name = names.first { return .deniedParameter(name) }
    for name in names {
      guard let values = deniedParameters[name.lowercased()], let value = data[name] else { continue }
      if matching.denies(value, values) { return .deniedParameter(name) }
    }
    guard !allowedParameters.isEmpty else { return nil }
    let allowsAny = allowedParameters["*"] != nil
    for name in names {
      guard let values = allowedParameters[name.lowercased()], let value = data[name] else {
        if allowsAny { continue }
        return .parameterNotAllowed(name)
      }
      if !matching.allows(value, values) { return .parameterNotAllowed(name) }
    }
    return nil
  }
}

/// How the value of a parameter is compared with the values of a rule.
public enum ParameterMatching: Sendable, Hashable {
  /// Vault from 1.21: a list, or a text with commas, is also compared element by element.
  case elementwise
  /// Before, or with `VAULT_LEGACY_EXACT_MATCHING_ON_LIST`: a value is compared as a whole.
  case whole

  func allows(_ value: ParameterValue, _ list: [ParameterValue]) -> Bool {
    if list.isEmpty || Self.contains(list, value) { return true }
    guard self == .elementwise, let elements = Self.elements(of: value) else { return false }
    return elements.allSatisfy { Self.contains(list, $0) }
  }

  func denies(_ value: ParameterValue, _ list: [ParameterValue]) -> Bool {
    if list.isEmpty || Self.contains(list, value) { return true }
    guard self == .elementwise, let elements = Self.elements(of: value) else { return false }
    return elements.contains { Self.contains(list, $0) }
  }

  private static func elements(of value: ParameterValue) -> [ParameterValue]? {
    switch value {
    case .list(let elements): elements
    case .string(let text):
      text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map { .string(trimmed($0)) }
    case .null, .bool, .integer, .number, .object: nil
    }
  }

  private static func contains(_ list: [ParameterValue], _ value: ParameterValue) -> Bool {
    list.contains { element in
      if case .string(let pattern) = element, case .string(let text) = value { return glob(pattern, text) }
      return element == value
    }
  }

  /// `*` at either end stands for any text; elsewhere, and alone, it is an ordinary character.
  static func glob(_ pattern: String, _ text: String) -> Bool {
    let pattern = Array(pattern.utf8)
    let text = Array(text.utf8)
    guard pattern.count > 1 else { return pattern == text }
    switch (pattern.first == PathPattern.star, pattern.last == PathPattern.star) {
    case (true, true):
      let middle = pattern[1..<(pattern.count - 1)]
      return middle.isEmpty || text.indices.contains { text[$0...].starts(with: middle) }
    case (true, false): return text.reversed().starts(with: pattern.dropFirst().reversed())
    case (false, true): return text.starts(with: pattern.dropLast())
    case (false, false): return pattern == text
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
