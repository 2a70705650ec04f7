import HTTP1
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

  private enum Value {
    case text(String)
    case number(Int)
  }

  /// Calls back with each entry that there is, by name.
  private func forEachEntry(now: NIODeadline, _ visit: (StaticString, Value) -> Void) {
    if attempts > 1 { visit("attempts", .number(attempts)) }
    visit("bytes", .number(bodyBytes))
    visit("duration_us", .number(Int((now - start).nanoseconds / 1000)))
    if let error { visit("error", .text(error)) }
    if let key { visit("key", .text(key)) }
    visit("method", .text(method))
    if let model { visit("model", .text(model)) }
    visit("request_id", .text(requestID))
    visit("route", .text(route))
    visit("status", .number(status))
    if let target { visit("target", .text(target)) }
  }

  /// The entries for a logger.
  func metadata(now: NIODeadline) -> Logger.Metadata {
    var metadata: Logger.Metadata = [:]
    forEachEntry(now: now) { name, value in
      switch value {
      case .text(let text): metadata["\(name)"] = .string(text)
      case .number(let number): metadata["\(name)"] = .stringConvertible(number)
      }
    }
    return metadata
  }

  /// The entries as members of a JSON object, each after a comma.
  func appendMembers(to line: inout [UInt8], now: NIODeadline) {
    forEachEntry(now: now) { name, value in
      line.append(#",""#)
      line.append(name)
      line.append(#"":"#)
      switch value {
      case .text(let text): JSONText.append(text, to: &line)
      case .number(let number): line.append(contentsOf: String(number).utf8)
      }
    }
  }

  /// The entries as `name=value`, each after a space. A line break in a value does not begin a line.
  func appendWords(to line: inout [UInt8], now: NIODeadline) {
    forEachEntry(now: now) { name, value in
      line.append(UInt8(ascii: " "))
      line.append(name)
      line.append(UInt8(ascii: "="))
      switch value {
      case .text(let text): for byte in text.utf8 { line.append(max(byte, UInt8(ascii: " "))) }
      case .number(let number): line.append(contentsOf: String(number).utf8)
      }
    }
  }
}
