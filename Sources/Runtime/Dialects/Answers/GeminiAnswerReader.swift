import NIOCore

/// Reads answers of Google's `generateContent`: a stream is a row of them, each with what is new. Of several candidates
/// the first counts.
struct GeminiAnswerReader: AnswerEventReader {
  private let names: ToolNames
  /// What the identifiers of calls begin with where Google gives none.
  private let id: String
  private(set) var usage: TokenUsage?
  private(set) var isDone = false
  private var hasIdentity = false
  private var calls = 0
  private var reason: FinishReason?

  init(names: ToolNames, id: String) {
    self.names = names
    self.id = id
  }

  mutating func read(
    _ event: JSONTree, type name: String?, into writer: inout some AnswerWriter
  ) throws(GatewayError) {
    // A stream that was asked for without `alt=sse` is an array.
    let root = event.elements(of: event.root).first { _ in true } ?? event.root
    if event.member(root, "error") != nil {
      throw .upstreamFailure(UpstreamFailure.read(event: root, of: event))
    }
    let candidates = event.member(root, "candidates")
    let blockReason = event.member(root, "promptFeedback", "blockReason")
    guard candidates != nil || blockReason != nil || event.member(root, "usageMetadata") != nil else {
      throw .upstreamMalformed
    }
    let bytes = event.text.readableBytesUInt8Span
    if !hasIdentity, let id = event.member(root, "responseId") {
      hasIdentity = true
      writer.identify(bytes.extracting(event.contentRange(id)))
    }
    count(event.member(root, "usageMetadata"), of: event, into: &writer)
    if blockReason != nil { reason = .contentFilter }
    guard let candidates, let candidate = event.elements(of: candidates).first(where: { _ in true }) else { return }
    if let parts = event.member(event.member(candidate, "content"), "parts") {
      for part in event.elements(of: parts) { read(part, of: event, into: &writer) }
    }
    if let said = event.member(candidate, "finishReason") { reason = FinishReason(gemini: said, of: event) }
  }

  mutating func finish(into writer: inout some AnswerWriter) {
    guard !isDone else { return }
    isDone = true
    let said = reason ?? .stop
    writer.finish(said == .stop && calls > 0 ? .toolCalls : said)
    writer.end()
  }

  private mutating func read(_ part: JSONNode, of event: JSONTree, into writer: inout some AnswerWriter) {
    let bytes = event.text.readableBytesUInt8Span
    if let text = event.member(part, "text") {
      let content = bytes.extracting(event.contentRange(text))
      if event.member(part, "thought").flatMap({ event.boolean($0) }) == true {
        writer.thinking(content)
      } else {
        writer.text(content)
      }
    } else if let call = event.member(part, "functionCall"), let name = event.member(call, "name") {
      let slot = calls
      calls += 1
      var identifier = event.member(call, "id").flatMap { event.string($0) } ?? "call_\(id)_\(slot)"
      if let signature = event.member(part, "thoughtSignature").flatMap({ event.string($0) }) {
        identifier = ThoughtSignature.identifier(identifier, carrying: signature)
      }
      let encoded = Array(JSONText.encode(identifier).dropFirst().dropLast())
      let whole = names.restored(bytes.extracting(event.contentRange(name)))
      writer.toolCall(slot, id: encoded.span, name: whole.span)
      var arguments = JSONOutput()
      if let object = event.member(call, "args") {
        arguments.nested(object, of: event)
      } else {
        arguments.raw("{}")
      }
      writer.arguments(slot, arguments.buffer.readableBytesUInt8Span)
      writer.callIsComplete(slot)
    }
  }

  private mutating func count(_ counts: JSONNode?, of event: JSONTree, into writer: inout some AnswerWriter) {
    guard let counts else { return }
    func count(_ name: StaticString) -> Int? { event.member(counts, name).flatMap { event.integer($0) } }
    var usage = usage ?? TokenUsage()
    // Thoughts are billed as part of the answer, the results of Google's own tools as part of the prompt.
    usage.prompt = count("promptTokenCount").map { $0 + (count("toolUsePromptTokenCount") ?? 0) } ?? usage.prompt
    usage.reasoning = count("thoughtsTokenCount") ?? usage.reasoning
    usage.completion =
      count("candidatesTokenCount").map { $0 + usage.reasoning } ?? max(usage.completion, usage.reasoning)
    usage.cacheRead = count("cachedContentTokenCount") ?? usage.cacheRead
    self.usage = usage
    writer.usage(usage)
  }
}

extension FinishReason {
  /// Reads Google's `finishReason`; an unknown one is an ordinary end.
  init(gemini reason: JSONNode, of tree: JSONTree) {
    let filters: [StaticString] = [
      "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "LANGUAGE",
    ]
    self =
      if tree.isString(reason, "MAX_TOKENS") {
        .length
      } else if filters.contains(where: { tree.isString(reason, $0) }) {
        .contentFilter
      } else {
        .stop
      }
  }
}
