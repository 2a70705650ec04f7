import GatewaySpec
import NIOCore

/// The API that a client speaks, and so expects its answers and errors in.
enum ClientDialect: Equatable, Sendable {
  /// OpenAI's, also for all that is no conversation.
  case openAI
  /// Anthropic's.
  case anthropic

  /// The dialect in which an operation is called.
  init(of operation: InferenceOperation) {
    self = operation == .messages || operation == .countTokens ? .anthropic : .openAI
  }

  /// The status of an answer that says what went wrong. Anthropic's clients know an overloaded provider by a status of
  /// Anthropic's own.
  func status(of error: GatewayError) -> Int {
    if self == .anthropic, case .upstreamFailure(let failure) = error, failure.kind == .overloaded { return 529 }
    return error.rendering.status
  }

  /// The body of an answer that says what went wrong; see ``status(of:)``.
  func body(of error: GatewayError, requestID: String?) -> [UInt8] {
    if case .upstreamFailure(let failure) = error, let original = failure.original {
      return Array(original.readableBytesView)
    }
    return switch self {
    case .openAI: error.body
    case .anthropic: Self.anthropicBody(of: error.rendering, requestID)
    }
  }

  /// The end of a stream that fails after it began. OpenAI's ends with an error and its usual mark, as LiteLLM does it;
  /// Anthropic's with an `error` event, after which nothing comes.
  func streamEnd(of error: GatewayError, requestID: String?) -> [UInt8] {
    switch self {
    case .openAI: Array("data: ".utf8) + error.body + Array("\n\ndata: [DONE]\n\n".utf8)
    case .anthropic:
      Array("event: error\ndata: ".utf8) + Self.anthropicBody(of: error.rendering, requestID) + Array("\n\n".utf8)
    }
  }

  private static func anthropicBody(of rendering: GatewayError.Rendering, _ requestID: String?) -> [UInt8] {
    var bytes = Array(#"{"type":"error","error":{"type":"#.utf8)
    JSONText.append(anthropicType(status: rendering.status), to: &bytes)
    bytes.append(contentsOf: #","message":"#.utf8)
    JSONText.append(rendering.message, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
    if let requestID {
      bytes.append(contentsOf: #","request_id":"#.utf8)
      JSONText.append(requestID, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// Anthropic's word for a status (Anthropic API reference, errors).
  static func anthropicType(status: Int) -> String {
    switch status {
    case 401: "authentication_error"
    case 402: "billing_error"
    case 403: "permission_error"
    case 404: "not_found_error"
    case 409: "conflict_error"
    case 413: "request_too_large"
    case 429: "rate_limit_error"
    case 504: "timeout_error"
    case 503, 529: "overloaded_error"
    case 400..<500: "invalid_request_error"
    default: "api_error"
    }
  }
}
