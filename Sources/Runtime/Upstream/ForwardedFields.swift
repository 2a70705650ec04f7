import HTTP1

/// Which header fields cross the gateway. Both lists say what may pass; what they do not name stays behind: credentials,
/// cookies, addresses of clients, and everything that is about one connection only.
enum ForwardedFields {
  /// Whether a field of the client's request goes on to the provider.
  static func request(_ name: Span<UInt8>) -> Bool {
    switch name.count {
    case 6: FieldText.matches(name, "accept")
    case 10: FieldText.matches(name, "user-agent") || FieldText.matches(name, "tracestate")
    case 11: FieldText.matches(name, "traceparent") || FieldText.matches(name, "openai-beta")
    case 15: FieldText.matches(name, "idempotency-key")
    default: false
    }
  }

  /// Whether a field of the provider's answer goes on to the client.
  static func response(_ name: Span<UInt8>) -> Bool {
    describesBody(name) || describesAnswer(name)
  }

  /// Whether it is about the provider's body, and so has to stay behind if that body does.
  static func describesBody(_ name: Span<UInt8>) -> Bool {
    switch name.count {
    case 12: FieldText.matches(name, "content-type")
    case 16: FieldText.matches(name, "content-encoding")
    default: false
    }
  }

  /// Whether it is about the provider's answer as such.
  private static func describesAnswer(_ name: Span<UInt8>) -> Bool {
    switch name.count {
    case 11: FieldText.matches(name, "retry-after")
    case 14: FieldText.matches(name, "retry-after-ms") || FieldText.matches(name, "openai-version")
    case 20: FieldText.matches(name, "openai-processing-ms")
    default: FieldText.begins(name, "x-ratelimit-")
    }
  }
}
