import HTTP1
import NIOCore

/// What the gateway itself reads from a request's header fields, found in one pass.
struct RequestFields: Equatable {
  /// How the body is announced.
  enum Expectation: Equatable { case none, `continue`, unknown }

  /// Where the caller's key is in the head. Where several fields have one, the order is LiteLLM's (`special_headers.py`).
  private(set) var key: Range<Int>?
  /// The client's own request identifier, if it is fit for a header and a log.
  private(set) var requestID: String?
  private(set) var expectation = Expectation.none
  /// Whether the client would rather speak another protocol, after which this connection is of no more use.
  private(set) var wantsUpgrade = false
  /// How many `Host` fields there are; HTTP/1.1 asks for one (RFC 9112, 3.2).
  private(set) var hosts = 0
  private var keyRank = Int.max

  init(_ head: MessageHead) {
    let text = head.bytes.readableBytesUInt8Span
    for field in head.fields { note(text.extracting(field.name), field.value, text) }
  }

  private mutating func note(_ name: Span<UInt8>, _ value: Range<Int>, _ text: Span<UInt8>) {
    switch name.count {
    case 4: if FieldText.matches(name, "host") { hosts += 1 }
    case 6: if FieldText.matches(name, "expect") { expect(text.extracting(value)) }
    case 7:
      if FieldText.matches(name, "api-key") { offer(value, text, rank: 2) }
      if FieldText.matches(name, "upgrade") { wantsUpgrade = true }
    case 9: if FieldText.matches(name, "x-api-key") { offer(value, text, rank: 3) }
    case 12:
      if FieldText.matches(name, "x-request-id"), Self.isIdentifier(text.extracting(value)) {
        requestID = Self.string(text.extracting(value))
      }
    case 13:
      if FieldText.matches(name, "authorization"), let token = Self.bearerToken(value, text) {
        offer(token, text, rank: 1)
      }
    case 14: if FieldText.matches(name, "x-goog-api-key") { offer(value, text, rank: 4) }
    case 17: if FieldText.matches(name, "x-litellm-api-key") { offer(value, text, rank: 0) }
    case 25: if FieldText.matches(name, "ocp-apim-subscription-key") { offer(value, text, rank: 5) }
    default: break
    }
  }

  private mutating func offer(_ value: Range<Int>, _ text: Span<UInt8>, rank: Int) {
    guard rank < keyRank, !value.isEmpty else { return }
    keyRank = rank
    key = Self.bearerToken(value, text) ?? value
  }

  private mutating func expect(_ value: Span<UInt8>) {
    expectation = FieldText.matches(value, "100-continue") ? .continue : .unknown
  }

  /// What stands after `Bearer`.
  private static func bearerToken(_ value: Range<Int>, _ text: Span<UInt8>) -> Range<Int>? {
    guard FieldText.begins(text.extracting(value), "bearer ") else { return nil }
    var start = value.lowerBound + 7
    while start < value.upperBound, text[start] == UInt8(ascii: " ") { start += 1 }
    return start..<value.upperBound
  }

  private static func isIdentifier(_ value: Span<UInt8>) -> Bool {
    guard (1...128).contains(value.count) else { return false }
    for index in 0..<value.count where !isIdentifier(value[index]) { return false }
    return true
  }

  private static func isIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  private static func string(_ text: Span<UInt8>) -> String {
    text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
