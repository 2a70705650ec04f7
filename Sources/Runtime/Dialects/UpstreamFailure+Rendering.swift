extension UpstreamFailure {
  /// What the client, the log and the metrics get to know.
  var rendering: GatewayError.Rendering {
    GatewayError.Rendering(
      status: clientStatus, type: openAIType, message: message ?? defaultMessage, param: param,
      code: namedCode ?? openAICode, label: label)
  }

  /// The provider's status, but for those that would tell the client something else.
  private var clientStatus: Int {
    switch kind {
    case .authentication: 401
    case .server where status < 500: 502
    // Anthropic's own word for what the others call 503.
    case .overloaded: 503
    default: status
    }
  }

  private var openAIType: String {
    switch kind {
    case .invalidRequest, .contextOverflow, .contentPolicy, .notFound: "invalid_request_error"
    case .authentication: "authentication_error"
    case .permission: "permission_error"
    case .quotaExhausted: "insufficient_quota"
    case .rateLimited: "rate_limit_error"
    case .timeout: "timeout_error"
    case .overloaded, .server: "server_error"
    }
  }

  /// The provider's code, but for a number, which only repeats the status.
  private var namedCode: String? {
    code.flatMap { Int($0) == nil ? $0 : nil }
  }

  /// The code by which OpenAI's clients know the error; `nil` for the status as text.
  private var openAICode: String? {
    switch kind {
    case .contextOverflow: "context_length_exceeded"
    case .contentPolicy: "content_policy_violation"
    case .quotaExhausted: "insufficient_quota"
    case .notFound: "model_not_found"
    case .rateLimited: "rate_limit_exceeded"
    case .authentication, .permission, .timeout, .overloaded, .server, .invalidRequest: nil
    }
  }

  private var defaultMessage: String {
    kind == .authentication
      ? "The provider refused the gateway's credentials." : "The provider answered with status \(status)."
  }

  /// Names a status only where an operator acts on that one.
  private var label: String {
    switch kind {
    case .contextOverflow: "context_overflow"
    case .contentPolicy: "content_policy"
    case .quotaExhausted: "quota_exhausted"
    default:
      switch status {
      case 401, 403, 404, 408, 429: "upstream_\(status)"
      case 400..<500: "upstream_4xx"
      default: "upstream_5xx"
      }
    }
  }
}
