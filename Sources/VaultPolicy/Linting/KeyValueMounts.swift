/// What is known about the key-value engines that policies are about.
public struct KeyValueMounts: Sendable {
  private let versions: [String: KVPath.Version?]

  /// Nothing is known: a path whose second segment is that of a KV v2 API is taken for one.
  public static let guessed = KeyValueMounts(versions: [:])

  /// Knows the mounts by their paths; `nil` stands for a mount of another engine. Others are guessed.
  public init(versions: [String: KVPath.Version?]) {
    self.versions = versions
  }

  /// The part of KV v2 that a pattern is about, such as ``KVPath/Part/data``, with what follows it; `nil` when it is about
  /// no such part, or about several.
  func part(of pattern: PathPattern) -> (part: KVPath.Part, rest: Substring)? {
    let text = pattern.text[...]
    var segments = text.split(separator: "/", omittingEmptySubsequences: false)
    // A mount may hold slashes; the longest declared one counts.
    for length in stride(from: min(segments.count - 1, Self.longestMount), through: 1, by: -1) {
      guard let version = versions[segments[..<length].joined(separator: "/")] else { continue }
      guard version == .v2 else { return nil }
      segments.removeFirst(length - 1)
      break
    }
    guard segments.count > 1, let part = KVPath.Part(rawValue: String(segments[1])) else { return nil }
    if Self.ownPaths.contains(String(segments[0])) { return nil }
    return (part, text[(segments.count > 2 ? segments[2].startIndex : text.endIndex)...])
  }

  /// Whether a path is the configuration of a KV v2 engine.
  func isConfiguration(_ pattern: PathPattern) -> Bool {
    guard pattern.kind == .exact, pattern.text.hasSuffix("/config") else { return false }
    let mount = String(pattern.text.dropLast("/config".count))
    return versions[mount].map { $0 == .v2 } ?? (!mount.contains("/") && !Self.ownPaths.contains(mount))
  }

  private static let longestMount = 8
  /// Paths of Vault itself (Vault documentation, API).
  static let ownPaths: Set<String> = ["sys", "auth", "identity", "cubbyhole"]
}
