/// Reads the events of a provider's stream, each of which is JSON, and tells a writer what they say.
protocol AnswerEventReader {
  /// Reads one event.
  ///
  /// - Throws: the error that the event is, or that it is none of the dialect.
  mutating func read(_ event: JSONTree, type: String?, into writer: inout some AnswerWriter) throws(GatewayError)
  /// The stream has ended as it should.
  mutating func finish(into writer: inout some AnswerWriter)
  /// What the call took, as far as is known.
  var usage: TokenUsage? { get }
  /// Whether the last event of an answer has come.
  var isDone: Bool { get }
}
