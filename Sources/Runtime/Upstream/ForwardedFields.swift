/// Which header fields cross the gateway. Both lists say what may pass; what they do not name stays behind: credentials,
/// cookies, addresses of clients, and everything that is about one connection only.
enum ForwardedFields {
  /// A field of the client's request that goes on to the provider.
  static func request(_ name: String) -> Bool {
    switch name.utf8.count {
    case 6: FieldName.matches(name, "accept")
    case 10: FieldName.matches(name, "user-agent") || FieldName.matches(name, "tracestate")
    case 11: FieldName.matches(name, "traceparent") || FieldName.matches(name, "openai-beta")
    case 15: FieldName.matches(name, "idempotency-key")
    default: false
    }
  }

  /// A field of the provider's answer that goes on to the client.
  static func response(_ name: String) -> Bool {
    switch name.utf8.count {
    case 11: FieldName.matches(name, "retry-after")
    case 12: FieldName.matches(name, "content-type")
    case 14: FieldName.matches(name, "retry-after-ms") || FieldName.matches(name, "openai-version")
    case 16: FieldName.matches(name, "content-encoding")
    case 20: FieldName.matches(name, "openai-processing-ms")
    default: FieldName.begins(name, "x-ratelimit-")
    }
  }
}
