import VaultPolicy

/// Where a secret lies in Vault: its mount, and what is asked of the API.
public struct VaultLocation: Sendable {
  /// The declared mount.
  public let mount: NamedEntry<VaultMountPath, VaultMount>
  /// The path below the mount, without `data/`; empty for the mount itself.
  public let key: String
  /// The path of a read: `MOUNT/data/KEY` for KV v2, else `MOUNT/KEY` (Vault API, KV secrets engine).
  public let apiPath: String
}

extension VaultSection {
  /// Where a secret lies, or `nil` if its path lies under no declared mount. Of several mounts the longest wins, though
  /// Vault allows no mount inside another.
  public func locate(_ path: VaultPathText) -> VaultLocation? {
    var best: NamedEntry<VaultMountPath, VaultMount>?
    for mount in mounts.value where mount.name.value.isPrefix(of: path) {
      if best.map({ $0.name.value.text.utf8.count < mount.name.value.text.utf8.count }) ?? true { best = mount }
    }
    guard let mount = best else { return nil }
    let name = mount.name.value.text
    let key = String(path.text.dropFirst(name.count + 1))
    let isVersion2 = mount.value.engine.value == .keyValue && mount.value.version.value == 2
    return VaultLocation(mount: mount, key: key, apiPath: isVersion2 ? "\(name)/data/\(key)" : "\(name)/\(key)")
  }
}

extension VaultMountPath {
  /// Whether a path is this mount or lies below it.
  func isPrefix(of path: VaultPathText) -> Bool {
    path.text == text
      || (path.text.hasPrefix(text) && path.text.utf8.dropFirst(text.utf8.count).first == UInt8(ascii: "/"))
  }
}

extension GatewaySpec {
  /// The login that reads the secrets: the one that is named, else the only one. `nil` if there is none or it is not
  /// clear which.
  public var secretLogin: NamedEntry<EntryName, VaultLogin>? {
    guard let logins = vault?.known?.logins.value else { return nil }
    if let name = secrets.value.login { return name.known.flatMap { logins[$0] } }
    return logins.count == 1 ? logins.first : nil
  }

  /// The paths that are read from Vault, each once, in the order of the secrets.
  public var readPaths: [String] {
    guard secrets.value.delivery.value.readsVault, let vault = vault?.known else { return [] }
    var seen: Set<String> = []
    return secrets.value.entries.value.compactMap { entry in
      guard let path = entry.value.vault?.known, let location = vault.locate(path) else { return nil }
      return seen.insert(location.apiPath).inserted ? location.apiPath : nil
    }
  }

  /// The name of the policy of a login that names none. A Vault has one set of policy names, so that the gateway's stands first.
  public func derivedPolicyName(forLogin login: EntryName) -> String { "\(metadata.value.name.value)-\(login)" }

  /// The least that lets the secrets be read: one exact rule for each path.
  func derivedPolicy(named name: EntryName) -> Policy {
    Policy(name: name.text, rules: readPaths.map { PolicyRule(PathPattern($0), .read) })
  }

  /// The names of the policies that a login's token carries, besides `default`.
  public func policyNames(of login: NamedEntry<EntryName, VaultLogin>) -> [EntryName] {
    let written = login.value.policies
    if written.origin == .defaulted, let name = try? EntryName(parsing: derivedPolicyName(forLogin: login.name.value)) {
      return [name]
    }
    return written.value.map(\.value)
  }
}
