/// Reads a request of Anthropic's messages (Anthropic API reference, "Create a message").
struct AnthropicPromptReader {
  private let tree: JSONTree
  private var prompt: ChatPrompt

  /// Reads a request, or says which field has no meaning outside of Anthropic's dialect.
  static func read(_ tree: JSONTree) throws(GatewayError) -> ChatPrompt {
    var reader = AnthropicPromptReader(tree: tree, prompt: ChatPrompt(tree: tree))
    for (key, value) in tree.members(of: tree.root) where tree.kind(value) != .null {
      try reader.member(key, value)
    }
    return reader.prompt
  }

  private mutating func member(_ key: JSONNode, _ value: JSONNode) throws(GatewayError) {
    func isKey(_ name: StaticString) -> Bool { tree.isString(key, name) }
    if isKey("model") || isKey("stream") {
      // Read before, and written from what was read.
    } else if isKey("messages") {
      try messages(value)
    } else if isKey("system") {
      prompt.system = try parts(value, "system")
    } else if isKey("max_tokens") {
      prompt.outputLimit = value
    } else if isKey("temperature") {
      prompt.sampling.temperature = value
    } else if isKey("top_p") {
      prompt.sampling.topP = value
    } else if isKey("top_k") {
      prompt.sampling.topK = value
    } else if isKey("stop_sequences") {
      prompt.stops = Array(tree.elements(of: value))
    } else if isKey("metadata") {
      prompt.user = tree.member(value, "user_id")
    } else if isKey("tools") {
      try tools(value)
    } else if isKey("tool_choice") {
      try toolChoice(value)
    } else if isKey("thinking") {
      thinking(value)
    } else if isKey("output_config") {
      if let effort = tree.member(value, "effort") { prompt.reasoning = .effort(effort) }
      if let format = tree.member(value, "format") { try self.format(format, "output_config.format") }
    } else if isKey("output_format") {
      try format(value, "output_format")
    } else if isKey("mcp_servers") || isKey("container") || isKey("context_management") {
      guard tree.isEmpty(value) else { throw ChatPrompt.cannotExpress(tree.string(key) ?? "", in: "its API") }
    } else if !isKey("service_tier") && !isKey("inference_geo") && !isKey("speed") {
      prompt.extras.append((key, value))
    }
  }

  private mutating func messages(_ list: JSONNode) throws(GatewayError) {
    for (index, message) in tree.elements(of: list).enumerated() {
      let field = "messages[\(index)]"
      guard let role = tree.member(message, "role"), tree.isString(role, "user") || tree.isString(role, "assistant")
      else { throw .invalidField("\(field).role", "'\(field).role' must be 'user' or 'assistant'.") }
      guard let content = tree.member(message, "content") else {
        throw .invalidField("\(field).content", "'\(field).content' is missing.")
      }
      prompt.say(try parts(content, "\(field).content"), as: tree.isString(role, "user") ? .user : .assistant)
    }
  }

  private func parts(_ content: JSONNode, _ field: String) throws(GatewayError) -> [ChatPrompt.Part] {
    switch tree.kind(content) {
    case .string: return [.init(.text(content))]
    case .array: break
    default: throw .invalidField(field, "'\(field)' must be a string or an array of blocks.")
    }
    var parts: [ChatPrompt.Part] = []
    for (index, block) in tree.elements(of: content).enumerated() {
      let read = try self.content(block, "\(field)[\(index)]")
      parts.append(.init(read, cacheControl: tree.member(block, "cache_control")))
    }
    return parts
  }

  private func content(_ block: JSONNode, _ field: String) throws(GatewayError) -> ChatPrompt.Content {
    guard let type = tree.member(block, "type") else {
      throw .invalidField("\(field).type", "'\(field).type' is missing.")
    }
    func isType(_ name: StaticString) -> Bool { tree.isString(type, name) }
    if isType("text"), let text = tree.member(block, "text") { return .text(text) }
    if isType("image"), let source = tree.member(block, "source") {
      if let data = data(source) { return .image(mediaType: data.mediaType, data: data.data) }
      if let url = tree.member(source, "url") { return .imageURL(url) }
    } else if isType("document"), let source = tree.member(block, "source") {
      if let text = tree.member(source, "data"), let kind = tree.member(source, "type"), tree.isString(kind, "text") {
        return .text(text)
      }
      if let data = data(source) {
        return .document(mediaType: data.mediaType, data: data.data, title: tree.member(block, "title"))
      }
      if let url = tree.member(source, "url") { return .documentURL(url) }
    } else if isType("tool_use"), let id = tree.member(block, "id"), let name = tree.member(block, "name") {
      return .toolCall(id: id, name: name, tree.member(block, "input").map { .object($0) } ?? .empty)
    } else if isType("tool_result"), let id = tree.member(block, "tool_use_id") {
      let parts = try tree.member(block, "content").map { node throws(GatewayError) in
        try self.parts(node, "\(field).content")
      }
      let isError = tree.member(block, "is_error").flatMap { tree.boolean($0) } ?? false
      return .toolResult(id: id, parts ?? [], isError: isError)
    } else if isType("thinking"), let text = tree.member(block, "thinking") {
      return .thinking(text, signature: tree.member(block, "signature"))
    } else if isType("redacted_thinking"), let data = tree.member(block, "data") {
      return .redactedThinking(data)
    }
    throw ChatPrompt.cannotExpress(
      field, in: "its API, which takes no block of type '\(tree.string(type)?.prefix(64) ?? "")' like this,")
  }

  private func data(_ source: JSONNode) -> (mediaType: Range<Int>, data: Range<Int>)? {
    guard let type = tree.member(source, "media_type"), let data = tree.member(source, "data") else { return nil }
    return (tree.contentRange(type), tree.contentRange(data))
  }

  private mutating func tools(_ list: JSONNode) throws(GatewayError) {
    for (index, tool) in tree.elements(of: list).enumerated() {
      if let type = tree.member(tool, "type"), !tree.isString(type, "custom") {
        throw ChatPrompt.cannotExpress(
          "tools[\(index)]", in: "its API, which does not run tools of type '\(tree.string(type)?.prefix(64) ?? "")',")
      }
      guard let name = tree.member(tool, "name") else {
        throw .invalidField("tools[\(index)].name", "'tools[\(index)].name' is missing.")
      }
      prompt.tools.append(
        .init(
          name: name, description: tree.member(tool, "description"), schema: tree.member(tool, "input_schema"),
          cacheControl: tree.member(tool, "cache_control"), isStrict: tree.member(tool, "strict")))
    }
  }

  private mutating func toolChoice(_ choice: JSONNode) throws(GatewayError) {
    if let serial = tree.member(choice, "disable_parallel_tool_use").flatMap({ tree.boolean($0) }) {
      prompt.allowsParallelCalls = !serial
    }
    let type = tree.member(choice, "type")
    func isType(_ name: StaticString) -> Bool { type.map { tree.isString($0, name) } ?? false }
    if isType("auto") {
      prompt.toolChoice = .auto
    } else if isType("any") {
      prompt.toolChoice = .required
    } else if isType("none") {
      prompt.toolChoice = .forbidden
    } else if isType("tool"), let name = tree.member(choice, "name") {
      prompt.toolChoice = .tool(name)
    } else {
      throw .invalidField("tool_choice", "'tool_choice.type' must be 'auto', 'any', 'none', or 'tool' with a name.")
    }
  }

  private mutating func thinking(_ thinking: JSONNode) {
    // An effort that was given says more.
    if case .effort = prompt.reasoning { return }
    if let budget = tree.member(thinking, "budget_tokens") {
      prompt.reasoning = .budget(budget)
    } else if let type = tree.member(thinking, "type") {
      prompt.reasoning = tree.isString(type, "disabled") ? .off : .adaptive
    }
  }

  private mutating func format(_ format: JSONNode, _ field: String) throws(GatewayError) {
    guard let schema = tree.member(format, "schema") else {
      throw .invalidField(field, "'\(field).schema' is missing.")
    }
    prompt.format = .schema(schema, name: nil, isStrict: nil)
  }
}
