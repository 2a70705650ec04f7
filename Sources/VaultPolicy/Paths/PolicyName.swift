/// The rules for names of policies (Vault API documentation, sys/policies).
public enum PolicyName {
  /// The policy of root tokens.
  public static let root = "root"
  /// The policy that every token carries unless it refuses it; may be changed, not deleted.
  public static let `default` = "default"

  /// Why a name cannot be written.
  public enum Problem: Hashable, Sendable {
    /// Nothing is left after trimming.
    case empty
    /// `root`, `response-wrapping` or `control-group`: built in.
    case reserved
    /// It holds a segment `.` or `..`; older releases accept it.
    case dotSegment
  }

  /// The name under which Vault stores a policy: trimmed and in lower case.
  public static func normalized(_ name: String) -> String { name[...].trimmingBlanks().lowercased() }

  /// Why a policy cannot be written under this name, if it cannot.
  public static func problem(with name: String) -> Problem? {
    let name = normalized(name)
    if name.isEmpty { return .empty }
    if [root, "response-wrapping", "control-group"].contains(name) { return .reserved }
    return name.split(separator: "/").contains { $0 == "." || $0 == ".." } ? .dotSegment : nil
  }
}
