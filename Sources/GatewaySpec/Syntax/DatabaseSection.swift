// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// The PostgreSQL database.
public struct DatabaseSection: SpecSection {
  public static let summary: StaticString = "The PostgreSQL database."

  public let url: Setting<SecretReference>
  public let server: Setting<NetworkDestination>?
  public let tls: Setting<DatabaseTLS>
  public let migrate: Setting<DatabaseMigration>
  public let poolSize: Setting<Int>
  public let serverConnections: Setting<Int>?

  public init(from fields: inout FieldReader) {
    url = fields.required("url", "The secret that holds the connection URL.")
    server = fields.optional(
      "server", "Where it listens, for the network policy: the URL is a secret.", omission: "anywhere, on port 5432")
    tls = fields.defaulted("tls", "How far the server's certificate is checked (libpq `sslmode`).", to: .verifyFull)
    migrate = fields.defaulted("migrate", "Who brings the tables up to date.", to: .job)
    poolSize = fields.defaulted("poolSize", "Connections that one replica opens at most.", to: 10, in: 1...1000)
    serverConnections = fields.optional(
      "serverConnections", "Connections that the server leaves for the gateway.", in: 1...100_000)
  }
}

/// How far the certificate of the database server is checked; libpq's `sslmode`.
public enum DatabaseTLS: String, SpecChoice {
  case disable, require
  case verifyCA = "verify-ca"
  case verifyFull = "verify-full"
}

/// Who brings the tables of the database up to date.
public enum DatabaseMigration: String, SpecChoice {
  /// A Job, once, before the replicas start.
  case job
  /// Every replica when it starts.
  case start
}
