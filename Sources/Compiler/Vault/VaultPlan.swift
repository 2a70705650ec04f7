import GatewaySpec
import SourceDiagnostics
import Validators

/// What Vault must hold for the gateway, whoever brings it there: the script and the Terraform configuration say the same.
struct VaultPlan: Sendable {
  /// A value of the API, by the name that Vault gives it.
  struct Argument: Sendable {
    /// What a value is.
    enum Value: Sendable {
      case text(String)
      case list([String])
      case policies([String])
      case duration(SpecDuration)
    }

    let name: String
    let value: Value
    let origin: SourceSpan

    init(_ name: String, _ value: Value, from origin: SourceSpan) {
      self.name = name
      self.value = value
      self.origin = origin
    }
  }

  /// An auth method, mounted once however many logins use it.
  struct AuthMethod: Sendable {
    let method: VaultLoginMethod
    /// The path below `auth/`.
    let path: String
    let origin: SourceSpan
  }

  /// A login and the role that it takes.
  struct Login: Sendable {
    let entry: NamedEntry<EntryName, VaultLogin>
    let path: String
    let role: Setting<EntryName>
    let policies: [String]
    /// The arguments of the role; none for a login by token, which has no role.
    let arguments: [Argument]

    var method: VaultLoginMethod { entry.value.method.value }
  }

  /// A database in which Vault makes users.
  struct Connection: Sendable {
    let mount: NamedEntry<VaultMountPath, VaultMount>
    let entry: NamedEntry<EntryName, VaultDatabaseConnection>
    /// The roles that may use it.
    let roles: [NamedEntry<EntryName, VaultDatabaseRole>]

    /// The address for PostgreSQL, with Vault's placeholders for user and password.
    var url: String {
      let section = entry.value
      let database = section.database.value.text.utf8.map(Self.percentEncoded).joined()
      return "postgresql://{{username}}:{{password}}@\(section.host.value):\(section.port.value.number)/\(database)"
        + "?sslmode=\(section.tls.value.rawValue)"
    }

    private static func percentEncoded(_ byte: UInt8) -> String {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        return String(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
  }

  let vault: VaultSection
  let policies: [LoadedPolicy]
  let authMethods: [AuthMethod]
  let logins: [Login]
  let connections: [Connection]

  init(_ compilation: CompilationContext, _ vault: VaultSection) {
    self.vault = vault
    policies = compilation.validated.policies
    logins = vault.logins.value.map { Self.login($0, compilation) }
    var paths: Set<String> = []
    authMethods = logins.compactMap { login in
      guard login.method != .token, paths.insert(login.path).inserted else { return nil }
      let section = login.entry.value
      return AuthMethod(
        method: login.method, path: login.path, origin: section.mountPath?.span ?? section.method.span)
    }
    connections = vault.mounts.value.flatMap { mount in
      mount.value.connections.value.map { connection in
        let roles = mount.value.roles.value.filter { $0.value.connection.value == connection.name.value }
        return Connection(mount: mount, entry: connection, roles: roles)
      }
    }
  }

  private static func login(
    _ entry: NamedEntry<EntryName, VaultLogin>, _ compilation: CompilationContext
  ) -> Login {
    let section = entry.value
    let metadata = compilation.spec.metadata.value
    let account = section.serviceAccount?.value.text ?? metadata.name.value.text
    let accountOrigin = section.serviceAccount?.span ?? entry.name.span
    let policies = compilation.spec.policyNames(of: entry).map(\.text)
    var arguments: [Argument]
    switch section.method.value {
    case .kubernetes:
      arguments = [
        Argument("bound_service_account_names", .list([account]), from: accountOrigin),
        Argument(
          "bound_service_account_namespaces", .list([metadata.namespace.value.text]), from: metadata.namespace.span),
      ]
      if let audience = section.audience {
        arguments.append(Argument("audience", .text(audience.value.text), from: audience.span))
      }
    case .jwt:
      let subject = "system:serviceaccount:\(metadata.namespace.value):\(account)"
      arguments = [
        Argument("role_type", .text("jwt"), from: section.method.span),
        Argument("user_claim", .text("sub"), from: section.method.span),
        Argument("bound_subject", .text(subject), from: accountOrigin),
      ]
      if let audience = section.audience {
        arguments.append(Argument("bound_audiences", .list([audience.value.text]), from: audience.span))
      }
    case .approle: arguments = []
    case .token:
      return Login(entry: entry, path: "", role: entry.name, policies: policies, arguments: [])
    }
    arguments += [
      Argument("token_policies", .policies(policies), from: section.policies.span),
      Argument("token_ttl", .duration(section.tokenTTL.value), from: section.tokenTTL.span),
      Argument("token_max_ttl", .duration(longestLife(of: entry, compilation)), from: section.tokenTTL.span),
    ]
    return Login(
      entry: entry, path: section.effectiveMountPath, role: section.role ?? entry.name, policies: policies,
      arguments: arguments)
  }

  /// The runtime renews its token for up to a day; External Secrets Operator never renews one.
  private static func longestLife(
    of login: NamedEntry<EntryName, VaultLogin>, _ compilation: CompilationContext
  ) -> SpecDuration {
    let ttl = login.value.tokenTTL.value
    guard compilation.secrets.carriage == .vault, compilation.spec.secretLogin?.name.value == login.name.value else {
      return ttl
    }
    return max(ttl, .hours(24))
  }
}

extension VaultDatabaseRole {
  /// The SQL that makes a user. Of a role that names a group, a user with the rights of that group: what it makes belongs to
  /// the group and outlives it.
  var statements: [(sql: String, origin: SourceSpan)] {
    if let written = creationStatements { return written.value.map { ($0.value.text, $0.span) } }
    guard let memberOf else { return [] }
    let group = memberOf.value.text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    return [
      (
        #"CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE "\#(group)";"#,
        memberOf.span
      ),
      (#"ALTER ROLE "{{name}}" SET ROLE "\#(group)";"#, memberOf.span),
    ]
  }
}
