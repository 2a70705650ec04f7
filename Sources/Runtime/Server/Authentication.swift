import GatewaySpec
import HTTP1
import NIOCore

/// Decides who may call.
enum Authentication {
  /// The reason to refuse a caller, or `nil`. `key` is the place of the caller's key in the head.
  static func refusal(
    of key: Range<Int>?, in head: MessageHead, for endpoint: Endpoint.Access, under access: GatewayAccess
  ) -> GatewayError? {
    switch (endpoint, access) {
    case (.open, _), (_, .open): return nil
    case (.key, .masterKey(let master)), (.masterKey, .masterKey(let master)):
      guard let key else { return .missingKey }
      return head.bytes.withUnsafeReadableBytes { master.matches(utf8: $0[key]) } ? nil : .unknownKey
    }
  }
}
