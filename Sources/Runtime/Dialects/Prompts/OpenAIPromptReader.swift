/// Reads a request of OpenAI's chat completions (OpenAI API reference, "Create chat completion").
struct OpenAIPromptReader {
  private let tree: JSONTree
  private var prompt: ChatPrompt

  /// Reads a request, or says which field has no meaning outside of OpenAI's dialect.
  static func read(_ tree: JSONTree) throws(GatewayError) -> ChatPrompt {
    var reader = OpenAIPromptReader(tree: tree, prompt: ChatPrompt(tree: tree))
    for (key, value) in tree.members(of: tree.root) where tree.kind(value) != .null {
      try reader.member(key, value)
    }
    return reader.prompt
  }

  private mutating func member(_ key: JSONNode, _ value: JSONNode) throws(GatewayError) {
    func isKey(_ name: StaticString) -> Bool { tree.isString(key, name) }
    if isKey("model") || isKey("stream") || isKey("stream_options") {
      // Read before, and written from what was read.
    } else if isKey("messages") {
      try messages(value)
    } else if isKey("max_completion_tokens") {
      prompt.outputLimit = value
    } else if isKey("max_tokens") {
      if prompt.outputLimit == nil { prompt.outputLimit = value }
    } else if isKey("temperature") {
      prompt.sampling.temperature = value
    } else if isKey("top_p") {
      prompt.sampling.topP = value
    } else if isKey("seed") {
      prompt.sampling.seed = value
    } else if isKey("frequency_penalty") {
      if !tree.isZero(value) { prompt.sampling.frequencyPenalty = value }
    } else if isKey("presence_penalty") {
      if !tree.isZero(value) { prompt.sampling.presencePenalty = value }
    } else if isKey("stop") {
      prompt.stops = tree.kind(value) == .string ? [value] : Array(tree.elements(of: value))
    } else if isKey("user") {
      prompt.user = value
    } else if isKey("safety_identifier") {
      if prompt.user == nil { prompt.user = value }
    } else if isKey("tools") {
      try tools(value)
    } else if isKey("tool_choice") {
      try toolChoice(value)
    } else if isKey("parallel_tool_calls") {
      prompt.allowsParallelCalls = tree.boolean(value)
    } else if isKey("response_format") {
      try format(value)
    } else if isKey("reasoning_effort") {
      prompt.reasoning = tree.isString(value, "none") ? .off : .effort(value)
    } else if !isHint(key) {
      try refuse(key, value)
      prompt.extras.append((key, value))
    }
  }

  /// Members that tell OpenAI how to keep, bill or speed up the call, and do not change the answer.
  private func isHint(_ key: JSONNode) -> Bool {
    tree.isString(key, "store") || tree.isString(key, "metadata") || tree.isString(key, "service_tier")
      || tree.isString(key, "prompt_cache_key") || tree.isString(key, "prompt_cache_retention")
      || tree.isString(key, "prediction") || tree.isString(key, "verbosity")
  }

  /// Members that change the answer as no other dialect can.
  private func refuse(_ key: JSONNode, _ value: JSONNode) throws(GatewayError) {
    func isKey(_ name: StaticString) -> Bool { tree.isString(key, name) }
    let isNeutral: Bool
    if isKey("n") {
      isNeutral = tree.integer(value) == 1
    } else if isKey("logprobs") {
      isNeutral = tree.boolean(value) == false
    } else if isKey("top_logprobs") {
      isNeutral = tree.isZero(value)
    } else if isKey("logit_bias") {
      isNeutral = tree.isEmpty(value)
    } else if isKey("modalities") {
      isNeutral = tree.elements(of: value).allSatisfy { tree.isString($0, "text") }
    } else {
      isNeutral = !(isKey("functions") || isKey("function_call") || isKey("audio") || isKey("web_search_options"))
    }
    guard isNeutral else { throw ChatPrompt.cannotExpress(tree.string(key) ?? "", in: "its API") }
  }

  private mutating func messages(_ list: JSONNode) throws(GatewayError) {
    for (index, message) in tree.elements(of: list).enumerated() {
      guard let role = tree.member(message, "role") else {
        throw .invalidField("messages[\(index)].role", "'messages[\(index)].role' is missing.")
      }
      let content = tree.member(message, "content")
      let cache = tree.member(message, "cache_control")
      if tree.isString(role, "user") {
        prompt.say(try parts(content, index, cache), as: .user)
      } else if tree.isString(role, "assistant") {
        try assistant(message, content, index, cache)
      } else if tree.isString(role, "tool") {
        try result(message, content, index, cache)
      } else if tree.isString(role, "system") || tree.isString(role, "developer") {
        prompt.system += try parts(content, index, cache)
      } else {
        throw .invalidField(
          "messages[\(index)].role",
          "'messages[\(index)].role' must be one of 'system', 'developer', 'user', 'assistant' and 'tool'.")
      }
    }
  }

  private mutating func assistant(
    _ message: JSONNode, _ content: JSONNode?, _ index: Int, _ cache: JSONNode?
  ) throws(GatewayError) {
    var parts: [ChatPrompt.Part] = []
    if let blocks = tree.member(message, "thinking_blocks") {
      for block in tree.elements(of: blocks) {
        if let text = tree.member(block, "thinking") {
          parts.append(.init(.thinking(text, signature: tree.member(block, "signature"))))
        } else if let data = tree.member(block, "data") {
          parts.append(.init(.redactedThinking(data)))
        }
      }
    } else if let text = tree.member(message, "reasoning_content") ?? tree.member(message, "reasoning"),
      tree.kind(text) == .string
    {
      parts.append(.init(.thinking(text, signature: nil)))
    }
    parts += try self.parts(content, index, cache)
    if let refusal = tree.member(message, "refusal"), tree.kind(refusal) == .string {
      parts.append(.init(.text(refusal)))
    }
    guard tree.member(message, "function_call") == nil else {
      throw ChatPrompt.cannotExpress("messages[\(index)].function_call", in: "its API, which has 'tool_calls',")
    }
    if let calls = tree.member(message, "tool_calls") {
      for (number, call) in tree.elements(of: calls).enumerated() {
        let field = "messages[\(index)].tool_calls[\(number)]"
        guard let function = tree.member(call, "function"), let name = tree.member(function, "name"),
          let id = tree.member(call, "id")
        else { throw .invalidField(field, "'\(field)' must be a function call with 'id' and 'function.name'.") }
        var arguments = ChatPrompt.Arguments.empty
        if let given = tree.member(function, "arguments") {
          arguments = tree.kind(given) == .object ? .object(given) : .text(given)
        }
        parts.append(.init(.toolCall(id: id, name: name, arguments), cacheControl: tree.member(call, "cache_control")))
      }
    }
    prompt.say(parts, as: .assistant)
  }

  private mutating func result(
    _ message: JSONNode, _ content: JSONNode?, _ index: Int, _ cache: JSONNode?
  ) throws(GatewayError) {
    guard let id = tree.member(message, "tool_call_id") else {
      throw .invalidField("messages[\(index)].tool_call_id", "'messages[\(index)].tool_call_id' is missing.")
    }
    let parts = try parts(content, index, nil)
    prompt.say([.init(.toolResult(id: id, parts, isError: false), cacheControl: cache)], as: .user)
  }

  private func parts(
    _ content: JSONNode?, _ index: Int, _ cache: JSONNode?
  ) throws(GatewayError) -> [ChatPrompt.Part] {
    guard let content else { return [] }
    switch tree.kind(content) {
    case .string: return [.init(.text(content), cacheControl: cache)]
    case .array: break
    default:
      let field = "messages[\(index)].content"
      throw .invalidField(field, "'\(field)' must be a string or an array of parts.")
    }
    var parts: [ChatPrompt.Part] = []
    for (number, part) in tree.elements(of: content).enumerated() {
      let read = try self.content(part, "messages[\(index)].content[\(number)]")
      parts.append(.init(read, cacheControl: tree.member(part, "cache_control")))
    }
    return parts
  }

  private func content(_ part: JSONNode, _ field: String) throws(GatewayError) -> ChatPrompt.Content {
    if let text = tree.member(part, "text") ?? tree.member(part, "refusal"), tree.kind(text) == .string {
      return .text(text)
    }
    if let image = tree.member(part, "image_url") {
      // Some clients give the address itself where an object belongs.
      guard let url = tree.kind(image) == .string ? image : tree.member(image, "url"), tree.kind(url) == .string else {
        throw .invalidField("\(field).image_url", "'\(field).image_url.url' is missing.")
      }
      if let data = DataURL.parts(url, of: tree) { return .image(mediaType: data.mediaType, data: data.data) }
      return .imageURL(url)
    }
    if let audio = tree.member(part, "input_audio"), let data = tree.member(audio, "data"),
      let format = tree.member(audio, "format")
    {
      return .audio(data: data, format: format)
    }
    if let file = tree.member(part, "file") {
      guard let data = tree.member(file, "file_data"), let parts = DataURL.parts(data, of: tree) else {
        throw ChatPrompt.cannotExpress("\(field).file", in: "its API, which takes a file only as 'file_data',")
      }
      return .document(mediaType: parts.mediaType, data: parts.data, title: tree.member(file, "filename"))
    }
    throw .invalidField(field, "'\(field)' must be a part of type 'text', 'image_url', 'input_audio' or 'file'.")
  }

  private mutating func tools(_ list: JSONNode) throws(GatewayError) {
    for (index, tool) in tree.elements(of: list).enumerated() {
      guard let function = tree.member(tool, "function"), let name = tree.member(function, "name") else {
        throw ChatPrompt.cannotExpress("tools[\(index)]", in: "its API, which takes functions only,")
      }
      prompt.tools.append(
        .init(
          name: name, description: tree.member(function, "description"), schema: tree.member(function, "parameters"),
          cacheControl: tree.member(tool, "cache_control") ?? tree.member(function, "cache_control"),
          isStrict: tree.member(function, "strict")))
    }
  }

  private mutating func toolChoice(_ choice: JSONNode) throws(GatewayError) {
    if tree.isString(choice, "auto") {
      prompt.toolChoice = .auto
    } else if tree.isString(choice, "required") || tree.isString(choice, "any") {
      prompt.toolChoice = .required
    } else if tree.isString(choice, "none") {
      prompt.toolChoice = .forbidden
    } else if let name = tree.member(tree.member(choice, "function"), "name") {
      prompt.toolChoice = .tool(name)
    } else {
      throw .invalidField("tool_choice", "'tool_choice' must be 'auto', 'required', 'none' or name a function.")
    }
  }

  private mutating func format(_ format: JSONNode) throws(GatewayError) {
    guard let type = tree.member(format, "type") else {
      throw .invalidField("response_format", "'response_format.type' is missing.")
    }
    if tree.isString(type, "json_object") {
      prompt.format = .json
    } else if let schema = tree.member(tree.member(format, "json_schema"), "schema") {
      prompt.format = .schema(
        schema, name: tree.member(format, "json_schema", "name"), isStrict: tree.member(format, "json_schema", "strict")
      )
    } else if !tree.isString(type, "text") {
      throw .invalidField(
        "response_format", "'response_format.type' must be 'text', 'json_object', or 'json_schema' with a schema.")
    }
  }
}
