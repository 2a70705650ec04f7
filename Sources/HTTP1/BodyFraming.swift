/// How the end of a body is found (RFC 9112, 6.3).
public enum BodyFraming: Equatable, Sendable {
  /// There is no body, whatever the fields say.
  case none
  /// So many bytes.
  case length(Int)
  /// Chunks, each with its size, and an empty one at the end.
  case chunked
  /// The sender closes the connection. Only responses may.
  case untilClose
}

/// What the fields of a head say about its body and its connection, gathered while they are read.
///
/// Two parsers that find different ends for one body are what request smuggling lives on. So whatever leaves a choice is
/// refused here: two lengths, even equal ones; a length beside a coding; a coding that is not exactly `chunked`.
struct FramingFields {
  private var length: Int?
  private var lengthPlace = 0
  private var isChunked = false
  private var codingPlace: Int?
  private var closes = false
  private var asksToKeep = false

  mutating func note(_ field: MessageHead.Field, _ bytes: Span<UInt8>) throws(HTTPSyntaxError) {
    switch field.name.count {
    case 10:
      if FieldText.matches(bytes.extracting(field.name), "connection") { noteConnection(bytes.extracting(field.value)) }
    case 14:
      guard FieldText.matches(bytes.extracting(field.name), "content-length") else { return }
      if length != nil { throw HTTPSyntaxError(.repeatedContentLength, at: field.name.lowerBound) }
      lengthPlace = field.name.lowerBound
      length = try Self.number(bytes, field.value)
    case 17:
      guard FieldText.matches(bytes.extracting(field.name), "transfer-encoding") else { return }
      guard codingPlace == nil, FieldText.matches(bytes.extracting(field.value), "chunked") else {
        throw HTTPSyntaxError(.transferCoding, at: field.value.lowerBound)
      }
      codingPlace = field.name.lowerBound
      isChunked = true
    default: break
    }
  }

  /// Decides for a request.
  func request(_ version: MessageHead.Version) throws(HTTPSyntaxError) -> BodyFraming {
    try checkCoding(version)
    if isChunked { return .chunked }
    guard let length, length > 0 else { return .none }
    return .length(length)
  }

  /// Decides for a response; `hasNoBody` if it answers a `HEAD`.
  func response(
    _ status: Int, _ version: MessageHead.Version, hasNoBody: Bool
  ) throws(HTTPSyntaxError) -> BodyFraming {
    try checkCoding(version)
    if hasNoBody || status < 200 || status == 204 || status == 304 { return .none }
    if isChunked { return .chunked }
    return length.map { .length($0) } ?? .untilClose
  }

  func keepsAlive(_ version: MessageHead.Version) -> Bool {
    !closes && (version == .http11 || asksToKeep)
  }

  private func checkCoding(_ version: MessageHead.Version) throws(HTTPSyntaxError) {
    guard let codingPlace else { return }
    if length != nil { throw HTTPSyntaxError(.lengthAndCoding, at: max(lengthPlace, codingPlace)) }
    if version == .http10 { throw HTTPSyntaxError(.codingInHTTP10, at: codingPlace) }
  }

  private mutating func noteConnection(_ value: Span<UInt8>) {
    var closes = closes
    var asksToKeep = asksToKeep
    FieldText.forEachElement(value) { option in
      if FieldText.matches(option, "close") { closes = true }
      if FieldText.matches(option, "keep-alive") { asksToKeep = true }
    }
    self.closes = closes
    self.asksToKeep = asksToKeep
  }

  /// Digits and nothing else: no sign, no list, no more than fits.
  private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(HTTPSyntaxError) -> Int {
    guard !range.isEmpty, range.count <= 18 else { throw HTTPSyntaxError(.contentLength, at: range.lowerBound) }
    var number = 0
    for index in range {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw HTTPSyntaxError(.contentLength, at: index) }
      number = number * 10 + Int(digit)
    }
    return number
  }
}
