extension ProviderSection {
  /// Where its API is: the written address, or the provider's public one with the region put in. `nil` if the spec must
  /// give one and does not.
  public var address: WebURL? {
    if let baseURL { return baseURL.value }
    guard let template = type.value.descriptor.baseURL else { return nil }
    guard template.contains("{region}") else { return try? WebURL(parsing: template) }
    guard let region else { return nil }
    return try? WebURL(parsing: template.replacing("{region}", with: region.value.text))
  }

  /// Whether it says how the gateway authenticates. Half of an access key pair counts: that the other is missing is a mistake
  /// of its own.
  public var hasCredential: Bool {
    apiKey != nil || type.value.descriptor.authentication == .awsSignature && (accessKeyID ?? secretAccessKey) != nil
  }

  /// The secrets that it uses, in the order of the language's keys.
  public var secretReferences: [Setting<SecretReference>?] { [apiKey, accessKeyID, secretAccessKey, sessionToken] }
}
