/// A policy: rules that are written to the server and attached to tokens under one name.
public struct Policy: Hashable, Sendable {
  /// The name under which it is written to the server, if known; ``PolicyName`` has the rules for it. The attribute
  /// `name` inside a policy is ignored by Vault and has no place here.
  public var name: String?
  /// The rules in the order of the text; their order means nothing.
  public var rules: [PolicyRule]

  /// Makes a policy.
  public init(name: String? = nil, rules: [PolicyRule]) {
    self.name = name
    self.rules = rules
  }

  /// The same policy without places, for comparison.
  public var withoutSpans: Policy { Policy(name: name, rules: rules.map(\.withoutSpans)) }
}

extension Policy {
  /// The policy that every token carries unless it refuses it, as Vault writes it at first start. An operator may
  /// change it (Vault documentation, concepts/policies).
  public static let `default` = Policy(
    name: "default",
    rules: [
      PolicyRule("auth/token/lookup-self", .read),
      PolicyRule("auth/token/renew-self", .update),
      PolicyRule("auth/token/revoke-self", .update),
      PolicyRule("sys/capabilities-self", .update),
      PolicyRule("identity/entity/id/{{identity.entity.id}}", .read),
      PolicyRule("identity/entity/name/{{identity.entity.name}}", .read),
      PolicyRule("sys/internal/ui/resultant-acl", .read),
      PolicyRule("sys/renew", .update),
      PolicyRule("sys/leases/renew", .update),
      PolicyRule("sys/leases/lookup", .update),
      PolicyRule("cubbyhole/*", [.create, .read, .update, .delete, .list]),
      PolicyRule("sys/wrapping/wrap", .update),
      PolicyRule("sys/wrapping/lookup", .update),
      PolicyRule("sys/wrapping/unwrap", .update),
      PolicyRule("sys/tools/hash", .update),
      PolicyRule("sys/tools/hash/*", .update),
    ])

  /// The policy of root tokens: everything is allowed. It must be the only one of its token.
  public static let root = Policy(name: "root", rules: [])
}
