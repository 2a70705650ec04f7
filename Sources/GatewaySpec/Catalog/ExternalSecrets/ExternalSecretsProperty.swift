/// How External Secrets Operator picks a value out of a secret.
///
/// Source: external-secrets v2.9.0 and gjson 1.18.
public enum ExternalSecretsProperty {
  /// Which rule found a value.
  public enum Rule: String, Sendable, Hashable {
    /// No property: the whole secret.
    case whole
    /// A key of literally that name.
    case literalKey
    /// A gjson path.
    case path
  }

  /// A value that was found.
  public struct Match: Hashable, Sendable {
    /// The text that goes into the Kubernetes Secret.
    public let value: String
    /// The rule that found it.
    public let rule: Rule
  }

  /// Looks a property up: without one the whole secret as JSON, else the key of that name, else what a gjson path
  /// finds. `nil` when there is nothing, which fails the whole ExternalSecret.
  public static func lookUp(_ property: String?, in secret: SecretJSON) -> Match? {
    guard let property, !property.isEmpty else { return Match(value: secret.text, rule: .whole) }
    if let value = secret[property] {
      // Numbers keep their digits here, and only here.
      if case .number(let digits) = value { return Match(value: digits, rule: .literalKey) }
      return Match(value: text(of: value), rule: .literalKey)
    }
    return SecretPath.evaluate(property, on: secret).map { Match(value: text(of: $0), rule: .path) }
  }

  /// The secret that `metadataPolicy: Fetch` makes of Vault's answer about a key: its custom metadata, and as text the
  /// creation time, the current version and the time after which versions are deleted. Custom metadata wins.
  public static func metadata(of answer: SecretJSON) -> SecretJSON {
    var members: [String: SecretJSON] = [:]
    for name in ["created_time", "current_version", "delete_version_after"] {
      if let value = answer[name] { members[name] = .string(text(of: value)) }
    }
    if case .object(let custom) = answer["custom_metadata"] {
      for member in custom { members[member.key] = member.value }
    }
    return .object(sorting: members)
  }

  private static func text(of value: SecretJSON) -> String {
    switch value {
    case .null: ""
    case .string(let text): text
    case .number(let digits): SecretPath.formatted(digits)
    case .bool, .array, .object: value.text
    }
  }
}
