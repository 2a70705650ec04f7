public import NIOCore

/// Writes the parts of a message. A whole message fits in one buffer, and so leaves in one write.
extension ByteBuffer {
  /// `HTTP/1.1`, the status and its reason phrase. HTTP/1.0 clients too are told the version that this side speaks
  /// (RFC 9110, 2.5).
  public mutating func writeStatusLine(_ status: Int) {
    if status == 200 {
      writeStaticString("HTTP/1.1 200 OK\r\n")
      return
    }
    writeStaticString("HTTP/1.1 ")
    writeNumber(status)
    writeStaticString(" ")
    writeStaticString(Self.reasonPhrase(status))
    writeLineEnd()
  }

  /// The first line of a request. The target must be free of spaces and control characters.
  public mutating func writeRequestLine(_ method: RequestMethod, target: String) {
    writeString(method.rawValue)
    writeStaticString(" ")
    writeString(target)
    writeStaticString(" HTTP/1.1\r\n")
  }

  /// One field. The value must be free of control characters.
  public mutating func writeField(_ name: String, _ value: String) {
    writeString(name)
    writeStaticString(": ")
    writeString(value)
    writeLineEnd()
  }

  /// One field with a number.
  public mutating func writeField(_ name: StaticString, _ value: Int) {
    writeStaticString(name)
    writeStaticString(": ")
    writeNumber(value)
    writeLineEnd()
  }

  /// A field that came, as it came.
  public mutating func writeField(_ field: MessageHead.Field, of head: MessageHead) {
    head.bytes.withUnsafeReadableBytes { bytes in
      _ = writeBytes(UnsafeRawBufferPointer(rebasing: bytes[field.name.lowerBound..<field.value.upperBound]))
    }
    writeLineEnd()
  }

  /// Fields that are ready to be sent.
  public mutating func writeFields(_ lines: FieldLines) {
    writeBytes(lines.bytes)
  }

  /// The end of a head, and of the last line before a chunk.
  public mutating func writeLineEnd() {
    writeStaticString("\r\n")
  }

  /// What stands before the bytes of a chunk; after them comes a line end. A size of 0 would end the body.
  public mutating func writeChunkSize(_ count: Int) {
    var shift = max(0, (Int.bitWidth - count.leadingZeroBitCount - 1) & ~3)
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: count >> shift) & 15
      writeInteger(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      shift -= 4
    }
    writeLineEnd()
  }

  /// The end of a chunked body, without trailer fields.
  public mutating func writeLastChunk() {
    writeStaticString("0\r\n\r\n")
  }

  /// A number that is not negative, in decimal digits.
  private mutating func writeNumber(_ number: Int) {
    var power = 1
    while number / power >= 10 { power *= 10 }
    while power > 0 {
      writeInteger(UInt8(truncatingIfNeeded: number / power % 10) + UInt8(ascii: "0"))
      power /= 10
    }
  }

  /// The phrase of RFC 9110, 15 for the statuses that a gateway sends often; it may be empty, and nobody reads it.
  private static func reasonPhrase(_ status: Int) -> StaticString {
    switch status {
    case 100: "Continue"
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
