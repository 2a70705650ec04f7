import HTTP1

/// Why a request failed, and how the client is told: the only mapping from failures to statuses and bodies.
enum GatewayError: Error, Equatable {
  case malformedRequest(reason: String)
  case headersTooLarge
  case bodyTooLarge(limit: Int)
  case requestTimeout
  case tooManyConnections
  case tooManyRequests
  case expectationFailed
  case routeNotFound
  case methodNotAllowed(allow: String)
  case missingKey
  case unknownKey
  case invalidJSON(reason: String, offset: Int)
  case invalidField(String, String)
  case unknownModel(String, nearest: String?, known: [String])
  case modelNotFound(String)
  case upstreamUnreachable
  case upstreamUntrusted
  case upstreamClosed
  case upstreamMalformed
  case upstreamTimeout
  case upstreamRefusedCredentials
  case upstreamStatus(Int, message: String?)
  case upstreamFailure(UpstreamFailure)

  /// What a client, a log and a metric get to know.
  struct Rendering: Equatable {
    var status: Int
    var type: String
    var message: String
    var param: String?
    /// OpenAI's `code`; the status as text if there is none.
    var code: String?
    /// One of few values, fit for a metric.
    var label: String
  }

  var rendering: Rendering {
    switch self {
    case .malformedRequest(let reason):
      invalid(400, "malformed_request", "The request is not valid HTTP/1.1: \(reason).")
    case .headersTooLarge:
      invalid(431, "headers_too_large", "The header fields of the request are too large.")
    case .bodyTooLarge(let limit):
      invalid(413, "body_too_large", "The request body is larger than the \(limit) bytes that this gateway takes.")
    case .requestTimeout:
      invalid(408, "request_timeout", "The request did not arrive completely in time.")
    case .tooManyConnections:
      server(503, "too_many_connections", "The gateway has as many connections as it takes. Try again in a moment.")
    case .tooManyRequests:
      server(503, "too_many_requests", "The gateway works on as many requests as it takes. Try again in a moment.")
    case .expectationFailed:
      invalid(417, "expectation_failed", "Of the values of 'Expect' only '100-continue' is known.")
    case .routeNotFound:
      invalid(404, "route_not_found", "There is nothing at this path.")
    case .methodNotAllowed(let allow):
      invalid(405, "method_not_allowed", "This path does not take this method, only \(allow).")
    case .missingKey:
      Rendering(
        status: 401, type: "auth_error", message: "Authentication Error, No api key passed in.", label: "missing_key")
    case .unknownKey:
      Rendering(
        status: 401, type: "auth_error", message: "Authentication Error, the api key is not known to this gateway.",
        label: "unknown_key")
    case .invalidJSON(let reason, let offset):
      invalid(
        400, "invalid_json", "The request body is not a JSON object: \(reason) (at byte \(offset)).",
        param: "request_body")
    case .invalidField(let name, let message):
      invalid(400, "invalid_field", message, param: name)
    case .unknownModel(let name, let nearest, let known):
      invalid(400, "unknown_model", Self.unknownModelMessage(name, nearest, known), param: "model")
    case .modelNotFound(let name):
      invalid(404, "unknown_model", "There is no model '\(Self.shortened(name))'.", param: "model")
    case .upstreamUnreachable:
      server(503, "upstream_unreachable", "The provider of this model cannot be reached.")
    case .upstreamUntrusted:
      server(502, "upstream_tls", "No secure connection to the provider could be made.")
    case .upstreamClosed:
      server(502, "upstream_closed", "The provider closed the connection before its answer was complete.")
    case .upstreamMalformed:
      server(502, "upstream_malformed", "The provider's answer is not one that this gateway understands.")
    case .upstreamTimeout:
      server(504, "upstream_timeout", "The provider did not answer in time.")
    case .upstreamRefusedCredentials:
      Rendering(
        status: 401, type: "authentication_error", message: "The provider refused the gateway's credentials.",
        label: "upstream_401")
    case .upstreamStatus(let status, let message):
      Self.upstream(status, message)
    case .upstreamFailure(let failure): failure.rendering
    }
  }

  /// The body of the answer: OpenAI's shape with the status as text in `code`, as LiteLLM sends it.
  var body: [UInt8] {
    let rendering = rendering
    var bytes = Array(#"{"error":{"message":"#.utf8)
    JSONText.append(rendering.message, to: &bytes)
    bytes.append(contentsOf: #","type":"#.utf8)
    JSONText.append(rendering.type, to: &bytes)
    bytes.append(contentsOf: #","param":"#.utf8)
    if let param = rendering.param {
      JSONText.append(param, to: &bytes)
    } else {
      bytes.append(contentsOf: "null".utf8)
    }
    bytes.append(contentsOf: #","code":"#.utf8)
    JSONText.append(rendering.code ?? String(rendering.status), to: &bytes)
    bytes.append(contentsOf: "}}".utf8)
    return bytes
  }

  /// The end of a stream that fails after it began: an error event, then the usual last one.
  var eventStreamEnd: [UInt8] {
    Array("data: ".utf8) + body + Array("\n\ndata: [DONE]\n\n".utf8)
  }

  private func invalid(_ status: Int, _ label: String, _ message: String, param: String? = nil) -> Rendering {
    Rendering(status: status, type: "invalid_request_error", message: message, param: param, label: label)
  }

  private func server(_ status: Int, _ label: String, _ message: String) -> Rendering {
    Rendering(status: status, type: "server_error", message: message, label: label)
  }

  private static func upstream(_ status: Int, _ message: String?) -> Rendering {
    let type =
      switch status {
      case 401: "authentication_error"
      case 403: "permission_error"
      case 429: "throttling_error"
      case 400..<500: "invalid_request_error"
      default: "internal_server_error"
      }
    // The label names a status only where an operator acts on that one.
    let label =
      switch status {
      case 401, 403, 404, 408, 429: "upstream_\(status)"
      case 400..<500: "upstream_4xx"
      default: "upstream_5xx"
      }
    return Rendering(
      status: status, type: type, message: message ?? "The provider answered with status \(status).", label: label)
  }

  /// Names few models, so that an error about one of a thousand stays readable.
  private static func unknownModelMessage(_ name: String, _ nearest: String?, _ known: [String]) -> String {
    let start = "There is no model '\(shortened(name))'."
    if let nearest { return "\(start) Did you mean '\(nearest)'?" }
    if known.isEmpty { return "\(start) This gateway has no models." }
    let shown = known.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    return known.count > 8
      ? "\(start) There are \(known.count) models, among them \(shown)." : "\(start) Known models: \(shown)."
  }

  private static func shortened(_ name: String) -> String {
    name.count > 128 ? name.prefix(128) + "…" : name
  }
}

extension GatewayError {
  /// What a client is told whose bytes the parser refused.
  init(_ error: HTTPSyntaxError) {
    self = error.isLimit ? .headersTooLarge : .malformedRequest(reason: error.description)
  }
}
