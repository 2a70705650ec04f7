import GatewaySpec
import NIOCore

/// Writes a request of Amazon Bedrock's Converse (Bedrock Runtime API reference, "Converse").
struct BedrockPromptWriter {
  private let prompt: ChatPrompt
  private let tree: JSONTree
  private let endpoint: UpstreamEndpoint
  private var names = ToolNames()
  private var documents = 0
  private var output: JSONOutput

  /// Writes a prompt, or says which field Converse has nothing for.
  static func write(
    _ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan
  ) throws(GatewayError) -> ByteBuffer {
    var writer = BedrockPromptWriter(
      prompt: prompt, tree: prompt.tree, endpoint: endpoint,
      output: JSONOutput(capacity: prompt.tree.text.readableBytes + 256))
    try writer.write(&plan)
    plan.toolNames = writer.names
    return writer.output.buffer
  }

  /// Anthropic's models take parameters of their own through Converse.
  private var isAnthropic: Bool { endpoint.model.contains("anthropic") }

  private mutating func write(_ plan: inout AnswerPlan) throws(GatewayError) {
    try refuse()
    output.raw("{\"messages\":[")
    for turn in prompt.turns {
      output.beginObject()
      output.member("role", turn.role == .user ? "\"user\"" : "\"assistant\"")
      output.member("content", "[")
      for part in turn.parts where part.isResult { try write(part) }
      for part in turn.parts where !part.isResult { try write(part) }
      output.raw("]}")
    }
    output.raw("]")
    if !prompt.system.isEmpty {
      output.member("system", "[")
      for part in prompt.system { try write(part) }
      output.raw("]")
    }
    configuration()
    plan.unwrapsTool = prompt.format != nil
    try tools(forcesTool: plan.unwrapsTool)
    extras()
    output.raw("}")
  }

  private func refuse() throws(GatewayError) {
    try prompt.refuseSeedAndPenalties(in: "Bedrock's Converse")
    if prompt.allowsParallelCalls == false, prompt.tools.count > 1, !isAnthropic {
      throw ChatPrompt.cannotExpress("parallel_tool_calls", in: "Bedrock's Converse")
    }
  }

  private mutating func write(_ part: ChatPrompt.Part) throws(GatewayError) {
    switch part.content {
    case .text(let text):
      if tree.isBlank(text) { return }
      output.beginObject()
      output.member("text", text, of: tree)
    case .image(let mediaType, let data):
      output.beginObject()
      output.member("image", "{")
      output.member("format", text: Self.format(JSONText.text(tree.text.readableBytesUInt8Span.extracting(mediaType))))
      output.member("source", "{")
      output.member("bytes", content: data, of: tree)
      output.raw("}}")
    case .document(let mediaType, let data, _):
      documents += 1
      output.beginObject()
      output.member("document", "{")
      output.member("format", text: Self.format(JSONText.text(tree.text.readableBytesUInt8Span.extracting(mediaType))))
      output.member("name", text: "document-\(documents)")
      output.member("source", "{")
      output.member("bytes", content: data, of: tree)
      output.raw("}}")
    case .imageURL:
      throw ChatPrompt.cannotExpress("image_url", in: "Bedrock's Converse, which takes pictures in Base64 only,")
    case .documentURL:
      throw ChatPrompt.cannotExpress("source.url", in: "Bedrock's Converse, which takes files in Base64 only,")
    case .audio: throw ChatPrompt.cannotExpress("input_audio", in: "Bedrock's Converse")
    case .toolCall(let id, let name, let arguments):
      output.beginObject()
      output.member("toolUse", "{")
      output.member("toolUseId", id, of: tree)
      output.key("name")
      names.write(name, of: tree, to: &output)
      output.key("input")
      try output.object(arguments, of: tree)
      output.raw("}")
    case .toolResult(let id, let parts, let isError):
      output.beginObject()
      output.member("toolResult", "{")
      output.member("toolUseId", id, of: tree)
      output.member("content", "[")
      for part in parts { try write(part) }
      output.raw("]")
      if isError { output.member("status", "\"error\"") }
      output.raw("}")
    case .thinking(let text, let signature):
      // Only a signed thought is taken back.
      guard let signature else { return }
      output.beginObject()
      output.member("reasoningContent", "{\"reasoningText\":{")
      output.member("text", text, of: tree)
      output.member("signature", signature, of: tree)
      output.raw("}}")
    case .redactedThinking(let data):
      output.beginObject()
      output.member("reasoningContent", "{")
      output.member("redactedContent", data, of: tree)
      output.raw("}")
    }
    output.raw("}")
    if part.cacheControl != nil {
      output.beginObject()
      output.raw("\"cachePoint\":{\"type\":\"default\"}}")
    }
  }

  /// Bedrock's word for a media type: what follows the slash, which JSON may have escaped.
  private static func format(_ mediaType: String) -> String {
    switch mediaType.split(separator: "/").last ?? "" {
    case "jpg": "jpeg"
    case "plain": "txt"
    case "markdown": "md"
    case let name: String(name)
    }
  }

  private mutating func configuration() {
    output.member("inferenceConfig", "{")
    if let limit = prompt.outputLimit { output.member("maxTokens", limit, of: tree) }
    if let temperature = prompt.sampling.temperature { output.member("temperature", temperature, of: tree) }
    if let topP = prompt.sampling.topP { output.member("topP", topP, of: tree) }
    output.member("stopSequences", prompt.stops.filter { !tree.isBlank($0) }, of: tree)
    output.raw("}")
  }

  private mutating func tools(forcesTool: Bool) throws(GatewayError) {
    if case .forbidden = prompt.toolChoice {
      // Converse cannot forbid tools, but it can be left without any, unless it has called some.
      guard !hasCalls else {
        throw ChatPrompt.cannotExpress("tool_choice", in: "Bedrock's Converse after calls of tools")
      }
      if !forcesTool { return }
    }
    guard !prompt.tools.isEmpty || forcesTool else { return }
    output.member("toolConfig", "{\"tools\":[")
    for tool in prompt.tools {
      output.beginObject()
      output.member("toolSpec", "{")
      output.key("name")
      names.write(tool.name, of: tree, to: &output)
      if let description = tool.description, !tree.isEmpty(description) {
        output.member("description", description, of: tree)
      }
      output.member("inputSchema", "{")
      if let schema = tool.schema {
        output.member("json", schema, of: tree)
      } else {
        output.member("json", "{\"type\":\"object\",\"properties\":{}}")
      }
      output.raw("}}}")
      if tool.cacheControl != nil {
        output.beginObject()
        output.raw("\"cachePoint\":{\"type\":\"default\"}}")
      }
    }
    if forcesTool {
      output.beginObject()
      output.member("toolSpec", "{")
      output.member("name", text: String(describing: AnthropicPromptWriter.formatTool))
      output.member("description", "\"Gives the answer.\"")
      output.member("inputSchema", "{")
      if case .schema(let schema, _, _) = prompt.format {
        output.member("json", schema, of: tree)
      } else {
        output.member("json", "{\"type\":\"object\",\"additionalProperties\":true}")
      }
      output.raw("}}}")
    }
    output.raw("]")
    toolChoice(forcesTool: forcesTool)
    output.raw("}")
  }

  private mutating func toolChoice(forcesTool: Bool) {
    switch prompt.toolChoice {
    case _ where forcesTool && prompt.tools.isEmpty && prompt.reasoning == nil:
      output.member("toolChoice", "{\"tool\":{")
      output.member("name", text: String(describing: AnthropicPromptWriter.formatTool))
      output.raw("}}")
    case nil, .auto, .forbidden: break
    case .required: output.member("toolChoice", "{\"any\":{}}")
    case .tool(let name):
      output.member("toolChoice", "{\"tool\":{\"name\":")
      names.write(name, of: tree, to: &output)
      output.raw("}}")
    }
  }

  private var hasCalls: Bool {
    prompt.turns.contains { turn in
      turn.parts.contains { part in if case .toolCall = part.content { true } else { false } }
    }
  }

  /// What Converse itself does not have and the model may.
  private mutating func extras() {
    let budget = isAnthropic ? self.budget : nil
    let isSerial = prompt.allowsParallelCalls == false && isAnthropic && !prompt.tools.isEmpty
    guard prompt.sampling.topK != nil || budget != nil || isSerial || !prompt.extras.isEmpty else { return }
    output.member("additionalModelRequestFields", "{")
    if let topK = prompt.sampling.topK { output.member("top_k", topK, of: tree) }
    if let budget {
      output.member("thinking", "{\"type\":\"enabled\"")
      output.member("budget_tokens", budget)
      output.raw("}")
    }
    if isSerial {
      let isRequired = if case .required = prompt.toolChoice { true } else { false }
      output.member("tool_choice", isRequired ? "{\"type\":\"any\"" : "{\"type\":\"auto\"")
      output.member("disable_parallel_tool_use", "true}")
    }
    output.members(prompt.extras, of: tree)
    output.raw("}")
  }

  private var budget: Int? {
    switch prompt.reasoning {
    case nil, .off, .adaptive: nil
    case .budget(let budget): tree.integer(budget)
    case .effort(let effort):
      ReasoningEffort.budget(
        tree.string(effort) ?? "", below: prompt.outputLimit.flatMap { tree.integer($0) } ?? endpoint.outputLimit)
    }
  }
}
