/// A secret in a key/value engine, and the API paths under which it is reached.
///
/// Source: Vault API documentation, secret/kv/kv-v1 and kv-v2.
public struct KVPath: Hashable, Sendable {
  /// The version of the engine.
  public enum Version: Int, Sendable, Hashable, CaseIterable {
    case v1 = 1
    case v2 = 2
  }

  /// The mount of the engine without slashes at its ends; it may hold slashes.
  public let mount: String
  /// The path of the secret, or of a folder, in the engine, without slashes at its ends; empty for the top folder.
  public let path: String
  /// The version of the engine.
  public let version: Version

  /// Makes a path. Slashes at the ends of both parts are dropped.
  public init(mount: String, path: String, version: Version) {
    self.mount = Self.trimmed(mount)
    self.path = Self.trimmed(path)
    self.version = version
  }

  /// Finds out what an API path is about, such as `litellm/data/api-keys` in the mount `litellm`. `nil` when the path
  /// is outside the mount, or one of v2 without `data/`, `metadata/` or another of its parts.
  public init?(apiPath: String, mount: String, version: Version) {
    let mount = Self.trimmed(mount)
    guard let rest = apiPath.drop(while: { $0 == "/" }).dropping(mount + "/") else { return nil }
    guard version == .v2 else {
      self.init(mount: mount, path: String(rest), version: version)
      return
    }
    for part in Part.allCases {
      if let path = rest.dropping(part.rawValue + "/") {
        self.init(mount: mount, path: String(path), version: version)
        return
      }
    }
    return nil
  }

  /// What v2 puts between the mount and the path of a secret.
  public enum Part: String, Sendable, Hashable, CaseIterable {
    case data, metadata, delete, undelete, destroy, subkeys
  }

  /// Where the secret is read and written: with `data/` in v2.
  public var data: String { apiPath(.data) }

  /// Where v2 keeps what it knows about the secret; in v1, which keeps nothing, the secret itself.
  public var metadata: String { apiPath(.metadata) }

  /// Where the folder of this name is listed, with the final slash that the server puts there.
  public var list: String {
    let folder = apiPath(.metadata)
    return folder.hasSuffix("/") ? folder : folder + "/"
  }

  /// The API path of a part of v2; in v1 the path of the secret.
  public func apiPath(_ part: Part) -> String {
    version == .v2 ? "\(mount)/\(part.rawValue)/\(path)" : "\(mount)/\(path)"
  }

  private static func trimmed(_ text: String) -> String {
    var rest = text.drop { $0 == "/" }
    while rest.last == "/" { rest.removeLast() }
    return String(rest)
  }
}

extension KVPath {
  /// What is done with a secret.
  public enum Action: String, Sendable, Hashable, CaseIterable {
    case read
    /// Writes a secret whose key is not there; in v2 one without metadata.
    case writeNew
    /// Writes a secret whose key is there; in v2 also when all its versions are deleted or destroyed.
    case writeExisting
    case delete
    case list
    case mergePatch, deleteVersions, undeleteVersions, destroyVersions, readMetadata, writeNewMetadata
    case writeExistingMetadata, patchMetadata
    /// Deletes a key with all its versions.
    case deleteMetadata
    case readSubkeys
    /// Restores from a snapshot (Enterprise).
    case recover
    case readConfiguration
    /// Needs `update`: without an existence check `create` alone is not enough.
    case writeConfiguration
  }

  /// The request by which something is done, from which ``AccessRequest`` and capability follow; `nil` when the version
  /// of the engine cannot do it.
  public func request(for action: Action) -> AccessRequest? {
    switch (version, action) {
    case (_, .read): AccessRequest(.read, data)
    case (_, .writeNew): AccessRequest(.create, data)
    case (_, .writeExisting): AccessRequest(.update, data)
    case (_, .delete): AccessRequest(.delete, data)
    case (_, .list): AccessRequest(.list, list)
    case (.v1, _): nil
    case (.v2, .mergePatch): AccessRequest(.patch, data)
    case (.v2, .deleteVersions): AccessRequest(.update, apiPath(.delete))
    case (.v2, .undeleteVersions): AccessRequest(.update, apiPath(.undelete))
    case (.v2, .destroyVersions): AccessRequest(.update, apiPath(.destroy))
    case (.v2, .readMetadata): AccessRequest(.read, metadata)
    case (.v2, .writeNewMetadata): AccessRequest(.create, metadata)
    case (.v2, .writeExistingMetadata): AccessRequest(.update, metadata)
    case (.v2, .patchMetadata): AccessRequest(.patch, metadata)
    case (.v2, .deleteMetadata): AccessRequest(.delete, metadata)
    case (.v2, .readSubkeys): AccessRequest(.read, apiPath(.subkeys))
    case (.v2, .recover): AccessRequest(.recover, data)
    case (.v2, .readConfiguration): AccessRequest(.read, "\(mount)/config")
    case (.v2, .writeConfiguration): AccessRequest(.update, "\(mount)/config")
    }
  }
}
