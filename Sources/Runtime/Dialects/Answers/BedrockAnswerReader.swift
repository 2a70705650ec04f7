import NIOCore

/// Reads a whole answer of Amazon Bedrock's Converse.
enum BedrockAnswerReader {
  /// Tells a writer what an answer says.
  ///
  /// - Throws: if it is none of Converse.
  static func read(
    _ tree: JSONTree, names: ToolNames, unwrapsTool: Bool, into writer: inout some AnswerWriter
  ) throws(GatewayError) {
    guard let content = tree.member(tree.member(tree.root, "output", "message"), "content") else {
      throw .upstreamMalformed
    }
    let bytes = tree.text.readableBytesUInt8Span
    var isUnwrapped = false
    for (slot, block) in tree.elements(of: content).enumerated() {
      if let text = tree.member(block, "text") {
        writer.text(bytes.extracting(tree.contentRange(text)))
      } else if let call = tree.member(block, "toolUse"), let name = tree.member(call, "name") {
        var arguments = JSONOutput()
        if let input = tree.member(call, "input") { arguments.nested(input, of: tree) } else { arguments.raw("{}") }
        if unwrapsTool, tree.isString(name, AnthropicPromptWriter.formatTool) {
          isUnwrapped = true
          writer.text(arguments.buffer.readableBytesUInt8Span)
          continue
        }
        let whole = names.restored(bytes.extracting(tree.contentRange(name)))
        let id = tree.member(call, "toolUseId") ?? name
        writer.toolCall(slot, id: bytes.extracting(tree.contentRange(id)), name: whole.span)
        writer.arguments(slot, arguments.buffer.readableBytesUInt8Span)
        writer.callIsComplete(slot)
      } else if let thought = tree.member(block, "reasoningContent") {
        if let text = tree.member(thought, "reasoningText", "text") {
          writer.thinking(bytes.extracting(tree.contentRange(text)))
        }
        if let signature = tree.member(thought, "reasoningText", "signature") {
          writer.signature(bytes.extracting(tree.contentRange(signature)))
        }
        if let data = tree.member(thought, "redactedContent") {
          writer.redactedThinking(bytes.extracting(tree.contentRange(data)))
        }
      }
    }
    var usage = TokenUsage()
    usage.addBedrock(tree.member(tree.root, "usage"), of: tree)
    writer.usage(usage)
    if let reason = tree.member(tree.root, "stopReason") {
      let said = FinishReason(bedrock: reason, of: tree)
      writer.finish(isUnwrapped && said == .toolCalls ? .stop : said)
    }
    writer.end()
  }
}

/// Reads a stream of Amazon Bedrock's ConverseStream, whose events are named by their frames.
struct BedrockStreamReader: AnswerEventReader {
  private let names: ToolNames
  private let unwrapsTool: Bool
  private(set) var usage: TokenUsage?
  private(set) var isDone = false
  /// The open block, if it is a call of a tool.
  private var call: (slot: Int, isUnwrapped: Bool, hasArguments: Bool)?
  private var isUnwrapped = false

  init(names: ToolNames, unwrapsTool: Bool) {
    self.names = names
    self.unwrapsTool = unwrapsTool
  }

  mutating func read(
    _ event: JSONTree, type: String?, into writer: inout some AnswerWriter
  ) throws(GatewayError) {
    switch type {
    case "contentBlockDelta": delta(event, into: &writer)
    case "contentBlockStart": blockStart(event, into: &writer)
    case "contentBlockStop":
      guard let call else { return }
      if !call.hasArguments { arguments([UInt8(ascii: "{"), UInt8(ascii: "}")].span, into: &writer) }
      if !call.isUnwrapped { writer.callIsComplete(call.slot) }
      self.call = nil
    case "messageStop":
      if let reason = event.member(event.root, "stopReason") {
        let said = FinishReason(bedrock: reason, of: event)
        writer.finish(isUnwrapped && said == .toolCalls ? .stop : said)
      }
    case "metadata":
      var usage = usage ?? TokenUsage()
      usage.addBedrock(event.member(event.root, "usage"), of: event)
      self.usage = usage
      writer.usage(usage)
      finish(into: &writer)
    case "messageStart", nil: break
    case let name? where name.hasSuffix("Exception"):
      throw .upstreamFailure(UpstreamFailure.read(event: event.root, of: event, type: name))
    default: break
    }
  }

  mutating func finish(into writer: inout some AnswerWriter) {
    guard !isDone else { return }
    isDone = true
    writer.end()
  }

  private mutating func blockStart(_ event: JSONTree, into writer: inout some AnswerWriter) {
    guard let call = event.member(event.root, "start", "toolUse"), let name = event.member(call, "name") else { return }
    let bytes = event.text.readableBytesUInt8Span
    let slot = event.member(event.root, "contentBlockIndex").flatMap { event.integer($0) } ?? 0
    if unwrapsTool, event.isString(name, AnthropicPromptWriter.formatTool) {
      isUnwrapped = true
      self.call = (slot, true, false)
      return
    }
    self.call = (slot, false, false)
    let id = event.member(call, "toolUseId") ?? name
    let whole = names.restored(bytes.extracting(event.contentRange(name)))
    writer.toolCall(slot, id: bytes.extracting(event.contentRange(id)), name: whole.span)
  }

  private mutating func delta(_ event: JSONTree, into writer: inout some AnswerWriter) {
    let bytes = event.text.readableBytesUInt8Span
    let delta = event.member(event.root, "delta")
    if let text = event.member(delta, "text") {
      writer.text(bytes.extracting(event.contentRange(text)))
    } else if let input = event.member(delta, "toolUse", "input") {
      arguments(bytes.extracting(event.contentRange(input)), into: &writer)
    } else if let thought = event.member(delta, "reasoningContent") {
      if let text = event.member(thought, "text") {
        writer.thinking(bytes.extracting(event.contentRange(text)))
      } else if let signature = event.member(thought, "signature") {
        writer.signature(bytes.extracting(event.contentRange(signature)))
      } else if let data = event.member(thought, "redactedContent") {
        writer.redactedThinking(bytes.extracting(event.contentRange(data)))
      }
    }
  }

  private mutating func arguments(_ content: Span<UInt8>, into writer: inout some AnswerWriter) {
    guard let call, !content.isEmpty else { return }
    self.call?.hasArguments = true
    if call.isUnwrapped { writer.text(content) } else { writer.arguments(call.slot, content) }
  }
}

extension TokenUsage {
  /// Takes over the counts of Converse; as with Anthropic, `inputTokens` are those outside of the cache.
  mutating func addBedrock(_ usage: JSONNode?, of tree: JSONTree) {
    func count(_ name: StaticString) -> Int? { tree.member(usage, name).flatMap { tree.integer($0) } }
    let uncached = count("inputTokens") ?? uncached
    cacheRead = count("cacheReadInputTokens") ?? cacheRead
    cacheWrite = count("cacheWriteInputTokens") ?? cacheWrite
    prompt = uncached + cacheRead + cacheWrite
    completion = count("outputTokens") ?? completion
  }
}

extension FinishReason {
  /// Reads Converse's `stopReason`; an unknown one is an ordinary end.
  init(bedrock reason: JSONNode, of tree: JSONTree) {
    self =
      if tree.isString(reason, "guardrail_intervened") || tree.isString(reason, "content_filtered") {
        .contentFilter
      } else {
        FinishReason(anthropic: reason, of: tree)
      }
  }
}
