import GatewaySpec
import NIOCore

extension MockProvider {
  /// Answers a conversation in the dialect of its client, whole or as a stream.
  ///
  /// A tool is called if the client insists on one, or if the user's last words have a tool's name in them; its arguments
  /// are an empty object. What a tool has given is repeated like anything else.
  ///
  /// - Throws: what a provider of another dialect would not understand, as a 400 that names the field.
  func answer(to request: ClientRequest) throws(GatewayError) -> ByteBuffer {
    let tree: JSONTree
    do {
      tree = try JSONTree(request.body)
    } catch {
      throw .invalidJSON(reason: error.reason, offset: error.offset)
    }
    let identity = AnswerIdentity(encodedModel: encodedModel, id: id, created: created)
    switch (request.dialect, request.stream) {
    case (.openAI, false):
      return try answer(OpenAIPromptReader.read(tree), of: request, by: OpenAIAnswerWriter(identity))
    case (.openAI, true):
      let writer = OpenAIStreamWriter(identity, reportsUsage: request.includeUsage)
      return try answer(OpenAIPromptReader.read(tree), of: request, by: writer)
    case (.anthropic, false):
      return try answer(AnthropicPromptReader.read(tree), of: request, by: AnthropicAnswerWriter(identity))
    case (.anthropic, true):
      return try answer(AnthropicPromptReader.read(tree), of: request, by: AnthropicStreamWriter(identity))
    }
  }

  private func answer(_ prompt: ChatPrompt, of request: ClientRequest, by writer: some AnswerWriter) -> ByteBuffer {
    var writer = writer
    let (said, isResult) = Self.lastWords(prompt)
    var usage = TokenUsage(prompt: (request.messages.count + 3) / 4)
    // Anthropic's streams begin with what the prompt took.
    writer.usage(usage)
    if let name = isResult ? nil : tool(of: prompt, named: said) {
      let content = JSONText.encode(name).dropFirst().dropLast()
      writer.toolCall(0, id: Array("call_\(id)".utf8).span, name: Array(content).span)
      writer.arguments(0, [UInt8(ascii: "{"), UInt8(ascii: "}")].span)
      writer.callIsComplete(0)
      writer.finish(.toolCalls)
      usage.completion = (name.utf8.count + 3) / 4
    } else {
      let text = Self.reply(to: said)
      for word in Self.words(text) { writer.text(Array(JSONText.encode(word).dropFirst().dropLast()).span) }
      writer.finish(.stop)
      usage.completion = (text.utf8.count + 3) / 4
    }
    writer.usage(usage)
    writer.end()
    return writer.take() ?? ByteBuffer()
  }

  private func tool(of prompt: ChatPrompt, named said: String) -> String? {
    let names = prompt.tools.compactMap { prompt.tree.string($0.name) }
    switch prompt.toolChoice {
    case .required: return names.first
    case .tool(let name): return prompt.tree.string(name)
    case .forbidden: return nil
    case .auto, nil: return names.first { !$0.isEmpty && said.contains($0) }
    }
  }

  /// What the user's side said last: its text, or the text that a tool has given.
  private static func lastWords(_ prompt: ChatPrompt) -> (text: String, isResult: Bool) {
    guard let turn = prompt.turns.last(where: { $0.role == .user }) else { return ("", false) }
    var text = ""
    var result = ""
    for part in turn.parts {
      switch part.content {
      case .text(let said): text += prompt.tree.string(said) ?? ""
      case .toolResult(_, let parts, _):
        for part in parts { if case .text(let said) = part.content { result += prompt.tree.string(said) ?? "" } }
      default: break
      }
    }
    return text.isEmpty
      ? (String(result.prefix(maximumEcho)), !result.isEmpty) : (String(text.prefix(maximumEcho)), false)
  }
}
