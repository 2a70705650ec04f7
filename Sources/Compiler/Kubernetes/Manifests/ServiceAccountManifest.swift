import Emitters
import GatewaySpec
import SourceDiagnostics

extension ManifestKind {
  /// The account of the gateway and one for each Vault login that shows a ServiceAccount's token. None of them gets a token
  /// of the API server mounted.
  static let serviceAccounts = ManifestKind("service-account.yaml") { gateway in
    var accounts: [YAMLValue] = []
    var seen: Set<String> = []
    func add(_ name: String, from origin: SourceSpan) {
      guard seen.insert(name).inserted else { return }
      let account: YAMLValue = [
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": gateway.metadata(name, annotations: gateway.neededByMigration, from: origin),
        "automountServiceAccountToken": false,
      ]
      accounts.append(account.from(origin))
    }
    let account = gateway.podServiceAccount
    add(account.name, from: account.origin)
    for login in gateway.spec.vault?.value.logins.value.entries ?? [] where login.value.method.value.usesServiceAccount
    {
      if let name = login.value.serviceAccount { add(name.value.text, from: name.span) }
    }
    return accounts
  }
}

extension ManifestContext {
  /// The account that the pods run as: that of the Vault login if the runtime reads Vault, else the gateway's own.
  var podServiceAccount: (name: String, origin: SourceSpan) {
    if secrets.carriage == .vault, let login = spec.secretLogin, login.value.method.value.usesServiceAccount {
      return serviceAccount(of: login)
    }
    return (name, spec.metadata.value.name.span)
  }

  /// The account whose token a login shows: the written one, else the gateway's own.
  func serviceAccount(of login: NamedEntry<EntryName, VaultLogin>) -> (name: String, origin: SourceSpan) {
    login.value.serviceAccount.map { ($0.value.text, $0.span) } ?? (name, login.name.span)
  }
}
