/// What a policy rule can grant, or `deny`.
///
/// The raw value is the word in a policy, lower case exactly (Vault documentation, concepts/policies).
public enum Capability: String, CaseIterable, Sendable, Hashable {
  case create, read, update, patch, delete, list, recover, sudo, subscribe
  /// OpenBao only: a recursive list.
  case scan
  /// Refuses everything and takes every other capability of its rule away.
  case deny

  /// The word in a policy.
  public var name: String { rawValue }

  var bit: UInt16 {
    switch self {
    case .create: 1 << 0
    case .read: 1 << 1
    case .update: 1 << 2
    case .patch: 1 << 3
    case .delete: 1 << 4
    case .list: 1 << 5
    case .recover: 1 << 6
    case .sudo: 1 << 7
    case .subscribe: 1 << 8
    case .scan: 1 << 9
    case .deny: 1 << 10
    }
  }
}

extension Capability: Comparable {
  /// The order in which a policy is printed: create, read, update, patch, delete, list, the rarer ones, deny.
  public static func < (left: Capability, right: Capability) -> Bool { left.bit < right.bit }
}

/// A set of capabilities.
public struct CapabilitySet: OptionSet, Hashable, Sendable {
  /// One bit a capability; the bits have no meaning outside this module.
  public let rawValue: UInt16

  /// Makes a set from its bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The set of the given capabilities.
  public init(_ capabilities: some Sequence<Capability>) {
    rawValue = capabilities.reduce(0) { $0 | $1.bit }
  }

  /// Write what is not there yet.
  public static let create = CapabilitySet(rawValue: Capability.create.bit)
  /// Read.
  public static let read = CapabilitySet(rawValue: Capability.read.bit)
  /// Change what is there, and every write to a path without an existence check.
  public static let update = CapabilitySet(rawValue: Capability.update.bit)
  /// Change a part.
  public static let patch = CapabilitySet(rawValue: Capability.patch.bit)
  /// Delete.
  public static let delete = CapabilitySet(rawValue: Capability.delete.bit)
  /// List names.
  public static let list = CapabilitySet(rawValue: Capability.list.bit)
  /// Restore from a snapshot.
  public static let recover = CapabilitySet(rawValue: Capability.recover.bit)
  /// Reach root-protected paths.
  public static let sudo = CapabilitySet(rawValue: Capability.sudo.bit)
  /// Receive events.
  public static let subscribe = CapabilitySet(rawValue: Capability.subscribe.bit)
  /// OpenBao only.
  public static let scan = CapabilitySet(rawValue: Capability.scan.bit)
  /// Refuse everything.
  public static let deny = CapabilitySet(rawValue: Capability.deny.bit)

  /// Whether the capability is in the set.
  public func contains(_ capability: Capability) -> Bool { rawValue & capability.bit != 0 }

  /// The capabilities in printing order.
  public var capabilities: [Capability] { Capability.allCases.filter(contains).sorted() }

  /// The words in printing order.
  public var names: [String] { capabilities.map(\.name) }

  /// What the set means once `deny` has taken the others away.
  public var effective: CapabilitySet { contains(.deny) ? .deny : self }

  /// The words in the order of an answer of `sys/capabilities-self`; `deny` alone when the set is empty or denies.
  public var lookupNames: [String] {
    let order: [Capability] = [.sudo, .read, .list, .update, .delete, .create, .patch, .subscribe, .recover, .scan]
    let names = effective.contains(.deny) ? [] : order.filter(contains).map(\.name)
    return names.isEmpty ? [Capability.deny.name] : names
  }
}

/// The old way to state capabilities, the key `policy` of a rule.
public enum LegacyPolicy: String, CaseIterable, Sendable, Hashable {
  case deny, read, write, sudo

  /// The capabilities it stands for.
  public var capabilities: CapabilitySet {
    switch self {
    case .deny: .deny
    case .read: [.read, .list]
    case .write: [.create, .read, .update, .delete, .list]
    case .sudo: [.create, .read, .update, .delete, .list, .sudo]
    }
  }
}
