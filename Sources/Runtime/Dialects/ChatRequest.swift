/// What the gateway must know of a chat completion request; everything else passes through unread.
struct ChatRequest: Equatable {
  /// The public model name that the client asked for.
  var model: String
  /// Where the value of `model` stands in the body, quotes included.
  var modelValue: Range<Int>
  /// Whether the answer is to be streamed.
  var stream: Bool
  /// Whether a streamed answer is to end with a chunk that counts tokens.
  var includeUsage: Bool
  /// Where the array of messages stands in the body.
  var messages: Range<Int>

  /// Reads a body, or says what is wrong with it.
  ///
  /// A second `model` is refused: which of two counts differs between parsers, so that a check here could be for one
  /// and the answer come from the other.
  static func parse(_ bytes: Span<UInt8>) throws(GatewayError) -> ChatRequest {
    var found = Members()
    var scanner = JSONScanner()
    do {
      scanner.skipSpace(bytes)
      try scanner.members(bytes) { key, value in found.note(key, value, bytes) }
      try scanner.finish(bytes)
    } catch {
      throw .invalidJSON(reason: error.reason, offset: error.offset)
    }
    if let twice = found.twice { throw .invalidField(twice, "'\(twice)' is given more than once.") }
    guard let model = found.model else { throw .invalidField("model", "'model' is missing: say which model to use.") }
    guard JSONScanner.kind(bytes, at: model.lowerBound) == .string else {
      throw .invalidField("model", "'model' must be a string.")
    }
    guard let messages = found.messages else { throw .invalidField("messages", "'messages' is missing.") }
    guard JSONScanner.kind(bytes, at: messages.lowerBound) == .array else {
      throw .invalidField("messages", "'messages' must be an array.")
    }
    return ChatRequest(
      model: JSONText.decode(bytes, model), modelValue: model,
      stream: try flag(found.stream, "stream", bytes), includeUsage: try includeUsage(found.streamOptions, bytes),
      messages: messages)
  }

  private struct Members {
    var model: Range<Int>?
    var messages: Range<Int>?
    var stream: Range<Int>?
    var streamOptions: Range<Int>?
    var twice: String?

    mutating func note(_ key: Range<Int>, _ value: Range<Int>, _ bytes: Span<UInt8>) {
      if JSONKey.matches("model", bytes, key) {
        Self.set(&model, value, "model", &twice)
      } else if JSONKey.matches("messages", bytes, key) {
        Self.set(&messages, value, "messages", &twice)
      } else if JSONKey.matches("stream", bytes, key) {
        Self.set(&stream, value, "stream", &twice)
      } else if JSONKey.matches("stream_options", bytes, key) {
        Self.set(&streamOptions, value, "stream_options", &twice)
      }
    }

    private static func set(_ place: inout Range<Int>?, _ value: Range<Int>, _ name: String, _ twice: inout String?) {
      if place != nil { twice = name }
      place = value
    }
  }

  private static func flag(_ value: Range<Int>?, _ name: String, _ bytes: Span<UInt8>) throws(GatewayError) -> Bool {
    guard let value else { return false }
    switch bytes[value.lowerBound] {
    case UInt8(ascii: "t"): return true
    case UInt8(ascii: "f"), UInt8(ascii: "n"): return false
    default: throw .invalidField(name, "'\(name)' must be true or false.")
    }
  }

  private static func includeUsage(_ options: Range<Int>?, _ bytes: Span<UInt8>) throws(GatewayError) -> Bool {
    guard let options, JSONScanner.kind(bytes, at: options.lowerBound) == .object else { return false }
    var value: Range<Int>?
    var scanner = JSONScanner(at: options.lowerBound)
    // The text was accepted once, so it is accepted again.
    try? scanner.members(bytes) { key, candidate in
      if JSONKey.matches("include_usage", bytes, key) { value = candidate }
    }
    return try flag(value, "stream_options.include_usage", bytes)
  }
}

/// Compares object keys without decoding them.
enum JSONKey {
  /// Whether a key (a range with its quotes) is `name`; a key with escapes is decoded first.
  static func matches(_ name: StaticString, _ bytes: Span<UInt8>, _ key: Range<Int>) -> Bool {
    let length = name.utf8CodeUnitCount
    guard key.count >= length + 2 else { return false }
    if key.count == length + 2 {
      for offset in 0..<length where bytes[key.lowerBound + 1 + offset] != name.utf8Start[offset] { return false }
      return true
    }
    guard (key.lowerBound..<key.upperBound).contains(where: { bytes[$0] == UInt8(ascii: "\\") }) else { return false }
    return JSONText.decode(bytes, key) == String(describing: name)
  }
}
