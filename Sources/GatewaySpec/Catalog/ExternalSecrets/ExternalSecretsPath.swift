/// How External Secrets Operator addresses a secret in Vault: what it makes of the path and version of a store and of
/// the key of a reference.
///
/// Source: external-secrets v2.9.0, `providers/v1/vault`. Its oddities are kept, for they decide which path is asked
/// for: for a read the mount at the beginning of a key is cut off once, for metadata never.
public struct ExternalSecretsPath: Hashable, Sendable {
  /// The version of the engine that the store states; the operator never finds it out.
  public enum EngineVersion: String, Sendable, Hashable, CaseIterable {
    case v1, v2
  }

  /// Why the operator cannot build a path.
  public enum PathError: Error, Hashable, Sendable {
    /// A v2 store has no path and the key does not hold the letters `data`: "provided Path isn't a valid kv v2 path".
    case notKV2
    /// A v1 store has no path: the operator crashes.
    case missingStorePath
    /// Metadata exists in v2 only; the operator refuses `metadataPolicy: Fetch` for v1.
    case metadataNeedsKV2
  }

  /// The `path` of the store. None is not the same as an empty one.
  public let storePath: String?
  /// The `version` of the store.
  public let version: EngineVersion

  /// Describes a store.
  public init(storePath: String?, version: EngineVersion = .v2) {
    self.storePath = storePath
    self.version = version
  }

  /// The path that is handed to the Vault client to read a key.
  public func read(_ key: String) -> String {
    switch (storePath, version) {
    case (nil, .v1): return key
    case (nil, .v2):
      if key.firstRange(ofASCII: "/data/") != nil { return key }
      let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      return parts[0] + "/data" + parts.dropFirst().map { "/" + $0 }.joined()
    case (let store?, .v1): return "\(store)/\(key.removingPrefix(store + "/") ?? key)"
    case (let store?, .v2):
      guard let rest = key.removingPrefix(store + "/") else { return "\(store)/data/\(key)" }
      return "\(store)/data/\(rest.removingPrefix("data/") ?? rest)"
    }
  }

  /// The path that is handed to the Vault client for what is kept about a key, and for listing.
  public func metadata(_ key: String) throws(PathError) -> String {
    switch (storePath, version) {
    case (nil, .v1): throw .missingStorePath
    case (let store?, .v1): return "\(store)/\(key)"
    case (let store?, .v2): return "\(store)/metadata/\(key)"
    case (nil, .v2):
      guard key.firstRange(ofASCII: "data") != nil else { throw .notKV2 }
      guard let range = key.firstRange(ofASCII: "/data/") else { return key }
      return key[..<range.lowerBound] + "/metadata/" + key[range.upperBound...]
    }
  }

  /// The path as it reaches Vault: the HTTP client joins and cleans it, so that `//`, `.`, `..` and slashes at the ends
  /// vanish. Without `/v1/`.
  public static func cleaned(_ path: String) -> String {
    var segments: [Substring] = []
    for segment in path.split(separator: "/") where segment != "." {
      if segment == ".." {
        _ = segments.popLast()
      } else {
        segments.append(segment)
      }
    }
    return segments.joined(separator: "/")
  }
}

/// A request that External Secrets Operator sends to Vault.
public struct ExternalSecretsRequest: Hashable, Sendable {
  /// What it does; the words are those of Vault's capabilities.
  public enum Operation: String, Sendable, Hashable {
    case read, list, create, update, delete
  }

  /// What it does.
  public let operation: Operation
  /// The API path as it reaches Vault, without `/v1/`; that of a list ends in a slash, which the server adds.
  public let path: String
  /// The version of the secret that is asked for, sent as `?version=`; ignored by v1.
  public let secretVersion: String?

  /// Makes a request from the path that is handed to the Vault client.
  public init(_ operation: Operation, clientPath: String, secretVersion: String? = nil) {
    self.operation = operation
    path = ExternalSecretsPath.cleaned(clientPath) + (operation == .list ? "/" : "")
    self.secretVersion = secretVersion
  }
}

extension ExternalSecretsPath {
  /// What a reference is used for.
  public enum Use: String, Sendable, Hashable, CaseIterable {
    /// `data` or `dataFrom.extract`.
    case data
    /// The same with `metadataPolicy: Fetch`: what is kept about the secret is read instead of its content.
    case metadata
    /// A PushSecret that never deletes.
    case push
    /// A PushSecret with `deletionPolicy: Delete`.
    case pushAndDelete
  }

  /// The requests that the operator may send for a reference, which are those that the policies of its token must
  /// allow.
  public func requests(
    for key: String, use: Use = .data, secretVersion: String? = nil
  ) throws(PathError) -> [ExternalSecretsRequest] {
    let data = read(key)
    switch use {
    case .data: return [ExternalSecretsRequest(.read, clientPath: data, secretVersion: secretVersion)]
    case .metadata:
      guard version == .v2 else { throw .metadataNeedsKV2 }
      return [ExternalSecretsRequest(.read, clientPath: try metadata(key))]
    case .push, .pushAndDelete:
      var operations: [ExternalSecretsRequest.Operation] = [.read, .create, .update]
      if use == .pushAndDelete { operations.append(.delete) }
      // A v1 engine keeps nothing about a secret; the marker goes into the secret itself.
      let paths = version == .v2 ? [data, try metadata(key)] : [data]
      return paths.flatMap { path in operations.map { ExternalSecretsRequest($0, clientPath: path) } }
    }
  }
}

// MARK: Finding

extension ExternalSecretsPath {
  /// What `dataFrom.find` asks for and finds.
  public struct Finding: Hashable, Sendable {
    /// The paths handed to the Vault client to list, in order.
    public fileprivate(set) var listed: [String] = []
    /// The paths handed to the Vault client to read, in order.
    public fileprivate(set) var read: [String] = []
    /// The names of the secrets: full paths in the engine, to be converted to keys.
    public fileprivate(set) var names: [String] = []
    /// Whether a folder was empty or missing, which fails the whole find.
    public fileprivate(set) var isFolderMissing = false
  }

  /// Follows `dataFrom.find` through an engine that holds the given secrets: folders are listed recursively, then each
  /// secret is read.
  public func find(path: String?, in secrets: [String]) throws(PathError) -> Finding {
    let root = path.map { $0 + "/" } ?? ""
    var finding = Finding()
    var open = [root]
    // A folder is gone through at its place among the secrets beside it.
    while let folder = open.popLast() {
      guard folder.isEmpty || folder.hasSuffix("/") else {
        finding.names.append(folder)
        continue
      }
      finding.listed.append(try metadata(folder))
      let cleaned = Self.cleaned(folder)
      let prefix = cleaned.isEmpty ? "" : cleaned + "/"
      let entries = Set(secrets.compactMap { $0.removingPrefix(prefix).map(Self.firstEntry) })
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      if entries.isEmpty { finding.isFolderMissing = true }
      open += entries.map { folder + $0 }.reversed()
    }
    finding.read = finding.names.map(read)
    return finding
  }

  /// What a listing shows of a path: its first segment, with the slash of a folder.
  private static func firstEntry(of path: String) -> String {
    path.firstRange(ofASCII: "/").map { String(path[..<$0.upperBound]) } ?? path
  }
}

extension String {
  /// What follows a prefix, byte by byte; `nil` when the text does not begin with it.
  fileprivate func removingPrefix(_ prefix: String) -> String? {
    utf8.starts(with: prefix.utf8) ? String(self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...]) : nil
  }

  /// The first place of a text of ASCII characters.
  fileprivate func firstRange(ofASCII wanted: String) -> Range<Index>? {
    var start = utf8.startIndex
    while start < utf8.endIndex {
      if utf8[start...].starts(with: wanted.utf8) { return start..<utf8.index(start, offsetBy: wanted.utf8.count) }
      start = utf8.index(after: start)
    }
    return nil
  }
}
