/// Who a token belongs to: what templates in patterns are filled in from.
public struct Identity: Hashable, Sendable {
  /// A login by which the entity is known at one auth mount.
  public struct Alias: Hashable, Sendable {
    /// The id of the alias.
    public var id: String
    /// The name at the auth mount; for Kubernetes the uid of the service account, unless configured otherwise.
    public var name: String
    /// Set by the auth method, such as `service_account_name`.
    public var metadata: [String: String]
    /// Set by operators.
    public var customMetadata: [String: String]

    /// Makes an alias.
    public init(
      id: String, name: String, metadata: [String: String] = [:], customMetadata: [String: String] = [:]
    ) {
      self.id = id
      self.name = name
      self.metadata = metadata
      self.customMetadata = customMetadata
    }
  }

  /// A group of entities.
  public struct Group: Hashable, Sendable {
    /// The id of the group.
    public var id: String
    /// The name of the group.
    public var name: String
    /// Set by operators.
    public var metadata: [String: String]

    /// Makes a group.
    public init(id: String, name: String, metadata: [String: String] = [:]) {
      self.id = id
      self.name = name
      self.metadata = metadata
    }
  }

  /// The id of the entity.
  public var id: String
  /// The name of the entity.
  public var name: String
  /// The metadata of the entity.
  public var metadata: [String: String]
  /// The aliases by the accessor of their auth mount.
  public var aliases: [String: Alias]
  /// The groups the entity belongs to.
  public var groups: [Group]

  /// Makes an identity.
  public init(
    id: String, name: String, metadata: [String: String] = [:], aliases: [String: Alias] = [:], groups: [Group] = []
  ) {
    self.id = id
    self.name = name
    self.metadata = metadata
    self.aliases = aliases
    self.groups = groups
  }

  /// The value of a template parameter such as `identity.entity.name`; `nil` when it is unknown or has none. An empty
  /// id or name is none; empty metadata is a value.
  public func value(of parameter: String) -> String? {
    if let rest = parameter.dropping("identity.entity.aliases.") {
      let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let alias = aliases[String(parts[0])] else { return nil }
      return Self.value(
        of: parts[1], id: alias.id, name: alias.name,
        maps: ["metadata.": alias.metadata, "custom_metadata.": alias.customMetadata])
    }
    if let rest = parameter.dropping("identity.entity.") {
      return Self.value(of: rest, id: id, name: name, maps: ["metadata.": metadata])
    }
    guard let rest = parameter.dropping("identity.groups.") else { return nil }
    let parts = rest.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let group: Group? =
      switch parts[0] {
      case "ids": groups.first { $0.id == parts[1] }
      case "names": groups.first { $0.name == parts[1] }
      default: nil
      }
    return group.flatMap {
      Self.value(of: parts[2], id: $0.id, name: $0.name, maps: ["metadata.": $0.metadata])
    }
  }

  private static func value(
    of field: Substring, id: String, name: String, maps: KeyValuePairs<String, [String: String]>
  ) -> String? {
    switch field {
    case "id": return id.isEmpty ? nil : id
    case "name": return name.isEmpty ? nil : name
    default:
      for (prefix, map) in maps {
        if let key = field.dropping(prefix) { return map[String(key)] }
      }
      return nil
    }
  }
}

extension StringProtocol where SubSequence == Substring {
  /// What follows the prefix; `nil` when the text does not begin with it.
  func dropping(_ prefix: String) -> Substring? {
    utf8.starts(with: prefix.utf8) ? self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...] : nil
  }
}
