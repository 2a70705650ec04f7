import GatewaySpec

extension UpstreamEndpoint {
  /// How a target of a validated spec is called; `nil` if its provider has no address, which the validator reports.
  ///
  /// - Parameter secret: gives the value of a secret, or reports that it is not at hand and gives `nil`.
  init?(
    of target: TargetSection, at provider: ProviderSection, secret: (Setting<SecretReference>) -> SecretValue?
  ) {
    guard let address = provider.address else { return nil }
    let descriptor = provider.type.value.descriptor
    var host = address.host[...]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    var path = address.path
    while path.hasSuffix("/") { path.removeLast() }
    var credential: UpstreamCredential?
    if let key = provider.apiKey.flatMap(secret) {
      credential = .key(key, descriptor.authentication)
    } else if let id = provider.accessKeyID.flatMap(secret), let key = provider.secretAccessKey.flatMap(secret) {
      credential = .awsKeyPair(
        AWSCredentials(
          accessKeyID: id, secretAccessKey: key, sessionToken: provider.sessionToken.flatMap(secret),
          region: provider.region?.value.text ?? ""))
    }
    self.init(
      provider: descriptor,
      origin: UpstreamOrigin(
        scheme: address.scheme == .https ? .https : .http, host: String(host), port: Int(address.effectivePort.number)),
      pathPrefix: path, model: target.model.value.text, credential: credential,
      apiVersion: provider.apiVersion?.value.text, deployment: target.deployment?.value.text,
      outputLimit: target.maxOutputTokens?.value)
  }
}
