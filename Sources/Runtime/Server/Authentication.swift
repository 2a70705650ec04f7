import GatewaySpec
import HTTP1
import NIOCore

/// Decides who may call.
enum Authentication {
  /// Who calls. `key` is the place of the caller's key in the head.
  ///
  /// - Throws: the reason to refuse the caller.
  static func caller(
    showing key: Range<Int>?, in head: MessageHead, for endpoint: Endpoint.Access, under access: GatewayAccess
  ) throws(GatewayError) -> Caller {
    guard endpoint != .open, case .keys(let table) = access else { return .anybody }
    guard let key else { throw .missingKey }
    let found = head.bytes.withUnsafeReadableBytes {
      table.caller(showing: UnsafeRawBufferPointer(rebasing: $0[key]))
    }
    guard let found else { throw .unknownKey }
    if endpoint == .masterKey, found.key != nil { throw .masterKeyRequired }
    return found
  }
}
