import NIOCore

/// Reads a whole answer of OpenAI's chat completions. Of several choices the first counts.
enum OpenAIAnswerReader {
  /// Tells a writer what an answer says.
  ///
  /// - Throws: if it is no chat completion.
  static func read(_ tree: JSONTree, names: ToolNames, into writer: inout some AnswerWriter) throws(GatewayError) {
    guard let choices = tree.member(tree.root, "choices"),
      let choice = tree.elements(of: choices).first(where: { _ in true }),
      let message = tree.member(choice, "message")
    else { throw .upstreamMalformed }
    let bytes = tree.text.readableBytesUInt8Span
    if let id = tree.member(tree.root, "id") { writer.identify(bytes.extracting(tree.contentRange(id))) }
    readReasoning(message, of: tree, into: &writer)
    readContent(message, of: tree, into: &writer)
    var hasCalls = false
    if let calls = tree.member(message, "tool_calls") {
      for (slot, call) in tree.elements(of: calls).enumerated() {
        guard let name = tree.member(tree.member(call, "function"), "name") else { continue }
        hasCalls = true
        let id = tree.member(call, "id") ?? name
        let whole = names.restored(bytes.extracting(tree.contentRange(name)))
        writer.toolCall(slot, id: bytes.extracting(tree.contentRange(id)), name: whole.span)
        if let arguments = tree.member(tree.member(call, "function"), "arguments") {
          if tree.kind(arguments) == .string {
            writer.arguments(slot, bytes.extracting(tree.contentRange(arguments)))
          } else {
            // Some servers give the object itself.
            var text = JSONOutput()
            text.nested(arguments, of: tree)
            writer.arguments(slot, text.buffer.readableBytesUInt8Span)
          }
        }
        writer.callIsComplete(slot)
      }
    }
    if let counts = tree.member(tree.root, "usage") {
      var usage = TokenUsage()
      usage.addOpenAI(counts, of: tree)
      writer.usage(usage)
    }
    let reason = tree.member(choice, "finish_reason").map { FinishReason(openAI: $0, of: tree) }
    writer.finish(reason ?? (hasCalls ? .toolCalls : .stop))
    // vLLM says which stop sequence it came to.
    if let sequence = tree.member(choice, "stop_reason"), tree.kind(sequence) == .string {
      writer.finish(.stopSequence)
      writer.stopSequence(bytes.extracting(tree.contentRange(sequence)))
    }
    writer.end()
  }

  /// The reasoning of a message or of a delta: with signatures if it passed a gateway that keeps them, else as DeepSeek
  /// and vLLM (`reasoning_content`) or OpenRouter and Groq (`reasoning`) give it.
  static func readReasoning(_ message: JSONNode, of tree: JSONTree, into writer: inout some AnswerWriter) {
    let bytes = tree.text.readableBytesUInt8Span
    let blocks = tree.member(message, "thinking_blocks")
    let isSigned =
      blocks.map { blocks in
        tree.elements(of: blocks).contains { block in tree.member(block, "thinking").map { !tree.isEmpty($0) } ?? false
        }
      } ?? false
    if !isSigned,
      let thought = tree.member(message, "reasoning_content") ?? tree.member(message, "reasoning"),
      tree.kind(thought) == .string
    {
      writer.thinking(bytes.extracting(tree.contentRange(thought)))
    }
    guard let blocks else { return }
    for block in tree.elements(of: blocks) {
      if isSigned, let thought = tree.member(block, "thinking") {
        writer.thinking(bytes.extracting(tree.contentRange(thought)))
      }
      if let signature = tree.member(block, "signature") {
        writer.signature(bytes.extracting(tree.contentRange(signature)))
      } else if let data = tree.member(block, "data") {
        writer.redactedThinking(bytes.extracting(tree.contentRange(data)))
      }
    }
  }

  /// The text of a message or of a delta, or its refusal. Mistral's reasoning models give parts in place of a string.
  static func readContent(_ message: JSONNode, of tree: JSONTree, into writer: inout some AnswerWriter) {
    let bytes = tree.text.readableBytesUInt8Span
    if let content = tree.member(message, "content") {
      if tree.kind(content) == .string { writer.text(bytes.extracting(tree.contentRange(content))) }
      for part in tree.elements(of: content) {
        if let text = tree.member(part, "text"), tree.kind(text) == .string {
          writer.text(bytes.extracting(tree.contentRange(text)))
        }
        guard let thought = tree.member(part, "thinking") else { continue }
        for part in tree.elements(of: thought) {
          if let text = tree.member(part, "text") { writer.thinking(bytes.extracting(tree.contentRange(text))) }
        }
      }
    }
    if let refusal = tree.member(message, "refusal"), tree.kind(refusal) == .string {
      writer.text(bytes.extracting(tree.contentRange(refusal)))
    }
  }
}

extension FinishReason {
  /// Reads OpenAI's `finish_reason` and what servers of its dialect say instead; an unknown one is an ordinary end.
  init(openAI reason: JSONNode, of tree: JSONTree) {
    self =
      if tree.isString(reason, "tool_calls") || tree.isString(reason, "function_call") {
        .toolCalls
      } else if tree.isString(reason, "length") || tree.isString(reason, "model_length")
        || tree.isString(reason, "max_tokens")
      {
        .length
      } else if tree.isString(reason, "content_filter") || tree.isString(reason, "refusal") {
        .contentFilter
      } else {
        .stop
      }
  }
}
