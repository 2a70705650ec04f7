/// One finished request as a span of a trace, in the words of OpenTelemetry's semantic conventions for HTTP servers and
/// generative AI.
struct RequestSpan: Sendable {
  /// The span's own place; its ``TraceContext/span`` is this span.
  var context: TraceContext
  /// The caller's span, or `nil` at the root of a trace.
  var parent: UInt64?
  var method: String
  /// The path as the endpoint table writes it.
  var route: String
  var status: Int
  /// `chat`, `embeddings`, … (`gen_ai.operation.name`); `nil` for a request that calls no model.
  var operation: String?
  /// The public name of the model.
  var model: String?
  /// The provider's own name for the model that answered.
  var targetModel: String?
  /// The id of the provider in the catalogue.
  var provider: String?
  var tokens: RequestMetrics.Tokens?
  /// Why it failed; one of few values.
  var error: String?
  /// When it began and ended, in nanoseconds since 1970.
  var start: UInt64
  var end: UInt64

  /// What the conventions call it: operation and model, or method and route.
  var name: String {
    if let operation, let model { "\(operation) \(model)" } else { "\(method) \(route)" }
  }
}
