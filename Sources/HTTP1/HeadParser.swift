import NIOCore

/// Reads a head that is complete. Every line of it ends in CRLF and the last one is empty: ``MessageParser`` has seen to
/// that, so no loop here can run over the end.
struct HeadParser {
  private var index = 0
  private var fields: [MessageHead.Field] = []
  private var framing = FramingFields()

  static func request(_ head: ByteBuffer, _ limits: MessageParser.Limits) throws(HTTPSyntaxError) -> MessageHead {
    var parser = HeadParser()
    let bytes = head.readableBytesUInt8Span
    let (line, version) = try parser.requestLine(bytes)
    try parser.fieldLines(bytes, limits)
    return MessageHead(
      bytes: head, start: line, version: version, fields: parser.fields,
      framing: try parser.framing.request(version), keepsAlive: parser.framing.keepsAlive(version))
  }

  static func response(
    _ head: ByteBuffer, _ limits: MessageParser.Limits, answersHEAD: Bool
  ) throws(HTTPSyntaxError) -> MessageHead {
    var parser = HeadParser()
    let bytes = head.readableBytesUInt8Span
    let (status, version) = try parser.statusLine(bytes)
    try parser.fieldLines(bytes, limits)
    if status == 101 { throw HTTPSyntaxError(.upgrade, at: 0) }
    return MessageHead(
      bytes: head, start: .response(status: status), version: version, fields: parser.fields,
      framing: try parser.framing.response(status, version, hasNoBody: answersHEAD),
      keepsAlive: parser.framing.keepsAlive(version))
  }

  /// `method SP request-target SP HTTP-version CRLF` (RFC 9112, 3).
  private mutating func requestLine(
    _ bytes: Span<UInt8>
  ) throws(HTTPSyntaxError) -> (MessageHead.StartLine, MessageHead.Version) {
    while ByteClass.isToken(bytes[index]) { index += 1 }
    guard index > 0, bytes[index] == UInt8(ascii: " ") else { throw HTTPSyntaxError(.startLine, at: index) }
    let method = RequestMethod(bytes.extracting(0..<index))
    index += 1
    let target = index
    while ByteClass.isVisible(bytes[index]) { index += 1 }
    guard index > target, bytes[index] == UInt8(ascii: " ") else { throw HTTPSyntaxError(.startLine, at: index) }
    let end = index
    index += 1
    let version = try version(bytes)
    try endOfLine(bytes, .version)
    return (.request(method, target: target..<end), version)
  }

  /// `HTTP-version SP status-code SP [ reason-phrase ] CRLF` (RFC 9112, 4). Without a reason many leave the second space
  /// out too.
  private mutating func statusLine(
    _ bytes: Span<UInt8>
  ) throws(HTTPSyntaxError) -> (status: Int, MessageHead.Version) {
    let version = try version(bytes)
    guard bytes[index] == UInt8(ascii: " ") else { throw HTTPSyntaxError(.startLine, at: index) }
    index += 1
    let start = index
    var status = 0
    while index < start + 3 {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw HTTPSyntaxError(.status, at: index) }
      status = status * 10 + Int(digit)
      index += 1
    }
    guard (100...599).contains(status) else { throw HTTPSyntaxError(.status, at: start) }
    if bytes[index] == UInt8(ascii: " ") {
      while ByteClass.isValue(bytes[index]) { index += 1 }
    }
    try endOfLine(bytes, .startLine)
    return (status, version)
  }

  /// `HTTP/1.` and one digit.
  private mutating func version(_ bytes: Span<UInt8>) throws(HTTPSyntaxError) -> MessageHead.Version {
    let name: StaticString = "HTTP/1."
    for offset in 0..<name.utf8CodeUnitCount {
      guard bytes[index] == name.utf8Start[offset] else { throw HTTPSyntaxError(.version, at: index) }
      index += 1
    }
    let minor = bytes[index] &- UInt8(ascii: "0")
    guard minor < 10 else { throw HTTPSyntaxError(.version, at: index) }
    index += 1
    return minor == 0 ? .http10 : .http11
  }

  /// `*( field-name ":" OWS field-value OWS CRLF ) CRLF` (RFC 9112, 5).
  private mutating func fieldLines(
    _ bytes: Span<UInt8>, _ limits: MessageParser.Limits
  ) throws(HTTPSyntaxError) {
    fields.reserveCapacity(16)
    while bytes[index] != ByteClass.carriageReturn {
      guard fields.count < limits.fieldCount else { throw HTTPSyntaxError(.tooManyFields, at: index) }
      let field = try FieldLine.parse(bytes, &index)
      try framing.note(field, bytes)
      fields.append(field)
    }
    // What follows a carriage return can only be the line feed of the empty line, or it is no empty line at all.
    guard index == bytes.count - 2 else { throw HTTPSyntaxError(.fieldName, at: index) }
  }

  private mutating func endOfLine(
    _ bytes: Span<UInt8>, _ reason: HTTPSyntaxError.Reason
  ) throws(HTTPSyntaxError) {
    guard bytes[index] == ByteClass.carriageReturn, bytes[index + 1] == ByteClass.lineFeed else {
      throw HTTPSyntaxError(reason, at: index)
    }
    index += 2
  }
}

/// One line of a field section, in a head or in trailers.
enum FieldLine {
  /// Reads the line at `index` and leaves `index` behind it. The line has its CRLF.
  static func parse(_ bytes: Span<UInt8>, _ index: inout Int) throws(HTTPSyntaxError) -> MessageHead.Field {
    let name = index
    while ByteClass.isToken(bytes[index]) { index += 1 }
    guard index > name, bytes[index] == UInt8(ascii: ":") else {
      if ByteClass.isSpace(bytes[index]) {
        throw HTTPSyntaxError(index == name ? .foldedField : .spaceBeforeColon, at: index)
      }
      throw HTTPSyntaxError(.fieldName, at: index)
    }
    let colon = index
    index += 1
    while ByteClass.isSpace(bytes[index]) { index += 1 }
    let value = index
    while ByteClass.isValue(bytes[index]) { index += 1 }
    guard bytes[index] == ByteClass.carriageReturn, bytes[index + 1] == ByteClass.lineFeed else {
      throw HTTPSyntaxError(.fieldValue, at: index)
    }
    var end = index
    while end > value, ByteClass.isSpace(bytes[end - 1]) { end -= 1 }
    index += 2
    return MessageHead.Field(name: name..<colon, value: value..<end)
  }
}
