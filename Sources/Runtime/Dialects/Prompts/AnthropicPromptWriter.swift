import GatewaySpec
import NIOCore

/// Writes a request of Anthropic's messages (Anthropic API reference, "Create a message").
struct AnthropicPromptWriter {
  private let prompt: ChatPrompt
  private let tree: JSONTree
  private let endpoint: UpstreamEndpoint
  private var output: JSONOutput

  /// Writes a prompt, or says which field Anthropic's dialect has nothing for.
  static func write(
    _ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan
  ) throws(GatewayError) -> ByteBuffer {
    var writer = AnthropicPromptWriter(
      prompt: prompt, tree: prompt.tree, endpoint: endpoint,
      output: JSONOutput(capacity: prompt.tree.text.readableBytes + 256))
    try writer.write(&plan)
    return writer.output.buffer
  }

  /// The name of the tool that a model is made to call when its answer must be JSON.
  static let formatTool: StaticString = "json_tool_call"

  private mutating func write(_ plan: inout AnswerPlan) throws(GatewayError) {
    try prompt.refuseSeedAndPenalties(in: "Anthropic's API")
    output.raw("{\"model\":")
    output.raw(endpoint.encodedModel)
    if let limit = prompt.outputLimit {
      output.member("max_tokens", limit, of: tree)
    } else {
      output.member("max_tokens", endpoint.outputLimit)
    }
    system()
    output.member("messages", "[")
    for turn in prompt.turns { try write(turn) }
    output.raw("]")
    if let temperature = prompt.sampling.temperature { output.member("temperature", temperature, of: tree) }
    if let topP = prompt.sampling.topP { output.member("top_p", topP, of: tree) }
    if let topK = prompt.sampling.topK { output.member("top_k", topK, of: tree) }
    output.member("stop_sequences", prompt.stops.filter { !tree.isBlank($0) }, of: tree)
    if let user = prompt.user {
      output.member("metadata", "{")
      output.member("user_id", user, of: tree)
      output.raw("}")
    }
    let isThinking = thinking()
    let forcesTool = format(effort: isThinking == .adaptive)
    plan.unwrapsTool = forcesTool
    tools(forcesTool: forcesTool)
    toolChoice(forcesTool: forcesTool, isThinking: isThinking != .off)
    if plan.isStream { output.member("stream", "true") }
    output.members(prompt.extras, of: tree)
    output.raw("}")
  }

  private mutating func system() {
    let parts = prompt.system.filter { !isBlank($0) }
    guard let first = parts.first else { return }
    output.key("system")
    if parts.count == 1, first.cacheControl == nil, case .text(let text) = first.content {
      output.copy(text, of: tree)
      return
    }
    output.raw("[")
    for part in parts {
      if case .text(let text) = part.content { write(text: text, part.cacheControl) }
    }
    output.raw("]")
  }

  private mutating func write(_ turn: ChatPrompt.Turn) throws(GatewayError) {
    // Only a signed thought is taken back.
    let parts = turn.parts.filter { !isBlank($0) && !isUnsigned($0) }
    guard let first = parts.first else { return }
    output.beginObject()
    output.member("role", turn.role == .user ? "\"user\"" : "\"assistant\"")
    output.key("content")
    if parts.count == 1, first.cacheControl == nil, case .text(let text) = first.content {
      output.copy(text, of: tree)
    } else {
      output.raw("[")
      // The results of tools come first in a turn.
      for part in parts where part.isResult { try write(part) }
      for part in parts where !part.isResult { try write(part) }
      output.raw("]")
    }
    output.raw("}")
  }

  private func isBlank(_ part: ChatPrompt.Part) -> Bool {
    if case .text(let text) = part.content { tree.isBlank(text) } else { false }
  }

  private func isUnsigned(_ part: ChatPrompt.Part) -> Bool {
    if case .thinking(_, signature: nil) = part.content { true } else { false }
  }

  private mutating func write(text: JSONNode, _ cacheControl: JSONNode?) {
    output.beginObject()
    output.member("type", "\"text\"")
    output.member("text", text, of: tree)
    close(cacheControl)
  }

  private mutating func close(_ cacheControl: JSONNode?) {
    if let cacheControl { output.member("cache_control", cacheControl, of: tree) }
    output.raw("}")
  }

  private mutating func write(_ part: ChatPrompt.Part) throws(GatewayError) {
    switch part.content {
    case .text(let text):
      write(text: text, part.cacheControl)
      return
    case .image(let mediaType, let data): source("image", mediaType, data)
    case .imageURL(let url): source("image", url)
    case .document(let mediaType, let data, let title):
      source("document", mediaType, data)
      if let title { output.member("title", title, of: tree) }
    case .documentURL(let url): source("document", url)
    case .audio: throw ChatPrompt.cannotExpress("input_audio", in: "Anthropic's API")
    case .toolCall(let id, let name, let arguments):
      output.beginObject()
      output.member("type", "\"tool_use\"")
      output.member("id", id, of: tree)
      output.member("name", name, of: tree)
      output.key("input")
      try output.object(arguments, of: tree)
    case .toolResult(let id, let parts, let isError):
      output.beginObject()
      output.member("type", "\"tool_result\"")
      output.member("tool_use_id", id, of: tree)
      if isError { output.member("is_error", "true") }
      try result(parts)
    case .thinking(let text, let signature):
      output.beginObject()
      output.member("type", "\"thinking\"")
      output.member("thinking", text, of: tree)
      if let signature { output.member("signature", signature, of: tree) }
    case .redactedThinking(let data):
      output.beginObject()
      output.member("type", "\"redacted_thinking\"")
      output.member("data", data, of: tree)
    }
    close(part.cacheControl)
  }

  /// Begins a block with data at hand; the caller ends it.
  private mutating func source(_ type: StaticString, _ mediaType: Range<Int>, _ data: Range<Int>) {
    output.beginObject()
    output.key("type")
    output.raw("\"")
    output.raw(type)
    output.raw("\"")
    output.member("source", "{\"type\":\"base64\"")
    output.member("media_type", content: mediaType, of: tree)
    output.member("data", content: data, of: tree)
    output.raw("}")
  }

  /// Begins a block with data at an address; the caller ends it.
  private mutating func source(_ type: StaticString, _ url: JSONNode) {
    output.beginObject()
    output.key("type")
    output.raw("\"")
    output.raw(type)
    output.raw("\"")
    output.member("source", "{\"type\":\"url\"")
    output.member("url", url, of: tree)
    output.raw("}")
  }

  private mutating func result(_ parts: [ChatPrompt.Part]) throws(GatewayError) {
    let parts = parts.filter { !isBlank($0) }
    guard let first = parts.first else { return }
    output.key("content")
    if parts.count == 1, case .text(let text) = first.content {
      output.copy(text, of: tree)
      return
    }
    output.raw("[")
    for part in parts { try write(part) }
    output.raw("]")
  }

  private enum Thinking { case off, budget, adaptive }

  private mutating func thinking() -> Thinking {
    switch prompt.reasoning {
    case nil, .off: return .off
    case .adaptive:
      output.member("thinking", "{\"type\":\"adaptive\"}")
      return .adaptive
    case .budget(let budget):
      output.member("thinking", "{\"type\":\"enabled\"")
      output.member("budget_tokens", budget, of: tree)
      output.raw("}")
      return .budget
    case .effort(let effort):
      if AnthropicModelTraits.thinksAdaptively(endpoint.model) {
        output.member("thinking", "{\"type\":\"adaptive\"}")
        return .adaptive
      }
      let limit = prompt.outputLimit.flatMap { tree.integer($0) } ?? endpoint.outputLimit
      guard let budget = ReasoningEffort.budget(tree.string(effort) ?? "", below: limit) else { return .off }
      output.member("thinking", "{\"type\":\"enabled\"")
      output.member("budget_tokens", budget)
      output.raw("}")
      return .budget
    }
  }

  /// Asks for JSON, and says whether a tool must be forced for it.
  private mutating func format(effort isAdaptive: Bool) -> Bool {
    var level: JSONNode?
    if isAdaptive, case .effort(let effort) = prompt.reasoning { level = effort }
    var schema: JSONNode?
    if case .schema(let node, _, _) = prompt.format, AnthropicModelTraits.hasStructuredOutput(endpoint.model) {
      schema = node
    }
    if level != nil || schema != nil {
      output.member("output_config", "{")
      if let level {
        let isLow = tree.isString(level, "minimal") || tree.isString(level, "low")
        output.key("effort")
        if isLow { output.raw("\"low\"") } else { output.copy(level, of: tree) }
      }
      if let schema {
        output.member("format", "{\"type\":\"json_schema\"")
        output.member("schema", schema, of: tree)
        output.raw("}")
      }
      output.raw("}")
    }
    return prompt.format != nil && schema == nil
  }

  private mutating func tools(forcesTool: Bool) {
    guard !prompt.tools.isEmpty || forcesTool else { return }
    output.member("tools", "[")
    for tool in prompt.tools {
      output.beginObject()
      output.member("name", tool.name, of: tree)
      if let description = tool.description { output.member("description", description, of: tree) }
      if let schema = tool.schema {
        output.member("input_schema", schema, of: tree)
      } else {
        output.member("input_schema", "{\"type\":\"object\",\"properties\":{}}")
      }
      close(tool.cacheControl)
    }
    if forcesTool {
      output.beginObject()
      output.member("name", text: String(describing: Self.formatTool))
      output.member("description", "\"Gives the answer.\"")
      if case .schema(let schema, _, _) = prompt.format {
        output.member("input_schema", schema, of: tree)
      } else {
        output.member("input_schema", "{\"type\":\"object\",\"additionalProperties\":true}")
      }
      output.raw("}")
    }
    output.raw("]")
  }

  private mutating func toolChoice(forcesTool: Bool, isThinking: Bool) {
    // Anthropic forces no tool on a model that thinks first.
    let isFormat = forcesTool && prompt.tools.isEmpty && !isThinking
    let isSerial = prompt.allowsParallelCalls == false && !prompt.tools.isEmpty
    let isForbidden = if case .forbidden = prompt.toolChoice { true } else { false }
    guard isFormat || prompt.toolChoice != nil && !prompt.tools.isEmpty || isSerial else { return }
    output.key("tool_choice")
    output.raw("{")
    switch prompt.toolChoice {
    case _ where isFormat:
      output.member("type", "\"tool\"")
      output.member("name", text: String(describing: Self.formatTool))
    case nil, .auto: output.member("type", "\"auto\"")
    case .required: output.member("type", "\"any\"")
    case .forbidden: output.member("type", "\"none\"")
    case .tool(let name):
      output.member("type", "\"tool\"")
      output.member("name", name, of: tree)
    }
    if isSerial, !isForbidden { output.member("disable_parallel_tool_use", "true") }
    output.raw("}")
  }
}
