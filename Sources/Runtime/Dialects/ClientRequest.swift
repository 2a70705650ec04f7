import GatewaySpec
import NIOCore

/// What the gateway must know of a client's request before it knows who will answer; the rest passes unread.
struct ClientRequest {
  /// What is asked for.
  let operation: InferenceOperation
  /// The body as it came.
  let body: ByteBuffer
  /// The public model name.
  let model: String
  /// Where the value of `model` stands in the body: a JSON string with its quotes, or the content of a form's field.
  let modelValue: Range<Int>
  /// Whether the answer is to be streamed.
  var stream = false
  /// Whether a streamed answer of OpenAI's dialect is to end with a chunk that counts tokens. Anthropic's always counts.
  var includeUsage = false
  /// Where the array of messages stands; empty for what is no conversation.
  var messages = 0..<0
  /// What makes an upstream of OpenAI's dialect count the tokens of a stream; `nil` if it will anyway.
  var usageEdit: BodyEdit?

  /// The dialect of the client.
  var dialect: ClientDialect { ClientDialect(of: operation) }

  /// Reads a body, or says what is wrong with it.
  ///
  /// A second `model` is refused: which of two counts differs between parsers, so that a check here could be for one
  /// and the answer come from the other.
  ///
  /// - Parameter contentType: the media type, which has the boundary of a form.
  static func parse(
    _ body: ByteBuffer, for operation: InferenceOperation, contentType: String? = nil
  ) throws(GatewayError) -> ClientRequest {
    if operation.takesForm { return try parseForm(body, for: operation, contentType) }
    let bytes = body.readableBytesUInt8Span
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
    var request = ClientRequest(
      operation: operation, body: body, model: JSONText.decode(bytes, model), modelValue: model)
    if operation.isChat || operation == .countTokens {
      guard let messages = found.messages else { throw .invalidField("messages", "'messages' is missing.") }
      guard JSONScanner.kind(bytes, at: messages.lowerBound) == .array else {
        throw .invalidField("messages", "'messages' must be an array.")
      }
      request.messages = messages
    }
    request.stream = try flag(found.stream, "stream", bytes)
    if operation == .chat || operation == .completions { try request.noteUsage(found, bytes) }
    return request
  }

  private mutating func noteUsage(_ found: Members, _ bytes: Span<UInt8>) throws(GatewayError) {
    var included: Range<Int>?
    var hasOptions = false
    if let options = found.streamOptions, JSONScanner.kind(bytes, at: options.lowerBound) == .object {
      hasOptions = true
      var scanner = JSONScanner(at: options.lowerBound)
      // The text was accepted once, so it is accepted again.
      try? scanner.members(bytes) { key, candidate in
        if JSONKey.matches("include_usage", bytes, key) { included = candidate }
      }
    }
    includeUsage = try Self.flag(included, "stream_options.include_usage", bytes)
    guard stream, !includeUsage else { return }
    if let included {
      usageEdit = BodyEdit(range: included, replacement: Array("true".utf8))
    } else if hasOptions, let options = found.streamOptions {
      // Whether the object is empty decides about the comma.
      var scanner = JSONScanner(at: options.lowerBound + 1)
      scanner.skipSpace(bytes)
      let comma = bytes[scanner.index] == UInt8(ascii: "}") ? "" : ","
      let start = options.lowerBound + 1
      usageEdit = BodyEdit(range: start..<start, replacement: Array(#""include_usage":true\#(comma)"#.utf8))
    } else if let options = found.streamOptions {
      usageEdit = BodyEdit(range: options, replacement: Array(#"{"include_usage":true}"#.utf8))
    } else {
      // After the value of `model`, which every body has.
      let end = modelValue.upperBound
      usageEdit = BodyEdit(range: end..<end, replacement: Array(#","stream_options":{"include_usage":true}"#.utf8))
    }
  }

  private static func parseForm(
    _ body: ByteBuffer, for operation: InferenceOperation, _ contentType: String?
  ) throws(GatewayError) -> ClientRequest {
    guard let form = MultipartForm(body, contentType: contentType) else {
      throw .invalidField("content-type", "The body must be a form: 'multipart/form-data' with a boundary.")
    }
    guard let model = try form.content(of: "model") else {
      throw .invalidField("model", "'model' is missing: say which model to use.")
    }
    let bytes = body.readableBytesUInt8Span
    var request = ClientRequest(
      operation: operation, body: body,
      model: JSONText.text(bytes.extracting(model)), modelValue: model)
    if let stream = try form.content(of: "stream") {
      request.stream = JSONText.text(bytes.extracting(stream)) == "true"
    }
    return request
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
}
