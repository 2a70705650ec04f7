/// How much of a file ``YAMLParser`` reads before it gives up with a diagnostic. A spec comes from a pull request; one that
/// would eat the memory of the build machine must not.
public struct YAMLLimits: Hashable, Sendable {
  /// The largest file, in bytes. Never more than 256 MiB.
  public let maximumBytes: Int
  /// How deep collections may be nested, aliases followed.
  public let maximumDepth: Int
  /// How many keys, values and collections a file may hold.
  public let maximumNodes: Int
  /// How many nodes may be reached through aliases, counted once for each way that leads to them.
  public let maximumExpandedNodes: Int
  /// How many diagnostics are made; what lies behind is not looked for.
  public let maximumProblems: Int

  /// Sets the limits; those left out are as in ``standard``.
  public init(
    maximumBytes: Int = 32 << 20, maximumDepth: Int = 64, maximumNodes: Int = 4_000_000,
    maximumExpandedNodes: Int = 1_000_000, maximumProblems: Int = 50
  ) {
    self.maximumBytes = min(maximumBytes, 256 << 20)
    self.maximumDepth = maximumDepth
    self.maximumNodes = min(maximumNodes, 1 << 30)
    self.maximumExpandedNodes = min(maximumExpandedNodes, 1 << 40)
    self.maximumProblems = maximumProblems
  }

  /// 32 MiB, 64 levels, 4 million nodes, 1 million through aliases, 50 diagnostics.
  public static let standard = YAMLLimits()
}
