// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// Every secret that the gateway uses, declared once and referred to by name.
public struct SecretsSection: SpecSection {
  public static let summary: StaticString =
    "Every secret that the gateway uses, declared once and referred to by name."

  public let delivery: Setting<SecretDelivery>
  public let login: Setting<EntryName>?
  public let storeKind: Setting<SecretStoreKind>
  public let refreshInterval: Setting<SpecDuration>
  public let entries: Setting<NamedEntries<EntryName, SecretEntry>>

  public init(from fields: inout FieldReader) {
    delivery = fields.defaulted("delivery", "How secrets reach the gateway.", to: .environment)
    login = fields.optional("login", "The Vault login that reads them.", omission: "the only one")
    storeKind = fields.defaulted(
      "storeKind", "The kind of store that External Secrets Operator reads Vault through.", to: .secretStore)
    refreshInterval = fields.defaulted(
      "refreshInterval", "How often they are read from Vault again.", to: .hours(1))
    entries = fields.section("entries", "The secrets by name.")
  }
}

/// How secrets reach the gateway.
public enum SecretDelivery: String, SpecChoice {
  /// External Secrets Operator copies them into a Kubernetes Secret.
  case externalSecrets = "external-secrets"
  /// The runtime reads Vault itself.
  case vault
  /// Files in a folder, one a secret.
  case files
  /// Environment variables of the process.
  case environment

  public static var aliases: [String: SecretDelivery] {
    ["env": .environment, "eso": .externalSecrets, "external-secret": .externalSecrets]
  }

  /// Whether secrets come out of Vault.
  public var readsVault: Bool { self == .externalSecrets || self == .vault }
}

/// A kind of store of External Secrets Operator.
public enum SecretStoreKind: String, SpecChoice {
  /// One for the gateway's namespace.
  case secretStore = "SecretStore"
  /// One of the whole cluster, which serves the gateway's namespace alone: for clusters in which a namespace may not have
  /// a store.
  case clusterSecretStore = "ClusterSecretStore"

  public static var aliases: [String: SecretStoreKind] { ["namespace": .secretStore, "cluster": .clusterSecretStore] }
}

/// Where one secret comes from and under which name the process sees it.
public struct SecretEntry: SpecSection {
  public static let summary: StaticString = "Where one secret comes from and under which name the process sees it."

  public let vault: Setting<VaultPathText>?
  public let property: Setting<NonEmptyText>?
  public let env: Setting<EnvironmentVariableName>?
  public let rotation: Setting<SecretRotation>

  public init(from fields: inout FieldReader) {
    vault = fields.optional("vault", "Mount and path in Vault, as `vault kv get` takes them: without `data/`.")
    property = fields.optional("property", "The field of the secret at that path.", omission: "the whole secret")
    env = fields.optional(
      "env", "The environment variable that holds it.", omission: "its use or else its name, in upper case")
    rotation = fields.defaulted("rotation", "Whether it may change while the gateway runs.", to: .automatic)
  }
}

/// Whether a secret may change while the gateway runs.
public enum SecretRotation: String, SpecChoice {
  /// It may change at any time, and the change has to reach the process.
  case automatic
  /// It never changes: what it encrypts would be lost.
  case never

  public static var aliases: [String: SecretRotation] { ["auto": .automatic, "none": .never] }
}

/// A use of a secret, by its name in `secrets.entries`.
public struct SecretReference: SpecSection {
  public static let summary: StaticString = "A use of a secret, by its name in `secrets.entries`."

  public let secret: Setting<EntryName>

  public init(from fields: inout FieldReader) {
    secret = fields.required("secret", "The name of the secret.")
  }
}
