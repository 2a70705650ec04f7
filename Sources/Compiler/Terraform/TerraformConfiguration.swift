import Emitters
import GatewaySpec
import SourceDiagnostics
import VaultPolicy

/// A root module for the Vault provider. No secret is part of it, and none gets into its state: what must be told to Vault
/// comes from ephemeral variables and goes to write-only arguments, which Terraform has since 1.11.
///
/// Resources and arguments: documentation of the provider `hashicorp/vault`, release 5.10.
struct TerraformConfiguration {
  private let plan: VaultPlan
  private var names = TerraformNames()
  private var variableItems: [HCLItem] = []
  private var resourceItems: [HCLItem] = []

  init(_ plan: VaultPlan) {
    self.plan = plan
    let mounts = addMounts()
    addDatabases(mounts)
    let policies = addPolicies()
    addLogins(policies)
  }

  /// `versions.tf`
  var versions: HCLBody {
    let provider: HCLValue = ["source": "hashicorp/vault", "version": "~> 5.10"]
    return [
      .block(
        "terraform",
        body: [
          .attribute("required_version", ">= 1.11"),
          .block("required_providers", body: [.attribute("vault", provider)]),
        ]
      ).from(plan.vault.address.span),
      .block(
        "provider", "vault",
        body: [
          .attribute("address", .string(plan.vault.address.value.text)).from(plan.vault.address.span),
          plan.vault.namespace.map { .attribute("namespace", .string($0.value.text)).from($0.span) },
        ]
      ).from(plan.vault.address.span),
    ]
  }

  /// `variables.tf`: what the spec does not know.
  var variables: HCLBody { HCLBody(variableItems) }

  /// `vault.tf`
  var resources: HCLBody { HCLBody(resourceItems) }

  /// Adds the mounts; returns their addresses by path.
  private mutating func addMounts() -> [VaultMountPath: String] {
    var addresses: [VaultMountPath: String] = [:]
    for mount in plan.vault.mounts.value {
      let isKeyValue = mount.value.engine.value == .keyValue
      let address = add(
        "vault_mount", mount.name.value.text,
        [
          .attribute("path", .string(mount.name.value.text)),
          .attribute("type", .string(mount.value.engine.value.rawValue)).from(mount.value.engine.span),
          isKeyValue
            ? .attribute("options", ["version": .string(String(mount.value.version.value))])
              .from(mount.value.version.span) : nil,
        ], from: mount.name.span)
      addresses[mount.name.value] = address
    }
    return addresses
  }

  private mutating func addDatabases(_ mounts: [VaultMountPath: String]) {
    for connection in plan.connections {
      let section = connection.entry.value
      let name = connection.entry.name.value.text
      let path = "\(mounts[connection.mount.name.value] ?? "vault_mount.\(name)").path"
      let password = addVariable(
        "\(name)_password", from: connection.entry.name.span,
        summary: "The password of the database user \(section.username.value).", isSecret: true)
      let server: HCLBody = [
        .attribute("connection_url", .string(connection.url)).from(section.host.span),
        .attribute("username", .string(section.username.value.text)).from(section.username.span),
        .attribute("password_wo", .expression(password)),
        .attribute("password_wo_version", 1).commented("Count up to hand over a new password."),
      ]
      let address = add(
        "vault_database_secret_backend_connection", name,
        [
          .attribute("backend", .expression(path)),
          .attribute("name", .string(name)),
          .attribute("plugin_name", "postgresql-database-plugin"),
          .attribute("allowed_roles", .list(connection.roles.map { .string($0.name.value.text) }))
            .from(connection.mount.value.roles.span),
          .block("postgresql", body: server),
        ], from: connection.entry.name.span)
      for role in connection.roles {
        add(
          "vault_database_secret_backend_role", role.name.value.text,
          [
            .attribute("backend", .expression(path)),
            .attribute("name", .string(role.name.value.text)),
            .attribute("db_name", .expression("\(address).name")).from(role.value.connection.span),
            .attribute("creation_statements", .list(role.value.statements.map { .string($0.sql) }))
              .from(role.value.statements.first?.origin),
            .attribute("default_ttl", role.value.ttl.seconds).from(role.value.ttl.span),
            .attribute("max_ttl", role.value.maxTTL.seconds).from(role.value.maxTTL.span),
          ], from: role.name.span)
      }
    }
  }

  /// Adds the policies; returns their addresses by name.
  private mutating func addPolicies() -> [String: String] {
    var addresses: [String: String] = [:]
    for policy in plan.policies {
      let text = PolicyPrinter.text(of: Policy(name: policy.name.value.text, rules: policy.policy.rules))
      addresses[policy.name.value.text] = add(
        "vault_policy", policy.name.value.text,
        [.attribute("name", .string(policy.name.value.text)), .attribute("policy", .string(text))],
        from: policy.name.span)
    }
    return addresses
  }

  private mutating func addLogins(_ policies: [String: String]) {
    var backends: [String: String] = [:]
    for auth in plan.authMethods { backends[auth.path] = addAuthMethod(auth) }
    for login in plan.logins {
      guard let kind = login.method.roleResource, let backend = backends[login.path] else { continue }
      let roleID = login.method == .approle ? login.entry.value.roleID : nil
      let head: [HCLItem?] = [
        .attribute("backend", .expression("\(backend).path")),
        .attribute("role_name", .string(login.role.value.text)).from(login.role.span),
        roleID.map { .attribute("role_id", .string($0.value.text)).from($0.span) },
      ]
      let arguments = login.arguments.map { argument in
        HCLItem.attribute(argument.name, argument.value.hcl(policies)).from(argument.origin)
      }
      add(kind, login.role.value.text, head + arguments, from: login.entry.name.span)
    }
  }

  /// Adds an auth method and its configuration; returns the address of what has its path.
  private mutating func addAuthMethod(_ auth: VaultPlan.AuthMethod) -> String {
    if auth.method == .jwt {
      let issuer = addVariable(
        "\(auth.path)_oidc_issuer", from: auth.origin,
        summary: "The issuer of the cluster's ServiceAccount tokens, an https address.")
      return add(
        "vault_jwt_auth_backend", auth.path,
        [.attribute("path", .string(auth.path)), .attribute("oidc_discovery_url", .expression(issuer))],
        from: auth.origin)
    }
    let address = add(
      "vault_auth_backend", auth.path,
      [.attribute("type", .string(auth.method.rawValue)), .attribute("path", .string(auth.path))], from: auth.origin)
    guard auth.method == .kubernetes else { return address }
    let host = addVariable(
      "\(auth.path)_host", from: auth.origin, summary: "The https address of the API server, as Vault reaches it.",
      fallback: "https://kubernetes.default.svc")
    let authority = addVariable(
      "\(auth.path)_ca_cert", from: auth.origin,
      summary: "The API server's certificate authority in PEM; none for a Vault in a pod of that cluster.",
      fallback: .null)
    let reviewer = addVariable(
      "\(auth.path)_token_reviewer_jwt", from: auth.origin,
      summary: "A lasting token with the ClusterRole system:auth-delegator; none for a Vault in a pod of that cluster.",
      fallback: .null, isSecret: true)
    add(
      "vault_kubernetes_auth_backend_config", auth.path,
      [
        .attribute("backend", .expression("\(address).path")),
        .attribute("kubernetes_host", .expression(host)),
        .attribute("kubernetes_ca_cert", .expression(authority)),
        .attribute("token_reviewer_jwt_wo", .expression(reviewer)),
        .attribute("token_reviewer_jwt_wo_version", 1).commented("Count up to hand over a new token."),
      ], from: auth.origin)
    return address
  }

  /// Adds a resource; returns its address.
  @discardableResult
  private mutating func add(
    _ kind: String, _ name: String, _ items: [HCLItem?], from origin: SourceSpan
  ) -> String {
    let label = names.label(for: name, in: kind)
    resourceItems.append(
      .block("resource", kind, label, body: HCLBody(items.compactMap(\.self))).from(origin))
    return "\(kind).\(label)"
  }

  /// Adds a variable, once; returns the expression that stands for it.
  private mutating func addVariable(
    _ name: String, from origin: SourceSpan, summary: String, fallback: HCLValue? = nil, isSecret: Bool = false
  ) -> String {
    let label = TerraformNames.identifier(name)
    guard names.isNew(label, in: "variable") else { return "var.\(label)" }
    let body: HCLBody = [
      .attribute("description", .string(summary)),
      .attribute("type", .expression("string")),
      fallback.map { .attribute("default", $0) },
      isSecret ? .attribute("ephemeral", true) : nil,
      isSecret ? .attribute("sensitive", true) : nil,
    ]
    variableItems.append(.block("variable", label, body: body).from(origin))
    return "var.\(label)"
  }
}

/// Gives out the labels of resources, none twice for one kind.
private struct TerraformNames {
  private var taken: Set<String> = []

  /// Whether a label has not been given out before; from now on it has.
  mutating func isNew(_ label: String, in kind: String) -> Bool { taken.insert("\(kind).\(label)").inserted }

  mutating func label(for name: String, in kind: String) -> String {
    let base = Self.identifier(name)
    var label = base
    var number = 2
    while !isNew(label, in: kind) {
      label = "\(base)_\(number)"
      number += 1
    }
    return label
  }

  /// A name as an identifier of Terraform.
  static func identifier(_ name: String) -> String {
    let letters = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return letters.first.map { $0.isLetter || $0 == "_" } == true ? letters : "_" + letters
  }
}

extension VaultLoginMethod {
  /// The provider's resource for a role of the method; a token has none.
  fileprivate var roleResource: String? {
    switch self {
    case .kubernetes: "vault_kubernetes_auth_backend_role"
    case .jwt: "vault_jwt_auth_backend_role"
    case .approle: "vault_approle_auth_backend_role"
    case .token: nil
    }
  }
}

extension VaultPlan.Argument.Value {
  /// The value as the provider takes it: times are seconds, and a policy that stands here too is referred to.
  fileprivate func hcl(_ policies: [String: String]) -> HCLValue {
    switch self {
    case .text(let text): .string(text)
    case .policies(let names):
      .list(names.map { name in policies[name].map { .expression("\($0).name") } ?? .string(name) })
    case .list(let elements): .list(elements.map(HCLValue.string))
    case .duration(let duration): .integer(Int(duration.secondsRoundedUp))
    }
  }
}

extension Setting<SpecDuration> {
  /// Whole seconds.
  fileprivate var seconds: HCLValue { .integer(Int(value.secondsRoundedUp)) }
}
