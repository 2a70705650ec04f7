/// One kind of call that clients make of a model, and so what a provider may have or lack.
public enum InferenceOperation: String, Sendable, CaseIterable {
  /// OpenAI's chat completions.
  case chat
  /// Anthropic's messages.
  case messages
  /// Anthropic's count of the tokens that messages would take.
  case countTokens
  /// OpenAI's legacy completions.
  case completions
  /// Vectors for texts.
  case embeddings
  /// OpenAI's responses.
  case responses
  /// Text to speech.
  case speech
  /// Speech to text.
  case transcription
  /// Speech to English text.
  case translation
  /// Text to images.
  case images
  /// Images to images.
  case imageEdits
  /// Documents in the order in which they answer a question.
  case rerank
  /// Whether a text is harmful.
  case moderations

  /// The path that OpenAI (Anthropic for its two, Cohere and Jina for `rerank`) gave it; it follows the version, `/v1`.
  public var path: String {
    switch self {
    case .chat: "/chat/completions"
    case .messages: "/messages"
    case .countTokens: "/messages/count_tokens"
    case .completions: "/completions"
    case .embeddings: "/embeddings"
    case .responses: "/responses"
    case .speech: "/audio/speech"
    case .transcription: "/audio/transcriptions"
    case .translation: "/audio/translations"
    case .images: "/images/generations"
    case .imageEdits: "/images/edits"
    case .rerank: "/rerank"
    case .moderations: "/moderations"
    }
  }

  /// Whether its requests are forms with files (`multipart/form-data`) rather than JSON.
  public var takesForm: Bool {
    switch self {
    case .transcription, .translation, .imageEdits: true
    default: false
    }
  }

  /// Whether it is a conversation, which can be translated between the dialects.
  public var isChat: Bool { self == .chat || self == .messages }
}
