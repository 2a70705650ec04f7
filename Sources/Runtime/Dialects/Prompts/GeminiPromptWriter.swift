import GatewaySpec
import NIOCore

/// Writes a request of Google's `generateContent` (Gemini API reference, v1beta).
struct GeminiPromptWriter {
  private let prompt: ChatPrompt
  private let tree: JSONTree
  private let endpoint: UpstreamEndpoint
  private var names = ToolNames()
  private var output: JSONOutput

  /// Writes a prompt, or says which field Google's dialect has nothing for.
  static func write(
    _ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan
  ) throws(GatewayError) -> ByteBuffer {
    var writer = GeminiPromptWriter(
      prompt: prompt, tree: prompt.tree, endpoint: endpoint,
      output: JSONOutput(capacity: prompt.tree.text.readableBytes + 256))
    try writer.write()
    plan.toolNames = writer.names
    return writer.output.buffer
  }

  private mutating func write() throws(GatewayError) {
    output.raw("{")
    if !prompt.system.isEmpty {
      output.member("systemInstruction", "{\"parts\":[")
      for part in prompt.system { try write(part) }
      output.raw("]}")
    }
    output.member("contents", "[")
    for turn in prompt.turns {
      output.beginObject()
      output.member("role", turn.role == .user ? "\"user\"" : "\"model\"")
      output.member("parts", "[")
      for part in turn.parts where part.isResult { try write(part) }
      for part in turn.parts where !part.isResult { try write(part) }
      output.raw("]}")
    }
    output.raw("]")
    try tools()
    try configuration()
    output.members(prompt.extras, of: tree)
    output.raw("}")
  }

  private mutating func write(_ part: ChatPrompt.Part) throws(GatewayError) {
    switch part.content {
    case .text(let text):
      if tree.isEmpty(text) { return }
      output.beginObject()
      output.member("text", text, of: tree)
    case .image(let mediaType, let data), .document(let mediaType, let data, _):
      output.beginObject()
      output.member("inlineData", "{")
      output.member("mimeType", content: mediaType, of: tree)
      output.member("data", content: data, of: tree)
      output.raw("}")
    case .imageURL:
      throw ChatPrompt.cannotExpress("image_url", in: "Google's API, which takes pictures in Base64 only,")
    case .documentURL:
      throw ChatPrompt.cannotExpress("source.url", in: "Google's API, which takes files in Base64 only,")
    case .audio(let data, let format):
      output.beginObject()
      output.member("inlineData", "{\"mimeType\":\"audio/")
      output.content(tree.contentRange(format), of: tree)
      output.raw("\"")
      output.member("data", data, of: tree)
      output.raw("}")
    case .toolCall(let id, let name, let arguments):
      output.beginObject()
      output.member("functionCall", "{")
      output.key("name")
      names.write(name, of: tree, to: &output)
      output.key("args")
      try output.object(arguments, of: tree)
      output.raw("}")
      // Google wants its mark back with the call that it made.
      if let signature = ThoughtSignature.signature(in: tree.string(id) ?? "") {
        output.member("thoughtSignature", text: signature)
      }
    case .toolResult(let id, let parts, let isError): try result(id, parts, isError: isError)
    // Thoughts of other providers mean nothing here.
    case .thinking, .redactedThinking: return
    }
    output.raw("}")
  }

  /// A result is known by the name of its tool, which only the call has.
  private mutating func result(_ id: JSONNode, _ parts: [ChatPrompt.Part], isError: Bool) throws(GatewayError) {
    guard let name = name(ofCall: id) else {
      throw .invalidField(
        "tool_call_id", "No call of a tool before has the identifier '\(tree.string(id)?.prefix(64) ?? "")'.")
    }
    output.beginObject()
    output.member("functionResponse", "{")
    output.key("name")
    names.write(name, of: tree, to: &output)
    output.member("response", "{")
    output.key(isError ? "error" : "output")
    output.raw("\"")
    var hasText = false
    for part in parts {
      guard case .text(let text) = part.content else {
        throw ChatPrompt.cannotExpress("tool_result", in: "Google's API, whose results of tools are text,")
      }
      if hasText { output.raw("\\n") }
      hasText = true
      output.content(text, of: tree)
    }
    output.raw("\"}}")
  }

  private func name(ofCall id: JSONNode) -> JSONNode? {
    let wanted = tree.string(id)
    for turn in prompt.turns.reversed() {
      for part in turn.parts {
        if case .toolCall(let id, let name, _) = part.content, tree.string(id) == wanted { return name }
      }
    }
    return nil
  }

  private mutating func tools() throws(GatewayError) {
    guard !prompt.tools.isEmpty else { return }
    output.member("tools", "[{\"functionDeclarations\":[")
    for tool in prompt.tools {
      output.beginObject()
      output.key("name")
      names.write(tool.name, of: tree, to: &output)
      if let description = tool.description { output.member("description", description, of: tree) }
      if let schema = tool.schema { output.member("parametersJsonSchema", schema, of: tree) }
      output.raw("}")
    }
    output.raw("]}]")
    if prompt.allowsParallelCalls == false, prompt.tools.count > 1 {
      throw ChatPrompt.cannotExpress("parallel_tool_calls", in: "Google's API")
    }
    guard let choice = prompt.toolChoice else { return }
    output.member("toolConfig", "{\"functionCallingConfig\":{")
    switch choice {
    case .auto: output.member("mode", "\"AUTO\"")
    case .required: output.member("mode", "\"ANY\"")
    case .forbidden: output.member("mode", "\"NONE\"")
    case .tool(let name):
      output.member("mode", "\"ANY\"")
      output.member("allowedFunctionNames", "[")
      names.write(name, of: tree, to: &output)
      output.raw("]")
    }
    output.raw("}}")
  }

  private mutating func configuration() throws(GatewayError) {
    output.member("generationConfig", "{")
    if let limit = prompt.outputLimit { output.member("maxOutputTokens", limit, of: tree) }
    let sampling = prompt.sampling
    if let temperature = sampling.temperature { output.member("temperature", temperature, of: tree) }
    if let topP = sampling.topP { output.member("topP", topP, of: tree) }
    if let topK = sampling.topK { output.member("topK", topK, of: tree) }
    if let seed = sampling.seed { output.member("seed", seed, of: tree) }
    if let penalty = sampling.frequencyPenalty { output.member("frequencyPenalty", penalty, of: tree) }
    if let penalty = sampling.presencePenalty { output.member("presencePenalty", penalty, of: tree) }
    output.member("stopSequences", prompt.stops, of: tree)
    switch prompt.format {
    case nil: break
    case .json: output.member("responseMimeType", "\"application/json\"")
    case .schema(let schema, _, _):
      output.member("responseMimeType", "\"application/json\"")
      output.member("responseJsonSchema", schema, of: tree)
    }
    thinking()
    output.raw("}")
  }

  private mutating func thinking() {
    switch prompt.reasoning {
    case nil: break
    case .off: output.member("thinkingConfig", "{\"thinkingBudget\":0}")
    case .adaptive: output.member("thinkingConfig", "{\"thinkingBudget\":-1,\"includeThoughts\":true}")
    case .budget(let budget):
      output.member("thinkingConfig", "{")
      output.member("thinkingBudget", budget, of: tree)
      output.member("includeThoughts", "true}")
    case .effort(let effort):
      output.member("thinkingConfig", "{")
      // From the third generation on it is a level. The budgets are those of Google's own OpenAI endpoint.
      let word = tree.string(effort) ?? ""
      if GeminiModelTraits.thinksByLevel(endpoint.model) {
        output.member("thinkingLevel", ["minimal", "low"].contains(word) ? "\"low\"" : "\"high\"")
      } else {
        output.member("thinkingBudget", ["minimal", "low"].contains(word) ? 1024 : word == "medium" ? 8192 : 24_576)
      }
      output.member("includeThoughts", "true}")
    }
  }
}

/// Google signs the calls that a thinking model makes and wants the signature back with them. No other dialect has a place
/// for it, but all give the identifier of a call back unchanged, so it travels in that.
enum ThoughtSignature {
  private static let mark = "__thought__"

  /// An identifier that carries a signature, in the alphabet that identifiers may have (Base64 for URLs, RFC 4648).
  static func identifier(_ id: String, carrying signature: String) -> String {
    let letters = signature.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      case UInt8(ascii: "="): nil
      default: byte
      }
    }
    return id + mark + String(decoding: letters, as: UTF8.self)
  }

  /// The signature that an identifier carries.
  static func signature(in id: String) -> String? {
    guard let range = id.firstRange(of: mark) else { return nil }
    var letters = id[range.upperBound...].utf8.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: byte
      }
    }
    while letters.count % 4 != 0 { letters.append(UInt8(ascii: "=")) }
    return String(decoding: letters, as: UTF8.self)
  }
}
