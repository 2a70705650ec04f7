import NIOCore

/// Reads a stream of OpenAI's chat completions. Of several choices the first counts.
struct OpenAIStreamReader: AnswerEventReader {
  /// A call of a tool as far as it has come.
  private struct Call {
    var index: Int
    var id = ByteBuffer()
    /// Whether its name has come, so that the writer knows of it.
    var hasBegun = false
    /// Arguments that came before the name.
    var early = ByteBuffer()
  }

  private let names: ToolNames
  private(set) var usage: TokenUsage?
  private(set) var isDone = false
  private var hasIdentity = false
  private var hasReason = false
  private var calls: [Call] = []

  init(names: ToolNames) {
    self.names = names
  }

  mutating func read(
    _ event: JSONTree, type name: String?, into writer: inout some AnswerWriter
  ) throws(GatewayError) {
    if event.member(event.root, "error") != nil {
      throw .upstreamFailure(UpstreamFailure.read(event: event.root, of: event))
    }
    let bytes = event.text.readableBytesUInt8Span
    if !hasIdentity, let id = event.member(event.root, "id"), !event.isEmpty(id) {
      hasIdentity = true
      writer.identify(bytes.extracting(event.contentRange(id)))
    }
    if let counts = event.member(event.root, "usage"), event.kind(counts) == .object {
      var usage = usage ?? TokenUsage()
      usage.addOpenAI(counts, of: event)
      self.usage = usage
      writer.usage(usage)
    }
    guard let choices = event.member(event.root, "choices") else { return }
    for choice in event.elements(of: choices) {
      if let index = event.member(choice, "index"), !event.isZero(index) { continue }
      if let delta = event.member(choice, "delta") {
        OpenAIAnswerReader.readReasoning(delta, of: event, into: &writer)
        OpenAIAnswerReader.readContent(delta, of: event, into: &writer)
        if let calls = event.member(delta, "tool_calls") {
          for (place, call) in event.elements(of: calls).enumerated() {
            self.call(call, place, of: event, into: &writer)
          }
        }
      }
      if let reason = event.member(choice, "finish_reason") {
        hasReason = true
        writer.finish(FinishReason(openAI: reason, of: event))
        if let sequence = event.member(choice, "stop_reason"), event.kind(sequence) == .string {
          writer.finish(.stopSequence)
          writer.stopSequence(bytes.extracting(event.contentRange(sequence)))
        }
      }
    }
  }

  mutating func finish(into writer: inout some AnswerWriter) {
    guard !isDone else { return }
    isDone = true
    if !hasReason { writer.finish(calls.isEmpty ? .stop : .toolCalls) }
    writer.end()
  }

  private mutating func call(
    _ call: JSONNode, _ place: Int, of event: JSONTree, into writer: inout some AnswerWriter
  ) {
    let bytes = event.text.readableBytesUInt8Span
    let function = event.member(call, "function")
    let name = event.member(function, "name").flatMap { event.isEmpty($0) ? nil : $0 }
    let id = event.member(call, "id").flatMap { event.isEmpty($0) ? nil : $0 }
    let slot = slot(event.member(call, "index").flatMap { event.integer($0) }, place, id, name, of: event)
    if let id, calls[slot].id.readableBytes == 0 {
      calls[slot].id.writeBytes(bytes.extracting(event.contentRange(id)).bytes)
    }
    if let name, !calls[slot].hasBegun {
      calls[slot].hasBegun = true
      if calls[slot].id.readableBytes == 0 { calls[slot].id.writeString("call_\(slot)") }
      let whole = names.restored(bytes.extracting(event.contentRange(name)))
      let call = calls[slot]
      writer.toolCall(slot, id: call.id.readableBytesUInt8Span, name: whole.span)
      writer.arguments(slot, call.early.readableBytesUInt8Span)
    }
    guard let arguments = event.member(function, "arguments") else { return }
    var text = JSONOutput()
    if event.kind(arguments) == .string {
      text.content(arguments, of: event)
    } else {
      text.nested(arguments, of: event)
    }
    if calls[slot].hasBegun {
      writer.arguments(slot, text.buffer.readableBytesUInt8Span)
    } else {
      calls[slot].early.writeImmutableBuffer(text.buffer)
    }
  }

  /// Which call a fragment belongs to. Servers that send whole calls have been seen to number all of them 0, or none; a
  /// name with another identifier is another call.
  private mutating func slot(
    _ index: Int?, _ place: Int, _ id: JSONNode?, _ name: JSONNode?, of event: JSONTree
  ) -> Int {
    let index = index ?? (id == nil && name == nil ? calls.last?.index ?? place : place)
    if let known = calls.lastIndex(where: { $0.index == index }) {
      guard let id, name != nil, calls[known].hasBegun, !isSame(id, calls[known].id, of: event) else { return known }
    }
    calls.append(Call(index: index))
    return calls.count - 1
  }

  private func isSame(_ id: JSONNode, _ known: ByteBuffer, of event: JSONTree) -> Bool {
    event.text.getSlice(
      at: event.text.readerIndex + event.contentRange(id).lowerBound, length: event.contentRange(id).count)
      == known
  }
}
