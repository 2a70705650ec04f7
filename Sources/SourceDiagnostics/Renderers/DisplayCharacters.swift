/// Which characters may reach the terminal, and what stands for those that may not.
///
/// Nothing that could steer a terminal, hide text or turn its direction is ever passed on, so a hostile source file cannot
/// forge a report. The column counts hold on terminals that draw one scalar after the other, as nearly all do.
public enum DisplayCharacters: Sendable {
  /// Unicode text as it is; control characters as their pictures, such as `␛`.
  case unicode
  /// ASCII alone; every other character is written as `<U+00E9>`.
  case ascii

  /// What stands where text was left out.
  public var ellipsis: String { self == .unicode ? "…" : "..." }

  /// A text with everything made visible that is not `kept`.
  public func visible(_ text: String, keeping kept: Unicode.Scalar? = nil) -> String {
    var text = text
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    text.makeContiguousUTF8()
    var result = ""
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == kept {
        result.unicodeScalars.append(scalar)
      } else {
        form(of: scalar, after: previous).append(scalar, to: &result)
      }
      previous = scalar
    }
    return result
  }

  /// The number of columns that a visible text takes.
  public func width(of text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    var width = 0
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      width += form(of: scalar, after: previous).width
      previous = scalar
    }
    return width
  }

  /// How one scalar is shown behind another.
  func form(of scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Form {
    if scalar.value >= 0x20 && scalar.value < 0x7F { return Form(replacement: nil, width: 1) }
    if self == .ascii { return Form(replacement: Self.spelledOut(scalar)) }
    if scalar.value < 0x20 { return Form(picture: 0x2400 + scalar.value) }
    if scalar.value == 0x7F { return Form(picture: 0x2421) }
    if scalar.value >= 0xA0, scalar.value < 0x300, scalar.value != 0xAD { return Form(replacement: nil, width: 1) }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark:
      // Terminals disagree about the width that a variation selector gives to what precedes it; without it they agree.
      return (0xFE00...0xFE0F).contains(scalar.value)
        ? Form(replacement: "", width: 0) : Form(replacement: nil, width: 0)
    case .control, .format, .lineSeparator, .paragraphSeparator:
      // The same goes for the joiner inside an emoji; anywhere else it is hidden text.
      if scalar.value == 0x200D, let previous, Self.isPictograph(previous) { return Form(replacement: "", width: 0) }
      return Form(replacement: Self.spelledOut(scalar))
    default:
      return Form(replacement: nil, width: Self.width(of: scalar))
    }
  }

  /// How a scalar is shown.
  struct Form {
    /// What is written in its place; `nil` for the scalar itself.
    let replacement: String?
    /// The columns that it takes.
    let width: Int

    fileprivate init(replacement: String?, width: Int) {
      self.replacement = replacement
      self.width = width
    }

    fileprivate init(replacement: String) {
      self.init(replacement: replacement, width: replacement.utf8.count)
    }

    fileprivate init(picture: UInt32) {
      self.init(replacement: Unicode.Scalar(picture).map { String($0) }, width: 1)
    }

    /// Writes a scalar in this form.
    func append(_ scalar: Unicode.Scalar, to text: inout String) {
      if let replacement { text += replacement } else { text.unicodeScalars.append(scalar) }
    }
  }

  private static func spelledOut(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + ">"
  }

  private static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x203C && (scalar.properties.isEmoji || scalar.value == 0xFE0F)
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x1100 { return 1 }
    // Medial vowels and final consonants of Hangul are drawn into the syllable before them.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    if wide.contains(where: { $0.contains(value) }) || scalar.properties.isEmojiPresentation {
      // A regional indicator is half of a flag.
      return (0x1F1E6...0x1F1FF).contains(value) ? 1 : 2
    }
    return 1
  }

  /// East Asian Width `W` and `F` of Unicode 16 (EastAsianWidth.txt) apart from emoji, which the standard library knows.
  /// Gaps that hold no assigned character are closed.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0xA4CF, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x16FE0...0x18D08, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
