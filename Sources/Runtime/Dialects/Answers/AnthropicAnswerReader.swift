import NIOCore

/// Reads a whole answer of Anthropic's messages.
enum AnthropicAnswerReader {
  /// Tells a writer what an answer says.
  ///
  /// - Throws: if it is no message.
  static func read(_ tree: JSONTree, unwrapsTool: Bool, into writer: inout some AnswerWriter) throws(GatewayError) {
    guard let content = tree.member(tree.root, "content"), tree.kind(content) == .array else {
      throw .upstreamMalformed
    }
    let bytes = tree.text.readableBytesUInt8Span
    if let id = tree.member(tree.root, "id") { writer.identify(bytes.extracting(tree.contentRange(id))) }
    var isUnwrapped = false
    for (slot, block) in tree.elements(of: content).enumerated() {
      guard let type = tree.member(block, "type") else { continue }
      if tree.isString(type, "text"), let text = tree.member(block, "text") {
        writer.text(bytes.extracting(tree.contentRange(text)))
      } else if tree.isString(type, "tool_use"), let name = tree.member(block, "name") {
        var arguments = JSONOutput()
        if let input = tree.member(block, "input") {
          arguments.nested(input, of: tree)
        } else {
          arguments.raw("{}")
        }
        if unwrapsTool, tree.isString(name, AnthropicPromptWriter.formatTool) {
          isUnwrapped = true
          writer.text(arguments.buffer.readableBytesUInt8Span)
        } else {
          let id = tree.member(block, "id") ?? name
          writer.toolCall(
            slot, id: bytes.extracting(tree.contentRange(id)), name: bytes.extracting(tree.contentRange(name)))
          writer.arguments(slot, arguments.buffer.readableBytesUInt8Span)
        }
      } else if tree.isString(type, "thinking"), let thought = tree.member(block, "thinking") {
        writer.thinking(bytes.extracting(tree.contentRange(thought)))
        if let signature = tree.member(block, "signature") {
          writer.signature(bytes.extracting(tree.contentRange(signature)))
        }
      } else if tree.isString(type, "redacted_thinking"), let data = tree.member(block, "data") {
        writer.redactedThinking(bytes.extracting(tree.contentRange(data)))
      }
    }
    var counts = TokenUsage()
    counts.addAnthropic(tree.member(tree.root, "usage"), of: tree)
    writer.usage(counts)
    if let reason = tree.member(tree.root, "stop_reason") {
      let said = FinishReason(anthropic: reason, of: tree)
      writer.finish(isUnwrapped && said == .toolCalls ? .stop : said)
    }
    if let sequence = tree.member(tree.root, "stop_sequence") {
      writer.stopSequence(bytes.extracting(tree.contentRange(sequence)))
    }
    writer.end()
  }
}

extension TokenUsage {
  /// Takes over the counts of an Anthropic `usage` object; what it does not count stays.
  mutating func addAnthropic(_ usage: JSONNode?, of tree: JSONTree) {
    func count(_ name: StaticString) -> Int? { tree.member(usage, name).flatMap { tree.integer($0) } }
    let uncached = count("input_tokens") ?? uncached
    cacheRead = count("cache_read_input_tokens") ?? cacheRead
    cacheWrite = count("cache_creation_input_tokens") ?? cacheWrite
    prompt = uncached + cacheRead + cacheWrite
    completion = count("output_tokens") ?? completion
  }

  /// Takes over the counts of an OpenAI `usage` object; what it does not count stays.
  mutating func addOpenAI(_ usage: JSONNode?, of tree: JSONTree) {
    func count(_ object: JSONNode?, _ name: StaticString) -> Int? {
      tree.member(object, name).flatMap { tree.integer($0) }
    }
    // The names of the responses API follow those of chat completions.
    prompt = count(usage, "prompt_tokens") ?? count(usage, "input_tokens") ?? prompt
    completion = count(usage, "completion_tokens") ?? count(usage, "output_tokens") ?? completion
    let details = tree.member(usage, "prompt_tokens_details") ?? tree.member(usage, "input_tokens_details")
    // DeepSeek counts what came out of its cache in a member of its own.
    cacheRead = count(details, "cached_tokens") ?? count(usage, "prompt_cache_hit_tokens") ?? cacheRead
    let answer = tree.member(usage, "completion_tokens_details") ?? tree.member(usage, "output_tokens_details")
    reasoning = count(answer, "reasoning_tokens") ?? reasoning
  }
}

extension FinishReason {
  /// Reads Anthropic's `stop_reason`; an unknown one is an ordinary end.
  init(anthropic reason: JSONNode, of tree: JSONTree) {
    self =
      if tree.isString(reason, "tool_use") {
        .toolCalls
      } else if tree.isString(reason, "max_tokens") || tree.isString(reason, "model_context_window_exceeded")
        || tree.isString(reason, "pause_turn") || tree.isString(reason, "compaction")
      {
        .length
      } else if tree.isString(reason, "refusal") {
        .contentFilter
      } else if tree.isString(reason, "stop_sequence") {
        .stopSequence
      } else {
        .stop
      }
  }
}
