import SourceDiagnostics

/// Writes HCL 2 so that `terraform fmt` has nothing to change: two spaces, `=` aligned in runs of attributes that fit on
/// one line, an empty line around blocks.
///
/// The result is a function of the body alone. Identifiers and expressions are taken as given.
public enum HCLWriter {
  /// Writes a file. The header stands on top as `# …` lines without an origin, and an empty line follows it.
  public static func write(_ body: HCLBody, header: [String] = []) -> EmittedText {
    var emission = HCLEmission()
    for line in header { emission.output.appendComment(line, indent: 0) }
    if !header.isEmpty, !body.items.isEmpty { emission.output.endLine() }
    emission.writeBody(body, indent: 0, origin: nil)
    return emission.output.emitted
  }
}

/// One run of the writer.
private struct HCLEmission {
  var output = LineBuffer()

  /// A list of scalars longer than this, in characters, is written one element a line.
  private static let widestInlineList = 80

  mutating func writeBody(_ body: HCLBody, indent: Int, origin: SourceSpan?) {
    let widths = alignedWidths(
      body.items.map { item in
        guard case .attribute(let name, let value) = item.content else { return nil }
        return Row(columns: name.count, value: value, breaksRun: item.comment != nil)
      })
    for (index, item) in body.items.enumerated() {
      if index > 0, item.isBlock || body.items[index - 1].isBlock {
        output.lineOrigin = origin
        output.endLine()
      }
      let origin = item.origin ?? origin
      output.lineOrigin = origin
      output.pad(indent)
      output.appendComment(item.comment, indent: indent)
      switch item.content {
      case .attribute(let name, let value):
        writeAttribute(name, width: widths[index], value, indent: indent)
        output.endLine()
      case .block(let type, let labels, let body):
        output.append(type)
        for label in labels {
          output.append(" ")
          writeQuoted(label)
        }
        output.append(" {")
        if !body.items.isEmpty {
          output.endLine()
          writeBody(body, indent: indent + 2, origin: origin)
          output.lineOrigin = origin
          output.pad(indent)
        }
        output.append("}")
        output.endLine()
      }
    }
  }

  /// Writes `name = value` without its line break.
  private mutating func writeAttribute(_ name: String, width: Int, _ value: HCLValue, indent: Int) {
    output.append(name)
    output.pad(max(0, width - name.count))
    output.append(" = ")
    if case .string(let text) = value, let heredoc = HCLHeredoc(text) {
      writeHeredoc(heredoc, indent: indent)
    } else {
      writeValue(value, indent: indent)
    }
  }

  private mutating func writeValue(_ value: HCLValue, indent: Int) {
    switch value {
    case .string(let text): writeQuoted(text)
    case .integer(let number): output.append(String(number))
    case .boolean(let flag): output.append(flag ? "true" : "false")
    case .null: output.append("null")
    case .expression(let text): output.append(text)
    case .list(let elements) where isInline(value):
      output.append("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(", ") }
        writeValue(element, indent: indent)
      }
      output.append("]")
    case .list(let elements):
      output.append("[")
      output.endLine()
      for element in elements {
        output.pad(indent + 2)
        writeValue(element, indent: indent + 2)
        output.append(",")
        output.endLine()
      }
      output.pad(indent)
      output.append("]")
    case .object(let entries) where entries.isEmpty:
      output.append("{}")
    case .object(let entries):
      writeObject(entries, indent: indent)
    }
  }

  private mutating func writeObject(_ entries: [HCLValue.Entry], indent: Int) {
    let keys = entries.map { isIdentifier($0.key) ? $0.key : quoted($0.key) }
    let widths = alignedWidths(
      zip(keys, entries).map { key, entry in Row(columns: key.count, value: entry.value, breaksRun: false) })
    output.append("{")
    output.endLine()
    for (index, entry) in entries.enumerated() {
      output.pad(indent + 2)
      writeAttribute(keys[index], width: widths[index], entry.value, indent: indent + 2)
      output.endLine()
    }
    output.pad(indent)
    output.append("}")
  }

  private mutating func writeHeredoc(_ heredoc: HCLHeredoc, indent: Int) {
    output.append(heredoc.isIndented ? "<<-" : "<<")
    output.append(heredoc.delimiter)
    output.endLine()
    for line in heredoc.lines {
      if heredoc.isIndented, !line.isEmpty { output.pad(indent + 2) }
      output.append(escapingTemplates(line))
      output.endLine()
    }
    if heredoc.isIndented { output.pad(indent) }
    output.append(heredoc.delimiter)
  }

  private mutating func writeQuoted(_ text: String) {
    output.append(quoted(text))
  }

  private func quoted(_ text: String) -> String {
    var quoted = LineBuffer()
    quoted.append("\"")
    for scalar in escapingTemplates(text).unicodeScalars {
      if scalar == "\"" || scalar == "\\" || !scalar.isPrintable {
        quoted.appendEscape(scalar)
      } else {
        quoted.append(String(scalar))
      }
    }
    quoted.append("\"")
    return quoted.emitted.text
  }

  /// Doubles the `$` or `%` that would begin a template.
  private func escapingTemplates(_ text: some StringProtocol) -> String {
    var escaped = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if scalar == "{", previous == "$" || previous == "%" { escaped.insert(previous, at: escaped.endIndex) }
      escaped.append(scalar)
      previous = scalar
    }
    return String(escaped)
  }
}

extension HCLEmission {
  /// What alignment has to know of an attribute or entry.
  private struct Row {
    var columns: Int
    var value: HCLValue
    var breaksRun: Bool
  }

  /// The columns that each name is padded to. `nil` rows are blocks. A run ends at a block, at a comment, and at a value
  /// of several lines that is no heredoc; that value itself is not aligned. (Observed with `terraform fmt` 1.11.)
  private func alignedWidths(_ rows: [Row?]) -> [Int] {
    var widths = [Int](repeating: 0, count: rows.count)
    var run = 0..<0
    var widest = 0
    func closeRun() {
      for index in run { widths[index] = widest }
    }
    for (index, row) in rows.enumerated() {
      guard let row, isInline(row.value) else {
        closeRun()
        run = index + 1..<index + 1
        widest = 0
        continue
      }
      if row.breaksRun {
        closeRun()
        run = index..<index
        widest = 0
      }
      run = run.lowerBound..<index + 1
      widest = max(widest, row.columns)
    }
    closeRun()
    return widths
  }

  /// Whether a value is written without opening a bracket that closes on another line.
  private func isInline(_ value: HCLValue) -> Bool {
    switch value {
    case .string, .integer, .boolean, .null: return true
    case .expression(let text): return !text.contains(where: \.isNewline)
    case .object(let entries): return entries.isEmpty
    case .list(let elements):
      var width = 0
      for element in elements {
        switch element {
        case .list, .object: return false
        case .expression(let text) where text.contains(where: \.isNewline): return false
        case .string(let text), .expression(let text): width += text.count + 4
        case .integer, .boolean, .null: width += 6
        }
      }
      return width <= Self.widestInlineList
    }
  }

  /// A bare object key. `for` would begin an expression, and the literals would be taken for values.
  private func isIdentifier(_ key: String) -> Bool {
    func isLetter(_ character: Character) -> Bool { character.isASCII && (character.isLetter || character == "_") }
    guard let first = key.first, isLetter(first), !["for", "true", "false", "null"].contains(key) else { return false }
    return key.allSatisfy { isLetter($0) || $0 == "-" || $0.isASCII && $0.isNumber }
  }
}

extension HCLItem {
  fileprivate var isBlock: Bool {
    if case .block = content { true } else { false }
  }
}

/// A text as a heredoc holds it: whole lines, and nothing that needs an escape.
private struct HCLHeredoc {
  var lines: [Substring]
  var delimiter = "EOT"
  /// Whether `<<-` takes away exactly the indentation that is put before each line: some line must start at the edge,
  /// and HCL leaves the blanks of a line of nothing else alone.
  var isIndented: Bool

  init?(_ text: String) {
    guard text.hasSuffix("\n"), text.contains(where: { $0 != "\n" }),
      text.unicodeScalars.allSatisfy({ $0.isPrintable || $0 == "\n" || $0 == "\t" })
    else { return nil }
    lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    isIndented =
      lines.contains { line in line.first.map { !$0.isWhitespace } ?? false }
      && lines.allSatisfy { line in line.isEmpty || !line.allSatisfy(\.isWhitespace) }
    while lines.contains(where: { line in line.filter { !$0.isWhitespace } == delimiter }) { delimiter += "_" }
  }
}
