import Emitters
import GatewaySpec
import SourceDiagnostics

/// The shell script that prepares Vault: mounts, policies, auth methods and roles. It can run any number of times, and no
/// secret stands in it, in an argument of it, or in the history of a shell.
struct VaultSetupScript {
  private let compilation: CompilationContext
  private let plan: VaultPlan
  private var script = LinedText()

  init(_ compilation: CompilationContext, _ plan: VaultPlan) {
    self.compilation = compilation
    self.plan = plan
    addStart()
    addMounts()
    addDatabases()
    addPolicies()
    addLogins()
    VaultSecretAdvice.append(to: &script, compilation)
  }

  /// The script.
  var text: EmittedText { script.emitted }

  private mutating func addStart() {
    let vault = plan.vault
    script.append(
      """
      #!/bin/sh
      # \(compilation.header)
      #
      # Prepares Vault for the gateway; safe to run again. It needs the command `vault`, logged in (VAULT_TOKEN or
      # `vault login`) with the right to manage mounts, policies and auth methods.
      set -eu
      cd "$(dirname "$0")"
      """)
    script.append("export VAULT_ADDR=\(Shell.quoted(vault.address.value.text))", from: vault.address.span)
    if let namespace = vault.namespace {
      script.append("export VAULT_NAMESPACE=\(Shell.quoted(namespace.value.text))", from: namespace.span)
    }
  }

  /// Only what the script uses stands in it.
  private mutating func addMounts() {
    let mounts = plan.vault.mounts.value
    guard !mounts.isEmpty else { return }
    script.append(
      #"""

      # has_mount PATH: whether a secrets engine is mounted there.
      has_mount() { vault secrets list -format=json | grep -qF "\"$1/\":"; }
      """#)
    if mounts.contains(where: { $0.value.engine.value == .keyValue }) {
      script.append(
        #"""
        # kv_mount PATH VERSION: mounts a key-value engine, or makes sure that the one there has this version, for the versions
        # have other API paths and every policy below speaks of them.
        kv_mount() {
          if has_mount "$1"; then
            version=1
            if vault read -format=json "sys/mounts/$1" | grep -q '"version": *"2"'; then version=2; fi
            if [ "$version" != "$2" ]; then
              echo "error: the mount $1 is no key-value engine of version $2" >&2
              exit 1
            fi
          else
            vault secrets enable -path="$1" -version="$2" kv
          fi
        }
        """#)
    }
    script.append("\n# Secrets engines")
    for mount in mounts {
      let path = Shell.quoted(mount.name.value.text)
      switch mount.value.engine.value {
      case .keyValue: script.append("kv_mount \(path) \(mount.value.version.value)", from: mount.name.span)
      case .database:
        script.append("has_mount \(path) || vault secrets enable -path=\(path) database", from: mount.name.span)
      }
    }
  }

  /// Connections and roles of database engines. The password is asked for once; after that it can be left to Vault alone.
  private mutating func addDatabases() {
    for connection in plan.connections {
      let section = connection.entry.value
      let name = connection.entry.name.value.text
      let mount = connection.mount.name.value.text
      let path = Shell.quoted("\(mount)/config/\(name)")
      let variable = Self.variable(name) + "_PASSWORD_FILE"
      let user = Shell.comment(section.username.value.text)
      script.append(
        #"""

        # Database \#(name). The first run needs \#(variable), the absolute path of a file with the password of
        # the user \#(user), without a line end. Afterwards Vault can make up a new one that nobody else knows:
        #   vault write -f \#(Shell.quoted("\(mount)/rotate-root/\(name)"))
        vault read \#(path) >/dev/null 2>&1 || : "${\#(variable):?the file with the password of the database user}"
        """#, from: connection.entry.name.span)
      add(
        "vault write \(path)",
        [
          word("plugin_name", "postgresql-database-plugin", from: connection.entry.name.span),
          word(
            "allowed_roles", connection.roles.map(\.name.value.text).joined(separator: ","),
            from: connection.mount.value.roles.span),
          word("connection_url", connection.url, from: section.host.span),
          word("username", section.username.value.text, from: section.username.span),
          ("${\(variable):+password=@\"$\(variable)\"}", connection.entry.name.span),
        ], from: connection.entry.name.span)
      for role in connection.roles {
        let statements = role.value.statements.map { word("creation_statements", $0.sql, from: $0.origin) }
        add(
          "vault write \(Shell.quoted("\(mount)/roles/\(role.name.value)"))",
          [word("db_name", name, from: role.value.connection.span)] + statements + [
            word("default_ttl", role.value.ttl.value.goText, from: role.value.ttl.span),
            word("max_ttl", role.value.maxTTL.value.goText, from: role.value.maxTTL.span),
          ], from: role.name.span)
      }
    }
  }

  private mutating func addPolicies() {
    guard !plan.policies.isEmpty else { return }
    script.append("\n# Policies")
    for policy in plan.policies {
      let name = policy.name.value.text
      script.append("vault policy write \(Shell.quoted(name)) \(Shell.quoted(name + ".hcl"))", from: policy.name.span)
    }
  }

  private mutating func addLogins() {
    if !plan.authMethods.isEmpty {
      script.append(
        #"""

        # has_auth PATH: whether an auth method is mounted there.
        has_auth() { vault auth list -format=json | grep -qF "\"$1/\":"; }
        """#)
    }
    for method in plan.authMethods { addAuthMethod(method) }
    for login in plan.logins { addLogin(login) }
  }

  /// Enables an auth method and configures it. What is there already stays as it is, for others may use it too; either step
  /// is made up for if an earlier run failed before it.
  private mutating func addAuthMethod(_ auth: VaultPlan.AuthMethod) {
    let quoted = Shell.quoted(auth.path)
    let configuration = Shell.quoted("auth/\(auth.path)/config")
    script.append(
      "\n# Auth method \(auth.path)\nhas_auth \(quoted) || vault auth enable -path=\(quoted) \(auth.method.rawValue)",
      from: auth.origin)
    switch auth.method {
    case .kubernetes:
      script.append(
        #"""
        # Vault in a pod of this cluster needs none of these variables: it uses the certificate authority and the token of its
        # pod, whose account needs the ClusterRole system:auth-delegator. Any other Vault needs KUBERNETES_HOST, the https
        # address of the API server, and two files by their absolute paths: KUBERNETES_CA_CERT_FILE, its certificate authority,
        # and TOKEN_REVIEWER_JWT_FILE, a lasting token of an account with that ClusterRole.
        vault read \#(configuration) >/dev/null 2>&1 || vault write \#(configuration) \
          kubernetes_host="${KUBERNETES_HOST:-https://kubernetes.default.svc}" \
          ${KUBERNETES_CA_CERT_FILE:+kubernetes_ca_cert=@"$KUBERNETES_CA_CERT_FILE"} \
          ${TOKEN_REVIEWER_JWT_FILE:+token_reviewer_jwt=@"$TOKEN_REVIEWER_JWT_FILE"}
        """#, from: auth.origin)
    case .jwt:
      script.append(
        #"""
        # Vault checks the tokens by the keys of the cluster that signs them.
        vault read \#(configuration) >/dev/null 2>&1 || vault write \#(configuration) \
          oidc_discovery_url="${OIDC_ISSUER:?the issuer of the ServiceAccount tokens, an https address}"
        """#, from: auth.origin)
    case .approle, .token: break
    }
  }

  private mutating func addLogin(_ login: VaultPlan.Login) {
    let section = login.entry.value
    script.append("\n# Login \(login.entry.name.value)", from: login.entry.name.span)
    if login.method == .token {
      let flags = login.policies.map { "-policy=\(Shell.quoted($0))" }.joined(separator: " ")
      script.append(
        """
        # A token that is renewed for as long as its period; it goes to the Secret that `credential` names:
        #   vault token create -orphan -field=token -period=\(section.tokenTTL.value.goText) \(flags)
        """, from: login.entry.name.span)
      return
    }
    let role = "auth/\(login.path)/role/\(login.role.value)"
    add(
      "vault write \(Shell.quoted(role))",
      login.arguments.map { word($0.name, $0.value.shellText, from: $0.origin) }, from: login.role.span)
    guard login.method == .approle else { return }
    if let roleID = section.roleID {
      script.append(
        "vault write \(Shell.quoted(role + "/role-id")) \(Shell.argument("role_id", roleID.value.text))",
        from: roleID.span)
    }
    if let credential = section.credential {
      script.append(
        """
        # A secret id goes to the Secret that `credential` names, past screen and history:
        #   (umask 077; vault write -f -field=secret_id \(Shell.quoted(role + "/secret-id")) >FILE)
        #   kubectl create secret generic \(credential.value.name.value) --from-file=\(credential.value.key.value)=FILE
        """, from: credential.span)
    }
  }

  private typealias Word = (text: String, origin: SourceSpan)

  private func word(_ name: String, _ value: String, from origin: SourceSpan) -> Word {
    (Shell.argument(name, value), origin)
  }

  /// A command with one argument a line.
  private mutating func add(_ command: String, _ words: [Word], from origin: SourceSpan) {
    script.append("\(command) \\", from: origin)
    for (index, word) in words.enumerated() {
      script.append("  \(word.text)\(index == words.count - 1 ? "" : " \\")", from: word.origin)
    }
  }

  /// A name as part of an environment variable.
  private static func variable(_ name: String) -> String {
    String(name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}

extension VaultPlan.Argument.Value {
  /// The value as Vault's command line takes it.
  fileprivate var shellText: String {
    switch self {
    case .text(let text): text
    case .list(let elements), .policies(let elements): elements.joined(separator: ",")
    case .duration(let duration): duration.goText
    }
  }
}
