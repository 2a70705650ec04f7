/// Writes JSON text (RFC 8259) front to back, without a tree in between. Keys stand in the order of the calls.
package struct JSONWriter {
  /// What has been written.
  package private(set) var text = ""
  private var needsComma = false

  /// An empty text.
  package init() {}

  /// An object, whose members `body` writes.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    container("{", "}", body)
  }

  /// An array, whose elements `body` writes.
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    container("[", "]", body)
  }

  /// An array of objects.
  package mutating func objects<Element>(
    _ elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void
  ) {
    array { json in
      for element in elements { json.object { body(&$0, element) } }
    }
  }

  /// The name of the member that is written next.
  package mutating func key(_ name: String) {
    separate()
    quote(name)
    text += ":"
    needsComma = false
  }

  /// `true` or `false`.
  package mutating func boolean(_ value: Bool) {
    separate()
    text += value ? "true" : "false"
    needsComma = true
  }

  /// A whole number, or `null`.
  package mutating func number(_ value: Int?) {
    separate()
    text += value.map { String($0) } ?? "null"
    needsComma = true
  }

  /// A text, or `null`.
  package mutating func string(_ value: String?) {
    separate()
    if let value { quote(value) } else { text += "null" }
    needsComma = true
  }

  /// `true` or `false`.
  mutating func bool(_ value: Bool) {
    separate()
    text += value ? "true" : "false"
    needsComma = true
  }

  /// A value that is JSON already.
  mutating func raw(_ value: String) {
    separate()
    text += value
    needsComma = true
  }

  /// An array of texts.
  package mutating func strings(_ values: [String]) {
    array { json in
      for value in values { json.string(value) }
    }
  }

  /// A line break before the next element, for people who look at the text.
  package mutating func newline() {
    separate()
    text += "\n"
  }

  /// A line break behind the last element.
  package mutating func closingNewline() {
    text += "\n"
  }

  private mutating func container(_ open: String, _ close: String, _ body: (inout JSONWriter) -> Void) {
    separate()
    text += open
    needsComma = false
    body(&self)
    text += close
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { text += "," }
    needsComma = false
  }

  /// Writes a text in quotes. What would steer a terminal or hide there is escaped too, which JSON allows for any character.
  private mutating func quote(_ value: String) {
    text += "\""
    defer { text += "\"" }
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      text += value
      return
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: escape(scalar)
      case _ where scalar.value < 0x7F: text.unicodeScalars.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: escape(scalar)
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    for unit in UTF16.encode(scalar) ?? .init() {
      let digits = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
  }
}
