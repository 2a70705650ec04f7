import NIOCore

/// A form with files (`multipart/form-data`, RFC 7578), read only as far as to find small fields.
struct MultipartForm {
  private let body: ByteBuffer
  /// Two hyphens and the boundary.
  private let delimiter: [UInt8]

  /// Takes a body; `nil` if the media type is another or has no boundary.
  init?(_ body: ByteBuffer, contentType: String?) {
    guard let contentType, let boundary = Self.boundary(contentType) else { return nil }
    self.body = body
    delimiter = Array("--".utf8) + boundary.utf8
  }

  /// The boundary of a media type (RFC 2046, section 5.1.1): 1 to 70 characters, perhaps in quotes.
  static func boundary(_ contentType: String) -> String? {
    let parts = contentType.split(separator: ";").map { $0.trimmedOfSpaces() }
    guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
    for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
      var value = part.dropFirst("boundary=".count)
      if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
      return (1...70).contains(value.utf8.count) ? String(value) : nil
    }
    return nil
  }

  /// Where the content of a field stands; `nil` if the form has none of that name.
  ///
  /// - Throws: if there are two, or a part has no end.
  func content(of name: String) throws(GatewayError) -> Range<Int>? {
    let bytes = body.readableBytesUInt8Span
    var found: Range<Int>?
    guard var index = find(delimiter, in: bytes, from: 0) else { throw Self.malformed }
    while true {
      index += delimiter.count
      // Two hyphens after the delimiter end the form.
      if index + 1 < bytes.count, bytes[index] == 0x2D, bytes[index + 1] == 0x2D { return found }
      guard let head = find([13, 10, 13, 10], in: bytes, from: index) else { throw Self.malformed }
      guard let end = find([13, 10] + delimiter, in: bytes, from: head + 2) else { throw Self.malformed }
      if Self.name(JSONText.text(bytes.extracting(index..<head))) == name {
        if found != nil { throw .invalidField(name, "'\(name)' is given more than once.") }
        found = min(head + 4, end)..<end
      }
      index = end + 2
    }
  }

  private static let malformed = GatewayError.invalidField("request_body", "The form in the body is not complete.")

  /// The name that the head of a part gives it.
  private static func name(_ head: String) -> String? {
    for line in head.split(whereSeparator: \.isNewline) where line.lowercased().hasPrefix("content-disposition:") {
      for parameter in line.split(separator: ";").map({ $0.trimmedOfSpaces() })
      where parameter.lowercased().hasPrefix("name=") {
        let value = parameter.dropFirst("name=".count)
        return value.count >= 2 && value.first == "\"" && value.last == "\""
          ? String(value.dropFirst().dropLast()) : String(value)
      }
    }
    return nil
  }

  private func find(_ pattern: [UInt8], in bytes: Span<UInt8>, from start: Int) -> Int? {
    guard let first = pattern.first, start + pattern.count <= bytes.count else { return nil }
    search: for index in start...(bytes.count - pattern.count) where bytes[index] == first {
      for offset in 1..<pattern.count where bytes[index + offset] != pattern[offset] { continue search }
      return index
    }
    return nil
  }
}

extension StringProtocol {
  /// The text without spaces and tabs at its ends.
  fileprivate func trimmedOfSpaces() -> String {
    var text = self[...]
    while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return String(text)
  }
}
