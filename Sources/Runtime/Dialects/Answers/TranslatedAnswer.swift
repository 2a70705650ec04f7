import GatewaySpec
import NIOCore

/// An answer on its way from a provider's dialect to a client's: something takes it apart, a reader of the one dialect
/// tells a writer of the other what it says.
struct TranslatedAnswer {
  /// The largest answer that is translated whole, in bytes.
  static let maximumBytes = 32 << 20

  /// How the provider's answer is taken apart.
  enum Frames {
    /// Not at all: one JSON text.
    case whole(ByteBuffer)
    /// Server-sent events.
    case events(EventStreamParser)
    /// Amazon's messages.
    case amazon(AWSEventStreamDecoder)
  }

  private let plan: AnswerPlan
  private var frames: Frames
  private var reader: any AnswerEventReader
  private var writer: any AnswerWriter
  private var failure: GatewayError?
  private var wholeUsage: TokenUsage?

  init(_ plan: AnswerPlan, _ identity: AnswerIdentity, _ frames: Frames) {
    self.plan = plan
    self.frames = frames
    reader =
      switch plan.upstream {
      case .openAI, .mock: OpenAIStreamReader(names: plan.toolNames)
      case .anthropic: AnthropicStreamReader(unwrapsTool: plan.unwrapsTool)
      case .gemini: GeminiAnswerReader(names: plan.toolNames, id: identity.id)
      case .bedrock: BedrockStreamReader(names: plan.toolNames, unwrapsTool: plan.unwrapsTool)
      }
    writer =
      switch (plan.client, plan.isStream) {
      case (.openAI, false): OpenAIAnswerWriter(identity)
      case (.openAI, true): OpenAIStreamWriter(identity, reportsUsage: plan.reportsUsage)
      case (.anthropic, false): AnthropicAnswerWriter(identity)
      case (.anthropic, true): AnthropicStreamWriter(identity)
      }
  }

  /// What the call took, as far as is known.
  var usage: TokenUsage? { wholeUsage ?? reader.usage }

  /// Whether the last event has come.
  var isComplete: Bool { reader.isDone }

  mutating func feed(_ piece: ByteBuffer) -> AnswerTranslator.Output {
    guard failure == nil else { return AnswerTranslator.Output() }
    do throws(GatewayError) {
      switch frames {
      case .whole(var collected):
        frames = .whole(ByteBuffer())  // One owner for the buffer while it changes.
        if collected.readableBytes == 0 { collected = piece } else { collected.writeImmutableBuffer(piece) }
        frames = .whole(collected)
        guard collected.readableBytes <= Self.maximumBytes else { throw .upstreamMalformed }
      case .events(var parser):
        frames = .whole(ByteBuffer())
        defer { frames = .events(parser) }
        try parser.feed(piece)
        while let event = try parser.next() { try read(event.data, type: nil) }
      case .amazon(var decoder):
        frames = .whole(ByteBuffer())
        defer { frames = .amazon(decoder) }
        decoder.feed(piece)
        while let message = try decoder.next() { try read(message.payload, type: message.type) }
      }
    } catch {
      failure = error
    }
    return AnswerTranslator.Output(bytes: writer.take(), failure: failure)
  }

  mutating func finish() -> AnswerTranslator.Output {
    guard failure == nil else { return AnswerTranslator.Output() }
    do throws(GatewayError) {
      switch frames {
      case .whole(let text): try readWhole(text)
      case .events(var parser):
        if let event = parser.finish() { try read(event.data, type: nil) }
        reader.finish(into: &writer)
      case .amazon(let decoder):
        if decoder.isCutOff { throw .upstreamClosed }
        reader.finish(into: &writer)
      }
    } catch {
      failure = error
    }
    return AnswerTranslator.Output(bytes: writer.take(), failure: failure)
  }

  private mutating func read(_ data: ByteBuffer, type: String?) throws(GatewayError) {
    guard data.readableBytes > 0, !reader.isDone else { return }
    if data.readableBytesView.elementsEqual("[DONE]".utf8) {
      reader.finish(into: &writer)
      return
    }
    let tree: JSONTree
    do {
      tree = try JSONTree(data)
    } catch {
      throw .upstreamMalformed
    }
    try reader.read(tree, type: type, into: &writer)
  }

  private mutating func readWhole(_ text: ByteBuffer) throws(GatewayError) {
    let tree: JSONTree
    do {
      tree = try JSONTree(text)
    } catch {
      throw .upstreamMalformed
    }
    wholeUsage = Self.usage(of: tree, plan)
    switch plan.upstream {
    case .openAI, .mock: try OpenAIAnswerReader.read(tree, names: plan.toolNames, into: &writer)
    case .anthropic: try AnthropicAnswerReader.read(tree, unwrapsTool: plan.unwrapsTool, into: &writer)
    case .gemini:
      try reader.read(tree, type: nil, into: &writer)
      reader.finish(into: &writer)
    case .bedrock:
      try BedrockAnswerReader.read(
        tree, names: plan.toolNames, unwrapsTool: plan.unwrapsTool, into: &writer)
    }
  }

  private static func usage(of tree: JSONTree, _ plan: AnswerPlan) -> TokenUsage? {
    guard let counts = tree.member(tree.root, "usage") else { return nil }
    var usage = TokenUsage()
    switch plan.upstream {
    case .anthropic: usage.addAnthropic(counts, of: tree)
    case .bedrock: usage.addBedrock(counts, of: tree)
    case .openAI, .mock, .gemini: usage.addOpenAI(counts, of: tree)
    }
    return usage
  }
}
