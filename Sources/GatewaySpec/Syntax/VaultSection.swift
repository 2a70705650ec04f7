// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import VaultPolicy

/// The Vault server: its mounts, policies and logins.
public struct VaultSection: SpecSection {
  public static let summary: StaticString = "The Vault server: its mounts, policies and logins."

  public let address: Setting<WebURL>
  public let namespace: Setting<NonEmptyText>?
  public let ca: Setting<CertificateSource>?
  public let mounts: Setting<NamedEntries<VaultMountPath, VaultMount>>
  public let policies: Setting<NamedEntries<EntryName, VaultPolicySection>>
  public let logins: Setting<NamedEntries<EntryName, VaultLogin>>

  public init(from fields: inout FieldReader) {
    address = fields.required("address", "The address of the server, without `/v1`.")
    namespace = fields.optional("namespace", "The Vault namespace (Enterprise, OpenBao).")
    ca = fields.optional(
      "ca", "The certificate authority that signs the server's certificate.", omission: "a public one")
    mounts = fields.section("mounts", "The secrets engines that are used, by path.")
    policies = fields.section("policies", "The policies: written out, in a file, or left out and then derived.")
    logins = fields.section("logins", "Who logs in, how, and with which policies.")
  }
}

extension VaultSection {
  /// Where the authority is found; `nil` for a public one, which every trust store knows.
  public var privateAuthority: Setting<CertificateSource>? { ca?.value.system?.value == true ? nil : ca }
}

/// Where a certificate authority is found in the cluster.
public struct CertificateSource: SpecSection {
  public static let summary: StaticString =
    "A ConfigMap or Secret that holds a certificate authority in PEM, or the system's trust store."

  public let configMap: Setting<KubernetesSubdomain>?
  public let secret: Setting<KubernetesSubdomain>?
  public let system: Setting<Bool>?
  public let key: Setting<SecretDataKey>

  public init(from fields: inout FieldReader) {
    configMap = fields.optional("configMap", "The ConfigMap that holds it.")
    secret = fields.optional("secret", "The Secret that holds it.")
    system = fields.optional("system", "Whether a public authority signs, which the system's trust store knows.")
    key = fields.defaulted("key", "The key in it.", to: SecretDataKey(constant: "ca.crt"))
    fields.exclusive(
      [
        ("configMap", configMap?.keySpan), ("secret", secret?.keySpan),
        ("system", system.flatMap { $0.value ? $0.keySpan : nil }),
      ], isRequired: true,
      reason: "the certificate is read from one place")
  }
}

/// A secrets engine mounted in Vault.
public struct VaultMount: SpecSection {
  public static let summary: StaticString = "A secrets engine mounted in Vault."

  public let engine: Setting<VaultEngineType>
  public let version: Setting<Int>
  public let connections: Setting<NamedEntries<EntryName, VaultDatabaseConnection>>
  public let roles: Setting<NamedEntries<EntryName, VaultDatabaseRole>>

  public init(from fields: inout FieldReader) {
    engine = fields.defaulted("engine", "The kind of engine.", to: .keyValue)
    version = fields.defaulted("version", "The version of a key-value engine.", to: 2, in: 1...2)
    connections = fields.section("connections", "The databases in which a database engine makes users.")
    roles = fields.section("roles", "What a user that a database engine makes may do, and for how long.")
  }
}

/// A PostgreSQL server in which Vault makes users.
public struct VaultDatabaseConnection: SpecSection {
  public static let summary: StaticString = "A PostgreSQL server in which Vault makes users."

  public let host: Setting<HostName>
  public let port: Setting<Port>
  public let database: Setting<NonEmptyText>
  public let tls: Setting<DatabaseTLS>
  public let username: Setting<NonEmptyText>

  public init(from fields: inout FieldReader) {
    host = fields.required("host", "The host name of the server.")
    port = fields.defaulted("port", "The port that it listens on.", to: Port(constant: "5432"))
    database = fields.required("database", "The name of the database.")
    tls = fields.defaulted(
      "tls", "How far Vault checks the server's certificate (libpq `sslmode`).", to: .verifyFull)
    username = fields.required(
      "username", "The user as which Vault logs in to make others; its password is told to Vault alone.")
  }
}

/// A role of Vault's database engine: what is read at `MOUNT/creds/NAME`.
public struct VaultDatabaseRole: SpecSection {
  public static let summary: StaticString =
    "A kind of database user that Vault makes at each read of `MOUNT/creds/NAME`."

  public let connection: Setting<EntryName>
  public let memberOf: Setting<NonEmptyText>?
  public let creationStatements: Setting<SpecList<NonEmptyText>>?
  public let ttl: Setting<SpecDuration>
  public let maxTTL: Setting<SpecDuration>

  public init(from fields: inout FieldReader) {
    connection = fields.required("connection", "The name of the connection in `connections`.")
    memberOf = fields.optional("memberOf", "The database role whose rights each user gets.")
    creationStatements = fields.optional(
      "creationStatements", "The SQL that makes a user, with Vault's `{{name}}`, `{{password}}` and `{{expiration}}`.")
    ttl = fields.defaulted("ttl", "How long a user lives unless it is renewed.", to: .hours(1))
    maxTTL = fields.defaulted("maxTTL", "How long it lives at most.", to: .hours(24))
    fields.exclusive(
      [("memberOf", memberOf?.keySpan), ("creationStatements", creationStatements?.keySpan)], isRequired: true,
      reason: "a user is made by one text of SQL")
  }
}

/// A kind of Vault secrets engine.
public enum VaultEngineType: String, SpecChoice {
  case keyValue = "kv"
  case database

  public static var aliases: [String: VaultEngineType] { ["kv-v2": .keyValue, "kv-v1": .keyValue] }
}

/// A Vault policy.
public struct VaultPolicySection: SpecSection {
  public static let summary: StaticString = "A Vault policy: rules written out, or a file beside the spec."

  public let paths: Setting<SpecList<VaultRuleSection>>?
  public let file: Setting<FilePathText>?

  public init(from fields: inout FieldReader) {
    paths = fields.optional("paths", "The rules.", omission: "derived from the secrets that are read")
    file = fields.optional("file", "A file with the policy in HCL, relative to the spec.")
    fields.exclusive(
      [("paths", paths?.keySpan), ("file", file?.keySpan)], isRequired: false,
      reason: "a policy comes from one place")
  }
}

/// One rule of a Vault policy.
public struct VaultRuleSection: SpecSection {
  public static let summary: StaticString = "One rule of a Vault policy."

  public let path: Setting<VaultPolicyPath>
  public let capabilities: Setting<SpecList<VaultCapability>>

  public init(from fields: inout FieldReader) {
    path = fields.required(
      "path", "The API path, with `data/` for a KV v2 mount; `*` at the end and `+` are wildcards.")
    capabilities = fields.required("capabilities", "What may be done there.")
  }
}

/// What a Vault policy may grant on a path.
public typealias VaultCapability = Capability

extension Capability: SpecChoice {
  public static var placeholder: Capability { .read }

  public static var hints: [String: String] {
    [
      "write": "Vault has no capability `write`: write `create` and `update`",
      "root": "Vault has no capability `root`: a token has the policy `root` or it has not",
    ]
  }
}

/// Who logs in to Vault, how, and with which policies.
public struct VaultLogin: SpecSection {
  public static let summary: StaticString = "Who logs in to Vault, how, and with which policies."

  public let method: Setting<VaultLoginMethod>
  public let mountPath: Setting<VaultMountPath>?
  public let role: Setting<EntryName>?
  public let serviceAccount: Setting<KubernetesSubdomain>?
  public let audience: Setting<NonEmptyText>?
  public let tokenTTL: Setting<SpecDuration>
  public let policies: Setting<SpecList<EntryName>>
  public let roleID: Setting<NonEmptyText>?
  public let credential: Setting<SecretKeyReference>?

  public init(from fields: inout FieldReader) {
    method = fields.defaulted("method", "How it proves who it is.", to: .kubernetes)
    mountPath = fields.optional("mountPath", "Where the auth method is mounted.", omission: "the name of the method")
    role = fields.optional("role", "The role of the auth method (kubernetes, jwt, approle).")
    serviceAccount = fields.optional(
      "serviceAccount", "The ServiceAccount whose token is shown (kubernetes, jwt).")
    audience = fields.optional("audience", "The audience of that token (kubernetes, jwt).")
    tokenTTL = fields.defaulted("tokenTTL", "How long the Vault token lives.", to: .minutes(20))
    policies = fields.section("policies", "The policies that its token carries, besides `default`.")
    roleID = fields.optional("roleID", "The role id (approle).")
    credential = fields.optional(
      "credential", "The Kubernetes Secret that holds the token (token) or the secret id (approle).")
  }

  /// The path of the auth method below `auth/`.
  public var effectiveMountPath: String { mountPath?.value.text ?? method.value.rawValue }
}

/// How a client proves to Vault who it is.
public enum VaultLoginMethod: String, SpecChoice {
  case kubernetes, approle, jwt, token

  /// Whether it shows the token of a ServiceAccount.
  public var usesServiceAccount: Bool { self == .kubernetes || self == .jwt }
}

/// A key of a Kubernetes Secret that is made by hand.
public struct SecretKeyReference: SpecSection {
  public static let summary: StaticString = "A key of a Kubernetes Secret that stands outside this spec."

  public let name: Setting<KubernetesSubdomain>
  public let key: Setting<SecretDataKey>

  public init(from fields: inout FieldReader) {
    name = fields.required("name", "The name of the Secret.")
    key = fields.required("key", "The key in it.")
  }
}
