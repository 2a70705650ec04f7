import Emitters
import GatewaySpec
import SourceDiagnostics
import Validators

/// The shell script that prepares Vault: mounts, policies, auth methods and roles. It can run any number of times, and no
/// secret stands in it, in an argument of it, or in the history of a shell.
struct VaultSetupScript {
  private let compilation: CompilationContext
  private let vault: VaultSection
  private var script = LinedText()

  init(_ compilation: CompilationContext, _ vault: VaultSection) {
    self.compilation = compilation
    self.vault = vault
    addStart()
    addMounts()
    addPolicies()
    addLogins()
    addSecrets()
  }

  /// The script.
  var text: EmittedText { script.emitted }

  private mutating func addStart() {
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
    script.append(
      """

      # has_mount PATH, has_auth PATH: whether something is mounted there.
      has_mount() { vault secrets list -format=json | grep -qF "\\"$1/\\":"; }
      has_auth() { vault auth list -format=json | grep -qF "\\"$1/\\":"; }
      """)
  }

  private mutating func addMounts() {
    guard !vault.mounts.value.isEmpty else { return }
    script.append("\n# Secrets engines")
    for mount in vault.mounts.value {
      let path = Shell.quoted(mount.name.value.text)
      let engine =
        mount.value.engine.value == .keyValue
        ? "-version=\(mount.value.version.value) kv" : mount.value.engine.value.rawValue
      script.append("has_mount \(path) || vault secrets enable -path=\(path) \(engine)", from: mount.name.span)
    }
  }

  private mutating func addPolicies() {
    let policies = compilation.validated.policies
    guard !policies.isEmpty else { return }
    script.append("\n# Policies")
    for policy in policies {
      let name = policy.name.value.text
      script.append("vault policy write \(Shell.quoted(name)) \(Shell.quoted(name + ".hcl"))", from: policy.name.span)
    }
  }

  private mutating func addLogins() {
    var enabled: Set<String> = []
    for login in vault.logins.value {
      script.append("\n# Login \(login.name.value)", from: login.name.span)
      let method = login.value.method.value
      let path = login.value.effectiveMountPath
      if method != .token, enabled.insert(path).inserted {
        addAuthMethod(method, at: path, from: login.value.mountPath?.span ?? login.value.method.span)
      }
      addRole(of: login, at: path)
    }
  }

  /// Enables an auth method and configures it. What is there already stays as it is, for others may use it too; either step
  /// is made up for if an earlier run failed before it.
  private mutating func addAuthMethod(_ method: VaultLoginMethod, at path: String, from origin: SourceSpan) {
    let quoted = Shell.quoted(path)
    let configuration = Shell.quoted("auth/\(path)/config")
    script.append("has_auth \(quoted) || vault auth enable -path=\(quoted) \(method.rawValue)", from: origin)
    switch method {
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
        """#, from: origin)
    case .jwt:
      script.append(
        #"""
        # Vault checks the tokens by the keys of the cluster that signs them.
        vault read \#(configuration) >/dev/null 2>&1 || vault write \#(configuration) \
          oidc_discovery_url="${OIDC_ISSUER:?the issuer of the ServiceAccount tokens, an https address}"
        """#, from: origin)
    case .approle, .token: break
    }
  }

  private mutating func addRole(of login: NamedEntry<EntryName, VaultLogin>, at path: String) {
    let section = login.value
    let namespace = compilation.spec.metadata.value.namespace.value.text
    let account = section.serviceAccount?.value.text ?? compilation.spec.metadata.value.name.value.text
    let role = section.role ?? login.name
    let policies = GatewaySpec.policyNames(of: login).map(\.text).joined(separator: ",")
    typealias Argument = (name: String, value: String, origin: SourceSpan)
    var arguments: [Argument] = []
    switch section.method.value {
    case .kubernetes:
      let origin = section.serviceAccount?.span ?? login.name.span
      arguments.append(("bound_service_account_names", account, origin))
      arguments.append(
        ("bound_service_account_namespaces", namespace, compilation.spec.metadata.value.namespace.span))
      if let audience = section.audience { arguments.append(("audience", audience.value.text, audience.span)) }
    case .jwt:
      arguments.append(("role_type", "jwt", section.method.span))
      arguments.append(("user_claim", "sub", section.method.span))
      arguments.append(
        (
          "bound_subject", "system:serviceaccount:\(namespace):\(account)",
          section.serviceAccount?.span ?? login.name.span
        ))
      if let audience = section.audience { arguments.append(("bound_audiences", audience.value.text, audience.span)) }
    case .approle: break
    case .token:
      script.append(
        """
        # A token that is renewed for as long as its period; it goes to the Secret that `credential` names:
        #   vault token create -orphan -field=token -period=\(section.tokenTTL.value.goText) \(policyFlags(policies))
        """, from: login.name.span)
      return
    }
    arguments.append(("token_policies", policies, section.policies.span))
    arguments.append(("token_ttl", section.tokenTTL.value.goText, section.tokenTTL.span))
    arguments.append(("token_max_ttl", longestLife(of: login).goText, section.tokenTTL.span))
    script.append("vault write \(Shell.quoted("auth/\(path)/role/\(role.value.text)")) \\", from: role.span)
    for (index, argument) in arguments.enumerated() {
      let end = index == arguments.count - 1 ? "" : " \\"
      script.append("  \(argument.name)=\(Shell.quoted(argument.value))\(end)", from: argument.origin)
    }
    if section.method.value == .approle, let credential = section.credential {
      let write = "auth/\(path)/role/\(role.value.text)"
      script.append(
        """
        # The role id belongs under `roleID` of the login, a secret id into the Secret \(credential.value.name.value.text):
        #   vault read -field=role_id \(Shell.quoted(write + "/role-id"))
        #   vault write -f -field=secret_id \(Shell.quoted(write + "/secret-id"))
        """, from: credential.span)
    }
  }

  private func policyFlags(_ policies: String) -> String {
    policies.split(separator: ",").map { "-policy=\(Shell.quoted(String($0)))" }.joined(separator: " ")
  }

  /// The runtime renews its token for up to a day; External Secrets Operator never renews one.
  private func longestLife(of login: NamedEntry<EntryName, VaultLogin>) -> SpecDuration {
    let ttl = login.value.tokenTTL.value
    guard compilation.secrets.carriage == .vault, compilation.spec.secretLogin?.name.value == login.name.value else {
      return ttl
    }
    return max(ttl, .hours(24))
  }

  /// How the secrets get into Vault: by hand, from files.
  private mutating func addSecrets() {
    var groups: [(location: VaultLocation, items: [SecretPlan.Item])] = []
    var indexByPath: [String: Int] = [:]
    for item in compilation.secrets.items {
      guard item.isPutIntoVault, let location = item.location else { continue }
      let index = indexByPath[location.apiPath] ?? groups.count
      if index == groups.count {
        indexByPath[location.apiPath] = index
        groups.append((location, []))
      }
      groups[index].items.append(item)
    }
    guard !groups.isEmpty else { return }
    script.append(
      """

      # Secrets are put into Vault by hand, from files, so that no value stands in a script, in the list of processes or in
      # the history of a shell. `FIELD=@FILE` takes the file as it is, and a line end at its end becomes part of the secret;
      # this makes a file without one from a line that is typed or pasted:
      #   (umask 077; IFS= read -r value; printf %s "$value" >FILE)
      # `kv put` replaces all fields of a path; with KV version 2, `vault kv patch -mount=MOUNT PATH FIELD=@FILE` changes one.
      """)
    for group in groups {
      addDatabaseAdvice(on: group.items)
      let target =
        "vault kv put -mount=\(Shell.quoted(group.location.mount.name.value.text)) \(Shell.quoted(group.location.key))"
      let fields = group.items.compactMap { item in item.entry.value.property.map { ($0.value.text, item) } }
      guard fields.count == group.items.count else {
        script.append(
          "#   \(target) - < \(Shell.quoted(group.items[0].entry.name.value.text + ".json"))",
          from: group.items[0].origin)
        continue
      }
      script.append("#   \(target) \\", from: group.items[0].entry.value.vault?.span ?? group.items[0].origin)
      var seen: Set<String> = []
      let unique = fields.filter { seen.insert($0.0).inserted }
      for (index, field) in unique.enumerated() {
        let end = index == unique.count - 1 ? "" : " \\"
        let word = Shell.quoted("\(field.0)=@\(field.1.entry.name.value).txt")
        script.append("#     \(word)\(end)", from: field.1.origin)
      }
    }
  }

  /// What the URL of the database must have, where it is one of these secrets.
  private mutating func addDatabaseAdvice(on items: [SecretPlan.Item]) {
    guard compilation.spec.engine.value.type.value == .litellm, let database = compilation.spec.database?.value,
      let url = items.first(where: { $0.entry.name.value == database.url.value.secret.value })
    else { return }
    let tls = database.tls
    script.append(
      "# \(url.entry.name.value): for `tls: \(tls.value.rawValue)` the URL must end in `?\(tls.value.prismaParameters)`.",
      from: tls.span)
  }
}
