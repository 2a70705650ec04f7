import NIOCore

/// Writes a whole answer of Anthropic's messages (Anthropic API reference, "Create a message").
struct AnthropicAnswerWriter: AnswerWriter {
  private enum Block: Equatable { case none, text, thinking, tool(Int) }

  private let identity: AnswerIdentity
  private var id = ByteBuffer()
  private var content = JSONOutput()
  private var open = Block.none
  private var signed: ByteBuffer?
  private var arguments = ByteBuffer()
  private var hasCalls = false
  private var counts = TokenUsage()
  private var reason = FinishReason.stop
  private var stop: ByteBuffer?
  private var output: ByteBuffer?

  init(_ identity: AnswerIdentity) {
    self.identity = identity
  }

  mutating func identify(_ id: Span<UInt8>) { self.id.writeBytes(id.bytes) }

  mutating func text(_ content: Span<UInt8>) {
    guard !content.isEmpty else { return }
    if open != .text {
      close()
      open = .text
      self.content.beginObject()
      self.content.member("type", "\"text\"")
      self.content.key("text")
      self.content.raw("\"")
    }
    self.content.raw(content)
  }

  mutating func thinking(_ content: Span<UInt8>) {
    guard !content.isEmpty else { return }
    beginThought()
    self.content.raw(content)
  }

  mutating func signature(_ content: Span<UInt8>) {
    beginThought()
    var signature = signed ?? ByteBuffer()
    signature.writeBytes(content.bytes)
    signed = signature
    close()
  }

  private mutating func beginThought() {
    guard open != .thinking else { return }
    close()
    open = .thinking
    content.beginObject()
    content.member("type", "\"thinking\"")
    content.key("thinking")
    content.raw("\"")
  }

  mutating func redactedThinking(_ content: Span<UInt8>) {
    close()
    self.content.beginObject()
    self.content.member("type", "\"redacted_thinking\"")
    self.content.member("data", content: content)
    self.content.raw("}")
  }

  mutating func toolCall(_ slot: Int, id: Span<UInt8>, name: Span<UInt8>) {
    close()
    open = .tool(slot)
    hasCalls = true
    arguments.clear()
    content.beginObject()
    content.member("type", "\"tool_use\"")
    content.member("id", content: id)
    content.member("name", content: name)
    content.key("input")
  }

  mutating func arguments(_ slot: Int, _ content: Span<UInt8>) {
    if open == .tool(slot) { arguments.writeBytes(content.bytes) }
  }

  private mutating func close() {
    switch open {
    case .none: break
    case .text: content.raw("\"}")
    case .thinking:
      content.raw("\"")
      let signature = signed ?? ByteBuffer()
      content.member("signature", content: signature.readableBytesUInt8Span)
      content.raw("}")
      signed = nil
    case .tool:
      let arguments = arguments
      content.input(escaped: arguments.readableBytesUInt8Span)
      content.raw("}")
    }
    open = .none
  }

  mutating func usage(_ usage: TokenUsage) { counts = usage }
  mutating func finish(_ reason: FinishReason) { self.reason = reason }

  mutating func stopSequence(_ content: Span<UInt8>) {
    var stop = ByteBuffer()
    stop.writeBytes(content.bytes)
    self.stop = stop
  }

  mutating func end() {
    close()
    var output = JSONOutput(capacity: content.buffer.readableBytes + 256)
    output.raw("{")
    output.writeAnthropicID(id, or: identity.id)
    output.member("type", "\"message\"")
    output.member("role", "\"assistant\"")
    output.key("model")
    output.raw(identity.encodedModel)
    output.member("content", "[")
    output.raw(content.buffer.readableBytesUInt8Span)
    output.raw("]")
    output.member("stop_reason", reason.anthropicName(hasCalls: hasCalls))
    output.writeStopSequence(stop)
    output.key("usage")
    counts.writeAnthropic(to: &output)
    output.raw("}")
    self.output = output.buffer
  }

  mutating func take() -> ByteBuffer? {
    defer { output = nil }
    return output
  }
}

extension JSONOutput {
  /// The `id` member of a message.
  mutating func writeAnthropicID(_ id: ByteBuffer, or own: String) {
    if id.readableBytes > 0 {
      member("id", content: id.readableBytesUInt8Span)
    } else {
      member("id", text: own)
    }
  }

  /// The `stop_sequence` member.
  mutating func writeStopSequence(_ stop: ByteBuffer?) {
    if let stop {
      member("stop_sequence", content: stop.readableBytesUInt8Span)
    } else {
      member("stop_sequence", "null")
    }
  }

  /// The arguments of a call as the object that they are the text of. What is no object, because the model has written
  /// broken JSON or was cut off, is kept as a text, for `input` must be an object.
  mutating func input(escaped arguments: Span<UInt8>) {
    if let object = JSONTree.object(escaped: arguments) {
      copy(object.root, of: object)
    } else {
      raw("{")
      member("invalid_arguments", content: arguments)
      raw("}")
    }
  }
}

extension FinishReason {
  /// Anthropic's `stop_reason`, with its quotes. Some servers say `stop` after calls of tools; Anthropic's clients run the
  /// tools only if the reason says so.
  func anthropicName(hasCalls: Bool) -> StaticString {
    switch self {
    case .stop: hasCalls ? "\"tool_use\"" : "\"end_turn\""
    case .stopSequence: "\"stop_sequence\""
    case .length: "\"max_tokens\""
    case .toolCalls: "\"tool_use\""
    case .contentFilter: "\"refusal\""
    }
  }
}

extension TokenUsage {
  /// Anthropic's `usage` object.
  func writeAnthropic(to output: inout JSONOutput) {
    output.raw("{")
    output.member("input_tokens", uncached)
    output.member("cache_creation_input_tokens", cacheWrite)
    output.member("cache_read_input_tokens", cacheRead)
    output.member("output_tokens", completion)
    output.raw("}")
  }
}
