import GatewaySpec
import NIOCore

extension UpstreamFailure {
  /// The most of an error body that is read, in bytes.
  static let maximumBytes = 64 << 10

  /// Reads an answer with an error status.
  ///
  /// - Parameters:
  ///   - status: the status of the answer.
  ///   - body: its body, or the first ``maximumBytes`` of it.
  ///   - plan: whose dialects decide whether the body may go on as it is.
  ///   - amazonErrorType: the value of `x-amzn-errortype`, by which Bedrock names an error.
  ///   - retryAfter: what the answer's fields ask for; see ``RetryAfter``.
  static func read(
    status: Int, body: ByteBuffer, plan: AnswerPlan, amazonErrorType: String? = nil, retryAfter: Duration? = nil
  ) -> UpstreamFailure {
    // A status that is no error and came where an error was expected.
    let status = (400...599).contains(status) ? status : 502
    var failure = UpstreamFailure(status: status, kind: .server, retryAfter: retryAfter)
    if let tree = try? JSONTree(body) {
      // Gemini puts an error of a stream into an array.
      let root = tree.elements(of: tree.root).first { _ in true } ?? tree.root
      failure.read(root, of: tree)
      if plan.isSameDialect, failure.hasShape(of: plan.client, tree) { failure.original = body }
    }
    if let amazonErrorType {
      failure.type = String(amazonErrorType.prefix { $0 != ":" && $0 != "#" })
    }
    failure.kind = failure.classified
    failure.conceal()
    return failure
  }

  /// Reads an error that came inside a stream.
  static func read(event root: JSONNode, of tree: JSONTree, type: String? = nil) -> UpstreamFailure {
    var failure = UpstreamFailure(status: 500, kind: .server)
    failure.read(root, of: tree)
    if let type { failure.type = type }
    failure.status = failure.impliedStatus
    failure.kind = failure.classified
    failure.conceal()
    return failure
  }

  private mutating func read(_ root: JSONNode, of tree: JSONTree) {
    func text(_ object: JSONNode?, _ name: StaticString) -> String? {
      tree.member(object, name).flatMap { node in
        tree.string(node) ?? tree.integer(node).map { String($0) }
      }
    }
    let error = tree.member(root, "error")
    if let error, tree.kind(error) == .object {
      message = text(error, "message")
      type = text(error, "type") ?? text(error, "status")
      code = text(error, "code")
      param = text(error, "param")
      // Azure says why a filter acted one level below.
      if let inner = text(tree.member(error, "innererror"), "code") ?? text(tree.member(error, "inner_error"), "code"),
        inner == "ResponsibleAIPolicyViolation"
      {
        code = "content_filter"
      }
      for detail in tree.member(error, "details").map({ tree.elements(of: $0) }).map(Array.init) ?? [] {
        if text(detail, "reason") == "API_KEY_INVALID" { code = "invalid_api_key" }
        if let delay = text(detail, "retryDelay") { retryAfter = retryAfter ?? RetryAfter.delay(delay) }
      }
    } else {
      message =
        error.flatMap { tree.string($0) } ?? text(root, "message") ?? text(root, "Message") ?? text(root, "detail")
      type = text(root, "__type").map { String($0.split(separator: "#").last ?? "") } ?? text(root, "type")
      code = text(root, "code")
      param = text(root, "param")
    }
    if let said = message { message = said.isEmpty ? nil : String(said.prefix(1000)) }
  }

  private func hasShape(of dialect: ClientDialect, _ tree: JSONTree) -> Bool {
    guard let error = tree.member(tree.root, "error"), let message = tree.member(error, "message"),
      tree.kind(message) == .string
    else { return false }
    return dialect == .openAI || tree.member(error, "type") != nil
  }

  /// A refusal of the gateway's own key may show part of it.
  private mutating func conceal() {
    guard kind == .authentication else { return }
    message = nil
    original = nil
  }

  private func says(_ parts: String...) -> Bool {
    guard let text = message?.lowercased() else { return false }
    return parts.contains { text.contains($0) }
  }

  /// What an error means, by what it is called, then by its words, then by the status.
  private var classified: Kind {
    switch code {
    case "context_length_exceeded", "string_above_max_length": return .contextOverflow
    case "content_policy_violation", "content_filter", "moderation_blocked": return .contentPolicy
    case "insufficient_quota", "billing_hard_limit_reached", "credit_balance_exhausted",
      "organization_spend_limit_exceeded", "project_spend_limit_exceeded", "billing_not_active":
      return .quotaExhausted
    case "invalid_api_key": return .authentication
    case "model_not_found", "DeploymentNotFound": return .notFound
    default: break
    }
    if status == 400 || status == 413 || status == 422, saysContextOverflow { return .contextOverflow }
    switch type {
    case "insufficient_quota", "billing_error": return .quotaExhausted
    case "authentication_error", "UNAUTHENTICATED", "UnrecognizedClientException", "ExpiredTokenException",
      "InvalidSignatureException", "IncompleteSignatureException", "MissingAuthenticationTokenException":
      return .authentication
    case "permission_error", "PERMISSION_DENIED", "AccessDeniedException": return .permission
    case "not_found_error", "NOT_FOUND", "ResourceNotFoundException": return .notFound
    case "rate_limit_error", "RESOURCE_EXHAUSTED", "ThrottlingException", "throttlingException": return .rateLimited
    case "overloaded_error", "UNAVAILABLE", "ServiceUnavailableException", "serviceUnavailableException",
      "ModelNotReadyException":
      return .overloaded
    case "timeout_error", "DEADLINE_EXCEEDED", "ModelTimeoutException": return .timeout
    default: break
    }
    if says("credit balance is too low", "insufficient balance", "exceeded your current quota, please check your plan")
    {
      return .quotaExhausted
    }
    if (400..<500).contains(status), saysContentPolicy { return .contentPolicy }
    switch status {
    case 401: return .authentication
    case 402: return .quotaExhausted
    case 403: return .permission
    case 404: return .notFound
    case 408, 504: return .timeout
    case 429: return .rateLimited
    case 503, 529: return .overloaded
    // Bedrock: the model itself failed.
    case 424: return .server
    case 400..<500: return .invalidRequest
    default: return .server
    }
  }

  /// The words by which OpenAI and vLLM, Anthropic, Gemini and Bedrock say that a prompt is too long.
  private var saysContextOverflow: Bool {
    says(
      "maximum context length", "context length exceeded", "context window", "prompt is too long",
      "exceed context limit", "input token count", "input is too long", "too many input tokens",
      "exceeds the maximum number of tokens", "maximum number of tokens allowed", "longer than the model's context")
  }

  private var saysContentPolicy: Bool {
    says(
      "content management policy", "content filtering policy", "content policy", "flagged by our safety",
      "safety system", "responsible ai")
  }

  /// The status that would have come before a stream.
  private var impliedStatus: Int {
    switch type {
    case "invalid_request_error", "INVALID_ARGUMENT", "ValidationException", "validationException": 400
    case "authentication_error": 401
    case "billing_error": 402
    case "permission_error": 403
    case "not_found_error": 404
    case "request_too_large": 413
    case "rate_limit_error", "RESOURCE_EXHAUSTED", "ThrottlingException", "throttlingException", "insufficient_quota",
      "requests", "tokens":
      429
    case "timeout_error": 504
    case "overloaded_error", "UNAVAILABLE", "ServiceUnavailableException", "serviceUnavailableException": 503
    default: code.flatMap { Int($0) }.flatMap { (400...599).contains($0) ? $0 : nil } ?? 500
    }
  }
}
