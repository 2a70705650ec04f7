import Logging
import NIOCore

/// What the access log says of one request: no key, no body, no query.
struct AccessRecord {
  var requestID = ""
  var method = ""
  /// The path as the endpoint table writes it, or `unmatched`.
  var route = "unmatched"
  var model: String?
  var target: String?
  /// How many targets were asked.
  var attempts = 0
  /// The name of the client's key in the spec.
  var key: String?
  var status = 0
  var error: String?
  var bodyBytes = 0
  var start: NIODeadline

  func log(to logger: Logger, now: NIODeadline) {
    logger.info("request", metadata: metadata(now: now))
  }

  private func metadata(now: NIODeadline) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "request_id": .string(requestID), "method": .string(method), "route": .string(route),
      "status": .stringConvertible(status), "bytes": .stringConvertible(bodyBytes),
      "duration_us": .stringConvertible((now - start).nanoseconds / 1000),
    ]
    if let model { metadata["model"] = .string(model) }
    if let target { metadata["target"] = .string(target) }
    if attempts > 1 { metadata["attempts"] = .stringConvertible(attempts) }
    if let key { metadata["key"] = .string(key) }
    if let error { metadata["error"] = .string(error) }
    return metadata
  }
}
