import NIOCore

/// Writes an answer in a client's dialect, whole or as a stream, from what a reader finds in the provider's.
///
/// Texts are given as the inside of JSON strings, escapes included: between two JSON dialects they need not be decoded,
/// and a character that was cut in two by the provider's pieces stays as it is.
protocol AnswerWriter {
  /// The provider's identifier of the answer. Comes first, if at all.
  mutating func identify(_ id: Span<UInt8>)
  /// What the model says.
  mutating func text(_ content: Span<UInt8>)
  /// What the model thinks before.
  mutating func thinking(_ content: Span<UInt8>)
  /// The signature by which the provider knows the thought again, at its end.
  mutating func signature(_ content: Span<UInt8>)
  /// A thought that only the provider can read.
  mutating func redactedThinking(_ content: Span<UInt8>)
  /// The model calls a tool. The slot is the reader's own number of the call.
  mutating func toolCall(_ slot: Int, id: Span<UInt8>, name: Span<UInt8>)
  /// More of the JSON text of a call's arguments.
  mutating func arguments(_ slot: Int, _ content: Span<UInt8>)
  /// A call is complete: no more arguments come for it. Readers that cannot tell leave it out.
  mutating func callIsComplete(_ slot: Int)
  /// Tokens as far as they are known; the last count is the right one.
  mutating func usage(_ usage: TokenUsage)
  /// Why the model stopped.
  mutating func finish(_ reason: FinishReason)
  /// The stop sequence that the model came to.
  mutating func stopSequence(_ content: Span<UInt8>)
  /// There is no more.
  mutating func end()
  /// What has been written since it was last taken.
  mutating func take() -> ByteBuffer?
}

extension AnswerWriter {
  mutating func callIsComplete(_ slot: Int) {}
}

/// What an answer is called, apart from what the provider says.
struct AnswerIdentity {
  /// The public model name, as a JSON string with its quotes.
  let encodedModel: [UInt8]
  /// The answer's identifier if the provider gives none.
  let id: String
  /// Seconds since 1970.
  let created: Int
}

extension ByteBuffer {
  /// A buffer of its own for bytes that stand in another.
  init(copying bytes: Span<UInt8>) {
    self.init()
    writeBytes(bytes.bytes)
  }
}
