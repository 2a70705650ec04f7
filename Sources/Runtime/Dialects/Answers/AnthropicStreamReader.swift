import NIOCore

/// Reads a stream of Anthropic's messages.
struct AnthropicStreamReader: AnswerEventReader {
  private let unwrapsTool: Bool
  private(set) var usage: TokenUsage?
  private(set) var isDone = false
  /// The open block, if it is a call of a tool.
  private var call: (slot: Int, isUnwrapped: Bool, hasArguments: Bool)?
  private var isUnwrapped = false

  init(unwrapsTool: Bool) {
    self.unwrapsTool = unwrapsTool
  }

  mutating func read(
    _ event: JSONTree, type name: String?, into writer: inout some AnswerWriter
  ) throws(GatewayError) {
    let root = event.root
    guard let type = event.member(root, "type") else { throw .upstreamMalformed }
    if event.isString(type, "content_block_delta") {
      delta(event, into: &writer)
    } else if event.isString(type, "content_block_start") {
      blockStart(event, into: &writer)
    } else if event.isString(type, "content_block_stop") {
      blockStop(into: &writer)
    } else if event.isString(type, "message_start") {
      let bytes = event.text.readableBytesUInt8Span
      let message = event.member(root, "message")
      if let id = event.member(message, "id") { writer.identify(bytes.extracting(event.contentRange(id))) }
      count(event.member(message, "usage"), of: event, into: &writer)
    } else if event.isString(type, "message_delta") {
      count(event.member(root, "usage"), of: event, into: &writer)
      let delta = event.member(root, "delta")
      if let reason = event.member(delta, "stop_reason") {
        let said = FinishReason(anthropic: reason, of: event)
        writer.finish(isUnwrapped && said == .toolCalls ? .stop : said)
      }
      if let sequence = event.member(delta, "stop_sequence") {
        writer.stopSequence(event.text.readableBytesUInt8Span.extracting(event.contentRange(sequence)))
      }
    } else if event.isString(type, "message_stop") {
      finish(into: &writer)
    } else if event.isString(type, "error") {
      throw .upstreamFailure(UpstreamFailure.read(event: root, of: event))
    }
    // A ping says nothing, and what is not known here was added to the dialect later.
  }

  mutating func finish(into writer: inout some AnswerWriter) {
    guard !isDone else { return }
    isDone = true
    writer.end()
  }

  private mutating func count(_ counts: JSONNode?, of event: JSONTree, into writer: inout some AnswerWriter) {
    guard let counts else { return }
    var usage = usage ?? TokenUsage()
    usage.addAnthropic(counts, of: event)
    self.usage = usage
    writer.usage(usage)
  }

  private mutating func blockStart(_ event: JSONTree, into writer: inout some AnswerWriter) {
    let bytes = event.text.readableBytesUInt8Span
    let block = event.member(event.root, "content_block")
    guard let type = event.member(block, "type") else { return }
    if event.isString(type, "tool_use"), let name = event.member(block, "name") {
      let slot = event.member(event.root, "index").flatMap { event.integer($0) } ?? 0
      if unwrapsTool, event.isString(name, AnthropicPromptWriter.formatTool) {
        isUnwrapped = true
        call = (slot, true, false)
      } else {
        call = (slot, false, false)
        let id = event.member(block, "id") ?? name
        writer.toolCall(
          slot, id: bytes.extracting(event.contentRange(id)), name: bytes.extracting(event.contentRange(name)))
      }
      // A server that does not stream arguments gives them here.
      if let input = event.member(block, "input"), !event.isEmpty(input) {
        var arguments = JSONOutput()
        arguments.nested(input, of: event)
        self.arguments(arguments.buffer.readableBytesUInt8Span, into: &writer)
      }
    } else if event.isString(type, "text"), let text = event.member(block, "text") {
      writer.text(bytes.extracting(event.contentRange(text)))
    } else if event.isString(type, "thinking"), let text = event.member(block, "thinking") {
      writer.thinking(bytes.extracting(event.contentRange(text)))
    } else if event.isString(type, "redacted_thinking"), let data = event.member(block, "data") {
      writer.redactedThinking(bytes.extracting(event.contentRange(data)))
    }
  }

  private mutating func delta(_ event: JSONTree, into writer: inout some AnswerWriter) {
    let bytes = event.text.readableBytesUInt8Span
    let delta = event.member(event.root, "delta")
    if let text = event.member(delta, "text") {
      writer.text(bytes.extracting(event.contentRange(text)))
    } else if let json = event.member(delta, "partial_json") {
      arguments(bytes.extracting(event.contentRange(json)), into: &writer)
    } else if let thought = event.member(delta, "thinking") {
      writer.thinking(bytes.extracting(event.contentRange(thought)))
    } else if let signature = event.member(delta, "signature") {
      writer.signature(bytes.extracting(event.contentRange(signature)))
    }
  }

  private mutating func arguments(_ content: Span<UInt8>, into writer: inout some AnswerWriter) {
    guard let call, !content.isEmpty else { return }
    self.call?.hasArguments = true
    if call.isUnwrapped { writer.text(content) } else { writer.arguments(call.slot, content) }
  }

  private mutating func blockStop(into writer: inout some AnswerWriter) {
    guard let call else { return }
    // OpenAI's clients parse the arguments, and an empty text is no JSON.
    if !call.hasArguments { arguments([UInt8(ascii: "{"), UInt8(ascii: "}")].span, into: &writer) }
    writer.callIsComplete(call.slot)
    self.call = nil
  }
}
