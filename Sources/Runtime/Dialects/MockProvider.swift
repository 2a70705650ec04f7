/// The provider inside the gateway: it repeats what it was asked, in the shapes of OpenAI's chat completions.
///
/// The answer is a function of the request, the identifier and the time, so that tests and demonstrations can compare it.
struct MockProvider {
  /// The most of a question that is repeated, in characters.
  static let maximumEcho = 2000

  /// The public model name, as a JSON string with its quotes.
  let encodedModel: [UInt8]
  /// The answer's identifier, such as `chatcmpl-…`.
  let id: String
  /// Seconds since 1970.
  let created: Int

  /// The text that answers a request.
  static func reply(to request: ChatRequest, _ body: Span<UInt8>) -> String {
    reply(to: lastUserText(body, request.messages))
  }

  /// The text that answers what the user said.
  static func reply(to question: String) -> String {
    question.isEmpty
      ? "This is the mock provider of Sluice. Say something and I will repeat it."
      : "This is the mock provider of Sluice. You said: \(question)"
  }

  /// An answer in one piece.
  func completion(_ text: String, promptBytes: Int) -> [UInt8] {
    var bytes = start("chat.completion")
    bytes.append(contentsOf: #","choices":[{"index":0,"message":{"role":"assistant","content":"#.utf8)
    JSONText.append(text, to: &bytes)
    bytes.append(contentsOf: #"},"finish_reason":"stop"}],"usage":"#.utf8)
    bytes.append(contentsOf: Self.usage(text, promptBytes: promptBytes))
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// A streamed answer: a chunk with the role, one a word, one with the finish reason, the token counts if asked for.
  func stream(_ text: String, promptBytes: Int, includeUsage: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    // With usage asked for, every other chunk has it as null (OpenAI API reference, stream_options).
    let usage = includeUsage ? #","usage":null"# : ""
    chunk(&bytes, #"{"role":"assistant","content":""}"#, finish: "null", usage)
    for word in Self.words(text) {
      var delta = Array(#"{"content":"#.utf8)
      JSONText.append(word, to: &delta)
      delta.append(UInt8(ascii: "}"))
      chunk(&bytes, String(decoding: delta, as: UTF8.self), finish: "null", usage)
    }
    chunk(&bytes, "{}", finish: #""stop""#, usage)
    if includeUsage {
      bytes.append(contentsOf: "data: ".utf8)
      bytes.append(contentsOf: start("chat.completion.chunk"))
      bytes.append(contentsOf: #","choices":[],"usage":"#.utf8)
      bytes.append(contentsOf: Self.usage(text, promptBytes: promptBytes))
      bytes.append(contentsOf: "}\n\n".utf8)
    }
    bytes.append(contentsOf: "data: [DONE]\n\n".utf8)
    return bytes
  }

  private func start(_ object: String) -> [UInt8] {
    Array(#"{"id":"\#(id)","object":"\#(object)","created":\#(created),"model":"#.utf8) + encodedModel
  }

  private func chunk(_ bytes: inout [UInt8], _ delta: String, finish: String, _ usage: String) {
    bytes.append(contentsOf: "data: ".utf8)
    bytes.append(contentsOf: start("chat.completion.chunk"))
    bytes.append(contentsOf: #","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}]\#(usage)}"#.utf8)
    bytes.append(contentsOf: "\n\n".utf8)
  }

  /// Counts a token for four bytes, as a rule of thumb for English.
  private static func usage(_ text: String, promptBytes: Int) -> String.UTF8View {
    let prompt = (promptBytes + 3) / 4
    let completion = (text.utf8.count + 3) / 4
    return #"{"prompt_tokens":\#(prompt),"completion_tokens":\#(completion),"total_tokens":\#(prompt + completion)}"#
      .utf8
  }

  /// The words of a text, each with the space before it.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      words.append(index == 0 ? String(word) : " " + word)
    }
    return words
  }

  /// What the last message with the role `user` says: its text, or its text parts joined.
  static func lastUserText(_ body: Span<UInt8>, _ messages: Range<Int>) -> String {
    var content: Range<Int>?
    elements(body, messages) { message in
      guard JSONScanner.kind(body, at: message.lowerBound) == .object else { return }
      let members = members(body, message, "role", "content")
      if let role = members.0, JSONText.decode(body, role) == "user" { content = members.1 }
    }
    guard let content else { return "" }
    switch JSONScanner.kind(body, at: content.lowerBound) {
    case .string: return String(JSONText.decode(body, content).prefix(maximumEcho))
    case .array:
      var text = ""
      elements(body, content) { part in
        guard JSONScanner.kind(body, at: part.lowerBound) == .object,
          let value = members(body, part, "text", "type").0,
          JSONScanner.kind(body, at: value.lowerBound) == .string
        else { return }
        text += JSONText.decode(body, value)
      }
      return String(text.prefix(maximumEcho))
    default: return ""
    }
  }

  private static func elements(_ body: Span<UInt8>, _ array: Range<Int>, _ visit: (Range<Int>) -> Void) {
    var scanner = JSONScanner(at: array.lowerBound)
    // The body was accepted before it got here.
    try? scanner.elements(body, visit)
  }

  private static func members(
    _ body: Span<UInt8>, _ object: Range<Int>, _ first: StaticString, _ second: StaticString
  ) -> (Range<Int>?, Range<Int>?) {
    var found: (Range<Int>?, Range<Int>?)
    var scanner = JSONScanner(at: object.lowerBound)
    // The body was accepted before it got here.
    try? scanner.members(body) { key, value in
      if JSONKey.matches(first, body, key) { found.0 = value }
      if JSONKey.matches(second, body, key) { found.1 = value }
    }
    return found
  }
}
