/// Turns a provider's error answer into what the client gets.
enum ProviderError: Equatable {
  /// The body already has OpenAI's shape and goes on as it is.
  case passOn
  /// The body has another shape; this error is sent in its place.
  case replace(GatewayError)

  /// The most of an error body that is read, in bytes.
  static let maximumBytes = 64 << 10

  /// Decides by status and body.
  ///
  /// A 401 is about the gateway's own key and the provider's text may show part of it, so that text stays here. What
  /// is not JSON (a proxy's HTML page) stays here as well.
  static func translate(status: Int, body: Span<UInt8>) -> ProviderError {
    guard (400...599).contains(status) else { return .replace(.upstreamMalformed) }
    if status == 401 { return .replace(.upstreamRefusedCredentials) }
    var error: Range<Int>?
    var text: Range<Int>?
    var scanner = JSONScanner()
    scanner.skipSpace(body)
    do {
      try scanner.members(body) { key, value in
        if JSONKey.matches("error", body, key) {
          error = value
        } else if JSONKey.matches("message", body, key) || JSONKey.matches("detail", body, key) {
          text = value
        }
      }
      try scanner.finish(body)
    } catch {
      return .replace(.upstreamStatus(status, message: nil))
    }
    if let error, JSONScanner.kind(body, at: error.lowerBound) == .object {
      if hasMessage(body, error) { return .passOn }
    } else if let error {
      text = error
    }
    guard let text, JSONScanner.kind(body, at: text.lowerBound) == .string else {
      return .replace(.upstreamStatus(status, message: nil))
    }
    return .replace(.upstreamStatus(status, message: String(JSONText.decode(body, text).prefix(1000))))
  }

  private static func hasMessage(_ body: Span<UInt8>, _ error: Range<Int>) -> Bool {
    var found = false
    var scanner = JSONScanner(at: error.lowerBound)
    // The text was accepted once, so it is accepted again.
    try? scanner.members(body) { key, value in
      found = found || JSONKey.matches("message", body, key) && JSONScanner.kind(body, at: value.lowerBound) == .string
    }
    return found
  }
}
