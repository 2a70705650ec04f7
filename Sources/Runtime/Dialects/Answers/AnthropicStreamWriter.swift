import NIOCore

/// Writes a stream of Anthropic's messages (Anthropic API reference, "Streaming messages").
///
/// One block is open at a time and blocks come in order. OpenAI's streams may go on with any call at any time, so what
/// comes for another block while a call may still grow waits until that call is complete.
struct AnthropicStreamWriter: AnswerWriter {
  private enum Block: Equatable { case none, text, thinking, tool(Int) }

  /// What waits for the end of the open call.
  private enum Waiting {
    case text(ByteBuffer)
    case thinking(ByteBuffer)
    case tool(slot: Int, id: ByteBuffer, name: ByteBuffer, arguments: ByteBuffer, isComplete: Bool)
  }

  private let identity: AnswerIdentity
  private var output = JSONOutput()
  private var id = ByteBuffer()
  private var hasBegun = false
  private var open = Block.none
  /// The index of the block that is open or comes next.
  private var index = 0
  private var waiting: [Waiting] = []
  private var hasCalls = false
  private var counts = TokenUsage()
  private var reason = FinishReason.stop
  private var stop: ByteBuffer?

  init(_ identity: AnswerIdentity) {
    self.identity = identity
  }

  mutating func identify(_ id: Span<UInt8>) { self.id.writeBytes(id.bytes) }

  mutating func text(_ content: Span<UInt8>) {
    guard !content.isEmpty else { return }
    if case .tool = open {
      wait(content, as: { .text($0) }) { if case .text(let buffer) = $0 { buffer } else { nil } }
      return
    }
    if open != .text { begin(.text) { $0.raw("{\"type\":\"text\",\"text\":\"\"}") } }
    delta("text_delta", "text", content)
  }

  mutating func thinking(_ content: Span<UInt8>) {
    guard !content.isEmpty else { return }
    if case .tool = open {
      wait(content, as: { .thinking($0) }) { if case .thinking(let buffer) = $0 { buffer } else { nil } }
      return
    }
    beginThought()
    delta("thinking_delta", "thinking", content)
  }

  mutating func signature(_ content: Span<UInt8>) {
    if case .tool = open { return }
    beginThought()
    delta("signature_delta", "signature", content)
    close()
  }

  private mutating func beginThought() {
    if open != .thinking { begin(.thinking) { $0.raw("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}") } }
  }

  mutating func redactedThinking(_ content: Span<UInt8>) {
    if case .tool = open { return }
    var data = ByteBuffer()
    data.writeBytes(content.bytes)
    begin(.none) { output in
      output.raw("{\"type\":\"redacted_thinking\"")
      output.member("data", content: data.readableBytesUInt8Span)
      output.raw("}")
    }
    event("content_block_stop")
    output.member("index", index)
    endEvent()
    index += 1
  }

  mutating func toolCall(_ slot: Int, id: Span<UInt8>, name: Span<UInt8>) {
    hasCalls = true
    if case .tool = open {
      waiting.append(
        .tool(
          slot: slot, id: ByteBuffer(copying: id), name: ByteBuffer(copying: name), arguments: ByteBuffer(),
          isComplete: false))
    } else {
      beginCall(slot, ByteBuffer(copying: id), ByteBuffer(copying: name))
    }
  }

  private mutating func beginCall(_ slot: Int, _ id: ByteBuffer, _ name: ByteBuffer) {
    begin(.tool(slot)) { output in
      output.raw("{\"type\":\"tool_use\"")
      output.member("id", content: id.readableBytesUInt8Span)
      output.member("name", content: name.readableBytesUInt8Span)
      output.member("input", "{}}")
    }
  }

  mutating func arguments(_ slot: Int, _ content: Span<UInt8>) {
    guard !content.isEmpty else { return }
    if open == .tool(slot) {
      delta("input_json_delta", "partial_json", content)
      return
    }
    for place in waiting.indices {
      guard case .tool(slot, let id, let name, var arguments, let isComplete) = waiting[place] else { continue }
      arguments.writeBytes(content.bytes)
      waiting[place] = .tool(slot: slot, id: id, name: name, arguments: arguments, isComplete: isComplete)
    }
  }

  mutating func callIsComplete(_ slot: Int) {
    if open == .tool(slot) {
      close()
      flush(all: false)
      return
    }
    for place in waiting.indices {
      guard case .tool(slot, let id, let name, let arguments, _) = waiting[place] else { continue }
      waiting[place] = .tool(slot: slot, id: id, name: name, arguments: arguments, isComplete: true)
    }
  }

  mutating func usage(_ usage: TokenUsage) { counts = usage }
  mutating func finish(_ reason: FinishReason) { self.reason = reason }
  mutating func stopSequence(_ content: Span<UInt8>) { stop = ByteBuffer(copying: content) }

  mutating func end() {
    beginMessage()
    close()
    flush(all: true)
    event("message_delta")
    output.member("delta", "{")
    output.member("stop_reason", reason.anthropicName(hasCalls: hasCalls))
    output.writeStopSequence(stop)
    output.raw("}")
    output.key("usage")
    counts.writeAnthropic(to: &output)
    endEvent()
    event("message_stop")
    endEvent()
  }

  mutating func take() -> ByteBuffer? { output.isEmpty ? nil : output.take() }

  /// Appends to what waits last if it is of the same kind, else lets it wait behind.
  private mutating func wait(
    _ content: Span<UInt8>, as make: (ByteBuffer) -> Waiting, same: (Waiting) -> ByteBuffer?
  ) {
    if let last = waiting.last, var buffer = same(last) {
      buffer.writeBytes(content.bytes)
      waiting[waiting.count - 1] = make(buffer)
    } else {
      waiting.append(make(ByteBuffer(copying: content)))
    }
  }

  /// Writes what waits, up to a call that may still grow unless all is to be written.
  private mutating func flush(all: Bool) {
    while !waiting.isEmpty {
      switch waiting.removeFirst() {
      case .text(let content):
        // Line ends between calls are no text to show.
        if !content.readableBytesUInt8Span.isBlankContent { text(content.readableBytesUInt8Span) }
      case .thinking(let content): thinking(content.readableBytesUInt8Span)
      case .tool(let slot, let id, let name, let arguments, let isComplete):
        close()
        beginCall(slot, id, name)
        self.arguments(slot, arguments.readableBytesUInt8Span)
        guard isComplete || all else { return }
        close()
      }
    }
    if all { close() }
  }

  private mutating func beginMessage() {
    guard !hasBegun else { return }
    hasBegun = true
    event("message_start")
    output.member("message", "{")
    output.writeAnthropicID(id, or: identity.id)
    output.member("type", "\"message\"")
    output.member("role", "\"assistant\"")
    output.key("model")
    output.raw(identity.encodedModel)
    output.member("content", "[],\"stop_reason\":null,\"stop_sequence\":null")
    output.key("usage")
    counts.writeAnthropic(to: &output)
    output.raw("}")
    endEvent()
  }

  private mutating func begin(_ block: Block, _ write: (inout JSONOutput) -> Void) {
    beginMessage()
    close()
    open = block
    event("content_block_start")
    output.member("index", index)
    output.key("content_block")
    write(&output)
    endEvent()
  }

  private mutating func close() {
    guard open != .none else { return }
    open = .none
    event("content_block_stop")
    output.member("index", index)
    endEvent()
    index += 1
  }

  private mutating func delta(_ type: StaticString, _ name: StaticString, _ content: Span<UInt8>) {
    event("content_block_delta")
    output.member("index", index)
    output.key("delta")
    output.raw("{\"type\":\"")
    output.raw(type)
    output.raw("\"")
    output.member(name, content: content)
    output.raw("}")
    endEvent()
  }

  private mutating func event(_ type: StaticString) {
    output.raw("event: ")
    output.raw(type)
    output.raw("\ndata: {\"type\":\"")
    output.raw(type)
    output.raw("\"")
  }

  private mutating func endEvent() {
    output.raw("}\n\n")
  }
}

extension Span<UInt8> {
  /// Whether the inside of a JSON string is nothing but white space.
  var isBlankContent: Bool {
    var index = 0
    while index < count {
      switch self[index] {
      case 0x20: index += 1
      case UInt8(ascii: "\\") where index + 1 < count:
        switch self[index + 1] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): index += 2
        default: return false
        }
      default: return false
      }
    }
    return true
  }
}
