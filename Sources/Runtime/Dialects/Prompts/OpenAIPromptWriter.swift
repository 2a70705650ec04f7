import GatewaySpec
import NIOCore

/// Writes a request of OpenAI's chat completions (OpenAI API reference, "Create chat completion").
struct OpenAIPromptWriter {
  private let prompt: ChatPrompt
  private let tree: JSONTree
  private let endpoint: UpstreamEndpoint
  private var names: ToolNames
  private var output: JSONOutput

  /// Writes a prompt, or says which field OpenAI's dialect has nothing for.
  static func write(
    _ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan
  ) throws(GatewayError) -> ByteBuffer {
    var writer = OpenAIPromptWriter(
      prompt: prompt, tree: prompt.tree, endpoint: endpoint, names: ToolNames(),
      output: JSONOutput(capacity: prompt.tree.text.readableBytes + 256))
    try writer.write(plan)
    plan.toolNames = writer.names
    return writer.output.buffer
  }

  private var traits: ProviderDescriptor.Traits { endpoint.provider.traits }

  private mutating func write(_ plan: AnswerPlan) throws(GatewayError) {
    output.raw("{\"model\":")
    output.raw(endpoint.encodedModel)
    output.member("messages", "[")
    try system()
    for turn in prompt.turns {
      switch turn.role {
      case .user: try user(turn.parts)
      case .assistant: assistant(turn.parts)
      }
    }
    output.raw("]")
    if let limit = prompt.outputLimit {
      output.member(traits.contains(.namesCompletionTokens) ? "max_completion_tokens" : "max_tokens", limit, of: tree)
    }
    if let temperature = prompt.sampling.temperature { output.member("temperature", temperature, of: tree) }
    if let topP = prompt.sampling.topP { output.member("top_p", topP, of: tree) }
    if let topK = prompt.sampling.topK, traits.contains(.takesSamplingExtras) {
      output.member("top_k", topK, of: tree)
    }
    try stops()
    // OpenAI refuses longer names, and Claude Code sends them.
    if let user = prompt.user, tree.contentRange(user).count <= 64 { output.member("user", user, of: tree) }
    tools()
    format()
    reasoning()
    if plan.isStream {
      output.member("stream", "true")
      if traits.contains(.reportsStreamUsage) { output.member("stream_options", "{\"include_usage\":true}") }
    }
    output.members(prompt.extras, of: tree)
    output.raw("}")
  }

  private mutating func system() throws(GatewayError) {
    guard !prompt.system.isEmpty else { return }
    output.beginObject()
    output.member("role", "\"system\"")
    try content(prompt.system)
    output.raw("}")
  }

  /// The results of tools are messages of their own and come first, right after the calls. Pictures among them follow in
  /// the user's message, for a result is text.
  private mutating func user(_ parts: [ChatPrompt.Part]) throws(GatewayError) {
    var rest: [ChatPrompt.Part] = []
    for part in parts {
      guard case .toolResult(let id, let content, let isError) = part.content else { continue }
      output.beginObject()
      output.member("role", "\"tool\"")
      output.member("tool_call_id", id, of: tree)
      output.key("content")
      output.raw("\"")
      if isError { output.raw("Error: ") }
      var hasText = false
      for part in content {
        if case .text(let text) = part.content {
          if hasText { output.raw("\\n") }
          hasText = true
          output.content(text, of: tree)
        } else {
          rest.append(part)
        }
      }
      output.raw("\"}")
    }
    for part in parts {
      if case .toolResult = part.content { continue }
      rest.append(part)
    }
    guard !rest.isEmpty else { return }
    output.beginObject()
    output.member("role", "\"user\"")
    try content(rest)
    output.raw("}")
  }

  private mutating func content(_ parts: [ChatPrompt.Part]) throws(GatewayError) {
    output.key("content")
    if parts.count == 1, case .text(let text) = parts[0].content {
      output.copy(text, of: tree)
      return
    }
    output.raw("[")
    for part in parts {
      output.beginObject()
      switch part.content {
      case .text(let text):
        output.member("type", "\"text\"")
        output.member("text", text, of: tree)
      case .image(let mediaType, let data):
        output.member("type", "\"image_url\"")
        output.member("image_url", "{\"url\":")
        dataURL(mediaType, data)
        output.raw("}")
      case .imageURL(let url):
        output.member("type", "\"image_url\"")
        output.member("image_url", "{")
        output.member("url", url, of: tree)
        output.raw("}")
      case .document(let mediaType, let data, let title):
        output.member("type", "\"file\"")
        output.member("file", "{")
        if let title {
          output.member("filename", title, of: tree)
        } else {
          output.member("filename", "\"document.pdf\"")
        }
        output.key("file_data")
        dataURL(mediaType, data)
        output.raw("}")
      case .documentURL: throw ChatPrompt.cannotExpress("source.url", in: "its API, which takes files in Base64 only,")
      case .audio(let data, let format):
        output.member("type", "\"input_audio\"")
        output.member("input_audio", "{")
        output.member("data", data, of: tree)
        output.member("format", format, of: tree)
        output.raw("}")
      case .toolCall, .toolResult, .thinking, .redactedThinking:
        throw .invalidField("messages", "A message of the user may have no call of a tool and no thought.")
      }
      output.raw("}")
    }
    output.raw("]")
  }

  private mutating func dataURL(_ mediaType: Range<Int>, _ data: Range<Int>) {
    output.raw("\"data:")
    output.content(mediaType, of: tree)
    output.raw(";base64,")
    output.content(data, of: tree)
    output.raw("\"")
  }

  private mutating func assistant(_ parts: [ChatPrompt.Part]) {
    output.beginObject()
    output.member("role", "\"assistant\"")
    var calls = 0
    var hasText = false
    output.key("content")
    for part in parts {
      switch part.content {
      case .text(let text) where !tree.isEmpty(text):
        if !hasText { output.raw("\"") }
        hasText = true
        output.content(text, of: tree)
      case .toolCall: calls += 1
      default: break
      }
    }
    output.raw(hasText ? "\"" : calls > 0 ? "null" : "\"\"")
    if traits.contains(.takesReasoning) { thoughts(parts) }
    if calls > 0 {
      output.member("tool_calls", "[")
      for part in parts {
        guard case .toolCall(let id, let name, let arguments) = part.content else { continue }
        output.beginObject()
        output.member("id", id, of: tree)
        output.member("type", "\"function\"")
        output.member("function", "{")
        output.key("name")
        names.write(name, of: tree, to: &output)
        output.key("arguments")
        switch arguments {
        case .text(let text): output.copy(text, of: tree)
        case .object(let object):
          output.raw("\"")
          output.nested(object, of: tree)
          output.raw("\"")
        case .empty: output.raw("\"{}\"")
        }
        output.raw("}}")
      }
      output.raw("]")
    }
    output.raw("}")
  }

  /// Earlier thoughts: as text, and with the signatures for a gateway that keeps them.
  private mutating func thoughts(_ parts: [ChatPrompt.Part]) {
    var hasThought = false
    var isSigned = false
    for part in parts {
      switch part.content {
      case .thinking(let text, let signature):
        if !hasThought {
          output.key("reasoning_content")
          output.raw("\"")
        }
        hasThought = true
        isSigned = isSigned || signature != nil
        output.content(text, of: tree)
      case .redactedThinking: isSigned = true
      default: break
      }
    }
    if hasThought { output.raw("\"") }
    guard isSigned else { return }
    output.member("thinking_blocks", "[")
    for part in parts {
      switch part.content {
      case .thinking(let text, let signature?):
        output.beginObject()
        output.member("type", "\"thinking\"")
        output.member("thinking", text, of: tree)
        output.member("signature", signature, of: tree)
        output.raw("}")
      case .redactedThinking(let data):
        output.beginObject()
        output.member("type", "\"redacted_thinking\"")
        output.member("data", data, of: tree)
        output.raw("}")
      default: break
      }
    }
    output.raw("]")
  }

  private mutating func stops() throws(GatewayError) {
    if prompt.stops.count > 4, traits.contains(.namesCompletionTokens) {
      throw .invalidField("stop_sequences", "The provider of this model takes at most 4 stop sequences.")
    }
    output.member("stop", prompt.stops, of: tree)
  }

  private mutating func tools() {
    guard !prompt.tools.isEmpty else { return }
    output.member("tools", "[")
    for tool in prompt.tools {
      output.beginObject()
      output.member("type", "\"function\"")
      output.member("function", "{")
      output.key("name")
      names.write(tool.name, of: tree, to: &output)
      if let description = tool.description { output.member("description", description, of: tree) }
      if let schema = tool.schema { output.member("parameters", schema, of: tree) }
      if let strict = tool.isStrict { output.member("strict", strict, of: tree) }
      output.raw("}}")
    }
    output.raw("]")
    switch prompt.toolChoice {
    case nil: break
    case .auto: output.member("tool_choice", "\"auto\"")
    case .required: output.member("tool_choice", "\"required\"")
    case .forbidden: output.member("tool_choice", "\"none\"")
    case .tool(let name):
      output.member("tool_choice", "{\"type\":\"function\",\"function\":{\"name\":")
      names.write(name, of: tree, to: &output)
      output.raw("}}")
    }
    if prompt.allowsParallelCalls == false { output.member("parallel_tool_calls", "false") }
  }

  private mutating func format() {
    switch prompt.format {
    case nil: break
    case .json: output.member("response_format", "{\"type\":\"json_object\"}")
    case .schema(let schema, let name, let isStrict):
      output.member("response_format", "{\"type\":\"json_schema\",\"json_schema\":{")
      if let name { output.member("name", name, of: tree) } else { output.member("name", "\"answer\"") }
      output.member("schema", schema, of: tree)
      if let isStrict { output.member("strict", isStrict, of: tree) } else { output.member("strict", "true") }
      output.raw("}}")
    }
  }

  /// How much to think is a wish. OpenAI refuses it of models that do not think; other servers pass it over.
  private mutating func reasoning() {
    guard !traits.contains(.namesCompletionTokens) || OpenAIModelTraits.reasons(endpoint.model) else { return }
    switch prompt.reasoning {
    case nil, .off, .adaptive: break
    case .effort(let effort):
      // Anthropic's highest is above OpenAI's.
      if tree.isString(effort, "max") {
        output.member("reasoning_effort", "\"high\"")
      } else {
        output.member("reasoning_effort", effort, of: tree)
      }
    case .budget(let budget):
      output.key("reasoning_effort")
      output.raw("\"")
      output.raw(ReasoningEffort.effort(tree.integer(budget) ?? 0))
      output.raw("\"")
    }
  }
}
