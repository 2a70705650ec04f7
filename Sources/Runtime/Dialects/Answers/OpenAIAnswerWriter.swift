import NIOCore

/// Writes a whole answer of OpenAI's chat completions (OpenAI API reference, "The chat completion object").
struct OpenAIAnswerWriter: AnswerWriter {
  private let identity: AnswerIdentity
  private var id = ByteBuffer()
  private var content = ByteBuffer()
  private var reasoning = ByteBuffer()
  private var thinkingBlocks = JSONOutput()
  private var openThought: ByteBuffer?
  private var toolCalls = JSONOutput()
  private var hasOpenCall = false
  private var counts: TokenUsage?
  private var reason = FinishReason.stop
  private var output: ByteBuffer?

  init(_ identity: AnswerIdentity) {
    self.identity = identity
  }

  mutating func identify(_ id: Span<UInt8>) { self.id.writeBytes(id.bytes) }
  mutating func text(_ content: Span<UInt8>) { self.content.writeBytes(content.bytes) }

  mutating func thinking(_ content: Span<UInt8>) {
    reasoning.writeBytes(content.bytes)
    var thought = openThought ?? ByteBuffer()
    openThought = nil
    thought.writeBytes(content.bytes)
    openThought = thought
  }

  mutating func signature(_ content: Span<UInt8>) {
    let thought = openThought ?? ByteBuffer()
    openThought = nil
    thinkingBlocks.beginObject()
    thinkingBlocks.member("type", "\"thinking\"")
    thinkingBlocks.member("thinking", content: thought.readableBytesUInt8Span)
    thinkingBlocks.member("signature", content: content)
    thinkingBlocks.raw("}")
  }

  mutating func redactedThinking(_ content: Span<UInt8>) {
    thinkingBlocks.beginObject()
    thinkingBlocks.member("type", "\"redacted_thinking\"")
    thinkingBlocks.member("data", content: content)
    thinkingBlocks.raw("}")
  }

  mutating func toolCall(_ slot: Int, id: Span<UInt8>, name: Span<UInt8>) {
    closeCall()
    hasOpenCall = true
    toolCalls.beginObject()
    toolCalls.member("id", content: id)
    toolCalls.member("type", "\"function\"")
    toolCalls.member("function", "{")
    toolCalls.member("name", content: name)
    toolCalls.key("arguments")
    toolCalls.raw("\"")
  }

  mutating func arguments(_ slot: Int, _ content: Span<UInt8>) {
    if hasOpenCall { toolCalls.raw(content) }
  }

  private mutating func closeCall() {
    if hasOpenCall { toolCalls.raw("\"}}") }
    hasOpenCall = false
  }

  mutating func usage(_ usage: TokenUsage) { counts = usage }
  mutating func finish(_ reason: FinishReason) { self.reason = reason }
  mutating func stopSequence(_ content: Span<UInt8>) {}

  mutating func end() {
    closeCall()
    var output = JSONOutput(
      capacity: content.readableBytes + 2 * reasoning.readableBytes + toolCalls.buffer.readableBytes + 512)
    output.raw("{")
    if id.readableBytes > 0 {
      output.member("id", content: id.readableBytesUInt8Span)
    } else {
      output.member("id", text: identity.id)
    }
    output.member("object", "\"chat.completion\"")
    output.member("created", identity.created)
    output.key("model")
    output.raw(identity.encodedModel)
    output.member("choices", "[{\"index\":0,\"message\":{\"role\":\"assistant\"")
    if content.readableBytes == 0, !toolCalls.isEmpty {
      output.member("content", "null")
    } else {
      output.member("content", content: content.readableBytesUInt8Span)
    }
    if reasoning.readableBytes > 0 {
      output.member("reasoning_content", content: reasoning.readableBytesUInt8Span)
    }
    if !thinkingBlocks.isEmpty {
      output.member("thinking_blocks", "[")
      output.raw(thinkingBlocks.buffer.readableBytesUInt8Span)
      output.raw("]")
    }
    if !toolCalls.isEmpty {
      output.member("tool_calls", "[")
      output.raw(toolCalls.buffer.readableBytesUInt8Span)
      output.raw("]")
    }
    output.raw("},\"logprobs\":null")
    output.member("finish_reason", reason.openAIName)
    output.raw("}]")
    if let counts {
      output.key("usage")
      counts.writeOpenAI(to: &output)
    }
    output.raw("}")
    self.output = output.buffer
  }

  mutating func take() -> ByteBuffer? {
    defer { output = nil }
    return output
  }
}

extension FinishReason {
  /// OpenAI's `finish_reason`, with its quotes.
  var openAIName: StaticString {
    switch self {
    case .stop, .stopSequence: "\"stop\""
    case .length: "\"length\""
    case .toolCalls: "\"tool_calls\""
    case .contentFilter: "\"content_filter\""
    }
  }
}

extension TokenUsage {
  /// OpenAI's `usage` object.
  func writeOpenAI(to output: inout JSONOutput) {
    output.raw("{")
    output.member("prompt_tokens", prompt)
    output.member("completion_tokens", completion)
    output.member("total_tokens", total)
    output.member("prompt_tokens_details", "{")
    output.member("cached_tokens", cacheRead)
    output.raw("}")
    if reasoning > 0 {
      output.member("completion_tokens_details", "{")
      output.member("reasoning_tokens", reasoning)
      output.raw("}")
    }
    output.raw("}")
  }
}
