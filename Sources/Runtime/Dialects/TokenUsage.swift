/// How many tokens a call took, in no dialect's terms.
struct TokenUsage: Equatable, Sendable {
  /// All tokens of the request, those from a cache and those put into one included.
  var prompt = 0
  /// All tokens of the answer, those of the reasoning included.
  var completion = 0
  /// Of the prompt: read from the provider's cache.
  var cacheRead = 0
  /// Of the prompt: written to the provider's cache.
  var cacheWrite = 0
  /// Of the completion: reasoning; 0 where the provider does not say.
  var reasoning = 0

  /// Prompt and completion.
  var total: Int { prompt + completion }
  /// Of the prompt: neither read from a cache nor written to one, as Anthropic counts `input_tokens`.
  var uncached: Int { max(0, prompt - cacheRead - cacheWrite) }
}

/// Why a model stopped, in no dialect's terms.
enum FinishReason: Equatable, Sendable {
  /// It had said everything.
  case stop
  /// It came to one of the request's stop sequences.
  case stopSequence
  /// The limit of tokens or the context was full.
  case length
  /// It wants tools to be called.
  case toolCalls
  /// A filter held the answer back, or the model refused.
  case contentFilter
}
