import GatewaySpec
import NIOCore

/// A stream whose dialect is the client's: its bytes pass, with the public model name put in. It is looked into only where
/// something may have to be known or changed: tokens, the first event, the model name inside Anthropic's first event.
struct PassedEvents {
  private let plan: AnswerPlan
  private let identity: AnswerIdentity
  private var rewriter: EventStreamRewriter
  private var hasBegun = false
  /// What the call took, as far as is known.
  private(set) var usage: TokenUsage?
  /// Whether the last event has come: nothing is missing if the stream breaks after it.
  private(set) var isDone = false

  init(_ plan: AnswerPlan, _ identity: AnswerIdentity) {
    self.plan = plan
    self.identity = identity
    rewriter = EventStreamRewriter(replacement: identity.encodedModel)
  }

  mutating func feed(_ piece: ByteBuffer) -> AnswerTranslator.Output {
    do throws(GatewayError) {
      return try look(into: try rewriter.feed(piece))
    } catch {
      return AnswerTranslator.Output(failure: error)
    }
  }

  mutating func finish() -> AnswerTranslator.Output {
    do throws(GatewayError) {
      return try look(into: rewriter.finish())
    } catch {
      return AnswerTranslator.Output(failure: error)
    }
  }

  /// Looks into whole events.
  private mutating func look(into events: ByteBuffer?) throws(GatewayError) -> AnswerTranslator.Output {
    isDone = isDone || rewriter.isDone
    guard let events else { return AnswerTranslator.Output() }
    let bytes = events.readableBytesUInt8Span
    let isLast = plan.client == .anthropic && bytes.firstPlace(of: "\"message_stop\"") != nil
    guard !hasBegun || isLast || bytes.hasUsageObject else { return AnswerTranslator.Output(bytes: events) }
    var output = ByteBuffer()
    var start = 0
    while start < bytes.count {
      let end = bytes.eventEnd(from: start)
      guard let raw = events.getSlice(at: events.readerIndex + start, length: end - start) else { break }
      var kept = try look(intoEvent: raw)
      output.writeBuffer(&kept)
      start = end
    }
    return AnswerTranslator.Output(bytes: output.readableBytes > 0 ? output : nil)
  }

  /// Looks into one event and gives what the client gets of it.
  private mutating func look(intoEvent raw: ByteBuffer) throws(GatewayError) -> ByteBuffer {
    var parser = EventStreamParser()
    try parser.feed(raw)
    var event = try parser.next()
    if event == nil { event = parser.finish() }
    guard let event, let tree = try? JSONTree(event.data) else { return raw }
    let type = tree.member(tree.root, "type")
    if !hasBegun {
      // Nothing has been sent, so that another target can be tried in its place.
      if tree.member(tree.root, "error") != nil {
        throw .upstreamFailure(UpstreamFailure.read(event: tree.root, of: tree))
      }
      hasBegun = true
    }
    switch plan.client {
    case .openAI:
      let isResponse = plan.operation == .responses
      let counts = isResponse ? tree.member(tree.root, "response", "usage") : tree.member(tree.root, "usage")
      guard let counts, tree.kind(counts) == .object else { return raw }
      count(counts, of: tree)
      // The gateway has asked for this chunk, not the client.
      let isExtra = plan.asksForUsage && tree.member(tree.root, "choices").map { tree.isEmpty($0) } ?? false
      return isExtra ? ByteBuffer() : raw
    case .anthropic:
      if let type, tree.isString(type, "message_stop") { isDone = true }
      count(tree.member(tree.root, "usage") ?? tree.member(tree.root, "message", "usage"), of: tree)
      guard let model = tree.member(tree.root, "message", "model") else { return raw }
      var output = ByteBuffer()
      if event.name.readableBytes > 0 {
        output.writeStaticString("event: ")
        output.writeImmutableBuffer(event.name)
        output.writeStaticString("\n")
      }
      output.writeStaticString("data: ")
      for var piece in BodyEdit.apply(
        [BodyEdit(range: tree.range(model), replacement: identity.encodedModel)], to: event.data)
      {
        output.writeBuffer(&piece)
      }
      output.writeStaticString("\n\n")
      return output
    }
  }

  private mutating func count(_ counts: JSONNode?, of tree: JSONTree) {
    guard let counts else { return }
    var usage = usage ?? TokenUsage()
    if plan.client == .anthropic { usage.addAnthropic(counts, of: tree) } else { usage.addOpenAI(counts, of: tree) }
    self.usage = usage
  }
}

extension Span<UInt8> {
  /// Where a text begins; `nil` if it is not there.
  func firstPlace(of text: StaticString, from start: Int = 0) -> Int? {
    let length = text.utf8CodeUnitCount
    let first = text.utf8Start[0]
    var index = start
    search: while index + length <= count {
      guard self[index] == first else {
        index += 1
        continue
      }
      for offset in 1..<length where self[index + offset] != text.utf8Start[offset] {
        index += 1
        continue search
      }
      return index
    }
    return nil
  }

  /// Whether JSON in these bytes has a member `usage` that is an object. Inside of a string the quotes would be escaped.
  var hasUsageObject: Bool {
    var start = 0
    while let place = firstPlace(of: "\"usage\"", from: start) {
      var index = place + 7
      while index < count, self[index] == UInt8(ascii: ":") || self[index] == 0x20 { index += 1 }
      if index < count, self[index] == UInt8(ascii: "{") { return true }
      start = place + 7
    }
    return false
  }

  /// The index after the blank line that ends the event which begins at `start`, or the end of all bytes.
  fileprivate func eventEnd(from start: Int) -> Int {
    var index = start
    var isLineEmpty = true
    while index < count {
      let byte = self[index]
      index += 1
      guard byte == 0x0A || byte == 0x0D else {
        isLineEmpty = false
        continue
      }
      if byte == 0x0D, index < count, self[index] == 0x0A { index += 1 }
      // A blank line before the first field ends nothing.
      if isLineEmpty, index - start > 2 { return index }
      isLineEmpty = true
    }
    return count
  }
}
