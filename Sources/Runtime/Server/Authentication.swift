import GatewaySpec

/// Decides who may call.
enum Authentication {
  /// The reason to refuse a caller, or `nil`.
  static func refusal(of key: String?, for endpoint: Endpoint.Access, under access: GatewayAccess) -> GatewayError? {
    switch (endpoint, access) {
    case (.open, _), (_, .open): nil
    case (.key, .masterKey(let master)), (.masterKey, .masterKey(let master)):
      if let key { master.matches(key) ? nil : .unknownKey } else { .missingKey }
    }
  }
}
