/// Heredocs of HCL 1: `<<EOT` and, with the indentation of its last line taken away, `<<-EOT`.
enum HCLHeredoc {
  /// Moves behind the heredoc that begins here, its last line end included.
  static func scan(_ lexer: inout HCLLexer) -> (value: String, error: String?) {
    lexer.offset += 1
    guard lexer.peek() == UInt8(ascii: "<") else { return ("", "expected `<<` and a word") }
    lexer.offset += 1
    let isIndented = lexer.peek() == UInt8(ascii: "-")
    if isIndented { lexer.offset += 1 }
    let wordStart = lexer.offset
    while let scalar = lexer.peekScalar(), HCLLexer.isLetter(scalar) || HCLLexer.isDigit(scalar) { lexer.advance() }
    let word = lexer.bytes[wordStart..<lexer.offset]
    guard lexer.isLineEnd() else { return ("", "a line end must follow the word of a heredoc") }
    guard !word.isEmpty else { return ("", "a heredoc needs a word that ends it") }
    endLine(&lexer)

    let contentStart = lexer.offset
    while lexer.offset < lexer.bytes.count {
      let lineStart = lexer.offset
      while lexer.peek() != nil, !lexer.isLineEnd() { lexer.advance() }
      let isLast = isEnd(lexer.bytes[lineStart..<lexer.offset], word, isIndented: isIndented)
      // The scanner of HashiCorp wants a line end behind the last line as well.
      guard lexer.peek() != nil else { break }
      endLine(&lexer)
      if isLast {
        let indentation = lexer.bytes[lineStart...].prefix { isBlank($0) }
        let content = lexer.text(contentStart..<(lineStart + indentation.count))
        return (isIndented ? unindented(content) : content, nil)
      }
    }
    return ("", "this heredoc is not closed")
  }

  private static func endLine(_ lexer: inout HCLLexer) {
    while lexer.peek() != nil, lexer.advance() != "\n" {}
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Whether a line is the word alone, blanks before it and CRs behind it aside. HashiCorp's scanner counts the `-` of
  /// `<<-` to the length that the line must have.
  private static func isEnd(_ line: ArraySlice<UInt8>, _ word: ArraySlice<UInt8>, isIndented: Bool) -> Bool {
    guard line.count >= word.count + (isIndented ? 1 : 0) else { return false }
    let rest = line.drop { isBlank($0) }
    return rest.starts(with: word) && rest.dropFirst(word.count).allSatisfy { $0 == UInt8(ascii: "\r") }
  }

  /// Takes the indentation of the last line away from every line if all have it.
  private static func unindented(_ content: String) -> String {
    let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
    guard let prefix = lines.last else { return content }
    guard lines.allSatisfy({ $0.utf8.starts(with: prefix.utf8) }) else {
      var trimmed = content[...]
      while trimmed.last == " " || trimmed.last == "\t" { trimmed.removeLast() }
      return String(trimmed)
    }
    return lines.dropLast().map { $0.dropFirst(prefix.count) + "\n" }.joined()
  }
}
