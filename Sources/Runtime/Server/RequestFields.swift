import NIOHTTP1

/// What the gateway itself reads from a request's header fields, found in one pass.
struct RequestFields: Equatable {
  /// How the body is announced.
  enum Expectation: Equatable { case none, `continue`, unknown }

  /// The caller's key. Where several fields have one, the order is LiteLLM's (`special_headers.py`).
  private(set) var key: String?
  /// The client's own request identifier, if it is fit for a header and a log.
  private(set) var requestID: String?
  private(set) var contentLength: Int?
  private(set) var expectation = Expectation.none
  /// Whether the client would rather speak another protocol, after which this connection is of no more use.
  private(set) var wantsUpgrade = false
  /// How many `Host` fields there are; HTTP/1.1 asks for one (RFC 9112, 3.2).
  private(set) var hosts = 0
  private var keyRank = Int.max

  init(_ headers: HTTPHeaders) {
    for (name, value) in headers { note(name, value) }
  }

  private mutating func note(_ name: String, _ value: String) {
    switch name.utf8.count {
    case 4: if FieldName.matches(name, "host") { hosts += 1 }
    case 6: if FieldName.matches(name, "expect") { expect(value) }
    case 7:
      if FieldName.matches(name, "api-key") { offer(value, rank: 2) }
      if FieldName.matches(name, "upgrade") { wantsUpgrade = true }
    case 9: if FieldName.matches(name, "x-api-key") { offer(value, rank: 3) }
    case 12: if FieldName.matches(name, "x-request-id"), Self.isIdentifier(value) { requestID = value }
    case 13:
      if FieldName.matches(name, "authorization"), let token = Self.bearerToken(value) { offer(token, rank: 1) }
    case 14:
      if FieldName.matches(name, "content-length") { contentLength = Int(value) }
      if FieldName.matches(name, "x-goog-api-key") { offer(value, rank: 4) }
    case 17: if FieldName.matches(name, "x-litellm-api-key") { offer(value, rank: 0) }
    case 25: if FieldName.matches(name, "ocp-apim-subscription-key") { offer(value, rank: 5) }
    default: break
    }
  }

  private mutating func offer(_ value: String, rank: Int) {
    guard rank < keyRank, !value.isEmpty else { return }
    keyRank = rank
    key = Self.bearerToken(value) ?? value
  }

  private mutating func expect(_ value: String) {
    expectation = FieldName.matches(value, "100-continue") ? .continue : .unknown
  }

  /// What stands after `Bearer`.
  private static func bearerToken(_ value: String) -> String? {
    guard FieldName.begins(value, "bearer ") else { return nil }
    return String(value.dropFirst(7).drop { $0 == " " })
  }

  private static func isIdentifier(_ value: String) -> Bool {
    (1...128).contains(value.utf8.count)
      && value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "+"):
          true
        default: false
        }
      }
  }
}
