import NIOCore

/// Writes a stream of OpenAI's chat completions (OpenAI API reference, "The chat completion chunk object").
struct OpenAIStreamWriter: AnswerWriter {
  private let identity: AnswerIdentity
  private let reportsUsage: Bool
  private var output = JSONOutput()
  /// All that chunks have in common, up to the list of choices.
  private var start: ByteBuffer?
  private var id = ByteBuffer()
  private var hasBegun = false
  /// The reader's slots of the calls so far; a call's index is its place here.
  private var slots: [Int] = []
  private var counts: TokenUsage?
  private var reason: FinishReason?

  init(_ identity: AnswerIdentity, reportsUsage: Bool) {
    self.identity = identity
    self.reportsUsage = reportsUsage
  }

  mutating func identify(_ id: Span<UInt8>) { self.id.writeBytes(id.bytes) }

  mutating func text(_ content: Span<UInt8>) { delta("content", content) }

  mutating func thinking(_ content: Span<UInt8>) { delta("reasoning_content", content) }

  mutating func signature(_ content: Span<UInt8>) {
    beginDelta()
    output.member("thinking_blocks", "[{\"type\":\"thinking\",\"thinking\":\"\"")
    output.member("signature", content: content)
    output.raw("}]")
    endDelta()
  }

  mutating func redactedThinking(_ content: Span<UInt8>) {
    beginDelta()
    output.member("thinking_blocks", "[{\"type\":\"redacted_thinking\"")
    output.member("data", content: content)
    output.raw("}]")
    endDelta()
  }

  mutating func toolCall(_ slot: Int, id: Span<UInt8>, name: Span<UInt8>) {
    slots.append(slot)
    beginDelta()
    output.member("tool_calls", "[{")
    output.member("index", slots.count - 1)
    output.member("id", content: id)
    output.member("type", "\"function\"")
    output.member("function", "{")
    output.member("name", content: name)
    output.member("arguments", "\"\"}}]")
    endDelta()
  }

  mutating func arguments(_ slot: Int, _ content: Span<UInt8>) {
    guard !content.isEmpty, let index = slots.lastIndex(of: slot) else { return }
    beginDelta()
    output.member("tool_calls", "[{")
    output.member("index", index)
    output.member("function", "{")
    output.member("arguments", content: content)
    output.raw("}}]")
    endDelta()
  }

  mutating func usage(_ usage: TokenUsage) { counts = usage }
  mutating func finish(_ reason: FinishReason) { self.reason = reason }
  mutating func stopSequence(_ content: Span<UInt8>) {}

  mutating func end() {
    beginDelta()
    output.raw("},\"logprobs\":null")
    output.member("finish_reason", (reason ?? .stop).openAIName)
    output.raw("}]}\n\n")
    if reportsUsage {
      beginChunk()
      output.raw("]")
      output.key("usage")
      (counts ?? TokenUsage()).writeOpenAI(to: &output)
      output.raw("}\n\n")
    }
    output.raw("data: [DONE]\n\n")
  }

  mutating func take() -> ByteBuffer? { output.isEmpty ? nil : output.take() }

  private mutating func delta(_ name: StaticString, _ content: Span<UInt8>) {
    guard !content.isEmpty else { return }
    beginDelta()
    output.member(name, content: content)
    endDelta()
  }

  /// Begins a chunk up to its delta. The first says whose words follow.
  private mutating func beginDelta() {
    beginChunk()
    output.raw("{\"index\":0,\"delta\":{")
    if !hasBegun { output.raw("\"role\":\"assistant\"") }
    hasBegun = true
  }

  private mutating func endDelta() {
    output.raw("},\"logprobs\":null,\"finish_reason\":null}]}\n\n")
  }

  private mutating func beginChunk() {
    output.raw("data: ")
    if let start {
      output.raw(start.readableBytesUInt8Span)
      return
    }
    var common = JSONOutput(capacity: 128)
    common.raw("{")
    if id.readableBytes > 0 {
      common.member("id", content: id.readableBytesUInt8Span)
    } else {
      common.member("id", text: identity.id)
    }
    common.member("object", "\"chat.completion.chunk\"")
    common.member("created", identity.created)
    common.key("model")
    common.raw(identity.encodedModel)
    common.member("choices", "[")
    output.raw(common.buffer.readableBytesUInt8Span)
    start = common.buffer
  }
}
