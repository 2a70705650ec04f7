/// A generation of servers that decide alike.
///
/// The generations differ in how LIST requests are matched, in the case of denied paths and in what a policy may
/// contain. For checks ahead of time use ``denyAware`` and warn when the others decide differently.
public enum VersionProfile: String, CaseIterable, Sendable, Hashable {
  /// Vault 1.13.10, 1.14.6 and 1.15.2 up to 2.0.2: a LIST is matched without its final slash first.
  case trimmedFirst = "trimmed-first"
  /// OpenBao 2.6.0 and later: a LIST is matched with its final slash first.
  case fullFirst = "full-first"
  /// Vault 2.0.3 and later, and the Enterprise lines patched with it: a LIST weighs the rules of both forms, and a deny
  /// outranks broader grants.
  case denyAware = "deny-aware"
  /// Vault 2.2.2, Enterprise 1.21.14 and 1.19.25: as ``denyAware``, and a deny also holds for paths that differ from it
  /// in case. Known from release notes only, so best effort.
  case denyAwareCaseInsensitive = "deny-aware-ci"

  /// Whether a policy with one attribute written twice in one object is refused on writing. Vault refuses it from 1.21
  /// (with a way out by environment variable) and always from 2.0.4; earlier it merged them and warned from 1.19.
  public var refusesDuplicateAttributes: Bool {
    switch self {
    case .trimmedFirst, .fullFirst: false
    case .denyAware, .denyAwareCaseInsensitive: true
    }
  }

  /// Whether it is OpenBao, which knows the capability `scan` and a few keys more.
  public var isOpenBao: Bool { self == .fullFirst }

  var weighsDenyForLists: Bool { self == .denyAware || self == .denyAwareCaseInsensitive }
}
