import GatewaySpec
import SourceDiagnostics

/// How each secret gets to the process: its place in Vault, the Kubernetes object that carries it and the name under which
/// the process finds it.
struct SecretPlan: Sendable {
  /// How the container finds its secrets.
  enum Carriage: Sendable {
    /// Environment variables, fixed when the container starts.
    case environment
    /// Files, which change under the running process.
    case files
    /// The runtime reads Vault.
    case vault
  }

  /// One secret.
  struct Item: Sendable {
    let entry: NamedEntry<EntryName, SecretEntry>
    /// The environment variable or file.
    let variable: String
    /// Where it lies in Vault; `nil` if it does not, or nobody reads it there.
    let location: VaultLocation?
    /// The Kubernetes Secret that holds it, under the key ``variable``.
    let secretName: String

    var origin: SourceSpan { entry.name.span }

    /// Whether it lies in a key-value mount, where somebody has to put it.
    var isPutIntoVault: Bool { location?.mount.value.engine.value == .keyValue }
  }

  /// The secrets that External Secrets Operator reads together: those of one key-value mount, or those of one path of an
  /// engine that makes new credentials at each read.
  struct Group: Sendable {
    /// The name of the store or generator, of the ExternalSecret and of the Secret.
    let name: String
    let mount: NamedEntry<VaultMountPath, VaultMount>
    /// The path of a read for dynamic credentials; `nil` for a key-value mount.
    let dynamicPath: String?
    var items: [Item]
  }

  /// The secrets in the order of the spec.
  let items: [Item]
  /// What External Secrets Operator reads.
  let groups: [Group]
  let carriage: Carriage
  private let indexByName: [EntryName: Int]

  init(_ spec: GatewaySpec) {
    let secrets = spec.secrets.value
    let engine = spec.engine.value.descriptor
    // Wherever a Secret comes from, an engine that takes files gets files: no other process of the node reads them.
    carriage =
      if secrets.delivery.value == .vault, engine.readsVault {
        .vault
      } else {
        engine.readsSecretFiles ? .files : .environment
      }
    var usesBySecret: [EntryName: [SecretUse]] = [:]
    for use in spec.secretUses { usesBySecret[use.secret.value, default: []].append(use) }

    let isCopied = secrets.delivery.value == .externalSecrets
    let vault = secrets.delivery.value.readsVault ? spec.vault?.value : nil
    var names = NameSupply(prefix: spec.metadata.value.name.value.text)
    var groups: [Group] = []
    var groupIndex: [String: Int] = [:]
    var items: [Item] = []
    items.reserveCapacity(secrets.entries.value.count)
    for entry in secrets.entries.value {
      let location = entry.value.vault.flatMap { path in vault?.locate(path.value) }
      let variable = spec.environmentVariable(of: entry, uses: usesBySecret[entry.name.value] ?? []).text
      guard isCopied, let location else {
        items.append(Item(entry: entry, variable: variable, location: location, secretName: names.shared))
        continue
      }
      let dynamicPath = location.mount.value.engine.value == .keyValue ? nil : location.apiPath
      let source = dynamicPath ?? location.mount.name.value.text
      let index = groupIndex[source] ?? groups.count
      if index == groups.count {
        groupIndex[source] = index
        groups.append(
          Group(name: names.name(for: source), mount: location.mount, dynamicPath: dynamicPath, items: []))
      }
      let item = Item(entry: entry, variable: variable, location: location, secretName: groups[index].name)
      groups[index].items.append(item)
      items.append(item)
    }
    self.items = items
    self.groups = groups
    indexByName = Dictionary(
      items.enumerated().map { ($1.entry.name.value, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The secret of that name.
  subscript(name: EntryName) -> Item? { indexByName[name].map { items[$0] } }

  /// The secret that a reference names.
  subscript(reference: Setting<SecretReference>?) -> Item? { reference.flatMap { self[$0.value.secret.value] } }
}

/// Gives out names of Kubernetes objects, none twice.
private struct NameSupply {
  let prefix: String
  private var taken: Set<String>

  init(prefix: String) {
    self.prefix = prefix
    taken = [prefix + "-secrets"]
  }

  /// The Secret that stands outside the spec.
  var shared: String { prefix + "-secrets" }

  /// A name for what lies at a path in Vault. Names have up to 253 characters, and only those of DNS.
  mutating func name(for path: String) -> String {
    let allowed = path.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let words = String(allowed).split(separator: "-").joined(separator: "-")
    let base = "\(prefix)-\(words.isEmpty ? "vault" : String(words.prefix(150)))"
    var name = base
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }
}
