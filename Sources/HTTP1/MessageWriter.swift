/// Puts the head of a message together, in plain bytes: a head is some forty small pieces, and appending to an array is the
/// cheapest way to join them.
public struct MessageWriter: Sendable {
  /// What has been written.
  public private(set) var bytes: [UInt8] = []

  /// A writer with room for about so many bytes.
  public init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  /// `HTTP/1.1`, the status and its reason phrase. HTTP/1.0 clients too are told the version that this side speaks
  /// (RFC 9110, 2.5).
  public mutating func statusLine(_ status: Int) {
    if status == 200 {
      bytes.append("HTTP/1.1 200 OK\r\n")
      return
    }
    bytes.append("HTTP/1.1 ")
    append(String(status))
    bytes.append(UInt8(ascii: " "))
    bytes.append(Self.reasonPhrase(status))
    endLine()
  }

  /// The first line of a request. The target must be free of spaces and control characters.
  public mutating func requestLine(_ method: RequestMethod, target: String) {
    append(method.rawValue)
    bytes.append(UInt8(ascii: " "))
    append(target)
    bytes.append(" HTTP/1.1\r\n")
  }

  /// A whole line that is part of the program, without its end.
  public mutating func line(_ line: StaticString) {
    bytes.append(line)
    endLine()
  }

  /// One field. The value must be free of control characters.
  public mutating func field(_ name: StaticString, _ value: String) {
    bytes.append(name)
    bytes.append(": ")
    append(value)
    endLine()
  }

  /// One field with a name that is not part of the program. Name and value must be fit for a head.
  public mutating func field(named name: String, _ value: String) {
    append(name)
    bytes.append(": ")
    append(value)
    endLine()
  }

  /// A field that came, as it came.
  public mutating func field(_ field: MessageHead.Field, of head: MessageHead) {
    head.append(field.name.lowerBound..<field.value.upperBound, to: &bytes)
    endLine()
  }

  /// Fields that are ready to be sent.
  public mutating func fields(_ lines: FieldLines) {
    bytes.append(contentsOf: lines.bytes)
  }

  /// The empty line at the end of the head.
  public mutating func endHead() {
    endLine()
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func endLine() {
    bytes.append(ByteClass.carriageReturn)
    bytes.append(ByteClass.lineFeed)
  }

  /// The phrase of RFC 9110, 15 for the statuses that a gateway sends often; it may be empty, and nobody reads it.
  private static func reasonPhrase(_ status: Int) -> StaticString {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 417: "Expectation Failed"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: ""
    }
  }
}
